"""On a wide screen the page is no stretched phone: lines keep their length, and what leads on stands side by side."""

import pytest
from playwright.sync_api import Page

from tests.journeys import hands
from tests.journeys.conftest import Opener


@pytest.fixture
def page(opens: Opener) -> Page:
    return opens(viewport={"width": 1280, "height": 800}, java_script_enabled=False).new_page()


@pytest.mark.parametrize("address", ["/", "/guide/fake-links/", "/quizzes/habits/situation/", "/checklist/plan/"])
def test_it_begins_where_the_head_begins(page: Page, address: str) -> None:
    page.goto(address)
    places = page.locator("main > :visible").nth(0), page.locator(".logo")
    begins, head = (hands.box(place)["x"] for place in places)
    assert abs(begins - head) <= 1


@pytest.mark.parametrize("address", ["/guide/fake-links/", "/privacy/", "/checklist/steps/wx-leave/", "/checklist/"])
def test_it_keeps_lines_that_can_be_read(page: Page, address: str) -> None:
    page.goto(address)
    signs = "p => p.getBoundingClientRect().width / parseFloat(getComputedStyle(p).fontSize)"
    assert max(paragraph.evaluate(signs) for paragraph in page.locator("main p:visible").all()) <= 42


@pytest.mark.parametrize("address", ["/", "/guide/", "/quizzes/", "/checklist/", "/checklist/letters/"])
def test_it_has_rows_side_by_side(page: Page, address: str) -> None:
    page.goto(address)
    rows = page.locator("main .rows").last.locator("a")
    first, second = hands.box(rows.nth(0)), hands.box(rows.nth(1))
    assert first["y"] == second["y"]
    assert first["x"] + first["width"] < second["x"]


def test_it_shows_how_far_one_is_beside_the_step(page: Page) -> None:
    hands.list_given(page, *hands.GIVEN)
    step, parts = hands.box(page.locator(".now-step")), hands.box(page.locator("#plan .parts"))
    assert step["x"] + step["width"] <= parts["x"]
    assert parts["y"] < step["y"] + step["height"]
