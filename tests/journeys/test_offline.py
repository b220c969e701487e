"""Pages for no network: the service worker keeps what is public, the plan only when asked, and erasing clears it."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.journeys import hands
from tests.journeys.conftest import NO_NETWORK, Opener, Watch
from tests.pages import OTHER, PAGE
from tests.serving import Server

pytestmark = pytest.mark.service_worker

DOOR = "/checklist/emergency/"
KEPT = """async () => {
    const found = [];
    for (const name of await caches.keys())
        for (const request of await (await caches.open(name)).keys())
            found.push(new URL(request.url).pathname);
    return found;
}"""
#: What is kept under an address, as text.
TEXT = "async address => { const page = await caches.match(address); return page ? page.text() : ''; }"


@pytest.fixture
def context(opens: Opener, watches: list[Watch]) -> BrowserContext:
    context = opens()
    watches[-1].expects(*NO_NETWORK)
    return context


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A page that the worker has in its hands."""
    page = context.new_page()
    page.goto("/")
    take_over(page)
    return page


def take_over(page: Page) -> None:
    page.evaluate("""async () => {
        await navigator.serviceWorker.ready;
        if (!navigator.serviceWorker.controller)
            await new Promise(done => navigator.serviceWorker.addEventListener("controllerchange", done));
    }""")


def kept(page: Page) -> set[str]:
    return set(page.evaluate(KEPT))


def wait_until_kept(page: Page, address: str, there: bool = True) -> None:
    hands.until(page, lambda: (address in kept(page)) == there)


def test_keeps_the_emergency_pages_before_they_are_opened(page: Page, server: Server) -> None:
    cases = set(re.findall(rf'href="({DOOR}[a-z0-9-]+/)"', server.get(DOOR)))
    assert len(cases) >= 5
    assert {DOOR, *cases} <= kept(page)
    page.context.set_offline(True)
    page.goto(DOOR)
    expect(page.get_by_text("没连上，这是")).to_have_text(re.compile(r"没连上，这是\d+月\d+日存下的一页。 再试一次"))
    page.locator("main .cases a").first.click()
    expect(page.locator("main article ol.todo > li").first).to_be_visible()
    colour = page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor")
    assert colour not in ("rgba(0, 0, 0, 0)", "rgb(255, 255, 255)"), "the stylesheet came along"


