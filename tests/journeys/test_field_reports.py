"""Faults that readers of other sites reported (docs/field-reports.md), tried in a browser."""

import pytest
from playwright.sync_api import Page, expect

from tests.collecting import for_each
from tests.journeys import hands
from tests.journeys.conftest import Opener
from tests.serving import Server

PHONE = {"width": 390, "height": 664}
LONG = "https://example.com/" + "x" * 1500
#: Where the focus is, and what a reader sees at that place: nothing that sticks may lie over it.
COVERED = """() => {
    const place = document.activeElement, { left, top, width, height } = place.getBoundingClientRect();
    const above = document.elementFromPoint(left + Math.min(width / 2, 40), top + height / 2);
    const mine = above && (place.contains(above) || above.contains(place) || above.closest("label, summary, li")
        ?.contains(place));
    return place === document.body || mine ? "" : place.outerHTML.slice(0, 120);
}"""


@for_each(
    ["/checklist/exposures/", "/quizzes/habits/things/", "/checklist/emergency/money-gone/", "/quizzes/worth-it/"]
)
def test_nothing_that_sticks_covers_the_focus(address: str, opens: Opener) -> None:
    page = opens(viewport=PHONE).new_page()
    page.goto(address)
    for details in page.locator("details:not([open]) > summary").all()[::-1]:
        details.evaluate("summary => { summary.parentNode.open = true; }")
    covered = []
    for key in ("Tab", "Shift+Tab"):
        for _ in range(page.locator("main a, main button, main input, main textarea, main summary").count() + 10):
            page.keyboard.press(key)
            covered.append(page.evaluate(COVERED))
    assert [place for place in covered if place] == []


@pytest.mark.javascript(True)
def test_a_real_composition_is_no_query(page: Page) -> None:
    """An input method writes syllables first: they are not searched for, and what is chosen is."""
    page.goto("/search/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/search/?q=" in request.url else None)
    page.get_by_role("searchbox").focus()
    method = page.context.new_cdp_session(page)
    for typed in ("t", "tu", "tui", "tui q", "tui qun"):
        method.send(
            "Input.imeSetComposition", {"text": typed, "selectionStart": len(typed), "selectionEnd": len(typed)}
        )
    assert page.get_by_role("searchbox").input_value() == "tui qun"
    method.send("Input.insertText", {"text": "退群"})
    expect(page.locator("#results .found li").first).to_be_visible()
    assert len(asked) == 1
    assert asked[0].endswith("q=%E9%80%80%E7%BE%A4")


@pytest.mark.javascript(True)
@pytest.mark.parametrize(
    "broken",
    [
        "navigator.clipboard.writeText = () => Promise.reject(new Error('refused'))",
        "Object.defineProperty(navigator, 'clipboard', { value: undefined })",
    ],
    ids=["refused", "missing"],
)
def test_what_can_not_be_copied_is_selected_everywhere(page: Page, broken: str) -> None:
    hands.list_given(page, *hands.GIVEN)
    for address in ("/checklist/carry/", "/checklist/reminders/", "/checklist/letters/police/", "/checklist/leaving/"):
        page.goto(address)
        if address.endswith("leaving/"):
            page.locator("main .rows a").first.click()
            page.wait_for_url(lambda url: not url.endswith("/leaving/"))
        page.evaluate(f"{broken}; document.execCommand = () => false")
        button = page.locator("button[data-copy]").first
        button.click()
        expect(page.locator("main [role=status]").filter(has_text="选").first).to_be_visible()
        words = page.locator(f"#{button.get_attribute('data-copy')}").evaluate(
            "place => 'value' in place ? place.value : place.innerText"
        )
        selected = page.evaluate(
            """() => document.activeElement.selectionEnd === undefined ? getSelection().toString()
                : document.activeElement.value.slice(0, document.activeElement.selectionEnd)"""
        )
        assert "".join(selected.split()) == "".join(words.split()), address


