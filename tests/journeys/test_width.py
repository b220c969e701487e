"""No page scrolls sideways: not on a narrow phone, not in 大字版, not on a wide screen."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests.journeys import hands
from tests.journeys.conftest import Opener
from tests.serving import Server

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
    """A page without scripts, in one look or the other: nothing here moves after it came."""
    context = opens()
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
    page.locator(f'form[action="{hands.PLAN}"]').get_by_role("button").click()
    page.wait_for_url(f"**{hands.PLAN}**")
    page.evaluate("() => document.querySelectorAll('details').forEach(details => details.open = true)")
    found += overhangs(page)
    step = hands.step_of(hands.now(page))
    hands.button(hands.now(page), "done").click()
    hands.done(page, step).wait_for()
    found += overhangs(page)
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "address", ["/checklist/exposures/", "/checklist/plan/", "/erase/", "/privacy/", "/guide/risks/report/"]
)
def test_it_fits_on_forms(page: Page, address: str) -> None:
    page.goto(address)
    assert not overhangs(page)
