"""Within WeChat: nothing offered that it has not, a way out with the plan, and nothing that pops up."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys import hands
from tests.journeys.conftest import Opener
from tests.journeys.wechat import ANDROID, SCREEN, open_wechat
from tests.pages import PAGE

COVERED = 264  # the keyboard of a phone takes about this much of the screen


@pytest.fixture
def context(opens: Opener) -> BrowserContext:
    return open_wechat(opens, ANDROID)  # test_every_way has both


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def test_has_larger_text_and_no_worker(page: Page, opens: Opener) -> None:
    """The fixture is what it says."""
    page.goto(PAGE)
    plain = opens(viewport=SCREEN, is_mobile=True).new_page()
    plain.goto(PAGE)
    heights = [hands.box(one.locator("main p").first)["height"] for one in (page, plain)]
    assert heights[0] > 1.3 * heights[1]
    assert page.evaluate("[typeof window.print, typeof navigator.share]") == ["undefined", "undefined"]
    page.wait_for_load_state()
    assert page.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).length") == 0


def test_says_the_way_out_of_wechat_where_something_would_be_loaded_or_printed(page: Page) -> None:
    hands.list_given(page, *hands.GIVEN)
    expect(page.get_by_role("button", name="留一份离线的")).to_have_count(0)
    for address in ("/checklist/reminders/", "/checklist/plan/print/"):
        page.goto(address)
        expect(page.get_by_text("在浏览器打开")).to_be_visible()
        expect(page.locator("main [data-print]:visible")).to_have_count(0)
    page.locator("[data-wechat]").get_by_role("link").click()
    expect(page.locator("#carry-link")).to_be_visible()


def test_says_nothing_of_wechat_elsewhere(opens: Opener) -> None:
    page = opens().new_page()
    page.goto("/checklist/reminders/")
    page.wait_for_load_state()
    expect(page.get_by_text("在浏览器打开")).to_be_hidden()


def test_offers_no_print_button_on_a_letter(page: Page) -> None:
    page.goto("/checklist/letters/police/")
    expect(page.get_by_role("button", name="复制")).to_be_visible()
    expect(page.get_by_role("button", name="打印")).to_have_count(0)


def test_carries_the_plan_to_the_browser_of_the_phone(page: Page, opens: Opener) -> None:
    hands.list_given(page, *hands.GIVEN)
    step = hands.do_now(page)
    page.goto("/checklist/carry/")
    link = page.locator("#carry-link").input_value().strip()
    other = opens().new_page()  # 在浏览器打开: no cookie of ours
    other.goto(link)
    with hands.sent(other):
        other.locator("main form[method=post]").first.get_by_role("button").first.click()
    expect(hands.done(other, step)).to_have_count(1)


def test_keeps_the_field_that_is_written_in_above_the_keyboard(page: Page) -> None:
    page.goto(f"{PAGE}report/")
    field = page.get_by_label("想说一句")
    field.focus()
    page.set_viewport_size({"width": SCREEN["width"], "height": SCREEN["height"] - COVERED})
    expect(field).to_be_in_viewport(ratio=0.9)
    bar = page.locator("nav.bar")
    if bar.is_visible():
        seen, over = hands.box(field), hands.box(bar)
        assert seen["y"] + seen["height"] <= over["y"], "the bar lies over the field"