@pytest.mark.javascript(True)
@pytest.mark.service_worker
def test_history_shows_nothing_old_once_all_is_erased(page: Page) -> None:
    page.goto(f"{hands.QUIZ}situation/")
    hands.finish(page)
    result = hands.path_of(page)
    page.locator('form[action="/checklist/plan/"] button').first.click()
    expect(page.locator("#plan")).to_be_visible()
    title = page.locator("#plan h2").first.inner_text()
    page.goto("/erase/")
    page.get_by_role("button", name="全部清掉").click()
    expect(page.get_by_role("heading", name="清干净了")).to_be_visible()
    seen = set()
    for _ in range(5):
        page.go_back()
        page.wait_for_load_state()
        seen.add(hands.path_of(page))
        assert title not in page.locator("main").inner_text()
        expect(page.locator("#plan, section[aria-labelledby=value], .feedback")).to_have_count(0)
    assert {hands.PLAN} & seen, (seen, result)


def test_a_long_address_widens_no_page(opens: Opener) -> None:
    page = opens(viewport=PHONE).new_page()
    wide = "document.scrollingElement.scrollWidth - window.innerWidth"
    page.goto("/check/")
    page.locator("#text-1").fill(f"你看{LONG} {'长' * 300}{'y' * 700}")
    page.get_by_role("button", name="看一看").click()
    expect(page.locator(".check-text")).to_be_visible()
    assert page.evaluate(wide) <= 0
    page.goto("/checklist/letters/police/")
    page.locator("#letter-form textarea").first.fill("z" * 39)
    assert page.evaluate(wide) <= 0
    page.goto(f"/search/?q={'w' * 60}")
    assert page.evaluate(wide) <= 0
    page.goto("/guide/claims/report/")
    page.locator("textarea").fill(LONG[:200])
    assert page.evaluate(wide) <= 0


FIELDS = "input:not([type=hidden], [type=checkbox], [type=radio], [name=homepage]), textarea, select"


def test_iphones_need_not_zoom_into_a_field(opens: Opener) -> None:
    page = opens(viewport=PHONE).new_page()
    for address in ("/", "/check/", "/search/", "/quizzes/worth-it/", "/checklist/letters/police/"):
        page.goto(address)
        sizes = page.locator(FIELDS).evaluate_all("all => all.map(one => parseFloat(getComputedStyle(one).fontSize))")
        assert sizes
        assert min(sizes) >= 16, address


@pytest.mark.parametrize("wish", ["system", "chosen"])
def test_the_calendar_of_a_date_is_seen_in_the_dark(opens: Opener, server: Server, wish: str) -> None:
    context = opens(color_scheme="dark" if wish == "system" else "light")
    if wish == "chosen":
        context.add_cookies([{"name": "look", "value": "dark", "url": server.url}])
    page = context.new_page()
    page.goto("/checklist/letters/police/")
    expect(page.locator("input[type=date]").first).to_have_css("color-scheme", "dark")


@pytest.mark.javascript(True, False)
def test_a_tick_of_a_page_that_grew_old_counts_and_says_what_changed(page: Page) -> None:
    """The plan changed in another tab: the tick of the older page is kept, and the page shows the plan as it is."""
    hands.list_given(page, *hands.GIVEN)
    step = hands.step_of(hands.now(page))
    before = titles(page)
    other = page.context.new_page()
    hands.list_given(other, "id-photo", "bank-card")
    now = titles(other)
    hands.tick(page, hands.now(page))
    expect(hands.done(page, step)).to_have_count(1)
    assert any(name.startswith("s.") for name in hands.our_cookies(page.context)), step
    changed = page.locator("#changed")
    expect(changed).to_contain_text("清单在别的页面改过了")
    for line, differing in (("多了", now - before), ("少了", before - now)):
        words = changed.locator("p", has_text=line).inner_text()
        assert f"{line} {len(differing)} 步" in words
        assert 0 < sum(title in words for title in differing) <= 3
        assert not [title for title in before & now if title in words]
    other.reload()
    assert other.locator("#plan .count").first.inner_text() == page.locator("#plan .count").first.inner_text()
    hands.tick(page, hands.now(page))
    expect(changed).to_have_count(0)


def titles(page: Page) -> set[str]:
    """What the steps of the plan are called that are to do."""
    return set(
        page.locator("#plan .now-step h2, #plan .items:not(.done, .skipped) li b:first-child").all_text_contents()
    )
