"""No connection, or an error, in the middle: the page stays, says so, and works again."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Request, Route, expect

from tests.journeys import hands
from tests.journeys.conftest import NO_NETWORK, Watch
from tests.pages import PAGE
from tests.serving import ROOT, Server

pytestmark = [pytest.mark.javascript(True), pytest.mark.service_worker]

ALERT = "#alert"
Tap = Callable[[Page], None]


def tap_answer(page: Page) -> None:
    hands.option(page, "in-group").click()


def again(page: Page) -> Locator:
    return page.locator(ALERT).get_by_role("button", name="再试一次")


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


def test_says_that_a_tick_did_not_arrive_and_takes_it_again(at_plan: Page, watch: Watch) -> None:
    watch.expects(*NO_NETWORK)
    step = hands.step_of(hands.now(at_plan))
    at_plan.context.set_offline(True)
    tap_done(at_plan)
    expect(at_plan.locator(ALERT)).to_contain_text("没连上")
    expect(at_plan.locator(ALERT)).to_be_in_viewport()
    expect(hands.now(at_plan)).to_have_id(f"step-{step}")
    at_plan.context.set_offline(False)
    tap_done(at_plan)
    expect(hands.done(at_plan, step)).to_have_count(1)
    expect(at_plan.locator(ALERT)).to_be_empty()


@pytest.mark.parametrize("status", [500, 404])
def test_puts_an_error_page_into_the_alert(at_plan: Page, server: Server, watch: Watch, status: int) -> None:
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
    expect(hands.done(at_plan, step)).to_have_count(1)
    expect(at_plan.locator(ALERT)).to_be_empty()


@pytest.mark.parametrize("body", ["<html><h1>502 Bad Gateway</h1></html>", ""], ids=["proxy", "empty"])
def test_says_something_when_the_error_page_is_not_ours(at_question: Page, watch: Watch, body: str) -> None:
    watch.expects(r"status (?:of )?502", r"htmx:responseError|Response Status Error Code")
    at_question.route(
        f"**{hands.QUIZ}situation/",
        lambda route: route.fulfill(status=502, content_type="text/html", body=body),
    )
    tap_answer(at_question)
    expect(at_question.locator(ALERT)).not_to_be_empty()
    expect(at_question.locator(ALERT)).to_be_in_viewport()
    expect(at_question.locator("#question-situation")).to_be_visible()


# 再试一次


def test_repeats_the_answer_that_did_not_arrive(at_question: Page, watch: Watch) -> None:
    watch.expects(*NO_NETWORK)
    at_question.context.set_offline(True)
    tap_answer(at_question)
    again(at_question).click()
    expect(at_question.locator(ALERT)).to_contain_text("没有记下")
    at_question.context.set_offline(False)
    again(at_question).click()
    expect(at_question.locator("#question-codes .said")).to_be_visible()
    expect(at_question.locator(ALERT)).to_be_empty()


def test_keeps_the_boxes_that_were_ticked(page: Page, watch: Watch) -> None:
    watch.expects(*NO_NETWORK)
    page.goto(f"{hands.QUIZ}situation/")
    while hands.question(page).locator("[type=checkbox]").count() == 0:
        hands.answer_risky(page)
        hands.go_on(page)
    boxes = hands.question(page).locator("[type=checkbox]")
    boxes.nth(0).check()
    chosen = boxes.nth(0).get_attribute("value")
    page.context.set_offline(True)
    hands.question(page).locator("form[hx-post]").get_by_role("button").click()
    expect(page.locator(ALERT)).to_contain_text("没有记下")
    expect(boxes.nth(0)).to_be_checked()
    page.context.set_offline(False)
    again(page).click()
    expect(hands.feedback(page)).to_be_visible()
    expect(page.locator(f'[name=option][value="{chosen}"]')).to_be_checked()


def test_refuses_a_tick_beside_its_row_and_repeats_it(at_plan: Page, watch: Watch) -> None:
    watch.expects(*NO_NETWORK)
    step = hands.waiting_rows(at_plan)[1]
    hands.open_row(hands.row(at_plan, step))
    at_plan.context.set_offline(True)
    hands.button(hands.row(at_plan, step), "done").click()
    expect(hands.row(at_plan, step).locator(ALERT)).to_contain_text("没有记下")
    expect(hands.button(hands.row(at_plan, step), "done")).to_be_enabled()
    at_plan.context.set_offline(False)
    again(at_plan).click()
    expect(hands.done(at_plan, step)).to_have_count(1)
    expect(at_plan.locator(ALERT)).to_have_count(1)
    expect(at_plan.locator(ALERT)).to_be_empty()


def held(page: Page, address: str) -> list[Route]:
    """Requests to an address wait in this list until the test lets them go."""
    waiting: list[Route] = []
    page.route(address, lambda route: waiting.append(route) if route.request.method == "POST" else route.fallback())
    return waiting


@pytest.mark.parametrize("late", ["refused", "kept"])
def test_does_not_forget_a_refused_tick_over_one_that_arrived(at_plan: Page, watch: Watch, late: str) -> None:
    watch.expects(r"ERR_FAILED", r"htmx:sendError|htmx:afterRequest")
    refused, kept = hands.waiting_rows(at_plan)[:2]
    waiting = {step: held(at_plan, f"**/steps/{step}/") for step in (refused, kept)}
    at_plan.evaluate(
        """steps => steps.forEach(step =>
            document.querySelector(`#step-${step} button[name=state][value=done]`).click())""",
        [kept, refused],
    )
    hands.until(at_plan, lambda: waiting[refused] and waiting[kept])
    if late == "refused":
        waiting[kept][0].continue_()
        expect(hands.done(at_plan, kept)).to_have_count(1)
        waiting[refused][0].abort()
    else:
        waiting[refused][0].abort()
        expect(at_plan.locator(ALERT)).to_contain_text("没有记下")
        waiting[kept][0].continue_()
        expect(hands.done(at_plan, kept)).to_have_count(1)
    expect(at_plan.locator(ALERT)).to_contain_text("没有记下")
    expect(hands.done(at_plan, refused)).to_have_count(0)
    at_plan.unroute_all()
    with hands.sent(at_plan):
        again(at_plan).click()
    expect(hands.done(at_plan, refused)).to_have_count(1)
    expect(hands.done(at_plan, kept)).to_have_count(1)


# A slow server


def test_says_that_it_is_sending_and_sends_once(at_plan: Page) -> None:
    step = hands.step_of(hands.now(at_plan))
    sent: list[Request] = []
    at_plan.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    waiting = held(at_plan, f"**/steps/{step}/")
    for _ in range(3):
        tap_done(at_plan)
    expect(at_plan.locator(ALERT)).to_have_text("正在送……")
    [route] = waiting
    route.continue_()
    expect(hands.done(at_plan, step)).to_have_count(1)
    expect(at_plan.locator(ALERT)).to_be_empty()
    assert len(sent) == 1


def test_sends_a_report_once(page: Page) -> None:
    page.goto(PAGE)
    waiting = held(page, "**/report/")
    button = page.locator("form.report button[value=useful]")
    button.evaluate("button => { button.click(); button.click(); button.click() }")
    hands.until(page, lambda: waiting)
    [route] = waiting
    route.continue_()
    page.wait_for_url("**/thanks/")


# What was written


@pytest.mark.parametrize(
    ("address", "field", "button"),
    [
        (PAGE, "#report-sentence", "form.report button[name=rating] >> nth=0"),
        ("/search/", "#q", "form.search button"),
        ("/checklist/exposures/", "", "main form button >> nth=-1"),
    ],
    ids=["report", "search", "exposures"],
)
def test_keeps_what_was_written_where_it_was(page: Page, watch: Watch, address: str, field: str, button: str) -> None:
    watch.expects(*NO_NETWORK)
    page.goto(address)
    page.context.set_offline(True)
    if address == PAGE:
        page.locator("details.after > summary").click()
    if field:
        page.locator(field).fill("群里说要验证码")
    else:
        page.locator("input[name=given]").first.check()
    page.locator(button).click()
    expect(page.locator(ALERT)).to_contain_text("没连上")
    assert hands.path_of(page) == address
    if field:
        expect(page.locator(field)).to_have_value("群里说要验证码")
    else:
        expect(page.locator("input[name=given]").first).to_be_checked()
    page.context.set_offline(False)
    with page.expect_navigation():
        again(page).click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
