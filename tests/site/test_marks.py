"""Every address is public, mine or neither, and the sitemap is the set of the public ones."""

from collections.abc import Callable, Iterable, Iterator
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse
from pytest_django import Settings

import checklist.library
import guide.library
import quizzes.library
from core.http.caching import Mark
from tests.site.visits import MINE, PUBLIC, STATE, Visit, answer, page

#: The ids that may stand in an address, by the name that they have in its pattern.
IDS: dict[str, Callable[[], Iterable[str]]] = {
    "slug": lambda: guide.library.current().pages,
    "case": lambda: checklist.library.current().cases,
    "letter": lambda: checklist.library.current().letters,
    "tie": lambda: checklist.library.current().leaving,
    "step": lambda: checklist.library.current().steps,
    "procedure": lambda: guide.library.current().procedures,
    "quiz": lambda: quizzes.library.current().quizzes,
}


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every pattern of the site with its name; the admin keeps house by itself."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield f"{prefix}{entry.name}", entry
        elif entry.namespace != "admin":
            yield from patterns(entry, f"{prefix}{entry.namespace}:" if entry.namespace else prefix)


PATTERNS = dict(patterns(get_resolver()))


def addresses(name: str, pattern: URLPattern) -> set[str]:
    """Every address of a pattern."""
    if name == "checklist:form":
        cases = checklist.library.current().cases.values()
        return {reverse(name, args=[case.id, form]) for case in cases for form in case.forms}
    asked = list(pattern.pattern.converters)
    assert len(asked) <= 1, f"{name}: this test knows patterns with one id at most"
    return {reverse(name, kwargs={asked[0]: id}) for id in IDS[asked[0]]()} if asked else {reverse(name)}


def in_sitemap(client: Client, host: str = "testserver") -> list[str]:
    root = ElementTree.fromstring(client.get("/sitemap.xml", headers={"host": host}).content)
    return [str(element.text) for element in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]


@pytest.mark.parametrize("name", PATTERNS)
def test_it_marks_each_address(name: str) -> None:
    assert getattr(PATTERNS[name].callback, "mark", None) in list(Mark)


@pytest.mark.parametrize(
    ("address", "mark"),
    [
        ("/", "public"),
        ("/guide/", "public"),
        ("/guide/where-to-turn/", "public"),
        ("/guide/terms/", "public"),
        ("/changes/", "public"),
        ("/quizzes/", "public"),
        ("/quizzes/habits/", "public"),
        ("/quizzes/habits/method/", "public"),
        ("/quizzes/practice/", "public"),
        ("/quizzes/practice/method/", "public"),
        ("/checklist/", "public"),
        ("/checklist/steps/wx-leave/", "public"),
        ("/checklist/emergency/", "public"),
        ("/checklist/emergency/code-given/", "public"),
        ("/checklist/letters/", "public"),
        ("/checklist/letters/police/", "mine"),
        ("/checklist/leaving/", "public"),
        ("/checklist/leaving/strangers/", "public"),
        ("/checklist/leaving/pending/", "public"),
        ("/checklist/together/", "public"),
        ("/privacy/", "public"),
        ("/about/", "public"),
        ("/quizzes/habits/situation/", "mine"),
        ("/quizzes/habits/result/", "mine"),
        ("/quizzes/practice/code-to-confirm/", "mine"),
        ("/quizzes/practice/result/", "mine"),
        ("/quizzes/worth-it/", "mine"),
        ("/quizzes/count/", "mine"),
        ("/checklist/plan/", "mine"),
        ("/checklist/exposures/", "mine"),
        ("/checklist/plan/print/", "mine"),
        ("/checklist/carry/", "mine"),
        ("/checklist/reminders/", "mine"),
        ("/checklist/resume/gAAAAABrAnChBfvc/", "mine"),
        ("/guide/where-to-turn/report/", "mine"),
        ("/guide/where-to-turn/report/thanks/", "mine"),
        ("/guide/procedures/wx-leave/report/", "mine"),
        ("/guide/procedures/wx-leave/report/thanks/", "mine"),
        ("/search/", "neither"),
        ("/look/", "neither"),
        ("/sitemap.xml", "neither"),
        ("/robots.txt", "neither"),
        ("/sw.js", "neither"),
        ("/offline/", "neither"),
        ("/site.webmanifest", "neither"),
        ("/healthz", "neither"),
        ("/readyz", "neither"),
    ],
)
def test_it_keeps_the_addresses_that_readers_have(address: str, mark: str) -> None:
    assert resolve(address).func.mark == mark  # type: ignore[attr-defined]


def test_it_lists_the_public_pages_and_nothing_else(client: Client) -> None:
    public = {
        name: pattern for name, pattern in PATTERNS.items() if getattr(pattern.callback, "mark", None) is Mark.PUBLIC
    }
    wanted = {address for name, pattern in public.items() for address in addresses(name, pattern)}
    listed = in_sitemap(client)
    assert len(listed) == len(set(listed))
    assert {urlsplit(address).path for address in listed} == wanted
    assert {visit.address for visit in PUBLIC} == wanted


def test_it_lists_them_at_the_address_of_the_site(client: Client, settings: Settings) -> None:
    assert all(address.startswith(django_settings.SITE_URL + "/") for address in in_sitemap(client))
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://example.org", ["other.example"]
    assert all(address.startswith("https://example.org/") for address in in_sitemap(client, host="other.example"))


@pytest.mark.parametrize("visit", PUBLIC, ids=str)
def test_it_answers_each_public_page_to_everybody(visit: Visit) -> None:
    response = answer(visit)
    assert response.status_code == 200
    assert response["Cache-Control"] == "public, max-age=0, s-maxage=300"
    assert "X-Robots-Tag" not in response.headers
    assert not page(visit).select("meta[name=robots]")
    assert not response.cookies


@pytest.mark.parametrize("visit", PUBLIC, ids=str)
def test_it_shows_nothing_of_the_reader_on_a_public_page(visit: Visit) -> None:
    known = Client(raise_request_exception=False)  # a store of its own: this page is made for this reader
    known.cookies.load(STATE)
    assert known.get(visit.address).content == answer(visit).content
    assert not page(visit).select("[name=csrfmiddlewaretoken]")


@pytest.mark.parametrize("visit", MINE, ids=str)
def test_it_lets_nobody_keep_or_index_a_page_of_the_readers_own(visit: Visit) -> None:
    response = answer(visit)
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert "ETag" not in response.headers
    # A result marks its attempt as counted.
    assert not response.cookies or visit.address.endswith("/result/")
