"""The main journeys in each way that a reader may go: keyboard at 400%, no scripts, 大字版 at 320 px, WeChat."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.journeys import hands
from tests.journeys.conftest import Opener
from tests.journeys.wechat import ANDROID, IOS, open_wechat
from tests.pages import PAGE, TO_QUIZ
from tests.serving import Server

#: More stops than there are on the longest page of these journeys.
FAR = 150
#: A screen of 1280 × 1024 at 400%.
ZOOMED = {"width": 320, "height": 256}
#: What has the focus can be seen: neither out of the window, nor under the bar.
SHOWN = """element => {
    const place = element.closest("label") || element;
    return [...element.getClientRects()].some(({ top, bottom, left, right }) => {
        const [from, to] = [Math.max(top, 0), Math.min(bottom, window.innerHeight)];
        return [0.1, 0.5, 0.9].some(part =>
            place.contains(document.elementFromPoint((left + right) / 2, from + (to - from) * part)));
    });
}"""


@dataclass(frozen=True)
class Way:
    """One reader's way: a page of her browser, and how she chooses what stands on it and writes into it."""

    page: Page
    name: str

    @property
    def by_keyboard(self) -> bool:
        return self.name in ("keyboard", "400%")

    @property
    def in_wechat(self) -> bool:
        return self.name.startswith("WeChat")

    @property
    def with_scripts(self) -> bool:
        return self.name != "no scripts"

    def fits(self) -> None:
        wide = self.page.evaluate("document.scrollingElement.scrollWidth - window.innerWidth")
        assert wide <= 0, hands.path_of(self.page)

    def reach(self, place: Locator) -> None:
        """Tab until it has the focus."""
        for _ in range(FAR):
            if place.evaluate("element => element === document.activeElement"):
                assert place.evaluate(SHOWN), f"it has the focus, and is not to be seen: {place}"
                return
            self.page.keyboard.press("Tab")
        pytest.fail(f"the keyboard does not get to {place}")

    def choose(self, place: Locator) -> None:
        if not self.by_keyboard:
            place.click()
            return
        self.reach(place)
        self.page.keyboard.press("Space" if place.get_attribute("type") in ("checkbox", "radio") else "Enter")

    def write(self, place: Locator, words: str) -> None:
        if not self.by_keyboard:
            place.fill(words)
            return
        self.reach(place)
        self.page.keyboard.insert_text(words)

    def send(self, place: Locator) -> None:
        with hands.sent(self.page):
            self.choose(place)
        self.fits()

    def follow(self, place: Locator, address: str) -> None:
        self.choose(place)
        self.page.wait_for_url(f"**{address}")
        self.fits()

    def visit(self, address: str) -> None:
        self.page.goto(address)
        self.fits()


#: The first four differ most; the others are made with --full.
WAYS = ("400%", "no scripts", "大字版", "WeChat on Android", "keyboard", "WeChat on an iPhone")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "way" in metafunc.fixturenames:
        metafunc.parametrize("way", WAYS if metafunc.config.option.full else WAYS[:4], indirect=True)


@pytest.fixture
def way(request: pytest.FixtureRequest, opens: Opener, server: Server) -> Way:
    narrow = {"width": 320, "height": 568}
    contexts: dict[str, Callable[[], BrowserContext]] = {
        "keyboard": lambda: opens(viewport={"width": 1280, "height": 800}),
        "400%": lambda: opens(viewport=ZOOMED),
        "no scripts": lambda: opens(java_script_enabled=False),
        "大字版": lambda: opens(viewport=narrow),
        "WeChat on Android": lambda: open_wechat(opens, ANDROID),
        "WeChat on an iPhone": lambda: open_wechat(opens, IOS),
    }
    context = contexts[request.param]()
    if request.param == "大字版":
        context.add_cookies([{"name": "look", "value": "large", "url": server.url}])
    return Way(context.new_page(), request.param)


def answer(way: Way) -> None:
    """The risky answer of the question shown, and on."""
    page = way.page
    place = hands.question(page)
    first = place.locator("[name=option]").first
    values = hands.RISKY.get(hands.question_id(page), [first.get_attribute("value") or ""])
    chosen = [place.locator(f'[name=option][value="{value}"]') for value in values]
    if first.get_attribute("type") == "checkbox":
        for box in chosen:
            way.choose(box)
        way.send(place.locator("form[hx-post]").get_by_role("button"))
    else:
        way.send(chosen[0])
    if not page.locator(".feedback").count():
        return
    way.follow(hands.way_on(page), hands.way_on(page).get_attribute("href") or "")


@pytest.mark.service_worker
def test_leads_from_the_guide_to_a_tick_in_the_plan(way: Way) -> None:
    page = way.page
    way.visit(TO_QUIZ)
    way.follow(page.locator(f'main a[href="{hands.QUIZ}"]').first, hands.QUIZ)
    way.choose(page.locator(f'main a[href^="{hands.QUIZ}"]').and_(page.get_by_role("link", name="开始")))
    expect(hands.question(page)).to_be_visible()
    while hands.question(page).count():
        answer(way)
    assert hands.path_of(page) == f"{hands.QUIZ}result/"
    way.send(page.locator(f'form[action="{hands.PLAN}"]').get_by_role("button"))
    expect(page.locator("#plan")).to_be_visible()
    step = hands.step_of(hands.now(page))
    way.send(hands.button(hands.now(page), "done"))
    expect(hands.done(page, step)).to_have_count(1)


