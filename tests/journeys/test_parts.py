"""The plan over its parts: what one has, a part that is finished, and what is opened anew."""

from playwright.sync_api import Page, expect

from tests.journeys import hands


def part(page: Page, name: str) -> str:
    return page.locator("#plan .parts li").filter(has_text=name).inner_text()


def test_closes_the_door_of_a_part_once_its_steps_are_done(page: Page) -> None:
    hands.list_given(page, "open-adding")
    assert "还有1步" in part(page, "群和设置")
    hands.do_now(page)
    assert "做完了" in part(page, "群和设置")
    page.reload()
    assert "做完了" in part(page, "群和设置")


def test_asks_again_for_what_is_opened_anew(page: Page) -> None:
    hands.list_given(page, "open-adding")
    root = page.url.partition("/checklist")[0] + "/"
    prefix = "__Host-" if root.startswith("https") else ""
    page.context.add_cookies([{"name": f"{prefix}s.wx-group-adding", "value": "d1n9", "url": root}])
    page.goto("/checklist/exposures/")
    hands.unfold(page, "open-adding")
    expect(page.locator('input[name=handled][value="open-adding"]')).to_be_checked()
    page.locator('input[name=handled][value="open-adding"]').uncheck()
    hands.list_it(page)
    expect(hands.row(page, "wx-group-adding")).to_contain_text("11月3日")
    expect(hands.row(page, "wx-group-adding").get_by_role("button", name="上次做的还算数")).to_be_visible()
    with hands.sent(page):
        hands.row(page, "wx-group-adding").get_by_role("button", name="上次做的还算数").click()
    expect(hands.done(page, "wx-group-adding")).to_have_count(1)
