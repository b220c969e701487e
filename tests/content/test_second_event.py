"""A second event on the same day, through the pages that a reader uses."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from checklist.state import wire_ids
from checklist.state.cookies import Tick, TickState, read_state, write_tick

MONEY = ["money-gone", "paid-bank"]


def ticks(reader: Client) -> dict[str, Tick]:
    cookies = {name: morsel.value for name, morsel in reader.cookies.items()}
    return read_state(cookies, wire_ids.current()).ticks


@pytest.mark.parametrize(
    ("address", "given"),
    [("/checklist/exposures/", [*MONEY, "phone-controlled"]), ("/checklist/also/", ["phone-controlled"])],
)
def test_asks_for_the_calls_again_and_says_why(address: str, given: list[str]) -> None:
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


@pytest.mark.parametrize(
    ("address", "given"),
    [("/checklist/exposures/", [*MONEY, "phone-controlled"]), ("/checklist/also/", ["phone-controlled"])],
)
@pytest.mark.parametrize("state", ["tonight", "skip"])
def test_calls_that_were_set_aside_come_up_again_and_the_plan_says_why(
    address: str, given: list[str], state: str
) -> None:
    reader, today = Client(), timezone.localdate()
    reader.post("/checklist/exposures/", {"given": MONEY})
    for step in ("call-110", "call-bank"):
        reader.post(f"/checklist/steps/{step}/", {"state": state, "sure": "yes"})
    reader.post(address, {"given": given})
    assert ticks(reader) == dict.fromkeys(("call-110", "call-bank"), Tick(TickState.REOPENED, today))
    assert "放到以后" in reader.get("/checklist/plan/").content.decode()


@pytest.mark.parametrize(
    ("address", "given"),
    [
        ("/checklist/exposures/", ["money-gone", "paid-wechat", "paid-bank"]),
        ("/checklist/also/", ["money-gone", "paid-bank"]),
    ],
)
def test_a_second_payment_by_another_way_makes_todays_call_to_the_police_due_again(
    address: str, given: list[str]
) -> None:
    reader, today = Client(), timezone.localdate()
    reader.post("/checklist/exposures/", {"given": ["money-gone", "paid-wechat"]})
    reader.post("/checklist/steps/call-110/", {"state": "done"})
    reader.post(address, {"given": given})
    assert ticks(reader) == {"call-110": Tick(TickState.AGAIN, today)}


def test_saying_how_money_was_paid_leaves_todays_call_to_the_police_done() -> None:
    reader, today = Client(), timezone.localdate()
    reader.post("/checklist/exposures/", {"given": ["money-gone"]})
    reader.post("/checklist/steps/call-110/", {"state": "done"})
    reader.post("/checklist/exposures/", {"given": ["money-gone", "paid-bank"]})
    assert ticks(reader) == {"call-110": Tick(TickState.DONE, today)}


def test_the_plan_asks_whether_a_call_of_today_is_to_be_made_again() -> None:
    reader, asked = Client(), "打完电话以后又付了一笔"
    reader.post("/checklist/exposures/", {"given": ["money-gone"]})
    assert asked not in reader.get("/checklist/plan/").content.decode()
    reader.post("/checklist/steps/call-110/", {"state": "done"})
    assert asked in reader.get("/checklist/plan/").content.decode()


def test_a_second_phone_named_in_the_list_counts_as_it_does_in_a_case() -> None:
    def after(address: str) -> dict[str, Tick]:
        reader, before = Client(), timezone.localdate() - dt.timedelta(days=5)
        reader.post("/checklist/exposures/", {"given": ["unknown-app"], "handled": ["unknown-app"], "has": ["harmony"]})
        steps = wire_ids.current().steps
        for step in ("passwords", "clean", "call-bank", "delete-file"):
            reader.cookies[f"s.{steps.numbers[step]}"] = write_tick(Tick(TickState.DONE, before))
        reader.post(address, {"given": ["unknown-app"], "has": ["android"]})
        return ticks(reader)

    listed = after("/checklist/exposures/")
    assert listed == after("/checklist/also/")
    assert {step for step, tick in listed.items() if tick.state is TickState.AGAIN} == {
        "passwords",
        "clean",
        "call-bank",
    }


def test_shows_four_steps_of_a_long_day_and_folds_the_rest() -> None:
    reader = Client()
    reader.post("/checklist/exposures/", {"given": ["phone-controlled"]})
    shown, folded = reader.get("/checklist/plan/").content.decode().split('id="today-rest"')
    assert all(f'id="step-{step}"' in shown for step in ("cut-restart", "cut-pull", "call-110", "call-bank"))
    assert all(f'id="step-{step}"' in folded for step in ("call-wallet", "passwords"))
