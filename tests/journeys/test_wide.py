"""On a wide screen the page is no stretched phone: lines keep their length, and what leads on stands side by side."""

import pytest
from playwright.sync_api import Page

from tests.collecting import for_each
from tests.journeys import hands
from tests.journeys.conftest import Opener
from tests.pages import PAGE


@pytest.fixture
def page(opens: Opener) -> Page:
    return opens(viewport={"width": 1280, "height": 800}, java_script_enabled=False).new_page()


@for_each(
    [
        "/",
        PAGE,
        "/about/",
        "/checklist/letters/",
        "/checklist/exposures/",
        "/quizzes/habits/",
        "/quizzes/habits/situation/",
        "/quizzes/practice/",
        "/quizzes/worth-it/",
        "/erase/",
        "/poster/",
        f"{PAGE}report/",
    ]
)
def test_begins_where_the_head_begins(address: str, page: Page) -> None:
    page.goto(address)
    places = page.locator("main > :visible:not(svg)").nth(0), page.locator(".logo")
    begins, head = (hands.box(place)["x"] for place in places)
    assert abs(begins - head) <= 1


@for_each(["/about/", "/checklist/letters/", "/check/"])
def test_has_a_number_beside_a_page_of_one_column(address: str, page: Page) -> None:
    page.goto(address)
    title, aside = hands.box(page.locator("main h1")), hands.box(page.locator("main > .side .call"))
    assert title["x"] + title["width"] <= aside["x"]


@for_each(["/about/", PAGE, "/quizzes/habits/situation/", "/checklist/emergency/money-gone/"])
def test_what_stands_beside_a_page_has_the_same_place_on_each(address: str, page: Page) -> None:
    page.goto(address)
    aside = hands.box(page.locator("main > .side"))
    head = hands.box(page.locator(".look"))
    assert aside["width"] == 342
    assert abs(aside["x"] + aside["width"] - head["x"] - head["width"]) <= 1


def test_calls_and_buttons_of_a_step_are_equally_wide(page: Page) -> None:
    hands.list_given(page, "money-gone")
    places = page.locator(".now-step .call:visible, .now-step > form > .button:visible")
    assert places.count() > 1
    assert len({round(hands.box(place)["width"]) for place in places.all()}) == 1


@for_each(["/", "/guide/", "/quizzes/", "/checklist/", "/checklist/letters/"])
def test_has_rows_side_by_side(address: str, page: Page) -> None:
    page.goto(address)
    rows = page.locator("main .rows").last.locator("a")
    first, second = hands.box(rows.nth(0)), hands.box(rows.nth(1))
    assert first["y"] == second["y"]
    assert first["x"] + first["width"] <= second["x"]


def test_shows_how_far_one_is_beside_the_step(page: Page) -> None:
    hands.list_given(page, *hands.GIVEN)
    step, parts = hands.box(page.locator(".now-step")), hands.box(page.locator("#plan .parts"))
    assert step["x"] + step["width"] <= parts["x"]
    assert parts["y"] < step["y"] + step["height"]
