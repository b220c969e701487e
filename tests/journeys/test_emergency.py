"""The emergency pages: nine cases, the first actions on one page with their calls, and from there to the plan."""

import pytest
from playwright.sync_api import Page, Response, expect

from tests.journeys import hands
from tests.journeys.conftest import Opener
from tests.serving import Server

#: What WeChat leaves of a phone's screen.
WINDOW = {"width": 390, "height": 664}
TYPE = "lines => lines.map(line => parseFloat(getComputedStyle(line).fontSize))"


def cases_of(page: Page) -> list[str]:
    """From the home page through the entry to the cases; returns their addresses."""
    page.goto("/")
    page.locator('main a[href="/checklist/emergency/"]').first.click()
    page.wait_for_url("**/checklist/emergency/")
    rows = page.locator('main .cases a[href^="/checklist/emergency/"]')
    return [rows.nth(number).get_attribute("href") or "" for number in range(rows.count())]


def test_leads_to_what_to_do_in_each_of_nine_cases(page: Page) -> None:
    cases = cases_of(page)
    assert len(cases) == 9
    calls = 0
    for case in cases:
        page.locator(f'main .cases a[href="{case}"]').click()
        page.wait_for_url(f"**{case}")
        expect(page.locator("main article ol.todo > li").first.locator("> p, > .say").first).to_be_visible()
        calls += page.locator('main article a[href^="tel:"]').count()
        page.locator('main a[href="/checklist/emergency/"]').first.click()
        page.wait_for_url("**/checklist/emergency/")
    assert calls > 9, "nearly every case has numbers to tap"


def test_needs_no_script_and_keeps_no_cookie(page: Page) -> None:
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    for address in ["/checklist/emergency/", *cases_of(page)]:
        page.goto(address)
        expect(page.locator("script:not([src*='/js/aloud.'][defer])")).to_have_count(0)
    assert not [answer.url for answer in answers if answer.header_value("set-cookie")]
    assert not page.context.cookies()


@pytest.mark.parametrize(("look", "width"), [("light", 390), ("light", 360), ("large", 390)])
def test_begins_with_the_first_action_on_the_first_screen_inside_wechat(
    opens: Opener, server: Server, look: str, width: int
) -> None:
    context = opens(viewport=WINDOW | {"width": width})
    context.add_cookies([{"name": "look", "value": look, "url": server.url}])
    page = context.new_page()
    below, sizes = {}, set()
    for case in cases_of(page):
        page.goto(case)
        title, bar = hands.box(page.locator("main article h2").first), hands.box(page.locator(".bar"))
        below[case] = title["y"] + title["height"] - min(WINDOW["height"], bar["y"])
        sizes |= set(page.locator("main article li").evaluate_all(TYPE))
    assert {case: by for case, by in below.items() if by > 0} == {}, "px of the first action that are not seen at once"
    assert min(sizes) >= {"light": 18, "large": 20}[look]


def test_opens_how_an_action_is_done_and_loads_nothing(page: Page) -> None:
    page.goto("/checklist/emergency/money-gone/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    second = page.locator("main article ol.todo > li").nth(1)
    expect(second.locator("details p").first).to_be_hidden()
    second.locator("summary").click()
    expect(second.locator("details p").first).to_be_visible()
    assert [address for address in asked if "/img/icon" not in address] == []


def test_leads_to_a_form_that_fits_better(page: Page) -> None:
    page.goto("/checklist/emergency/money-gone/")
    page.locator("main details.fold summary").click()
    page.locator('main a[href="/checklist/emergency/money-gone/wechat/"]').click()
    page.wait_for_url("**/money-gone/wechat/")
    expect(page.locator('main article a[href="tel:95017"]')).to_be_visible()


def test_goes_on_to_the_list_of_what_was_given(page: Page) -> None:
    page.goto("/checklist/emergency/money-gone/")
    page.locator('main a[href^="/checklist/exposures/?case="]').click()
    expect(page.locator("input[name=given]:checked")).to_have_count(1)
    assert not hands.our_cookies(page.context)
    hands.list_it(page)
    expect(hands.row(page, "call-bank")).to_have_count(1)
    assert set(hands.our_cookies(page.context)) <= {"exposures", "__Host-exposures"}


def test_puts_what_was_ticked_below_a_case_into_one_plan(page: Page) -> None:
    page.goto("/checklist/emergency/money-gone/")
    page.locator("label[for=also-bank-card]").click()
    page.locator('main form[action="/checklist/also/"] button').click()
    expect(page.locator("main article h2")).not_to_have_count(0)
    page.locator('main a.button[href="/checklist/plan/"]').click()
    expect(hands.row(page, "call-bank")).to_have_count(1)
    expect(hands.row(page, "look-bills")).to_have_count(1)
    expect(hands.row(page, "station")).to_have_count(1)
