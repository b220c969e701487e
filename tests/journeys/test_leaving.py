"""Leaving by tie: from home to words to copy, with and without scripts."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import hands
from tests.journeys.conftest import Opener

STRANGERS = "/checklist/leaving/strangers/"


def test_leads_from_the_checklist_to_the_order_and_a_step(page: Page) -> None:
    page.goto("/checklist/")
    page.get_by_role("link", name="是谁的群，怎么退").click()
    page.get_by_role("link", name="陌生人的群").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("陌生人的群")
    page.locator('ol.order a[href="/checklist/steps/wx-leave/"]').click()
    page.wait_for_url("**/checklist/steps/wx-leave/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("退")
    assert not hands.our_cookies(page.context)


@pytest.mark.javascript(False)
def test_shows_the_words_and_no_dead_button_without_scripts(page: Page) -> None:
    page.goto(STRANGERS)
    expect(page.locator(".say blockquote").first).to_be_visible()
    expect(page.get_by_role("button", name="复制这句话")).to_have_count(0)


def test_copies_a_sentence(opens: Opener) -> None:
    context = opens(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(STRANGERS)
    words = page.locator(".say blockquote").first.inner_text()
    page.get_by_role("button", name="复制这句话").first.click()
    expect(page.get_by_role("status").first).to_have_text("复制好了")
    assert page.evaluate("() => navigator.clipboard.readText()") == words


def test_selects_the_sentence_where_copying_is_refused(opens: Opener) -> None:
    page = opens().new_page()
    refuse = "navigator.clipboard.writeText = () => Promise.reject(); document.execCommand = () => false"
    page.add_init_script(refuse)
    page.goto(STRANGERS)
    words = page.locator(".say blockquote").first.inner_text()
    button = page.get_by_role("button", name="复制这句话").first
    button.click()
    expect(page.get_by_role("status").first).to_have_text("已经选中了，长按，复制")
    assert page.evaluate("() => String(getSelection()).trim()") == words
