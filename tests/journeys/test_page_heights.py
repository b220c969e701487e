"""A page of the guide is three or four screens of a phone."""

from statistics import median

from playwright.sync_api import Page

import guide.library

#: Of every page and of their median, in px on a screen 390 px wide.
LONGEST, MEDIAN = 6000, 3400


def test_is_not_longer_than_a_few_screens(page: Page) -> None:
    heights = {}
    for one in guide.library.current().pages.values():
        page.goto(one.address)
        heights[one.id] = page.evaluate("document.documentElement.scrollHeight")
    assert {id: height for id, height in heights.items() if height > LONGEST} == {}
    assert median(heights.values()) <= MEDIAN
