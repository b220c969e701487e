"""The three journeys, in each way that a reader may have to go: keyboard, no scripts, narrow, 大字版, WeChat."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.journeys import hands
from tests.journeys.conftest import Opener
from tests.journeys.test_width import OVERHANG
from tests.journeys.wechat import ANDROID, IOS, open_wechat
from tests.serving import Server

#: More stops than there are on the longest page of these journeys.
FAR = 150


def tap(place: Locator) -> None:
    place.click()


def press(place: Locator) -> None:
    """The same by keyboard alone: Tab until it has the focus, then Enter, or Space in a box."""
    for _ in range(FAR):
        if place.evaluate("element => element === document.activeElement"):
            break
        place.page.keyboard.press("Tab")
    else:
        pytest.fail(f"the keyboard does not get to {place}")
    place.page.keyboard.press("Space" if place.get_attribute("type") == "checkbox" else "Enter")


@dataclass(frozen=True)
class Way:
    """One reader's way: a page of her browser, and how she chooses what stands on it."""

    page: Page
    choose: Callable[[Locator], None]

    def fits(self) -> None:
        assert not self.page.evaluate(OVERHANG), hands.path_of(self.page)

    def follow(self, place: Locator, address: str) -> None:
        self.choose(place)
        self.page.wait_for_url(f"**{address}")
        self.fits()


@pytest.fixture(params=["keyboard", "no scripts", "320 px", "大字版", "WeChat on Android", "WeChat on an iPhone"])
def way(request: pytest.FixtureRequest, opens: Opener, server: Server) -> Way:
    contexts: dict[str, Callable[[], BrowserContext]] = {
        "keyboard": opens,
        "no scripts": lambda: opens(java_script_enabled=False),
        "320 px": lambda: opens(viewport={"width": 320, "height": 568}),
        "大字版": opens,
        "WeChat on Android": lambda: open_wechat(opens, ANDROID),
        "WeChat on an iPhone": lambda: open_wechat(opens, IOS),
    }
    context = contexts[request.param]()
    if request.param == "大字版":
        context.add_cookies([{"name": "look", "value": "large", "url": server.url}])
    return Way(context.new_page(), press if request.param == "keyboard" else tap)


def answer(way: Way) -> None:
    """The risky answer of the question shown, and on."""
    page = way.page
    place = hands.question(page)
    first = place.locator("[name=option]").first
    values = hands.RISKY.get(hands.question_id(page), [first.get_attribute("value") or ""])
    for value in values:
        way.choose(place.locator(f'[name=option][value="{value}"]'))
    if first.get_attribute("type") == "checkbox":
        way.choose(place.locator("form").get_by_role("button"))
    expect(hands.feedback(page)).to_be_visible()
    way.fits()
    way.follow(hands.way_on(page), hands.way_on(page).get_attribute("href") or "")


def test_it_leads_from_the_guide_to_a_tick_in_the_plan(way: Way) -> None:
    page = way.page
    page.goto("/guide/is-this-group-safe/")
    way.fits()
    way.follow(page.locator(f'main a[href="{hands.QUIZ}"]').first, hands.QUIZ)
    way.choose(page.locator(f'main a[href^="{hands.QUIZ}"]').and_(page.get_by_role("link", name="开始")))
    expect(hands.question(page)).to_be_visible()
    while hands.question(page).count():
        answer(way)
    assert hands.path_of(page) == f"{hands.QUIZ}result/"
    way.choose(page.locator(f'form[action="{hands.PLAN}"]').get_by_role("button"))
    expect(page.locator("#plan")).to_be_visible()
    page.wait_for_load_state()
    way.fits()
    step = hands.step_of(hands.now(page))
    way.choose(hands.button(hands.now(page), "done"))
    expect(hands.done(page, step)).to_be_visible()
    way.fits()


def test_it_leads_through_the_emergency_door(way: Way) -> None:
    page = way.page
    page.goto("/")
    way.fits()
    way.follow(page.locator('main a[href="/checklist/emergency/"]').first, "/checklist/emergency/")
    case = page.locator('main ol a[href^="/checklist/emergency/"]').first
    way.follow(case, case.get_attribute("href") or "")
    expect(page.locator("main article ol > li")).to_have_count(5)
    way.follow(page.locator('main a[href^="/checklist/exposures/?case="]'), "/checklist/exposures/?case=*")
    way.choose(page.get_by_role("button", name="列出我的清单"))
    expect(page.locator("#plan")).to_be_visible()
    way.fits()


def test_it_leaves_a_group_and_says_that_a_page_is_wrong(way: Way) -> None:
    page = way.page
    page.goto("/checklist/leaving/")
    way.fits()
    way.follow(page.locator('main a[href="/checklist/leaving/strangers/"]').first, "/checklist/leaving/strangers/")
    way.follow(page.locator("ol.order").get_by_role("link", name="退出这个群"), "/checklist/steps/wx-leave/")
    page.goto("/guide/where-to-turn/")
    page.get_by_label("想说一句").fill("第3步没有这个按钮")
    way.follow(
        page.locator("form.report").get_by_role("button", name="这里不对"), "/guide/where-to-turn/report/thanks/"
    )


def test_it_fills_a_letter(way: Way) -> None:
    page = way.page
    page.goto("/checklist/letters/")
    way.fits()
    way.follow(page.locator('main a[href="/checklist/letters/police/"]').first, "/checklist/letters/police/")
    expect(page.locator("#letter-text")).to_be_visible()
