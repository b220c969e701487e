"""No connection, or an error, in the middle: the page stays, says so, and works again."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import hands
from tests.journeys.conftest import Watch
from tests.serving import ROOT, Server

pytestmark = pytest.mark.parametrize("javascript", [True], ids=["js"], indirect=True)

ALERT = "#alert"
Tap = Callable[[Page], None]


def tap_answer(page: Page) -> None:
    hands.option(page, "in-group").click()


def tap_done(page: Page) -> None:
    hands.button(hands.now(page), "done").click()


@pytest.fixture
def at_question(page: Page) -> Page:
    page.goto(f"{hands.QUIZ}situation/")
    return page


@pytest.fixture
def at_plan(page: Page) -> Page:
    hands.list_given(page, *hands.GIVEN)
    return page


def test_it_says_that_an_answer_did_not_arrive_and_takes_it_again(at_question: Page, watch: Watch) -> None:
    watch.expects(r"ERR_INTERNET_DISCONNECTED", r"htmx:sendError|htmx:afterRequest")
    at_question.context.set_offline(True)
    tap_answer(at_question)
    expect(at_question.locator(ALERT)).to_contain_text("没连上")
    expect(at_question.locator(ALERT)).to_be_in_viewport()
    expect(hands.option(at_question, "in-group")).to_be_enabled()
    expect(hands.feedback(at_question)).to_have_count(0)
    at_question.context.set_offline(False)
    tap_answer(at_question)
    expect(hands.feedback(at_question)).to_be_visible()
    expect(at_question.locator(ALERT)).to_be_empty()


def test_it_says_that_a_tick_did_not_arrive_and_takes_it_again(at_plan: Page, watch: Watch) -> None:
    watch.expects(r"ERR_INTERNET_DISCONNECTED", r"htmx:sendError|htmx:afterRequest")
    step = hands.step_of(hands.now(at_plan))
    at_plan.context.set_offline(True)
    tap_done(at_plan)
    expect(at_plan.locator(ALERT)).to_contain_text("没连上")
    expect(at_plan.locator(ALERT)).to_be_in_viewport()
    expect(hands.now(at_plan)).to_have_id(f"step-{step}")
    at_plan.context.set_offline(False)
    tap_done(at_plan)
    expect(hands.done(at_plan, step)).to_be_visible()
    expect(at_plan.locator(ALERT)).to_be_empty()


@pytest.mark.parametrize("status", [500, 502, 403, 404, 429])
def test_it_puts_an_error_page_into_the_alert(at_plan: Page, server: Server, watch: Watch, status: int) -> None:
    """Our own pages for errors, as they are; what a proxy says of itself has no words for the reader."""
    watch.expects(rf"status (?:of )?{status}", r"htmx:responseError|Response Status Error Code")
    server_error = (ROOT / "templates" / "500.html").read_text(encoding="utf-8")
    body = server_error if status >= 500 else server.get("/nothing-here/")
    step = hands.step_of(hands.now(at_plan))
    at_plan.route(
        f"**/checklist/steps/{step}/",
        lambda route: route.fulfill(status=status, content_type="text/html; charset=utf-8", body=body),
    )
    tap_done(at_plan)
    expect(at_plan.locator(ALERT)).to_contain_text("出了错" if status >= 500 else "没有这一页")
    expect(at_plan.locator(ALERT)).to_be_in_viewport()
    expect(hands.now(at_plan)).to_have_id(f"step-{step}")
    at_plan.unroute_all()
    tap_done(at_plan)
    expect(hands.done(at_plan, step)).to_be_visible()
    expect(at_plan.locator(ALERT)).to_be_empty()


@pytest.mark.parametrize("body", ["<html><h1>502 Bad Gateway</h1></html>", ""], ids=["proxy", "empty"])
def test_it_says_something_when_the_error_page_is_not_ours(at_question: Page, watch: Watch, body: str) -> None:
    watch.expects(r"status (?:of )?502", r"htmx:responseError|Response Status Error Code")
    at_question.route(
        f"**{hands.QUIZ}situation/",
        lambda route: route.fulfill(status=502, content_type="text/html", body=body),
    )
    tap_answer(at_question)
    expect(at_question.locator(ALERT)).not_to_be_empty()
    expect(at_question.locator(ALERT)).to_be_in_viewport()
    expect(at_question.locator("#question-situation")).to_be_visible()
