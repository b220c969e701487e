"""The whole way: read, answer, see the result, take the plan, tick, come back, erase."""

import datetime as dt
from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import hands
from tests.pages import TO_QUIZ

pytestmark = [pytest.mark.database, pytest.mark.service_worker]


def through_the_quiz(page: Page) -> None:
    """From the home page by way of the guide to the result of a reader who gave a lot away."""
    page.goto("/")
    page.get_by_role("navigation").get_by_role("link", name="指南").click()
    page.locator(f'main a[href="{TO_QUIZ}"]').click()
    page.locator(f'main a[href="{hands.QUIZ}"]').first.click()
    page.wait_for_url(f"**{hands.QUIZ}")
    page.locator(f'main a[href^="{hands.QUIZ}"]').and_(page.get_by_role("link", name="开始")).click()
    expect(hands.question(page)).to_be_visible()


def test_leads_from_reading_to_a_plan_that_stays_until_it_is_erased(page: Page) -> None:
    through_the_quiz(page)
    numbers, left = [], []
    while hands.question(page).count():
        number, follow = hands.counter(page)
        numbers.append(number)
        left.append(follow)
        options = hands.answer_risky(page)
        if page.locator(".feedback").count():
            for value in options:
                chosen = hands.question(page).locator(f'[name=option][value="{value}"]')
                assert chosen.get_attribute("aria-pressed") == "true" or chosen.is_checked()
        hands.go_on(page)
    assert numbers == list(range(1, len(numbers) + 1)), "the questions are counted from 1, one at a time"
    assert all(after < before for before, after in pairwise(left)), "what may follow only falls"
    assert left[-1] == 0, "and the last one was announced as the last"

    # The result says what to do first, and only then the figure.
    assert hands.path_of(page) == f"{hands.QUIZ}result/"
    title = page.get_by_role("heading", level=1)
    to_plan = page.locator(f'form[action="{hands.PLAN}"]').get_by_role("button")
    figure = page.get_by_text("怎么算的，哪一样高")
    assert hands.box(title)["y"] < hands.box(to_plan)["y"] < hands.box(figure)["y"]
    first_words = page.locator("main .now-step h2").inner_text()
    with hands.sent(page):
        to_plan.click()
    expect(page.locator("#plan")).to_be_visible()
    assert hands.now(page).get_by_role("heading").first.inner_text() in first_words

    # A step that is done is so after a reload too.
    step = hands.do_now(page)
    assert hands.step_of(hands.now(page)) != step
    page.reload()
    expect(hands.done(page, step)).to_have_count(1)

    # One tap, and nothing of it is left.
    assert len(hands.our_cookies(page.context)) == 3
    page.goto(hands.PLAN)
    page.locator('main a[href="/erase/"]').click()
    page.wait_for_url("**/erase/")
    with hands.sent(page):
        page.locator('main form[action="/erase/"]').get_by_role("button").click()
    assert hands.path_of(page) == "/erase/"
    expect(page.get_by_role("main").get_by_role("status")).to_contain_text("没有")
    assert not hands.our_cookies(page.context)
    page.goto(hands.PLAN)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("#plan")).to_have_count(0)
    expect(page.locator('main a[href="/checklist/exposures/"]')).to_be_visible()


@pytest.fixture
def plan(page: Page) -> Page:
    hands.list_given(page, *hands.GIVEN)
    return page


@pytest.mark.javascript(True)
def test_takes_a_tick_back_right_where_it_says_that_it_is_noted(plan: Page) -> None:
    step = hands.do_now(plan)
    expect(hands.notice(plan)).to_be_visible()
    hands.tick(plan, hands.notice(plan), "open")
    expect(hands.done(plan, step)).to_have_count(0)
    expect(hands.button(hands.row(plan, step), "done")).to_be_visible()


def test_puts_a_step_off_to_tonight(plan: Page) -> None:
    step = hands.step_of(hands.now(plan))
    hands.open_postponing(plan)
    hands.tick(plan, hands.now(plan), "tonight")
    expect(hands.later(plan, step)).to_be_visible()
    assert hands.now(plan).count() == 0 or hands.step_of(hands.now(plan)) != step
    plan.reload()
    hands.tick(plan, hands.later(plan, step), "open")
    expect(hands.button(hands.row(plan, step), "done")).to_be_visible()


def test_puts_a_step_off_to_a_day(plan: Page) -> None:
    step = hands.step_of(hands.now(plan))
    hands.open_postponing(plan)
    day = hands.now(plan).locator("input[name=on]")
    chosen = dt.date.fromisoformat(day.get_attribute("min") or "") + dt.timedelta(days=6)
    day.fill(chosen.isoformat())
    hands.tick(plan, hands.now(plan), "day")
    expect(hands.later(plan, step)).to_contain_text(f"{chosen.month}月{chosen.day}日")


def test_sets_a_step_aside_that_does_not_apply(plan: Page) -> None:
    step = hands.step_of(hands.now(plan))
    hands.open_postponing(plan)
    hands.tick(plan, hands.now(plan), "skip")
    aside = hands.row(plan, step)
    expect(hands.button(aside, "open")).to_have_count(1)
    expect(hands.button(aside, "done")).to_have_count(0)
    plan.goto(hands.PLAN)  # without the #step-… of the redirect, which unfolds the place
    expect(aside).to_be_hidden()
    plan.locator("#plan details").filter(has=plan.locator(f"#step-{step}")).locator("summary").click()
    hands.tick(plan, aside, "open")
    expect(hands.button(hands.row(plan, step), "done")).to_be_visible()
