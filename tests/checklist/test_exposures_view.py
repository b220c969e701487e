"""The reader's own list of what they gave."""

from dataclasses import replace

import pytest
from django.test import Client

from checklist.exposures import ExposureState
from tests.fixtures.plans import LIBRARY
from tests.fixtures.readers import marks, step_cookie
from tests.reading import is_whole_page, pressed, read

pytestmark = pytest.mark.usefixtures("tiny")

ADDRESS = "/checklist/exposures/"


def test_offers_each_exposure_with_a_box_for_handled(client: Client) -> None:
    page = read(client.get(ADDRESS))
    for name in ("given", "handled"):
        boxes = page.select(f'form[action="{ADDRESS}"] input[type=checkbox][name={name}]')
        assert [box["value"] for box in boxes] == ["key-lent", "map-copied", "name-told", "bell-open"]
        assert pressed(page, name) == set()


def test_is_the_readers_own_page(client: Client) -> None:
    response = client.get(ADDRESS)
    assert response["Cache-Control"] == "private, no-store"
    assert not response.cookies


def test_shows_what_was_ticked_before(client: Client) -> None:
    client.cookies["exposures"] = "or.key-lent_hq.name-told"
    page = read(client.get(ADDRESS))
    assert pressed(page, "given") == {"key-lent", "name-told"}
    assert pressed(page, "handled") == {"name-told"}


def test_keeps_the_list_and_leads_to_the_plan(reader: Client) -> None:
    response = reader.post(ADDRESS, {"given": ["name-told", "key-lent"], "handled": ["name-told"]})
    assert response.status_code == 307
    assert response["Location"].startswith("/checklist/plan/")
    assert marks(response.cookies) == {"key-lent": "or", "name-told": "hr"}
    assert pressed(read(reader.get(ADDRESS)), "given") == {"key-lent", "name-told"}


def test_keeps_the_list_for_400_days_out_of_reach_of_scripts(reader: Client) -> None:
    cookie = reader.post(ADDRESS, {"given": "key-lent"}).cookies["exposures"]
    assert cookie["max-age"] == 400 * 24 * 3600
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")


def test_makes_a_plan_for_one_who_gave_nothing(reader: Client) -> None:
    response = reader.post(ADDRESS, follow=True)
    assert reader.cookies["exposures"].value
    assert read(response).select("#plan")


def test_takes_back_what_is_no_longer_ticked(reader: Client) -> None:
    reader.cookies["exposures"] = "or.key-lent_hq.name-told"
    assert marks(reader.post(ADDRESS, {"given": "bell-open"}).cookies) == {"bell-open": "or"}


def test_remembers_that_a_quiz_said_so_where_nothing_changed(reader: Client) -> None:
    reader.cookies["exposures"] = "oq.key-lent_hq.name-told"
    sent = {"given": ["key-lent", "name-told", "bell-open"]}
    kept = marks(reader.post(ADDRESS, sent).cookies)
    assert kept == {"key-lent": "oq", "name-told": "or", "bell-open": "or"}


@pytest.mark.parametrize(
    "sent",
    [{"given": ["nowhere"]}, {"handled": ["key-lent"]}, {"given": ["", "or.key-lent", "KEY-LENT"]}, {"else": "1"}],
)
def test_keeps_nothing_that_it_does_not_know(reader: Client, sent: dict[str, list[str]]) -> None:
    assert reader.post(ADDRESS, sent).cookies["exposures"].value == "-"


def test_keeps_an_exposure_once(reader: Client) -> None:
    assert marks(reader.post(ADDRESS, {"given": ["key-lent"] * 3}).cookies) == {"key-lent": "or"}


@pytest.mark.parametrize("cookie", ["nonsense", "key-lent", "key-lent.zz", "_._.._", "or.key-lentor" * 50, "-"])
def test_reads_past_a_cookie_that_makes_no_sense(client: Client, cookie: str) -> None:
    client.cookies["exposures"] = cookie
    response = client.get(ADDRESS)
    assert response.status_code == 200
    assert pressed(read(response), "given") == set()


