"""The emergency entry and its cases, and the page that says how the checklist works."""

from pathlib import Path

import pytest
from django.test import Client

from checklist import library
from tests.reading import read
from tests.tiny import copy

pytestmark = pytest.mark.usefixtures("tiny")


def test_says_stop_first_and_then_lets_one_choose(client: Client) -> None:
    response = client.get("/checklist/emergency/")
    page = read(response)
    assert response.status_code == 200
    assert page.h1.text == "Fire, thief"  # type: ignore[union-attr]
    said = page.select_one("main").text  # type: ignore[union-attr]
    assert said.index("Stop first.") < said.index("Which is it?") < said.index("It smokes")


def test_offers_each_case_in_the_order_to_choose_them(client: Client) -> None:
    links = [str(link["href"]) for link in read(client.get("/checklist/emergency/")).select("main .cases a")]
    assert links == ["/checklist/emergency/fire/", "/checklist/emergency/thief/"]


def test_dials_from_the_entry_and_says_where_else_to_look(client: Client) -> None:
    page = read(client.get("/checklist/emergency/"))
    assert page.select('main a[href^="tel:"]')
    assert page.select('main p a[href="/checklist/emergency/fire/"]')


def test_shows_the_first_four_actions_with_their_calls_and_the_rest_below(client: Client) -> None:
    page = read(client.get("/checklist/emergency/thief/at-night/"))
    lists = page.select("main ol.todo")
    titles = [[h2.text for h2 in one.select("h2")] for one in lists]
    assert titles == [["Stand still", "Call the watch softly", "Count the keys", "Draw a map"], ["Sit down"]]
    assert lists[1]["start"] == "5"
    assert page.select('#do-call-watch a[href="tel:000-1"]')
    assert page.select_one("#do-call-watch blockquote").text.startswith("Here: the key is lent")  # type: ignore[union-attr]


def test_shows_what_to_say_first_and_loads_nothing_for_the_others(client: Client) -> None:
    page = read(client.get("/checklist/emergency/thief/"))
    [first, *others] = page.select("main ol.todo li")
    assert first.select(".say")
    assert not first.select("details .say")
    assert all(other.select("details p") for other in others)
    assert not page.select("main [hx-get], main [hx-post]")


def test_folds_what_to_say_in_the_large_look(client: Client) -> None:
    client.cookies["look"] = "large"
    first = read(client.get("/checklist/emergency/thief/")).select("main ol.todo li")[0]
    assert first.select("details .say")


def test_shows_the_notes_below_the_first_actions(client: Client) -> None:
    notes = read(client.get("/checklist/emergency/thief/")).select("main ol.todo + .notice p")
    assert any("Dark? Dial" in note.text for note in notes)


def test_leads_from_a_case_to_the_others_and_to_its_forms(client: Client) -> None:
    page = read(client.get("/checklist/emergency/thief/"))
    assert page.select('main a[href="/checklist/emergency/"]')
    assert page.select('main a[href="/checklist/emergency/thief/at-night/"]')
    assert read(client.get("/checklist/emergency/thief/at-night/")).select('main a[href="/checklist/emergency/thief/"]')


def test_says_what_could_not_be_found_out(client: Client) -> None:
    assert "Whether smoke rises." in client.get("/checklist/emergency/fire/").content.decode()


@pytest.mark.parametrize("case", ["nowhere", "Fire", "fire-2", "fire/at-night", "thief/fire"])
def test_does_not_know_other_cases(client: Client, case: str) -> None:
    assert client.get(f"/checklist/emergency/{case}/").status_code == 404


@pytest.mark.parametrize("address", ["/checklist/", "/checklist/emergency/", "/checklist/emergency/fire/"])
def test_keeps_nothing_of_a_reader_in_trouble(client: Client, address: str) -> None:
    response = client.get(address)
    assert response["Cache-Control"].startswith("public")
    assert not response.cookies


def test_asks_at_the_end_of_a_case_for_what_else_there_was(client: Client) -> None:
    page = read(client.get("/checklist/emergency/fire/"))
    form = page.select_one('main form[action="/checklist/also/"]')
    assert form is not None
    assert [box["value"] for box in form.select("input[type=hidden]")] == ["map-copied"]
    assert [box["value"] for box in form.select("input[type=checkbox]")] == ["key-lent"]


def test_adds_what_was_ticked_to_the_plan_and_keeps_the_rest(reader: Client) -> None:
    reader.cookies["exposures"] = "hr.1_oq.4"
    response = reader.post("/checklist/also/", {"given": ["map-copied", "no-such-thing"]})
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    kept = response.cookies["exposures"].value
    assert set(kept.split("_")) == {"or.1.2", "oq.4"}


def test_makes_a_plan_of_a_case_alone(reader: Client) -> None:
    assert read(reader.post("/checklist/also/", {"given": "key-lent"})).select("main article ol li")
    assert read(reader.get("/checklist/plan/")).select("#plan")


def test_shows_what_to_do_where_nothing_of_it_is_known_to_the_plan(reader: Client) -> None:
    urgent = library.current().urgent
    for case in urgent.cases.values():
        page = read(reader.post("/checklist/also/", {"given": list(case.plain.given)}))
        titles = [title.text for title in page.select("main article h2")]
        assert titles == [action.title for action in urgent.list_for(case.plain.given).actions], case.id


def test_asks_again_where_nothing_was_chosen(reader: Client) -> None:
    assert reader.post("/checklist/also/", {"given": "no-such-thing"})["Location"] == "/checklist/emergency/"


@pytest.mark.parametrize("address", ["/checklist/emergency/", "/checklist/plan/", "/checklist/exposures/"])
def test_leads_from_the_checklist_to_what_one_needs(client: Client, address: str) -> None:
    assert read(client.get("/checklist/")).select(f'main a[href="{address}"]')


@pytest.mark.parametrize("address", ["/checklist/", "/checklist/emergency/", "/checklist/emergency/fire/"])
def test_takes_no_form_where_there_is_none(reader: Client, address: str) -> None:
    assert reader.post(address).status_code == 405


def test_draws_each_case(client: Client) -> None:
    rows = read(client.get("/checklist/emergency/")).select("main .cases a use")
    used = [str(use["href"]).partition("#")[2] for use in rows]
    assert used == [case.drawing for case in library.current().urgent.cases.values()] == ["phone-lost", "code-told"]


def test_draws_what_the_hand_does_in_an_action(tmp_path: Path) -> None:
    tree = copy(tmp_path)
    tree.change("checklist/urgent.toml", 'title = "Stand still"', 'title = "Stand still"\ndrawing = "power"')
    with library.current.using(tree.load_checklist()):
        page = read(Client().get("/checklist/emergency/thief/at-night/"))
    [drawn] = page.select("main [data-drawing]")
    assert drawn["data-drawing"] == "power"
    assert drawn["aria-hidden"] == "true"
    assert [str(use["href"]).partition("#")[2] for use in drawn.select("use")] == ["power"]
