"""A question that the reader is not at; cookies that are off, forged or old."""

import json
from typing import Any

import pytest
from django.test import Client

from tests.reading import is_whole_page, one, pressed, read

pytestmark = pytest.mark.usefixtures("tiny")

QUIZ = "/quizzes/lantern/"
FIRST, KEY, SHARED, BELL = QUIZ + "place/", QUIZ + "key/", QUIZ + "shared/", QUIZ + "bell/"
COOKIE = "q.lantern"


def path(address: str) -> str:
    return address.partition("?")[0]


@pytest.mark.parametrize(
    ("answers", "asked", "reachable"),
    [
        ("", KEY, FIRST),
        ("", SHARED, FIRST),
        ("place.outside", SHARED, KEY),
        ("place.outside_key.never", QUIZ + "key-since/", SHARED),
        ("place.outside_key.never_shared.none", BELL, QUIZ + "result/"),
        ("place.inside_key.never_shared.none_bell.closed", QUIZ + "visits/", QUIZ + "result/"),
        ("place.helper", KEY, QUIZ + "result/"),
        ("key.never_shared.none", KEY, FIRST),
    ],
)
class TestElsewhere:
    """The reader is sent to the question that they can answer."""

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_leads_to_the_reachable_question(
        self, reader: Client, answers: str, asked: str, reachable: str, method: str
    ) -> None:
        reader.cookies[COOKIE] = answers
        response = getattr(reader, method)(asked, {"option": "never"})
        assert response.status_code == 302
        assert path(response["Location"]) == reachable
        assert not response.cookies
        assert reader.get(response["Location"]).status_code == 200

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_tells_htmx_where_that_is_without_a_redirect(
        self, reader: Client, htmx: dict[str, str], answers: str, asked: str, reachable: str, method: str
    ) -> None:
        reader.cookies[COOKIE] = answers
        response = getattr(reader, method)(asked, {"option": "never"}, headers=htmx)
        assert response.status_code == 200
        assert "Location" not in response.headers
        assert path(json.loads(response["HX-Location"])["path"]) == reachable
        assert not response.cookies

    def test_shows_a_page_when_htmx_restores_its_history(
        self, reader: Client, htmx: dict[str, str], answers: str, asked: str, reachable: str
    ) -> None:
        # htmx follows no HX-Location there: it swaps in whatever comes.
        reader.cookies[COOKIE] = answers
        headers = htmx | {"hx-history-restore-request": "true"}
        response = reader.get(asked, headers=headers, follow=True)
        assert is_whole_page(response)
        assert read(response).h1 == read(reader.get(reachable)).h1


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("question", ["shared", "bell", "renamed-since"])
def test_tells_a_reader_who_is_led_elsewhere_why(reader: Client, method: str, question: str) -> None:
    reader.cookies[COOKIE] = "place.outside"
    response = getattr(reader, method)(f"{QUIZ}{question}/", {"option": "none"})
    assert response["Location"] == f"{KEY}?moved"
    assert COOKIE not in response.cookies, "what was answered stays"
    assert read(reader.get(response["Location"])).select("main .notice[role=status]")


def test_says_nothing_of_the_kind_where_nobody_was_led_elsewhere(reader: Client) -> None:
    reader.cookies[COOKIE] = "place.outside"
    assert not read(reader.get(KEY)).select("main .notice")


# Where cookies are off


def without_cookies(response: Any) -> bool:
    """Whether the page says that nothing could be kept."""
    return bool(read(response).select('main .notice[role="status"]'))


def test_says_so_where_the_browser_kept_nothing(reader: Client) -> None:
    response = reader.post(FIRST, {"option": "inside"})
    reader.cookies.clear()
    assert without_cookies(reader.get(response["Location"], follow=True))


def test_says_so_where_htmx_answered_and_the_browser_kept_nothing(reader: Client, htmx: dict[str, str]) -> None:
    reader.post(FIRST, {"option": "inside"}, headers=htmx)
    reader.cookies.clear()
    onward = json.loads(reader.post(KEY, {"option": "never"}, headers=htmx)["HX-Location"])["path"]
    response = reader.get(onward, follow=True)
    assert one(read(response), "h1").text == "About place?"
    assert without_cookies(response)


@pytest.mark.parametrize("address", [FIRST, KEY, SHARED, QUIZ + "result/"])
def test_says_nothing_of_cookies_to_one_who_has_not_answered_yet(reader: Client, address: str) -> None:
    assert not without_cookies(reader.get(address, follow=True))


def test_says_nothing_of_cookies_to_one_who_starts_anew(reader: Client) -> None:
    reader.cookies[COOKIE] = "place.inside"
    assert not without_cookies(reader.post(QUIZ + "again/", follow=True))


def test_says_nothing_of_cookies_where_they_were_kept(reader: Client) -> None:
    assert not without_cookies(reader.post(FIRST, {"option": "inside"}, follow=True))


# Cookies that make no sense


@pytest.mark.parametrize(
    "cookie", ["nonsense", "place", "place.", ".inside", "place.nonsense", "PLACE.inside", "_" * 99, "place.<b>", "é"]
)
def test_reads_past_a_cookie_that_makes_no_sense(client: Client, cookie: str) -> None:
    client.cookies[COOKIE] = cookie
    response = client.get(FIRST)
    assert response.status_code == 200
    assert pressed(read(response), "option") == set()


@pytest.mark.parametrize(
    "forged", ["place.inside_place.outside", "place..inside", "place.inside_key", "_._.", "place.inside.outside"]
)
def test_reads_what_it_can_of_a_forged_cookie(reader: Client, forged: str) -> None:
    reader.cookies[COOKIE] = forged
    assert reader.get(FIRST).status_code == 200
    assert reader.get(KEY).status_code in (200, 302)
