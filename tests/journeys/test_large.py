"""大字版 is simpler, not only larger."""

import pytest
from playwright.sync_api import Page, expect

from tests.collecting import for_each
from tests.journeys import hands
from tests.journeys.conftest import Opener
from tests.pages import PAGE
from tests.serving import Server


@pytest.fixture
def page(opens: Opener, server: Server) -> Page:
    """A small screen in 大字版, without scripts."""
    context = opens(viewport={"width": 390, "height": 664}, java_script_enabled=False)
    context.add_cookies([{"name": "look", "value": "large", "url": server.url}])
    return context.new_page()


def test_puts_away_what_is_seldom_wanted(page: Page) -> None:
    page.goto(PAGE)
    expect(page.locator("main .crumb, main .side")).to_have_count(2)
    expect(page.locator("main .crumb:visible, main .side:visible")).to_have_count(0)
    expect(page.locator("button[name=size][value=normal]")).to_be_visible()


def test_gives_each_button_the_whole_width(page: Page) -> None:
    hands.list_given(page, *hands.GIVEN)
    room = hands.box(page.locator("main"))["width"]
    for button in page.locator("#plan .button:visible, #plan .small:visible").all():
        assert hands.box(button)["width"] > 0.7 * room


@for_each(["/guide/", "/search/?q=tuiqun"])
def test_leaves_room_for_what_is_searched_for(address: str, page: Page) -> None:
    page.goto(address)
    field, button = page.get_by_role("searchbox"), page.locator(".search button")
    assert hands.box(field)["width"] > 2 * hands.box(button)["width"]
