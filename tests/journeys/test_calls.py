"""Numbers to call are buttons that a thumb can hit."""

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import Opener
from tests.site.visits import PUBLIC, answer

SIZES = """links => links.filter(link => link.getClientRects().length).map(link => ({
    number: link.getAttribute("href"), height: link.getBoundingClientRect().height,
    width: link.getBoundingClientRect().width, room: link.closest("main, aside").clientWidth,
    step: !!link.closest("ol .calls"),
}))"""


@pytest.fixture
def page(opens: Opener) -> Page:
    return opens(viewport={"width": 390, "height": 844}, service_workers="block").new_page()


def test_it_is_high_enough_everywhere(page: Page) -> None:
    html = ""
    page.route("**/shown/", lambda route: route.fulfill(content_type="text/html", body=html))
    low, police, seen = [], 0, 0
    for visit in PUBLIC:
        html = answer(visit).content.decode() if visit.data is None else ""
        if 'href="tel:' not in html:
            continue
        page.goto("/shown/")
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        for link in page.locator('a[href^="tel:"]').evaluate_all(SIZES):
            due = link["number"] == "tel:110" and link["step"]
            seen, police = seen + 1, police + due
            if link["height"] < (64 if due else 48) or (due and link["width"] < 0.9 * (link["room"] - 40)):
                low.append(f"{visit}: {link}")
    assert low == []
    assert seen > 100
    assert police > 10
