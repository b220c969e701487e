"""The sources of a page are folded at its foot, and one tap away."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import hands
from tests.pages import SOURCED


@pytest.mark.javascript(True)
def test_opens_the_fold_for_a_citation(page: Page) -> None:
    page.goto(SOURCED)
    expect(page.locator("#source-1")).to_be_hidden()
    page.locator(".cite a").first.click()
    expect(page.locator("#source-1")).to_be_visible()


def test_shows_the_sources_without_scripts(page: Page) -> None:
    page.goto(SOURCED)
    page.locator("details.after > summary").click()
    expect(page.locator("#source-1")).to_be_visible()


def test_raises_a_citation_pale_and_easy_to_hit(page: Page) -> None:
    page.goto(SOURCED)
    cite = page.locator(".cite a").first
    size, ground = cite.evaluate(
        "link => [parseFloat(getComputedStyle(link).fontSize), getComputedStyle(link).backgroundColor]"
    )
    assert size < 16
    assert ground == "rgba(0, 0, 0, 0)"
    assert hands.box(cite)["height"] >= 44
