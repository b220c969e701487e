"""The browser's back button in the middle of a quiz, and a change of mind."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import hands


def back_to(page: Page, question: str) -> None:
    """Press back until this question is shown; without JavaScript, an answer is a screen of its own."""
    for _ in range(6):
        if hands.path_of(page) == f"{hands.QUIZ}{question}/":
            break
        page.go_back()
    expect(page.locator(f"#question-{question}")).to_be_visible()


def pressed(page: Page) -> list[str]:
    chosen = hands.question(page).locator('button[name=option][aria-pressed="true"]')
    return [chosen.nth(number).get_attribute("value") or "" for number in range(chosen.count())]


@pytest.fixture
def third(page: Page) -> Page:
    """A reader who answered two questions and stands at the third, which only this answer asks for."""
    page.goto(f"{hands.QUIZ}situation/")
    hands.answer(page, "in-group")
    hands.go_on(page)
    hands.answer(page, "given")
    hands.go_on(page)
    assert hands.question_id(page) == "sender"
    return page


def test_shows_an_answered_question_with_its_answer_and_the_way_on(third: Page) -> None:
    back_to(third, "codes")
    assert pressed(third) == ["given"]
    expect(hands.feedback(third)).to_be_visible()
    assert hands.counter(third)[0] == 2
    back_to(third, "situation")
    assert pressed(third) == ["in-group"]
    third.get_by_role("link", name="接着答").click()
    expect(third.locator("#question-sender")).to_be_visible()


@pytest.mark.javascript(True, False)
def test_drops_only_what_no_longer_applies(third: Page) -> None:
    hands.answer(third, "bank")
    hands.go_on(third)
    assert hands.question_id(third) == "things"
    hands.answer(third, "none")
    third.goto(f"{hands.QUIZ}codes/")
    hands.answer(third, "nobody")
    assert hands.question_id(third) == "accounts", "the question about the sender is not asked any more"
    hands.question(third).locator(f'a[href="{hands.QUIZ}things/"]').click()
    expect(third.locator("input[name=option][value=none]")).to_be_checked()
    expect(hands.way_on(third)).to_be_attached()
    third.goto(f"{hands.QUIZ}situation/")
    assert pressed(third) == ["in-group"]


def test_goes_one_question_back_by_the_link_on_the_page(third: Page) -> None:
    hands.question(third).locator(f'a[href="{hands.QUIZ}codes/"]').click()
    expect(third.locator("#question-codes")).to_be_visible()
    assert pressed(third) == ["given"]


def test_leads_from_the_result_back_to_the_last_answer(page: Page) -> None:
    page.goto(f"{hands.QUIZ}situation/")
    hands.finish(page)
    expect(page.locator("#value")).to_be_attached()
    page.go_back()
    expect(hands.question(page)).to_be_visible()
    expect(hands.way_on(page)).to_have_attribute("href", f"{hands.QUIZ}result/")
