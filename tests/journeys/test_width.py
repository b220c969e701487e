"""No page scrolls sideways: not on a narrow phone, not in 大字版, not on a wide screen."""

import re
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests.journeys import hands
from tests.journeys.conftest import Opener
from tests.serving import Server
from tests.site.visits import ERRORS, MINE, SEARCHES, Visit, answer

#: A narrow phone, which is also a screen of 1280 at 400%; a usual one; a desktop.
WIDTHS = (320, 390, 1280)
OVERHANG = """() => {
    const wide = document.scrollingElement.scrollWidth - window.innerWidth;
    if (wide <= 0) return "";
    const out = [...document.querySelectorAll("body *")].filter(
        element => element.getBoundingClientRect().right > window.innerWidth + 0.5 && !element.closest(".sprite"));
    return `${wide} px: ` + out.slice(0, 3).map(element => element.outerHTML.slice(0, 60)).join(" | ");
}"""


@pytest.fixture(params=["normal", "large"])
def page(request: pytest.FixtureRequest, opens: Opener, server: Server) -> Page:
    """A page in one look or the other, with no service worker between us and what it asks for."""
    context = opens(service_workers="block")
    if request.param == "large":
        context.add_cookies([{"name": "look", "value": "large", "url": server.url}])
    return context.new_page()


def overhangs(page: Page) -> list[str]:
    """What is wider than the window, at each width."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        overhang = page.evaluate(OVERHANG)
        if overhang:
            found.append(f"{hands.path_of(page)} at {width}: {overhang}")
    return found


def test_it_fits_on_every_page_of_the_sitemap(page: Page, server: Server) -> None:
    addresses = re.findall(r"<loc>([^<]+)</loc>", server.get("/sitemap.xml"))
    assert len(addresses) > 30
    found = []
    for address in addresses:
        page.goto(urlsplit(address).path)
        # What can be unfolded is as wide as the rest.
        page.evaluate("() => document.querySelectorAll('details').forEach(details => details.open = true)")
        found += overhangs(page)
    assert not found, "\n".join(found)


def test_it_fits_in_the_quiz_the_result_and_the_plan(page: Page) -> None:
    found = []
    page.goto(f"{hands.QUIZ}situation/")
    while hands.question(page).count():
        found += overhangs(page)
        page.set_viewport_size({"width": 390, "height": 844})
        hands.answer_risky(page)
        found += overhangs(page)
        page.set_viewport_size({"width": 390, "height": 844})
        hands.go_on(page)
    found += overhangs(page)
    with hands.sent(page):
        page.locator(f'form[action="{hands.PLAN}"]').get_by_role("button").click()
    page.evaluate("() => document.querySelectorAll('details').forEach(details => details.open = true)")
    found += overhangs(page)
    hands.do_now(page)
    found += overhangs(page)
    assert not found, "\n".join(found)


def longest_of_each_kind(large: bool) -> list[Visit]:
    """Of each address with a reader's state in it, and of each error: the visit with the most on its page."""
    found: dict[tuple[str, bool, int], Visit] = {}
    for visit in [*MINE, *SEARCHES, *ERRORS]:
        if large:
            visit = replace(visit, cookies=(*visit.cookies, ("look", "large")))
        came = answer(visit)
        route = "" if visit.status == 404 else came.resolver_match.route
        kind = (route, visit.data is None, visit.status)
        if kind not in found or len(came.content) > len(answer(found[kind]).content):
            found[kind] = visit
    return list(found.values())


def test_it_fits_whatever_a_reader_has_and_does(page: Page) -> None:
    visits = longest_of_each_kind(large=bool(page.context.cookies()))
    assert len(visits) > 30
    found, html = [], ""
    # What the site answers, at an address of its own: a form that was sent is shown without sending it.
    page.route("**/shown/", lambda route: route.fulfill(content_type="text/html", body=html))
    for visit in visits:
        html = answer(visit).content.decode()
        page.goto("/shown/")
        page.evaluate("() => document.querySelectorAll('details').forEach(details => details.open = true)")
        found += [f"{visit}: {overhang}" for overhang in overhangs(page)]
    assert not found, "\n".join(found)
