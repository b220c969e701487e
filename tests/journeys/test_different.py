"""A path that goes otherwise: 找不到, 我的手机不一样, a word to the editors, and the banner that several make."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import hands

pytestmark = pytest.mark.database

STEP = "/checklist/steps/see-devices/"
REPORT = "/guide/procedures/wx-devices/report/"


def open_form(page: Page) -> None:
    page.locator("details.missing > summary").click()
    page.locator("details.different > summary").click()


def test_takes_a_word_from_a_public_page_and_leads_back(page: Page) -> None:
    page.goto(STEP)
    open_form(page)
    form = page.locator("details.different form")
    form.get_by_label("版本").fill("8.0.50")
    form.get_by_label("哪里不一样").fill("没有红字")
    expect(form.locator("[name=homepage]")).to_be_hidden()
    form.get_by_role("button", name="告诉编辑").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("谢谢")
    assert hands.path_of(page) == f"{REPORT}thanks/"
    page.locator("main").get_by_role("link", name="回到刚才那一页").click()
    page.wait_for_url(f"**{STEP}")
    assert not hands.our_cookies(page.context)


def test_takes_a_word_from_the_plan_and_ticks_nothing(page: Page) -> None:
    hands.list_given(page, "account-unsure")  # its first step has a menu
    step = hands.step_of(hands.now(page))
    open_form(page)
    page.locator("details.different form").get_by_role("button", name="告诉编辑").click()
    page.locator("main").get_by_role("link", name="回到刚才那一页").click()
    expect(page.locator("#plan")).to_be_visible()
    assert hands.step_of(hands.now(page)) == step


def test_draws_a_leg_on_one_screen_in_large_type_too(page: Page) -> None:
    for size in ("标准字", "大字版"):
        page.goto("/checklist/steps/wx-authorisations/")
        if size == "大字版":
            with hands.sent(page):
                page.get_by_role("button", name=size).click()
        assert hands.box(page.locator(".phones").first)["height"] < 844 - 200
        expect(page.locator(".phones").first.locator(".tap")).to_have_text(["我", "设置", "个人信息与权限", "授权管理"])
