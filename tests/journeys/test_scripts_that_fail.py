"""Scripts that fail half-way, and a clock that is years off: the forms are forms, and every answer is kept."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.collecting import for_each
from tests.journeys import hands
from tests.journeys.conftest import Watch

pytestmark = pytest.mark.javascript(True)

THROWS = 'throw new Error("half-way");'


def before(route: Route) -> None:
    """The file throws at its first line: an older browser that does not read it."""
    route.fulfill(content_type="text/javascript", body=THROWS)


def within(route: Route) -> None:
    """The file breaks off in the middle, as on a line that broke."""
    text = route.fetch().text()
    route.fulfill(content_type="text/javascript", body=text[: len(text) // 2])


@pytest.mark.parametrize("file", ["htmx", "site"])
@pytest.mark.parametrize("fault", [before, within])
def test_answers_and_ticks_with_a_script_that_failed(
    page: Page, watch: Watch, file: str, fault: Callable[[Route], None]
) -> None:
    watch.expects("half-way", "SyntaxError|Unexpected end|Invalid or unexpected")
    page.route(f"**/static/**/{file}*.js", fault)
    page.goto(f"{hands.QUIZ}situation/")
    with hands.sent(page):
        hands.option(page, "in-group").click()
    expect(page.locator("#question-codes .said")).to_contain_text("还在微信的群里")
    hands.list_given(page, *hands.GIVEN)
    step = hands.do_now(page)
    page.goto(hands.PLAN)
    expect(hands.done(page, step)).to_have_count(1)


@for_each([1970, 2050])
def test_goes_by_its_own_clock(year: int, page: Page, server_day: str) -> None:
    page.clock.set_fixed_time(dt.datetime(year, 1, 1, 12, tzinfo=dt.UTC))
    hands.list_given(page, *hands.GIVEN)
    assert page.evaluate("new Date().getFullYear()") == year
    expect(hands.done(page, hands.do_now(page))).to_contain_text(server_day)


@pytest.fixture
def server_day() -> str:
    """Today where the site is."""
    today = dt.datetime.now(dt.timezone(dt.timedelta(hours=8)))
    return f"{today.month}月{today.day}日"


def test_is_never_naked_with_the_stylesheet_of_an_older_release(page: Page) -> None:
    """An old page in a tab or a cache names a file that is no more: today's comes under that name."""
    page.route("**/checklist/leaving/", lambda route: route.fulfill(response=route.fetch(), body=older(route)))
    page.goto("/checklist/leaving/")
    colour = page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor")
    assert colour not in ("rgba(0, 0, 0, 0)", "rgb(255, 255, 255)")
    assert "000000000000" in str(page.locator("link[rel=stylesheet]").get_attribute("href"))


def older(route: Route) -> str:
    return re.sub(r"(css/checklist)\.[0-9a-f]{12}", r"\1.000000000000", route.fetch().text())
