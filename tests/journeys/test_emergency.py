"""The emergency door: five cases, five steps each, on one screen, with nothing else needed."""

from playwright.sync_api import Page, expect

from tests.collecting import for_each
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


@for_each([("light", 390), ("light", 360), ("large", 390)])
def test_it_shows_the_five_steps_on_the_first_screen_inside_wechat(
    screen: tuple[str, int], opens: Opener, server: Server
) -> None:
    look, width = screen
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
