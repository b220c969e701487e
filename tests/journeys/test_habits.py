"""The quiz `habits` to its end and beyond: announced, lowered by steps, beside the next attempt, on one screen."""

import pytest
from playwright.sync_api import Page, expect

from tests.fixtures.readers import step_cookie
from tests.journeys import hands
from tests.journeys.conftest import PHONE
from tests.serving import Server

RESULT = f"{hands.QUIZ}result/"
CARD = f"{hands.QUIZ}card/"


@pytest.fixture
def finished(page: Page) -> Page:
    page.goto(f"{hands.QUIZ}situation/")
    hands.finish(page)
    expect(page.locator("#value")).to_be_attached()
    return page


def risk_value(page: Page) -> int:
    return int(page.locator("#value b").text_content() or "")


@pytest.mark.javascript(True)
def test_says_that_an_answer_was_noted_where_a_screen_reader_listens(page: Page) -> None:
    page.goto(f"{hands.QUIZ}situation/")
    status = page.get_by_role("status")
    expect(status).to_be_attached()
    assert page.locator("main").aria_snapshot().count("- status") == 1, "there before the swap, and empty"
    hands.answer(page, "owner")
    expect(status).to_have_text("记下了")
    expect(hands.feedback(page)).to_be_focused()
    hands.go_on(page)
    hands.answer(page, "nobody")
    expect(page.locator("#question-things .said")).to_be_focused()
    expect(page).to_have_title(page.get_by_role("heading", level=1).inner_text() + " · 安心退群")


def test_folds_an_answered_question_up_and_takes_a_change(page: Page) -> None:
    page.goto(f"{hands.QUIZ}situation/")
    hands.answer(page, "owner")
    expect(page.locator("details.change button[value=left]")).to_be_hidden()
    hands.answer(page, "left")
    expect(page.locator("#question-codes .said")).to_contain_text("进过，已经退了")
    page.get_by_role("link", name="点错了，改").click()
    expect(page.locator(".you-chose b")).to_have_text("进过，已经退了")


def test_lowers_the_value_by_steps_and_keeps_it_beside_the_next_attempt(finished: Page, server: Server) -> None:
    page = finished
    before = risk_value(page)
    page.locator("#lines input[name=line]").first.check()
    with hands.sent(page):
        page.locator("#lines form").filter(has=page.locator("input[type=checkbox]")).get_by_role("button").click()
    expect(page.locator("#lines .facts li")).to_have_count(1)
    page.goto(RESULT)
    with hands.sent(page):
        page.locator(f'form[action="{hands.PLAN}"]').get_by_role("button").click()
    expect(page.locator("#lines .facts li")).to_have_count(1)
    rows = page.locator("#plan [id^=step-]")
    first, *others = [hands.step_of(rows.nth(place)) for place in range(rows.count())]
    page.goto(f"/checklist/steps/{first}/")
    hands.tick(page, page.get_by_role("main"))
    expect(hands.done(page, first)).to_have_count(1)
    ticks = [{"name": step_cookie(step), "value": "d1xx", "url": server.url} for step in others]
    page.context.add_cookies(ticks)  # type: ignore[arg-type]
    page.goto(RESULT)
    after = risk_value(page)
    assert after < before
    expect(page.locator("#gone s").first).to_be_attached()
    with hands.sent(page):
        page.locator(f'form[action="{hands.QUIZ}again/"]').get_by_role("button").click()
    expect(page.locator("#question-situation")).to_be_visible()
    hands.finish(page)
    expect(page.locator("#last tbody tr").first).to_contain_text(str(after))


def test_fits_the_card_on_one_screen(finished: Page) -> None:
    for number in range(finished.locator("#lines input[name=line]").count()):
        finished.locator("#lines input[name=line]").nth(number).check()
    form = finished.locator("#lines form").filter(has=finished.locator("input[type=checkbox]"))
    with hands.sent(finished):
        form.get_by_role("button").click()
    expect(finished.locator("#lines .facts li")).to_have_count(3)
    finished.goto(CARD)
    shown = hands.box(finished.locator(".one-screen"))
    bar = hands.box(finished.get_by_role("navigation"))
    assert shown["y"] + shown["height"] < bar["y"] <= PHONE["height"]
    assert shown["x"] >= 0
    assert shown["x"] + shown["width"] <= PHONE["width"]


def test_leads_a_stale_tab_to_the_question_that_is_asked_now(page: Page) -> None:
    page.goto(f"{hands.QUIZ}situation/")
    hands.answer(page, "in-group")
    hands.go_on(page)
    hands.answer(page, "given")
    hands.go_on(page)
    other = page.context.new_page()
    other.goto(f"{hands.QUIZ}codes/")
    hands.answer(other, "nobody")
    hands.option(page, "bank").click()
    expect(page.locator("#question-things")).to_be_visible()
    expect(page.locator("main .notice")).to_be_visible()
