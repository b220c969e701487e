"""Off the usual way: an address that does not exist, a step ticked without a plan."""

from playwright.sync_api import Page, expect

from tests.fixtures.readers import step_cookie
from tests.journeys import hands
from tests.journeys.conftest import Watch


def test_says_that_a_page_does_not_exist_and_where_to_go(page: Page, watch: Watch) -> None:
    watch.expects(r"status of 404")
    answer = page.goto("/guide/no-such-page/")
    assert answer is not None
    assert answer.status == 404
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator('main a[href="/checklist/emergency/"]')).to_be_visible()
    page.locator('main a[href="/"]').click()
    expect(page.locator('main a[href="/checklist/emergency/"]').first).to_be_visible()


def test_ticks_a_step_without_a_plan(page: Page) -> None:
    step = "tidy-shared"  # one that not everybody has
    page.goto(f"/checklist/steps/{step}/")
    hands.tick(page, page.get_by_role("main"))
    assert hands.path_of(page) == hands.PLAN
    expect(hands.done(page, step)).to_have_count(1)
    assert set(hands.our_cookies(page.context)) == {step_cookie(step)}


def test_reads_a_step_from_the_plan_and_comes_back(page: Page) -> None:
    hands.list_given(page, "nickname-avatar", "open-adding")  # an urgent step unfolds where it stands
    step = hands.waiting_rows(page)[0]
    hands.open_row(hands.row(page, step))
    hands.row(page, step).get_by_role("link").click()
    page.wait_for_url(f"**/checklist/steps/{step}/")
    hands.tick(page, page.get_by_role("main"))
    expect(hands.done(page, step)).to_have_count(1)
