"""One group judged, and three questions to look back: with and without JavaScript, back button, two tabs."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys import hands

GROUP = "/quizzes/group-check/"
REFRESHER = "/quizzes/refresher/"
NEIGHBOURS = [["codes"], ["none"], ["none"], ["none"], ["none"], ["neighbours"]]
STRANGERS = [["fees"], ["prepay-tasks"], ["pressure"], ["owner-unknown"], ["shills", "promises"], ["stranger"]]


def way_on(page: Page) -> Locator:
    return page.locator(".feedback a.button.big")


def answer(page: Page, *values: str) -> None:
    """Choose these options alone, and wait for what the page says of them, or for the page that follows."""
    before = hands.question_id(page)
    change = page.get_by_text("改一改")
    if change.count():
        change.click()
    for box in hands.question(page).locator("input[name=option]:checked").all():
        box.uncheck()
    for value in values:
        option = hands.question(page).locator(f'[name=option][value="{value}"]')
        if option.get_attribute("type") == "checkbox":
            option.check()
        else:
            with hands.sent(page):
                option.click()
    if hands.question(page).locator("input[name=option]").count():
        with hands.sent(page):
            hands.question(page).locator("form[hx-post]").get_by_role("button").click()
    there = page.locator(f"#question-{before} .feedback, section.question:not(#question-{before}), .verdict")
    expect(there.first).to_be_visible()


def start(page: Page) -> None:
    page.get_by_role("link", name="开始").click()
    expect(hands.question(page)).to_be_visible()


def follow(page: Page, link: Locator) -> None:
    address = link.get_attribute("href") or ""
    link.click()
    page.wait_for_url(lambda url: url.endswith(address))


def go_on(page: Page) -> None:
    """Follow 下一题; an answer that led on at once has none."""
    if way_on(page).count():
        follow(page, way_on(page))


def through(page: Page, quiz: str, answers: list[list[str]]) -> None:
    """From the quiz's first page to its result."""
    page.goto(quiz)
    start(page)
    for number, values in enumerate(answers, 1):
        assert hands.counter(page) == (number, len(answers) - number)
        answer(page, *values)
        go_on(page)
    assert hands.path_of(page) == f"{quiz}result/"


def test_tells_who_met_swindlers_to_stop_and_go(page: Page) -> None:
    through(page, GROUP, STRANGERS)
    verdict = page.locator(".verdict")
    expect(verdict).to_contain_text("先停手，再退")
    assert hands.box(verdict)["y"] < hands.box(page.locator(".seen"))["y"]
    expect(page.locator(".seen > li")).to_have_count(6)
    assert page.title().startswith(page.get_by_role("heading", level=1).inner_text())
    page.locator("main .actions a").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text(re.compile("先停手"))


def test_takes_a_changed_mind_on_the_way_back(page: Page) -> None:
    through(page, GROUP, NEIGHBOURS)
    page.goto(f"{GROUP}give/")
    expect(page.locator("input[value=codes]")).to_be_checked()
    answer(page, "none")
    page.goto(f"{GROUP}result/")
    expect(page.locator(".verdict.leaf")).to_contain_text("没看出明显不对，不代表可以放心")


def test_keeps_what_two_tabs_answer(page: Page) -> None:
    page.goto(f"{GROUP}give/")
    answer(page, "fees")
    other = page.context.new_page()
    other.goto(f"{GROUP}do/")
    answer(other, "downloads")
    answer(page, "none")
    assert hands.question_id(page) == "push"
    page.goto(f"{GROUP}do/")
    expect(page.locator("input[value=downloads]")).to_be_checked()


def test_looks_back_in_three_questions(page: Page) -> None:
    page.goto(REFRESHER)
    start(page)
    for value in ("gave", "unseen", "joined"):
        with hands.sent(page):
            hands.option(page, value).click()
        follow(page, page.locator(".feedback a.button").last)
    expect(page.get_by_role("heading", level=1)).to_have_text("还来得及补救，先做这一件")
    assert hands.path_of(page) == f"{REFRESHER}result/"


@pytest.mark.javascript(True)
def test_moves_the_focus_to_what_is_said_and_announces_it(page: Page) -> None:
    page.goto(f"{GROUP}give/")
    title = page.title()
    status = page.locator("#said")
    expect(status).to_have_text("")
    answer(page, "fees")
    expect(page.locator(".feedback")).to_be_focused()
    expect(status).to_have_text("记下了")
    assert page.title() == title
    go_on(page)
    assert page.title().startswith("群里有人叫你做什么吗？")
    answer(page, "none")
    expect(page.locator(".said")).to_be_focused()
    assert page.title().startswith("群里有人这样催你吗？")
