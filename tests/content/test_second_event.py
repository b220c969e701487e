"""A second event on the same day, through the pages that a reader uses."""

import pytest
from django.test import Client
from django.utils import timezone

from checklist.state import wire_ids
from checklist.state.cookies import Tick, TickState, read_state

MONEY = ["money-gone", "paid-bank"]


def ticks(reader: Client) -> dict[str, Tick]:
    cookies = {name: morsel.value for name, morsel in reader.cookies.items()}
    return read_state(cookies, wire_ids.current()).ticks


@pytest.mark.parametrize(
    ("address", "given"),
    [("/checklist/exposures/", [*MONEY, "phone-controlled"]), ("/checklist/also/", ["phone-controlled"])],
)
def test_it_asks_for_the_calls_again_and_says_why(address: str, given: list[str]) -> None:
    reader, today = Client(), timezone.localdate()
    reader.post("/checklist/exposures/", {"given": MONEY})
    for step in ("call-110", "call-bank"):
        reader.post(f"/checklist/steps/{step}/", {"state": "done"})
    assert {tick.state for tick in ticks(reader).values()} == {TickState.DONE}
    reader.post(address, {"given": given})
    assert ticks(reader) == dict.fromkeys(("call-110", "call-bank"), Tick(TickState.AGAIN, today))
    for step in ("cut-restart", "cut-pull"):
        reader.post(f"/checklist/steps/{step}/", {"state": "done"})
    assert "刚才没说过这件事" in reader.get("/checklist/plan/").content.decode()


def test_it_shows_four_steps_of_a_long_day_and_folds_the_rest() -> None:
    reader = Client()
    reader.post("/checklist/exposures/", {"given": ["phone-controlled"]})
    shown, folded = reader.get("/checklist/plan/").content.decode().split('id="today-rest"')
    assert all(f'id="step-{step}"' in shown for step in ("cut-restart", "cut-pull", "call-110", "call-bank"))
    assert all(f'id="step-{step}"' in folded for step in ("call-wallet", "passwords"))
