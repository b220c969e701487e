"""At the foot of a page: a word on it, and back to reading."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys import hands
from tests.pages import PAGE

pytestmark = pytest.mark.database

REPORT = f"{PAGE}report/"


def form(page: Page) -> Locator:
    return page.locator("form.report")


def rating(page: Page, words: str) -> Locator:
    return form(page).get_by_role("button", name=words, exact=True)


def unfold(page: Page) -> None:
    """Open the fold at the foot of a page."""
    page.goto(PAGE)
    page.locator("details.after > summary").click()


def test_takes_a_word_with_one_tap(page: Page) -> None:
    unfold(page)
    rating(page, "有用").click()
    page.wait_for_url(f"**{REPORT}thanks/")
    expect(page.get_by_role("heading", level=1)).to_have_text("谢谢")
    page.locator("main").get_by_role("link", name="回到").click()
    page.wait_for_url(f"**{PAGE}")
    assert not hands.our_cookies(page.context)


def test_can_be_reached_by_keyboard_past_the_trap(page: Page) -> None:
    unfold(page)
    expect(form(page).locator("[name=homepage]")).to_be_hidden()
    page.get_by_label("想说一句").focus()
    page.keyboard.press("Tab")
    expect(rating(page, "有用")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{REPORT}thanks/")


def test_stays_usable_after_a_change_of_look_on_the_form_alone(page: Page) -> None:
    page.goto(REPORT)
    page.get_by_role("button", name="大字版").click()
    expect(page.locator("html")).to_have_attribute("data-size", "large")
    rating(page, "没用").click()
    page.wait_for_url(f"**{REPORT}thanks/")


@pytest.mark.javascript(True)
def test_says_so_where_nothing_was_chosen(page: Page) -> None:
    page.goto(REPORT)
    page.get_by_label("想说一句").fill("缺一步")
    page.evaluate("() => document.querySelector('form.report').submit()")
    expect(page.locator("#report-error")).to_be_visible()
    expect(page.get_by_label("想说一句")).to_have_value("缺一步")