def test_answers_htmx_with_a_whole_page_too(client: Client, htmx: dict[str, str]) -> None:
    assert is_whole_page(client.get(ADDRESS, headers=htmx))


# Groups, and what stands under another one


def test_groups_what_can_be_given_and_opens_the_first(client: Client) -> None:
    page = read(client.get(ADDRESS))
    groups = page.select("details.group")
    assert [group["id"] for group in groups] == ["group-codes", "group-people", "group-mild"]
    assert [group.has_attr("open") for group in groups] == [True, False, False]
    assert [str(box["value"]) for box in groups[0].select("li.under input[name=given]")] == ["map-copied"]


def test_opens_a_group_with_something_in_it(client: Client) -> None:
    client.cookies["exposures"] = "or.bell-open"
    groups = read(client.get(ADDRESS)).select("details.group")
    assert [str(group["id"]) for group in groups if group.has_attr("open")] == ["group-codes", "group-mild"]


@pytest.mark.parametrize(("handled", "kept"), [([], "o"), (["map-copied"], "h")])
def test_takes_what_is_more_precise_for_the_whole_too(reader: Client, handled: list[str], kept: str) -> None:
    response = reader.post(ADDRESS, {"given": "map-copied", "handled": handled})
    assert marks(response.cookies) == dict.fromkeys(["key-lent", "map-copied"], f"{kept}r")


def test_leaves_out_what_is_more_precise_where_its_whole_is_not_ticked(reader: Client) -> None:
    sent = {"nested": "yes", "given": ["map-copied", "bell-open"]}
    assert marks(reader.post(ADDRESS, sent).cookies) == {"bell-open": "or"}
    sent = {"nested": "yes", "given": ["map-copied", "key-lent"]}
    assert marks(reader.post(ADDRESS, sent).cookies) == {"key-lent": "or", "map-copied": "or"}


OPEN, HANDLED = ExposureState


@pytest.mark.parametrize(
    ("first", "second", "general"),
    [(OPEN, OPEN, OPEN), (OPEN, HANDLED, OPEN), (HANDLED, OPEN, OPEN), (HANDLED, HANDLED, HANDLED)],
)
def test_keeps_the_whole_open_while_anything_more_precise_is(
    first: ExposureState, second: ExposureState, general: ExposureState
) -> None:
    exposures = LIBRARY.exposures | {
        "map-shown": LIBRARY.exposures["map-copied"].model_copy(update={"id": "map-shown"})
    }
    library = replace(LIBRARY, exposures=exposures)
    states = library.states_with_above({"map-copied": first, "map-shown": second})
    assert states == {"key-lent": general, "map-copied": first, "map-shown": second}


@pytest.mark.parametrize(("whole", "part"), [(OPEN, OPEN), (OPEN, HANDLED), (HANDLED, OPEN)])
def test_has_the_whole_handled_only_if_nothing_of_it_is_open(whole: ExposureState, part: ExposureState) -> None:
    assert LIBRARY.states_with_above({"key-lent": whole, "map-copied": part}) == {"key-lent": OPEN, "map-copied": part}


# From an emergency case


def test_ticks_what_the_case_speaks_of_and_keeps_nothing(client: Client) -> None:
    client.cookies["exposures"] = "or.bell-open_hr.key-lent"
    response = client.get(f"{ADDRESS}?case=thief")
    page = read(response)
    assert pressed(page, "given") == {"key-lent", "bell-open"}
    assert pressed(page, "handled") == set()
    assert "Thief" in page.select_one(".notice").text  # type: ignore[union-attr]
    assert not response.cookies


def test_is_linked_from_the_case(client: Client) -> None:
    assert read(client.get("/checklist/emergency/thief/")).select(f'main a[href="{ADDRESS}?case=thief"]')


