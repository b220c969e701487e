"""By keyboard alone: the skip link, two questions, one tick; focus goes where the reading goes on."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.collecting import for_each
from tests.journeys import hands
from tests.journeys.conftest import NO_NETWORK, Watch
from tests.pages import PAGE

#: More stops than any way in here needs.
FAR = 60


def has_focus(place: Locator) -> bool:
    return bool(place.evaluate("element => element === document.activeElement"))


def tab_to(page: Page, place: Locator, key: str = "Tab") -> None:
    """Press Tab until this has the focus."""
    for _ in range(FAR):
        if has_focus(place):
            return
        page.keyboard.press(key)
    pytest.fail(f"the keyboard does not get to {place}")


def press(page: Page, place: Locator, key: str = "Enter") -> None:
    tab_to(page, place)
    page.keyboard.press(key)


@for_each(["/", "/quizzes/habits/situation/", "/checklist/plan/", PAGE])
def test_offers_the_skip_link_first(address: str, page: Page) -> None:
    page.goto(address)
    page.keyboard.press("Tab")
    skip = page.locator('a[href="#main"]')
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=0.99)
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.locator("#main :focus").count() == 1, "the next stop is inside the text"


def test_answers_two_questions(page: Page) -> None:
    page.goto(f"{hands.QUIZ}situation/")
    with hands.sent(page):
        press(page, hands.option(page, "in-group"), "Space")
    expect(page.locator("#question-codes .said")).to_be_focused()
    with hands.sent(page):
        press(page, hands.option(page, "unsure"), "Space")
    expect(hands.feedback(page)).to_be_focused()
    page.keyboard.press("Tab")
    expect(hands.way_on(page)).to_be_focused()
    press(page, hands.way_on(page))
    expect(page.locator("#question-things")).to_be_visible()


def test_ticks_a_step(page: Page) -> None:
    hands.list_given(page, *hands.GIVEN)
    step = hands.step_of(hands.now(page))
    with hands.sent(page):
        press(page, hands.button(hands.now(page), "done"))
    expect(hands.done(page, step)).to_have_count(1)
    expect(hands.notice(page)).to_be_focused()
    page.keyboard.press("Tab")
    expect(hands.button(hands.notice(page), "open")).to_be_focused()


def test_shows_where_the_focus_is(page: Page) -> None:
    page.goto(f"{hands.QUIZ}situation/")
    first = hands.option(page, "in-group")
    tab_to(page, first)
    outline = first.evaluate("element => getComputedStyle(element)")
    assert outline["outlineStyle"] != "none"
    assert float(outline["outlineWidth"].removesuffix("px")) >= 2


# What a tap puts away does not take the focus with it

with_script = pytest.mark.javascript(True)


@with_script
@pytest.mark.service_worker
def test_keeps_the_plan_and_drops_it_again(page: Page) -> None:
    hands.list_given(page, *hands.GIVEN)
    card = page.locator("#keep-plan")
    expect(card).to_be_visible()
    press(page, card.get_by_role("button", name="留一份离线的"))
    expect(card.get_by_role("status")).to_contain_text("留好了")
    expect(card.get_by_role("button", name="不留了")).to_be_focused()
    page.keyboard.press("Enter")
    expect(card.get_by_role("status")).to_contain_text("删掉了")
    expect(card.get_by_role("button", name="留一份离线的")).to_be_focused()


@with_script
def test_tries_again_and_once_more(page: Page, watch: Watch) -> None:
    watch.expects(*NO_NETWORK)
    page.goto(f"{hands.QUIZ}situation/")
    page.context.set_offline(True)
    press(page, hands.option(page, "in-group"))
    again = page.locator("#alert").get_by_role("button", name="再试一次")
    press(page, again)
    expect(again).to_be_focused()
    page.context.set_offline(False)
    with hands.sent(page):
        page.keyboard.press("Enter")
    expect(page.locator("#question-codes .said")).to_be_focused()


@with_script
def test_copies_the_link_and_goes_on_from_there(page: Page) -> None:
    hands.list_given(page, *hands.GIVEN)
    page.goto("/checklist/carry/")
    press(page, page.get_by_role("button", name="复制"))
    expect(page.locator("main [role=status]").first).to_have_text("复制好了")
    expect(page.get_by_role("button", name="复制", exact=True)).to_be_focused()