def test_leads_through_the_emergency_door(way: Way) -> None:
    page = way.page
    way.visit("/")
    way.follow(page.locator('main a[href="/checklist/emergency/"]').first, "/checklist/emergency/")
    case = page.locator("main .cases a").first
    way.follow(case, case.get_attribute("href") or "")
    expect(page.locator("main article ol.todo > li").first).to_be_visible()
    way.follow(page.locator('main a[href^="/checklist/exposures/?case="]'), "/checklist/exposures/?case=*")
    way.send(page.get_by_role("button", name="列出我的清单"))
    expect(page.locator("#plan")).to_be_visible()


def test_leaves_a_group_and_says_that_a_page_is_wrong(way: Way) -> None:
    page = way.page
    way.visit("/checklist/leaving/")
    way.follow(page.locator('main a[href="/checklist/leaving/strangers/"]').first, "/checklist/leaving/strangers/")
    way.follow(page.locator('ol.order a[href="/checklist/steps/wx-leave/"]'), "/checklist/steps/wx-leave/")
    way.visit(PAGE)
    way.choose(page.locator("details.after > summary"))
    way.write(page.get_by_label("想说一句"), "第3步没有这个按钮")
    way.send(page.locator("form.report").get_by_role("button", name="这里不对"))
    assert hands.path_of(page) == f"{PAGE}report/thanks/"


def test_fills_a_letter(way: Way) -> None:
    page = way.page
    way.visit("/checklist/letters/")
    way.follow(page.locator('main a[href="/checklist/letters/police/"]').first, "/checklist/letters/police/")
    way.write(page.locator("#letter-form [name=timeline-1-what]"), "付了押金")
    way.choose(page.locator("#letter-form summary", has_text="还给过对方什么"))
    way.choose(page.get_by_label("短信验证码"))
    if way.with_scripts:
        way.choose(page.get_by_role("button", name="复制"))
        expect(page.locator("#letter-said")).not_to_be_empty()
    else:
        way.send(page.get_by_role("button", name="填进信里"))
    expect(page.locator("#letter-text")).to_contain_text("付了押金")
    expect(page.locator("#letter-text")).to_contain_text("短信验证码")
    way.fits()


@pytest.mark.service_worker
def test_takes_the_plan_along_and_erases_it(way: Way, server: Server) -> None:
    page = way.page
    given = ".".join(["or", *hands.GIVEN])
    page.context.add_cookies([{"name": "exposures", "value": given, "url": server.url}])
    way.visit(hands.PLAN)
    along = page.get_by_role("region", name="带走这份清单")
    way.follow(along.locator('a[href="/checklist/reminders/"]'), "/checklist/reminders/")
    if not way.in_wechat:  # which takes no files, and says so
        with page.expect_download():
            way.choose(page.get_by_role("button", name="下载日历文件"))
    way.visit(hands.PLAN)
    way.follow(along.locator('a[href="/checklist/plan/print/"]'), "/checklist/plan/print/")
    way.follow(page.get_by_role("link", name="加上二维码"), "/checklist/plan/print/?code")
    expect(page.locator(".sheet-code.mine img")).to_be_visible()
    way.follow(page.get_by_role("link", name="换一个浏览器接着做"), "/checklist/carry/")
    link = page.locator("#carry-link").input_value()
    if way.with_scripts:
        way.choose(page.get_by_role("button", name="复制"))
        expect(page.locator("main [role=status]").first).to_have_text("复制好了")
    way.visit(link)
    way.send(page.get_by_role("button", name="用链接里的"))
    expect(hands.now(page)).to_be_visible()
    way.follow(page.locator('main a[href="/erase/"]'), "/erase/")
    way.send(page.locator('main form[action="/erase/"]').get_by_role("button"))
    expect(page.get_by_role("heading", name="清干净了")).to_be_visible()
    assert not hands.our_cookies(page.context)


def test_searches_practises_and_works_out_what_it_was_worth(way: Way) -> None:
    page = way.page
    way.visit("/search/")
    way.write(page.get_by_role("main").get_by_role("searchbox"), "退群")
    way.choose(page.get_by_role("main").get_by_role("search").get_by_role("button"))
    page.wait_for_url("**/search/?q=*")
    first = page.locator("#results ol > li > a").first
    way.follow(first, first.get_attribute("href") or "")

    way.visit("/quizzes/practice/")
    way.follow(page.get_by_role("button", name="开始"), "/quizzes/practice/*/")
    way.send(page.locator("section[id^=scene-]").get_by_role("button", name="可疑", exact=True))
    expect(page.locator("section[id^=scene-] mark").first).to_be_visible()

    way.visit("/quizzes/worth-it/")
    for name, words in {"rounds": "3", "minutes": "40分钟", "reward": "30元"}.items():
        way.write(page.locator(f"#worth input[name={name}]"), words)
    way.choose(page.locator("#worth input[name=came]").first)
    way.send(page.get_by_role("button", name="算一算"))
    expect(page.locator("#answer h2")).to_be_visible()
