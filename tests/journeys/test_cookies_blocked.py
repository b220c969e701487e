"""A browser that keeps no cookies: told kindly at the first answer, and everything to read works."""

import pytest
from playwright.sync_api import Page, Request, expect

from tests.journeys import hands
from tests.pages import PAGE

SAID = "没记住你刚才点的"


@pytest.fixture
def page(page_without_cookies: Page) -> Page:
    return page_without_cookies


def test_really_keeps_no_cookie(page: Page) -> None:
    page.goto("/")
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))
    with hands.sent(page):
        page.locator('button[name=size][value="large"]').click()
    assert [request.url for request in asked if request.method == "POST"]
    assert not [request for request in asked if "cookie" in request.all_headers()]
    assert not page.context.cookies()
    expect(page.locator('button[name=size][value="large"]')).to_be_visible()
    expect(page.get_by_role("main").get_by_role("status").filter(has_text=SAID)).to_be_visible()
    page.get_by_role("link", name="回到刚才那一页").click()
    assert hands.path_of(page) == "/"


def test_leads_to_what_works_without_cookies(page: Page) -> None:
    page.goto("/checklist/plan/?kept")
    notice = page.get_by_role("main").get_by_role("status")
    assert notice.get_by_role("link").all_inner_texts() == ["指南", "已经出事了", "写信"]


@pytest.mark.javascript(True, False)
def test_says_so_at_the_first_answer(page: Page, javascript: bool) -> None:
    """With JavaScript the next question comes in place, and only the answer to that one can tell."""
    page.goto(f"{hands.QUIZ}situation/")
    expect(page.get_by_text(SAID)).to_have_count(0)
    hands.option(page, "in-group").click()
    if javascript:
        expect(page.locator("#question-codes")).to_be_visible()
        hands.option(page, "nobody").click()
    expect(page.get_by_role("main").get_by_role("status").filter(has_text=SAID)).to_be_visible()
    expect(page.locator("#question-situation")).to_be_visible()


@pytest.mark.javascript(True)
def test_does_not_say_that_an_answer_was_noted(page: Page) -> None:
    page.goto(f"{hands.QUIZ}situation/")
    hands.option(page, "owner").click()
    expect(hands.feedback(page)).to_be_focused()
    expect(page.locator("#said")).to_have_text("")


def test_says_so_when_a_plan_was_asked_for(page: Page) -> None:
    page.goto("/checklist/exposures/")
    page.locator("input[name=given]").first.check()
    page.locator("form").filter(has=page.locator("input[name=given]")).get_by_role("button").click()
    expect(page.get_by_role("main").get_by_role("status").filter(has_text=SAID)).to_be_visible()
    expect(page.locator("#plan article")).to_be_visible()  # made of what was just sent
    with hands.sent(page):
        hands.button(page.locator("#plan article"), "done").click()
    expect(page.get_by_role("main").get_by_role("status").filter(has_text=SAID)).to_be_visible()
    expect(page.get_by_text("记下了")).to_have_count(0)


def test_says_so_when_a_step_was_ticked(page: Page) -> None:
    page.goto("/checklist/steps/evidence/")
    page.locator("button[name=state][value=done]").click()
    expect(page.get_by_role("main").get_by_role("status").filter(has_text=SAID)).to_be_visible()


def test_lets_one_read_and_leads_through_the_emergency_pages(page: Page) -> None:
    for address in (PAGE, "/checklist/emergency/", hands.QUIZ):
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200
        expect(page.get_by_text(SAID)).to_have_count(0)
    page.goto("/")
    page.locator('main a[href="/checklist/emergency/"]').first.click()
    page.locator("main .cases a").first.click()
    expect(page.locator("main article ol.todo > li").first).to_be_visible()
