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
    assert before - {*ids(here)} == {"card-formal"}
    assert "办正式的挂失" in page.content.decode().split("合起来以后，这几步不列了")[1]
    assert len(page.context["dropped"]) == 1


def test_the_page_names_no_step_where_none_is_dropped() -> None:
    assert "不列了" not in reader(*MONEY).get(link(reader(*MONEY))).content.decode()


@pytest.mark.parametrize("state", ["tonight", "skip"])
def test_a_call_to_the_police_that_was_set_aside_is_open_again_for_a_danger_of_the_other_plan(state: str) -> None:
    for danger, comes in ("account-lent", True), ("autopay", False):
        here, aside = reader(danger), reader(*MONEY)
        aside.post("/checklist/steps/call-110/", {"state": state, "sure": "yes"})
        here.post(link(aside), {"together": "yes"})
        assert (ids(here)[0] == "call-110") == comes, danger
        assert {"look-bills"} & {*ids(here)} or not comes


def test_a_rented_account_keeps_its_bills_and_its_words_beside_money_that_is_gone() -> None:
    plan = reader("account-lent", *MONEY).get("/checklist/plan/").context["plan"]
    told = {item.step.id: item.told for item in plan.undone if item.told}
    assert "look-bills" in told
    assert "受案回执" in told["station"].detail
    assert "租借" in told["station"].detail
