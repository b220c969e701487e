"""What one taps is large enough for a thumb that is not sure."""

import pytest
from playwright.sync_api import Locator, Page

from tests.journeys import hands

#: Buttons, rows of input, unfolding lines, and links that stand in navigation or look like buttons.
TARGETS = "button:visible, summary:visible, nav a:visible, main label:has(input):visible, main input[type=date]:visible"


def heights(places: Locator) -> dict[str, float]:
    """The height of each, by its words."""
    found = {}
    for number in range(places.count()):
        place = places.nth(number)
        words = " ".join(place.inner_text().split()) or place.get_attribute("name") or ""
        found[f"{number} {words[:30]}"] = round(hands.box(place)["height"], 1)
    assert found, "nothing to measure"
    return found


def too_low(places: Locator, least: int) -> dict[str, float]:
    return {words: height for words, height in heights(places).items() if height < least}


@pytest.fixture
def single(page: Page) -> Page:
    page.goto(f"{hands.QUIZ}situation/")
    return page


@pytest.fixture
def multiple(page: Page) -> Page:
    page.goto(f"{hands.QUIZ}situation/")
    while hands.question_id(page) != "things":
        hands.answer_risky(page)
        hands.go_on(page)
    return page


@pytest.fixture
def plan(page: Page) -> Page:
    hands.list_given(page, *hands.GIVEN)
    hands.do_now(page)
    return page


def unfold(page: Page) -> None:
    page.evaluate("() => document.querySelectorAll('details').forEach(details => details.open = true)")


def test_it_has_large_answers_to_choose_one_of(single: Page) -> None:
    assert not too_low(single.locator("button[name=option]"), 60)
    assert not too_low(single.locator(TARGETS), 48)
    hands.answer_risky(single)
    assert not too_low(hands.way_on(single), 60)
    assert not too_low(single.locator(TARGETS), 48)
    assert not too_low(hands.question(single).get_by_role("link", name="回到开头"), 48)


def test_it_has_large_answers_to_choose_several_of(multiple: Page) -> None:
    answers = multiple.locator("label").filter(has=multiple.locator("input[name=option]"))
    assert not too_low(answers, 60)
    assert not too_low(hands.question(multiple).locator("form button"), 60)
    assert not too_low(multiple.locator(TARGETS), 48)


def test_it_has_large_buttons_in_the_plan(plan: Page) -> None:
    assert not too_low(plan.locator(TARGETS), 48)
    assert not too_low(plan.locator("#plan li[id^=step-] > a:visible"), 48)
    unfold(plan)
    assert not too_low(plan.locator(TARGETS), 48)
    assert not too_low(hands.now(plan).locator("button[name=state], summary"), 60)


@pytest.mark.parametrize("javascript", [True], ids=["js"], indirect=True)
def test_it_has_a_large_way_back_beside_the_tick(plan: Page) -> None:
    assert not too_low(hands.button(hands.notice(plan), "open"), 48)


def test_it_has_large_rows_in_an_emergency(page: Page) -> None:
    page.goto("/checklist/emergency/")
    assert not too_low(page.locator("main .cases a"), 60)
    assert not too_low(page.locator(TARGETS), 48)


def test_it_has_large_rows_of_what_was_given(page: Page) -> None:
    page.goto("/checklist/exposures/")
    page.locator("input[name=given]").first.check()
    assert not too_low(page.locator("label[for^=given-]"), 48)
    assert not too_low(page.locator("main button"), 60)
    assert not too_low(page.locator(TARGETS), 48)


@pytest.mark.parametrize(
    "address", ["/", "/quizzes/", "/checklist/", "/guide/", "/checklist/leaving/", "/checklist/letters/"]
)
def test_it_has_large_doors_and_rows(page: Page, address: str) -> None:
    page.goto(address)
    assert not too_low(page.locator("main .rows a:visible, main .door:visible"), 60)
    assert not too_low(page.locator(".bar a:visible"), 60)
    assert not too_low(page.locator(TARGETS), 48)


@pytest.mark.parametrize("address", ["/poster/", "/styleguide/", "/quizzes/worth-it/", "/quizzes/practice/"])
def test_it_has_large_targets_on_the_other_pages(page: Page, address: str) -> None:
    page.goto(address)
    assert not too_low(page.locator(TARGETS), 48)
