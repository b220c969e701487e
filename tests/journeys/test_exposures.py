"""我给出过什么: tick what was given, one of it handled, and get the plan."""

from playwright.sync_api import Locator, Page, expect

from tests.journeys import hands

GIVEN = ("code-given", "bank-card", "phone-number")


def given(page: Page, exposure: str) -> Locator:
    return page.locator(f'input[name=given][value="{exposure}"]')


def handled(page: Page, exposure: str) -> Locator:
    return page.locator(f'input[name=handled][value="{exposure}"]')


def test_asks_whether_it_is_handled_once_it_is_ticked(page: Page) -> None:
    page.goto("/checklist/exposures/")
    expect(handled(page, "code-given")).to_be_hidden()
    given(page, "code-given").check()
    expect(handled(page, "code-given")).to_be_visible()
    expect(handled(page, "password-told")).to_be_hidden()
    given(page, "code-given").uncheck()
    expect(handled(page, "code-given")).to_be_hidden()


def test_asks_for_what_is_more_precise_once_the_whole_is_ticked(page: Page) -> None:
    page.goto("/checklist/exposures/")
    expect(given(page, "code-bank")).to_be_hidden()
    given(page, "code-given").check()
    given(page, "code-bank").check()
    given(page, "code-given").uncheck()
    expect(given(page, "code-bank")).to_be_hidden()
    hands.list_it(page)
    expect(page.locator("#plan article[id^=step-], #plan li[id^=step-]")).to_have_count(0)


def test_makes_the_plan_of_what_is_not_handled(page: Page) -> None:
    page.goto("/checklist/exposures/")
    for exposure in GIVEN:
        hands.unfold(page, exposure)
        given(page, exposure).check()
    handled(page, "bank-card").check()
    hands.list_it(page)
    expect(hands.row(page, "wx-lock")).to_have_count(1)

    # The form remembers, and what is ticked off again leaves the plan.
    page.locator('#plan a[href="/checklist/exposures/"]').click()
    # What is folded up holds nothing that is ticked.
    expect(given(page, "bank-card")).to_be_visible()
    expect(given(page, "phone-number")).to_be_visible()
    expect(given(page, "unknown-app")).to_be_hidden()
    expect(given(page, "code-given")).to_be_checked()
    expect(handled(page, "code-given")).not_to_be_checked()
    expect(handled(page, "bank-card")).to_be_checked()
    expect(given(page, "id-photo")).not_to_be_checked()
    handled(page, "bank-card").uncheck()
    given(page, "code-given").uncheck()
    hands.list_it(page)
    expect(hands.row(page, "wx-lock")).to_have_count(0)
    expect(hands.row(page, "call-bank")).to_have_count(1)


def test_keeps_the_button_within_reach(page: Page) -> None:
    page.goto("/checklist/exposures/")
    main_button = page.locator("form").filter(has=page.locator("input[name=given]")).get_by_role("button")
    expect(main_button).to_be_in_viewport(ratio=0.99)
    expect(page.get_by_role("navigation", name="主要页面")).to_be_in_viewport()
    bar, box = hands.box(page.get_by_role("navigation", name="主要页面")), hands.box(main_button)
    assert box["y"] + box["height"] <= bar["y"], "the bar at the bottom covers it"
