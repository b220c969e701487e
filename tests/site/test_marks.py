"""Every view is marked public, private or dynamic, is visited by the tests, and the sitemap lists the public ones."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from urllib.parse import urlsplit
from xml.etree import ElementTree

from django.conf import settings as django_settings
from django.test import Client
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve, reverse
from pytest_django import Settings

import checklist.library
import guide.library
import quizzes.library
from core.http.caching import Mark
from tests.collecting import for_each
from tests.site.visits import EVERY, MINE, PUBLIC, STATE, Visit, answer, page

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
    """Yield every URL pattern of the site but the admin's, with its name."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield f"{prefix}{entry.name}", entry
        elif entry.namespace != "admin":
            yield from patterns(entry, f"{prefix}{entry.namespace}:" if entry.namespace else prefix)


PATTERNS = dict(patterns(get_resolver()))
MARKS = {name: getattr(pattern.callback, "mark", None) for name, pattern in PATTERNS.items()}


def addresses(name: str, pattern: URLPattern) -> set[str]:
    """Return every address of a pattern."""
    if name == "checklist:form":
        cases = checklist.library.current().cases.values()
        return {reverse(name, args=[case.id, form]) for case in cases for form in case.forms}
    asked = list(pattern.pattern.converters)
    assert len(asked) <= 1, f"{name}: this test knows patterns with one id at most"
    return {reverse(name, kwargs={asked[0]: id}) for id in IDS[asked[0]]()} if asked else {reverse(name)}


def in_sitemap(client: Client, host: str = "testserver") -> list[str]:
    root = ElementTree.fromstring(client.get("/sitemap.xml", headers={"host": host}).content)
    return [str(element.text) for element in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]


def view_name(visit: Visit) -> str:
    try:
        return resolve(urlsplit(visit.address).path).view_name
    except Resolver404:
        return ""


@for_each(PATTERNS)
def test_marks_each_view(name: str) -> None:
    assert MARKS[name] in list(Mark)


# A picture is no page.
@for_each([name for name, mark in MARKS.items() if mark is Mark.PRIVATE and name != "checklist:resume-code"])
def test_visits_each_page_of_the_readers_own(name: str) -> None:
    """A new page must become a visit, because the other tests of this folder look at visits only."""
    if name not in {view_name(visit) for visit in EVERY}:
        pattern = PATTERNS[name]
        given = {id: next(iter(IDS[id]())) for id in pattern.pattern.converters}
        response = answer(Visit(reverse(name, kwargs=given)))
        assert response.status_code in (302, 405), "this page needs a visit in tests/site/visits.py"


def test_lists_the_public_pages_and_nothing_else(client: Client) -> None:
    public = {name: pattern for name, pattern in PATTERNS.items() if MARKS[name] is Mark.PUBLIC}
    wanted = {address for name, pattern in public.items() for address in addresses(name, pattern)}
    listed = in_sitemap(client)
    assert len(listed) == len(set(listed))
    assert {urlsplit(address).path for address in listed} == wanted
    assert {visit.address for visit in PUBLIC} == wanted


def test_lists_them_at_the_address_of_the_site(client: Client, settings: Settings) -> None:
    assert all(address.startswith(django_settings.SITE_URL + "/") for address in in_sitemap(client))
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://example.org", ["other.example"]
    assert all(address.startswith("https://example.org/") for address in in_sitemap(client, host="other.example"))


@for_each(PUBLIC)
def test_lets_everybody_store_a_public_page(visit: Visit) -> None:
    response = answer(visit)
    assert response.status_code == 200
    assert response["Cache-Control"] == "public, max-age=0, s-maxage=300"
    assert "X-Robots-Tag" not in response.headers
    assert not page(visit).css("meta[name=robots]")
    assert not response.cookies


@cache
def known_reader() -> Client:
    """Return a client with a page cache of its own, so that each page is rendered for this reader."""
    client = Client(raise_request_exception=False)
    client.cookies.load(STATE)
    return client


@for_each(PUBLIC)
def test_shows_nothing_of_the_reader_on_a_public_page(visit: Visit) -> None:
    shown = known_reader().get(visit.address).content
    if visit.address == "/":  # It offers any reader with a list to go on, in the same words.
        assert "接着上次做" in shown.decode()
    else:
        assert shown == answer(visit).content
    assert not page(visit).css("[name=csrfmiddlewaretoken]")


@for_each(MINE)
def test_lets_nobody_store_or_index_a_page_of_the_readers_own(visit: Visit) -> None:
    response = answer(visit)
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert "ETag" not in response.headers
    # A result marks its attempt as counted, and an emergency is kept in the plan.
    assert not response.cookies or visit.address.endswith(("/result/", "/also/"))
