"""The house of the plan stands straight on every screen, and the last step of a day is sealed by one movement."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from tests.journeys import hands
from tests.journeys.conftest import PHONE, Opener

DESKTOP = {"width": 1280, "height": 800}
#: What moves on a page: its animation, how long it takes and how often it runs, in seconds and times.
MOVEMENTS = """() => [...document.querySelectorAll("main *")].map((one) => getComputedStyle(one))
    .filter((style) => style.animationName !== "none")
    .map((style) => [style.animationDuration, style.animationIterationCount])"""


@pytest.mark.parametrize("window", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_roof_lies_on_the_walls(window: dict[str, int], opens: Opener) -> None:
    page = opens(viewport=window).new_page()
    hands.list_given(page, "phone-number", "tapped-links")
    for address in (hands.PLAN, f"{hands.PLAN}print/", f"{hands.PLAN}print/?long"):
        page.goto(address)
        roof, walls = (hands.box(page.locator(f"main .house > {part}")) for part in ("svg", "ul"))
        left, right = walls["x"] - roof["x"], roof["x"] + roof["width"] - walls["x"] - walls["width"]
        assert left > 0
        assert left == pytest.approx(right, abs=1)
        assert roof["y"] + roof["height"] == pytest.approx(walls["y"], abs=1)


def finish_today(page: Page) -> None:
    hands.list_given(page, "phone-number", "tapped-links", "autopay", "open-adding", "password-reused")
    while hands.now(page).count():
        hands.do_now(page)


@pytest.mark.parametrize(
    ("motion", "movements"), [("no-preference", [["0.4s", "1"]]), ("reduce", [])], ids=["moves", "still"]
)
def test_a_finished_day_is_sealed_with_its_date(motion: str, movements: list[list[str]], opens: Opener) -> None:
    page = opens(viewport=PHONE, reduced_motion=motion).new_page()
    finish_today(page)
    seal = page.locator(".day-done")
    assert "今天的都做完了" in seal.inner_text()
    today = timezone.localdate()
    assert seal.locator("time").get_attribute("datetime") == today.isoformat()
    assert "".join(seal.locator("time").inner_text().split()).startswith(f"{today.month}月{today.day}")
    assert page.evaluate(MOVEMENTS) == movements
    assert hands.box(seal)["y"] < hands.box(page.locator("#plan .house"))["y"]