@pytest.mark.parametrize("case", ["", "nowhere", "<b>", "THIEF"])
def test_reads_past_a_case_that_it_does_not_know(client: Client, case: str) -> None:
    response = client.get(ADDRESS, {"case": case})
    assert response.status_code == 200
    assert pressed(read(response), "given") == set()


# What the reader has


def test_asks_what_the_reader_has(client: Client) -> None:
    client.cookies["has"] = "cart.lantern.nowhere"
    page = read(client.get(ADDRESS))
    assert [str(box["value"]) for box in page.select("#has input[name=has]")] == ["lantern", "whistle", "cart"]
    assert pressed(page, "has") == {"lantern", "cart"}


def test_keeps_what_the_reader_has(reader: Client) -> None:
    response = reader.post(ADDRESS, {"given": "map-copied", "has": ["lantern", "cart", "ship"]})
    assert response.cookies["has"].value == "1.3"
    assert pressed(read(reader.get(ADDRESS)), "has") == {"lantern", "cart"}


def test_takes_no_tick_there_for_no_answer(reader: Client) -> None:
    assert "has" not in reader.post(ADDRESS, {"given": "map-copied"}).cookies
    reader.post(ADDRESS, {"given": "map-copied", "has": "lantern"})
    assert reader.post(ADDRESS, {"given": "map-copied"}).cookies["has"]["max-age"] == 0


# Opened anew


def test_shows_what_the_steps_settled_as_handled(reader: Client) -> None:
    reader.cookies.load({"exposures": "or.bell-open", "s.shut-bell": "d1xc"})
    assert pressed(read(reader.get(ADDRESS)), "handled") == {"bell-open"}
    kept = reader.post(ADDRESS, {"given": "bell-open", "handled": "bell-open"})
    assert marks(kept.cookies) == {"bell-open": "or"}
    assert step_cookie("shut-bell") not in kept.cookies


def test_keeps_what_was_settled_as_handled_where_its_steps_become_due_again(reader: Client) -> None:
    reader.cookies.load({"exposures": "or.map-copied", "s.call-watch": "d1n9", "s.burn-copy": "d1n9"})
    kept = reader.post(ADDRESS, {"given": ["map-copied", "key-lent"], "handled": "map-copied"})
    assert marks(kept.cookies) == {"map-copied": "hr", "key-lent": "or"}
    assert kept.cookies[step_cookie("call-watch")].value == "a1n9"


@pytest.mark.parametrize("before", ["or.bell-open", "hr.bell-open", "-"])
def test_does_not_count_an_earlier_tick_for_what_is_opened_anew(reader: Client, before: str) -> None:
    reader.cookies.load({"exposures": before, "s.shut-bell": "d1n9", "s.keep-diary": "d1n9"})
    response = reader.post(ADDRESS, {"given": "bell-open"})
    assert marks(response.cookies) == {"bell-open": "or"}
    assert response.cookies[step_cookie("shut-bell")].value == "a1n9"
    assert step_cookie("keep-diary") not in response.cookies
    page = read(reader.get("/checklist/plan/"))
    now = page.select_one("#plan article#step-shut-bell")
    assert now is not None
    assert "11月3日" in now.text
    assert len(now.select("button[name=state][value=done]")) == 2


def test_shows_the_plan_of_what_was_sent_where_no_cookie_is_kept(reader: Client) -> None:
    response = reader.post("/checklist/exposures/", {"given": "key-lent", "has": "lantern"})
    assert (response.status_code, response["Location"]) == (307, "/checklist/plan/?kept")
    blocked = Client(headers={"sec-fetch-site": "same-origin"})
    shown = blocked.post("/checklist/plan/?kept", {"given": "key-lent", "has": "lantern"})
    assert not shown.cookies
    assert read(shown).select("#plan article[id^=step-]")
    assert "没记住你刚才点的" in read(shown).text
    with_cookies = reader.post("/checklist/plan/?kept", {"given": "key-lent"})
    assert (with_cookies.status_code, with_cookies["Location"]) == (302, "/checklist/plan/?kept")
