"""The reader's own list of what they gave."""

import pytest
from django.test import Client

from tests.reading import is_whole_page, pressed, read

pytestmark = pytest.mark.usefixtures("tiny")

ADDRESS = "/checklist/exposures/"


def test_it_offers_each_exposure_with_a_box_for_handled(client: Client) -> None:
    page = read(client.get(ADDRESS))
    for name in ("given", "handled"):
        boxes = page.select(f'form[action="{ADDRESS}"] input[type=checkbox][name={name}]')
        assert [box["value"] for box in boxes] == ["key-lent", "map-copied", "name-told", "bell-open"]
        assert pressed(page, name) == set()


def test_it_is_the_readers_own_page(client: Client) -> None:
    response = client.get(ADDRESS)
    assert response["Cache-Control"] == "private, no-store"
    assert not response.cookies


def test_it_shows_what_was_ticked_before(client: Client) -> None:
    client.cookies["exposures"] = "key-lent.or_name-told.hq"
    page = read(client.get(ADDRESS))
    assert pressed(page, "given") == {"key-lent", "name-told"}
    assert pressed(page, "handled") == {"name-told"}


def test_it_keeps_the_list_and_leads_to_the_plan(reader: Client) -> None:
    response = reader.post(ADDRESS, {"given": ["name-told", "key-lent"], "handled": ["name-told"]})
    assert response.status_code == 302
    assert response["Location"].startswith("/checklist/plan/")
    assert response.cookies["exposures"].value == "key-lent.or_name-told.hr"
    assert pressed(read(reader.get(ADDRESS)), "given") == {"key-lent", "name-told"}


def test_it_keeps_the_list_for_400_days_out_of_reach_of_scripts(reader: Client) -> None:
    cookie = reader.post(ADDRESS, {"given": "key-lent"}).cookies["exposures"]
    assert cookie["max-age"] == 400 * 24 * 3600
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")


def test_it_makes_a_plan_for_one_who_gave_nothing(reader: Client) -> None:
    response = reader.post(ADDRESS, follow=True)
    assert reader.cookies["exposures"].value
    assert read(response).select("#plan")


def test_it_takes_back_what_is_no_longer_ticked(reader: Client) -> None:
    reader.cookies["exposures"] = "key-lent.or_name-told.hq"
    assert reader.post(ADDRESS, {"given": "bell-open"}).cookies["exposures"].value == "bell-open.or"


def test_it_remembers_that_a_quiz_said_so_where_nothing_changed(reader: Client) -> None:
    reader.cookies["exposures"] = "key-lent.oq_name-told.hq"
    sent = {"given": ["key-lent", "name-told", "bell-open"]}
    kept = reader.post(ADDRESS, sent).cookies["exposures"].value
    assert kept == "key-lent.oq_name-told.or_bell-open.or"


@pytest.mark.parametrize(
    "sent",
    [{"given": ["nowhere"]}, {"handled": ["key-lent"]}, {"given": ["", "key-lent.or", "KEY-LENT"]}, {"else": "1"}],
)
def test_it_keeps_nothing_that_it_does_not_know(reader: Client, sent: dict[str, list[str]]) -> None:
    assert reader.post(ADDRESS, sent).cookies["exposures"].value == "-"


def test_it_keeps_an_exposure_once(reader: Client) -> None:
    assert reader.post(ADDRESS, {"given": ["key-lent"] * 3}).cookies["exposures"].value == "key-lent.or"


@pytest.mark.parametrize("cookie", ["nonsense", "key-lent", "key-lent.zz", "_._.._", "key-lent.or" * 50, "-"])
def test_it_reads_past_a_cookie_that_makes_no_sense(client: Client, cookie: str) -> None:
    client.cookies["exposures"] = cookie
    response = client.get(ADDRESS)
    assert response.status_code == 200
    assert pressed(read(response), "given") == set()


def test_it_answers_htmx_with_a_whole_page_too(client: Client, htmx: dict[str, str]) -> None:
    assert is_whole_page(client.get(ADDRESS, headers=htmx))
