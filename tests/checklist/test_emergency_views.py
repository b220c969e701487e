"""The emergency door and its cases, and the page that says how the checklist works."""

import pytest
from django.test import Client

from tests.reading import read

pytestmark = pytest.mark.usefixtures("tiny")


def test_it_says_stop_first_and_then_lets_one_choose(client: Client) -> None:
    response = client.get("/checklist/emergency/")
    page = read(response)
    assert response.status_code == 200
    assert page.h1.text == "Fire, thief"  # type: ignore[union-attr]
    said = page.select_one("main").text  # type: ignore[union-attr]
    assert said.index("Stop first.") < said.index("Which is it?") < said.index("It smokes")


def test_it_offers_each_case_in_the_order_to_choose_them(client: Client) -> None:
    links = [str(link["href"]) for link in read(client.get("/checklist/emergency/")).select("main ol a")]
    assert links == ["/checklist/emergency/fire/", "/checklist/emergency/thief/"]


def test_it_dials_from_the_door(client: Client) -> None:
    assert read(client.get("/checklist/emergency/")).select('main a[href^="tel:"]')


def test_it_shows_a_case_as_one_first_thing_and_five_steps(client: Client) -> None:
    page = read(client.get("/checklist/emergency/thief/"))
    assert page.h1.text == "Thief"  # type: ignore[union-attr]
    assert "Stand still." in page.select_one("main").text  # type: ignore[union-attr]
    steps = page.select("main ol > li")
    assert [step.text for step in steps[:3:2]] == ["One.", "Three."]
    assert len(steps) == 5
    assert steps[1].select('a[href="/checklist/emergency/fire/"]')
    assert steps[3].select('a[href^="tel:"]')


def test_it_leads_back_from_a_case_to_the_others(client: Client) -> None:
    assert read(client.get("/checklist/emergency/fire/")).select('main a[href="/checklist/emergency/"]')


def test_it_shows_a_note_where_a_case_has_one(client: Client) -> None:
    assert "Smoke rises." in client.get("/checklist/emergency/fire/").content.decode()


@pytest.mark.parametrize("case", ["nowhere", "Fire", "fire-2"])
def test_it_does_not_know_other_cases(client: Client, case: str) -> None:
    assert client.get(f"/checklist/emergency/{case}/").status_code == 404


@pytest.mark.parametrize("address", ["/checklist/", "/checklist/emergency/", "/checklist/emergency/fire/"])
def test_it_asks_nothing_of_a_reader_in_trouble(client: Client, address: str) -> None:
    response = client.get(address)
    assert response["Cache-Control"].startswith("public")
    assert not response.cookies
    assert not read(response).select("main form, main input")


@pytest.mark.parametrize("address", ["/checklist/emergency/", "/checklist/plan/", "/checklist/exposures/"])
def test_it_leads_from_the_checklist_to_what_one_needs(client: Client, address: str) -> None:
    assert read(client.get("/checklist/")).select(f'main a[href="{address}"]')


@pytest.mark.parametrize("address", ["/checklist/", "/checklist/emergency/", "/checklist/emergency/fire/"])
def test_it_takes_no_form_where_there_is_none(reader: Client, address: str) -> None:
    assert reader.post(address).status_code == 405
