"""The emergency door: five cases, five steps each, on one screen, with nothing else needed."""

import pytest
from playwright.sync_api import Page, Response, expect

from tests.journeys import hands
from tests.journeys.conftest import Opener
from tests.serving import Server

#: What WeChat leaves of a phone's screen.
WINDOW = {"width": 390, "height": 664}
TYPE = "lines => lines.map(line => parseFloat(getComputedStyle(line).fontSize))"


def cases_of(page: Page) -> list[str]:
    """From the home page through the door to the cases; returns their addresses."""
    page.goto("/")
    page.locator('main a[href="/checklist/emergency/"]').first.click()
    page.wait_for_url("**/checklist/emergency/")
    rows = page.locator('main ol a[href^="/checklist/emergency/"]')
    return [rows.nth(number).get_attribute("href") or "" for number in range(rows.count())]


def test_it_leads_to_five_steps_in_each_of_five_cases(page: Page) -> None:
    cases = cases_of(page)
    assert len(cases) == 5
    calls = 0
    for case in cases:
        page.locator(f'main ol a[href="{case}"]').click()
        page.wait_for_url(f"**{case}")
        expect(page.locator("main article ol > li")).to_have_count(5)
        calls += page.locator('main article a[href^="tel:"]').count()
        page.locator('main a[href="/checklist/emergency/"]').first.click()
        page.wait_for_url("**/checklist/emergency/")
    assert calls > 0, "somewhere in the five cases there is a number to tap"


def test_it_needs_no_script_and_keeps_no_cookie(page: Page) -> None:
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    for address in ["/checklist/emergency/", *cases_of(page)]:
        page.goto(address)
        expect(page.locator("script")).to_have_count(0)
    assert not [answer.url for answer in answers if answer.header_value("set-cookie")]
    assert not page.context.cookies()


@pytest.mark.parametrize(("look", "width"), [("light", 390), ("light", 360), ("large", 390)])
def test_it_shows_the_five_steps_on_the_first_screen_inside_wechat(
    opens: Opener, server: Server, look: str, width: int
) -> None:
    context = opens(viewport=WINDOW | {"width": width})
    context.add_cookies([{"name": "look", "value": look, "url": server.url}])
    page = context.new_page()
    below, sizes = {}, set()
    for case in cases_of(page):
        page.goto(case)
        card, bar = hands.box(page.locator("main article")), hands.box(page.locator(".bar"))
        below[case] = card["y"] + card["height"] - min(WINDOW["height"], bar["y"])
        sizes |= set(page.locator("main article li").evaluate_all(TYPE))
    assert {case: by for case, by in below.items() if by > 0} == {}, "px of the card that are not seen at once"
    assert min(sizes) >= {"light": 18, "large": 20}[look]


def test_it_goes_on_to_the_list_of_what_was_given(page: Page) -> None:
    page.goto(cases_of(page)[0])
    page.locator('main a[href^="/checklist/exposures/?case="]').click()
    expect(page.locator("input[name=given]:checked")).to_have_count(1)
    expect(page.locator("input[name=given]:checked")).to_be_visible()
    assert not hands.our_cookies(page.context)
    hands.list_it(page)
    expect(hands.row(page, "call-bank")).to_have_count(1)
    assert set(hands.our_cookies(page.context)) <= {"exposures", "__Host-exposures"}
