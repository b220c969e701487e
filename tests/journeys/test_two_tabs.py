"""Two tabs, or two quick taps: no tick is lost."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys import hands


def test_keeps_the_ticks_of_two_tabs(context: BrowserContext, page: Page) -> None:
    hands.list_given(page, *hands.GIVEN)
    other = context.new_page()
    other.goto(hands.PLAN)
    first, second = hands.waiting_rows(page)[:2]
    hands.tick(page, hands.row(page, first))
    expect(hands.done(page, first)).to_have_count(1)
    hands.tick(other, hands.row(other, second))
    expect(hands.done(other, second)).to_have_count(1)
    for tab in (page, other):
        tab.goto(hands.PLAN)
        expect(hands.done(tab, first)).to_have_count(1)
        expect(hands.done(tab, second)).to_have_count(1)


def test_keeps_the_list_of_one_tab_and_the_tick_of_the_other(context: BrowserContext, page: Page) -> None:
    hands.list_given(page, *hands.GIVEN)
    other = context.new_page()
    hands.list_given(other, "nickname-avatar")
    step = hands.do_now(page)
    other.reload()
    expect(hands.done(other, step)).to_have_count(1)


@pytest.fixture
def two_quick_taps(page: Page) -> tuple[str, str]:
    """Two steps ticked before the answer to the first came; both answers have come."""
    hands.list_given(page, *hands.GIVEN)
    first, second = hands.waiting_rows(page)[:2]
    with page.expect_response(f"**/steps/{first}/"), page.expect_response(f"**/steps/{second}/"):
        page.evaluate(
            """steps => steps.forEach(step =>
                document.querySelector(`#step-${step} button[name=state][value=done]`).click())""",
            [first, second],
        )
    return first, second


@pytest.mark.javascript(True)
def test_keeps_two_quick_taps(context: BrowserContext, two_quick_taps: tuple[str, str]) -> None:
    tab = context.new_page()
    tab.goto(hands.PLAN)
    for step in two_quick_taps:
        expect(hands.done(tab, step)).to_have_count(1)


@pytest.mark.javascript(True)
def test_shows_two_quick_taps_without_a_reload(page: Page, two_quick_taps: tuple[str, str]) -> None:
    for step in two_quick_taps:
        expect(hands.done(page, step)).to_have_count(1)
