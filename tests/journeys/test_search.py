"""Search: as one types, and just as well without JavaScript; back from a page to what was found."""

import re

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.journeys import hands

FOUND = "#results ol > li > a"
#: Milliseconds, more than the pause in typing after which a search is sent.
PAUSE = 400
with_scripts = pytest.mark.javascript(True)


def field(page: Page) -> Locator:
    return page.get_by_role("main").get_by_role("searchbox")


def submit(page: Page, query: str) -> None:
    field(page).fill(query)
    page.get_by_role("main").get_by_role("search").get_by_role("button").click()


def test_leads_from_the_guide_to_the_heading_that_answers(page: Page) -> None:
    page.goto("/guide/")
    submit(page, "怎么取消微信授权")
    page.wait_for_url("**/search/?q=*")
    first = page.locator(FOUND).first
    expect(first.locator("mark").first).to_be_visible()
    address = first.get_attribute("href") or ""
    first.click()
    page.wait_for_url(f"**{address}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    if "#" in address:
        expect(page.locator(f"[id='{address.partition('#')[2]}']")).to_be_in_viewport()
    page.go_back()
    expect(field(page)).to_have_value("怎么取消微信授权")
    expect(page.locator(FOUND).first).to_have_attribute("href", address)


def test_helps_on_where_nothing_was_found(page: Page) -> None:
    page.goto("/search/")
    submit(page, "鲸鱼 zzzz")
    expect(page.get_by_role("main").get_by_role("status")).to_contain_text("没找到")
    expect(page.locator(FOUND)).to_have_count(0)
    page.locator('#results a[href="/checklist/emergency/"]').click()
    page.wait_for_url("**/checklist/emergency/")


@with_scripts
def test_finds_as_one_types_and_leaves_no_trail_in_the_history(page: Page) -> None:
    page.goto("/guide/")
    page.goto("/search/")
    before = page.evaluate("history.length")
    for query in ("tuiqun", "自动扣款"):
        field(page).fill("")
        field(page).press_sequentially(query)
        expect(page).to_have_title(re.compile(query))
        expect(page.locator(FOUND).first).to_be_visible()
        expect(field(page)).to_be_focused()
    expect(page.get_by_role("main").get_by_role("status")).to_contain_text("找到")
    assert page.evaluate("history.length") == before

    # Back from a page: what was found is still there, and one step further is where one came from.
    page.locator(FOUND).first.click()
    page.wait_for_url("**/guide/**")
    page.go_back()
    expect(field(page)).to_have_value("自动扣款")
    expect(page.locator(FOUND).first).to_be_visible()
    page.go_back()
    assert hands.path_of(page) == "/guide/"


@with_scripts
def test_waits_for_the_end_of_a_composition(page: Page) -> None:
    """While 汉字 are composed from pinyin, nothing is sent and nothing is said; the word is looked up at its end."""
    page.clock.install()
    page.goto("/search/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "?q=" in request.url else None)
    field(page).focus()
    session = page.context.new_cdp_session(page)
    for letters in ("t", "tui", "tui'q", "tui'qun"):
        end = len(letters)
        session.send("Input.imeSetComposition", {"text": letters, "selectionStart": end, "selectionEnd": end})
        expect(field(page)).to_have_value(letters)
        page.clock.run_for(PAUSE)
    assert asked == []
    session.send("Input.insertText", {"text": "退群"})
    page.clock.run_for(PAUSE)
    expect(page.locator(FOUND).first).to_contain_text("退群")
    expect(field(page)).to_have_value("退群")
    assert len(asked) == 1


@with_scripts
def test_keeps_what_was_typed_after_a_choice_of_large_type(page: Page) -> None:
    page.goto("/search/")
    field(page).press_sequentially("退群")
    expect(page.locator(FOUND).first).to_be_visible()
    page.locator("button[name=size][value=large]").click()
    expect(page.locator("button[name=size][value=normal]")).to_be_visible()
    expect(field(page)).to_have_value("退群")


@with_scripts
def test_shows_the_last_words_where_answers_are_slow(page: Page) -> None:
    """An answer that is overtaken is dropped, and the page stays: nothing is loaded anew."""
    page.goto("/search/")
    page.evaluate("() => { document.body.dataset.same = 'yes'; }")
    held: list[Route] = []
    page.route(re.compile(r"/search/\?q=(?:%E9%80%80){1}%E7%BE%A4$"), lambda route: held.append(route))
    field(page).press_sequentially("退群")
    hands.until(page, lambda: held)
    page.unroute_all()
    field(page).fill("小号")
    expect(page).to_have_title(re.compile("小号"))
    expect(page.locator(FOUND).first).to_contain_text("小号")
    assert page.evaluate("document.body.dataset.same") == "yes"
