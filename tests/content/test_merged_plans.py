"""Two real plans merged through the pages that a reader uses."""

from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from checklist.state import wire_ids
from checklist.state.cookies import Tick, TickState, read_state

MONEY = ["money-gone", "paid-wechat"]


def reader(*given: str) -> Client:
    client = Client()
    client.post("/checklist/exposures/", {"given": given})
    return client


def link(client: Client) -> str:
    return str(urlsplit(client.get("/checklist/carry/").context["link"]).path)


def ids(client: Client) -> list[str]:
    return [item.step.id for item in client.get("/checklist/plan/").context["plan"].undone]


@pytest.mark.parametrize("state", ["tonight", "skip"])
def test_an_open_call_to_the_police_wins_over_one_that_was_set_aside(state: str) -> None:
    for taker in ("open", "aside"):
        clients = {"open": reader(*MONEY), "aside": reader(*MONEY)}
        clients["aside"].post("/checklist/steps/call-110/", {"state": state, "sure": "yes"})
        here = clients.pop(taker)
        [other] = clients.values()
        here.post(link(other), {"together": "yes"})
        cookies = {name: morsel.value for name, morsel in here.cookies.items()}
        ticks = read_state(cookies, wire_ids.current()).ticks
        assert ticks == {"call-110": Tick(TickState.REOPENED, timezone.localdate())}, taker
        assert ids(here)[0] == "call-110"


def test_the_page_names_the_steps_that_the_merged_plan_does_not_have() -> None:
    here, other = reader(*MONEY), reader("code-given", "code-bank")
    before = {*ids(here), *ids(other)}
    page = here.get(link(other))
    here.post(link(other), {"together": "yes"})
    assert before - {*ids(here)} == {"look-bills", "card-formal"}
    assert "翻翻账单" in page.content.decode().split("合起来以后，这几步不列了")[1]
    assert len(page.context["dropped"]) == 2


def test_the_page_names_no_step_where_none_is_dropped() -> None:
    assert "不列了" not in reader(*MONEY).get(link(reader(*MONEY))).content.decode()
