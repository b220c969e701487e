"""A round of practice in a browser: eight scenes to the result, back, two tabs, focus, and cookies off."""

import re

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.journeys import hands

PRACTICE = "/quizzes/practice/"
FIRST = f"{PRACTICE}neighbour-asks/"
SECOND = f"{PRACTICE}code-to-confirm/"


def scene(page: Page) -> Locator:
    return page.locator("section[id^=scene-]")


def choice(page: Page, words: str) -> Locator:
    return scene(page).get_by_role("button", name=words, exact=True)


def way_on(page: Page) -> Locator:
    return scene(page).locator("a.button")


def answer(page: Page, words: str) -> None:
    with hands.sent(page):
        choice(page, words).click()
    expect(scene(page).get_by_text(f"你点的是“{words}”")).to_be_visible()


def go_on(page: Page) -> None:
    address = way_on(page).get_attribute("href") or ""
    way_on(page).click()
    page.wait_for_url(lambda url: url.endswith(address))


def test_leads_through_a_round_to_the_result_and_into_another(page: Page) -> None:
    page.goto(PRACTICE)
    page.get_by_role("button", name="开始").click()
    titles = []
    for position in range(1, 9):
        expect(scene(page).get_by_text(f"第 {position} 条，共 8 条")).to_be_visible()
        title = page.get_by_role("heading", level=1).inner_text()
        assert page.title().startswith(title)
        titles.append(title)
        expect(page.locator("mark")).to_have_count(0)
        answer(page, "可疑")
        assert page.locator("mark").count() == page.locator(".actions-list > li").count() > 0
        go_on(page)
    with hands.sent(page):
        page.get_by_role("button", name="有几条拿不准").click()
    expect(page.get_by_role("heading", name="可疑的 5 条，看出 5 条")).to_be_visible()
    expect(page.get_by_role("heading", name="没问题的 3 条，看成可疑的 3 条")).to_be_visible()
    with hands.sent(page):
        page.get_by_role("button", name="再练一轮").click()
    expect(scene(page).get_by_text("第 1 条，共 8 条")).to_be_visible()
    assert page.get_by_role("heading", level=1).inner_text() not in titles
    page.goto(PRACTICE + "result/")
    expect(scene(page).get_by_text("第 1 条，共 8 条")).to_be_visible()


def test_shows_the_answered_scene_on_the_way_back(page: Page) -> None:
    page.goto(FIRST)
    answer(page, "没问题")
    go_on(page)
    answer(page, "没问题")
    go_on(page)
    for _ in range(4):
        if hands.path_of(page) == SECOND:
            break
        page.go_back()
    expect(scene(page).get_by_text("再看一眼，这一条可疑")).to_be_visible()
    expect(choice(page, "可疑")).to_have_count(0)
    scene(page).get_by_role("link", name="上一条").click()
    expect(scene(page).get_by_text("看对了，这一条没问题")).to_be_visible()


def test_counts_the_first_answer_of_two_tabs(context: BrowserContext, page: Page) -> None:
    page.goto(FIRST)
    other = context.new_page()
    other.goto(FIRST)
    answer(page, "没问题")
    with hands.sent(other):
        choice(other, "可疑").click()
    expect(scene(other).get_by_text("你点的是“没问题”")).to_be_visible()
    go_on(page)
    answer(page, "可疑")
    other.reload()
    go_on(other)
    expect(scene(other).get_by_text("你点的是“可疑”")).to_be_visible()


@pytest.mark.javascript(True)
def test_moves_the_focus_and_says_so(page: Page) -> None:
    page.goto(FIRST)
    title = page.title()
    status = page.locator("#said")
    expect(status).to_have_text("")
    expect(status).to_have_role("status")
    answer(page, "没问题")
    expect(scene(page).locator("[data-focus]")).to_be_focused()
    expect(scene(page).locator("[data-focus]")).to_be_in_viewport()
    expect(status).to_have_text("看对了")
    assert page.title() == title
    go_on(page)
    expect(page).to_have_title(re.compile("群友的一个小忙"))


def test_says_so_where_no_cookie_is_kept(page_without_cookies: Page) -> None:
    page = page_without_cookies
    page.goto(FIRST)
    choice(page, "没问题").click()
    way_on(page).click()
    expect(page.get_by_role("main").get_by_role("status").filter(has_text="没记住你刚才点的")).to_be_visible()
