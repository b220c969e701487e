"""The tab that is lit is the one that was tapped, and 求助 opens the emergency page."""

import pytest
from playwright.sync_api import Page, expect

from tests.collecting import for_each
from tests.journeys import hands
from tests.journeys.conftest import Opener
from tests.serving import Server

TABS = {
    "首页": "/",
    "指南": "/guide/",
    "自查": "/quizzes/",
    "清单": "/checklist/plan/",
    "求助": "/checklist/emergency/",
}


@for_each(list(TABS.items()))
def test_lights_the_tab_that_was_tapped(tab: tuple[str, str], page: Page) -> None:
    name, address = tab
    page.goto("/about/")
    page.locator(".bar").get_by_role("link", name=name).click()
    page.wait_for_url(f"**{address}")
    expect(page.locator(".bar [aria-current]")).to_have_text([name])


def test_stays_lit_in_a_case(page: Page) -> None:
    page.goto("/checklist/emergency/money-gone/")
    expect(page.locator(".bar [aria-current]")).to_have_text(["求助"])


@pytest.mark.parametrize("look", ["light", "large"])
def test_shows_the_first_four_actions_of_a_case_on_one_screen(opens: Opener, server: Server, look: str) -> None:
    context = opens(viewport={"width": 390, "height": 844})
    context.add_cookies([{"name": "look", "value": look, "url": server.url}])
    page = context.new_page()
    page.goto("/checklist/emergency/")
    cases = page.locator("main .cases a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    below = {}
    for case in cases:
        page.goto(case)
        titles = page.locator("main article h2")
        title, bar = hands.box(titles.nth(min(titles.count(), 4) - 1)), hands.box(page.locator(".bar"))
        below[case] = title["y"] + title["height"] - bar["y"]
    assert {case: by for case, by in below.items() if by > 0} == {}
