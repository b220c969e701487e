"""Numbers to call are buttons that a thumb can hit."""

import pytest
from playwright.sync_api import Page
from selectolax.lexbor import LexborNode

from tests.journeys.conftest import Opener
from tests.site.visits import PUBLIC, Visit, answer, attribute, page

SIZES = """links => links.filter(link => link.getClientRects().length).map(link => ({
    number: link.getAttribute("href"), height: link.getBoundingClientRect().height,
    width: link.getBoundingClientRect().width, room: link.closest("main, aside").clientWidth,
    step: !!link.closest("ol .calls"),
}))"""


def place(link: LexborNode) -> str:
    """Return whether a link dials the police, and the tags and classes around it: what its size depends on."""
    around = str(attribute(link, "href") == "tel:110")
    one: LexborNode | None = link
    while one is not None:
        around += f" {one.tag}.{attribute(one, 'class')}"
        one = one.parent
    return around


def one_page_for_each_place() -> list[Visit]:
    """Return public pages that together have a number in every place where one stands on any."""
    known: set[str] = set()
    chosen = []
    for visit in PUBLIC:
        places = {place(link) for link in page(visit).css('main a[href^="tel:"], aside a[href^="tel:"]')}
        if places - known:
            chosen.append(visit)
            known |= places
    return chosen


@pytest.fixture
def phone(opens: Opener) -> Page:
    return opens(viewport={"width": 390, "height": 844}).new_page()


def test_number_to_call_is_high_enough_in_every_place(phone: Page) -> None:
    html = ""
    phone.route("**/shown/", lambda route: route.fulfill(content_type="text/html", body=html))
    low, police, seen = [], 0, 0
    for visit in one_page_for_each_place():
        html = answer(visit).content.decode()
        phone.goto("/shown/")
        phone.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        for link in phone.locator('a[href^="tel:"]').evaluate_all(SIZES):
            due = link["number"] == "tel:110" and link["step"]
            seen, police = seen + 1, police + due
            if link["height"] < (64 if due else 48) or (due and link["width"] < 0.9 * (link["room"] - 40)):
                low.append(f"{visit}: {link}")
    assert low == []
    assert seen > 50
    assert police > 3