def test_keeps_the_page_that_was_open_before_the_worker_was(page: Page) -> None:
    wait_until_kept(page, "/")
    page.context.set_offline(True)
    page.goto("/")
    expect(page.get_by_text("没连上，这是")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_shows_the_kept_page_without_a_network_and_the_newest_with_one(page: Page) -> None:
    page.goto(f"{PAGE}?from=singlemessage")
    expect(page.get_by_text("没连上")).to_have_count(0)
    wait_until_kept(page, PAGE)
    page.context.set_offline(True)
    page.goto(PAGE)
    expect(page.get_by_role("status").filter(has_text="没连上，这是")).to_be_visible()
    page.context.set_offline(False)
    page.get_by_role("link", name="再试一次").click()
    expect(page.get_by_text("没连上")).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_shows_the_kept_page_in_the_look_of_today(page: Page) -> None:
    page.goto(PAGE)
    wait_until_kept(page, PAGE)
    page.goto(OTHER)
    page.locator('button[name=size][value="large"]').click()
    expect(page.locator("html")).to_have_attribute("data-size", "large")
    hands.until(page, lambda: 'data-size="large"' in page.evaluate(TEXT, "/look/"))
    page.context.set_offline(True)
    page.goto(PAGE)
    expect(page.get_by_text("没连上，这是")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("data-size", "large")


def test_keeps_nothing_of_the_readers_own(page: Page) -> None:
    hands.list_given(page, *hands.GIVEN)
    addresses = (hands.PLAN, "/quizzes/habits/situation/", "/search/?q=lend", "/erase/")
    for address in (*addresses, PAGE):
        page.goto(address)
    wait_until_kept(page, PAGE)
    assert not {address.partition("?")[0] for address in addresses} & kept(page)
    page.context.set_offline(True)
    for address in addresses:
        page.goto(address)
        expect(page.get_by_role("heading", level=1, name="没连上")).to_be_visible()
    expect(page.locator('main a[href="tel:110"]')).to_be_visible()
    page.locator(f'main a[href="{DOOR}"]').click()
    expect(page.locator("main .cases a").first).to_be_visible()


# The plan


@pytest.fixture
def kept_plan(page: Page) -> Page:
    hands.list_given(page, *hands.GIVEN)
    page.get_by_role("button", name="留一份离线的").click()
    expect(page.locator("#keep-plan").get_by_role("status")).to_contain_text("留好了")
    return page


def test_keeps_the_plan_when_asked_and_refuses_a_tick_without_a_network(kept_plan: Page) -> None:
    step = hands.step_of(hands.now(kept_plan))
    kept_plan.context.set_offline(True)
    kept_plan.goto(hands.PLAN)
    expect(kept_plan.get_by_text("留下的清单")).to_be_visible()
    expect(hands.now(kept_plan)).to_have_id(f"step-{step}")
    hands.button(hands.now(kept_plan), "done").click()
    expect(kept_plan.locator("#alert")).to_contain_text("没有记下")
    kept_plan.context.set_offline(False)
    kept_plan.locator("#alert").get_by_role("button", name="再试一次").click()
    expect(hands.done(kept_plan, step)).to_have_count(1)


def test_renews_the_kept_plan_with_each_tick(kept_plan: Page) -> None:
    before = kept_plan.evaluate(TEXT, hands.PLAN)
    step = hands.do_now(kept_plan)
    hands.until(kept_plan, lambda: kept_plan.evaluate(TEXT, hands.PLAN) != before)
    kept_plan.goto(PAGE)
    kept_plan.context.set_offline(True)
    kept_plan.goto(hands.PLAN)
    expect(kept_plan.get_by_text("留下的清单")).to_be_visible()
    expect(hands.done(kept_plan, step)).to_have_count(1)


def test_drops_the_plan_when_asked(kept_plan: Page) -> None:
    assert hands.PLAN in kept(kept_plan)
    kept_plan.get_by_role("button", name="不留了").click()
    expect(kept_plan.locator("#keep-plan").get_by_role("status")).to_contain_text("删掉了")
    assert hands.PLAN not in kept(kept_plan)
    expect(kept_plan.get_by_role("button", name="留一份离线的")).to_be_visible()


def registrations(page: Page) -> int:
    return int(page.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).length"))


@pytest.mark.parametrize("header", [True, False], ids=["Clear-Site-Data", "the script alone"])
def test_clears_all_of_it_with_the_cookies(kept_plan: Page, header: bool) -> None:
    if not header:
        # A browser that does not know the header: the cookies go by the answer, the rest by the page's script.
        def without(route: Route) -> None:
            answer = route.fetch(max_redirects=0)
            headers = {name: value for name, value in answer.headers.items() if name != "clear-site-data"}
            route.fulfill(response=answer, headers=headers)

        kept_plan.route(
            "**/erase/", lambda route: without(route) if route.request.method == "POST" else route.fallback()
        )
    kept_plan.locator('main a[href="/erase/"]').click()
    kept_plan.locator('main form[action="/erase/"]').get_by_role("button").click()
    expect(kept_plan.get_by_text("存下的页面也清掉了")).to_be_visible()
    assert kept(kept_plan) == set()
    assert registrations(kept_plan) == 0
    kept_plan.context.set_offline(True)
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        kept_plan.goto(hands.PLAN)


# What may go wrong


def test_shows_every_page_when_the_phone_is_full(page: Page, watches: list[Watch]) -> None:
    session = page.context.new_cdp_session(page)
    origin = page.evaluate("location.origin")
    session.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 1})
    for address in (PAGE, DOOR, hands.QUIZ):
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
    hands.list_given(page, *hands.GIVEN)
    page.get_by_role("button", name="留一份离线的").click()
    expect(page.locator("#keep-plan").get_by_role("status")).to_contain_text("没留成")
    page.reload()
    expect(page.get_by_role("button", name="留一份离线的")).to_be_visible()


@pytest.fixture
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that a test may end, and start again with other settings."""
    running = Server(tmp_path_factory.mktemp("own"))
    running.prepare()
    running.start()
    yield running
    running.end()


def test_shows_kept_pages_of_a_dead_server_and_goes_where_it_is_switched_off(
    opens: Opener, own_server: Server, watches: list[Watch]
) -> None:
    context = opens(base_url=own_server.url)
    watches[-1].host = own_server.url.removeprefix("http://")
    watches[-1].expects(*NO_NETWORK, "ERR_CONNECTION_REFUSED")
    page = context.new_page()
    page.goto("/")
    take_over(page)
    own_server.end()
    page.goto(DOOR)
    expect(page.get_by_text("没连上，这是")).to_be_visible()
    own_server.environment["SERVICE_WORKER"] = "0"
    own_server.start()
    page.goto(PAGE)
    hands.until(page, lambda: not registrations(page) and not kept(page))


def test_replaces_a_worker_of_an_older_release_and_what_that_one_kept(page: Page) -> None:
    page.evaluate("async () => (await caches.open('pages 0.0.1-older')).put('/old/', new Response('old'))")
    # "plan" is where 0.2.0 kept a plan: its page is no longer the one of today.
    page.evaluate("async () => (await caches.open('plan')).put('/plan-of-0.2.0/', new Response('plan'))")
    page.evaluate("async () => (await caches.open('plan 2')).put('/checklist/plan/', new Response('plan'))")
    assert {"/old/", "/plan-of-0.2.0/"} <= kept(page)
    page.evaluate("async () => { await (await navigator.serviceWorker.ready).unregister() }")
    page.reload()
    take_over(page)
    wait_until_kept(page, "/old/", there=False)
    wait_until_kept(page, "/plan-of-0.2.0/", there=False)
    assert {DOOR, hands.PLAN} <= kept(page)
