"""值不值: filled in, corrected, answered; and the tap that keeps one out of the tallies."""

from playwright.sync_api import Page, expect

from tests.journeys import hands


def fill(page: Page, **typed: str) -> None:
    for name, value in typed.items():
        page.locator(f"#worth input[name={name}]").fill(value)


def work_out(page: Page) -> None:
    with hands.sent(page):
        page.get_by_role("button", name="算一算").click()


def test_works_out_what_an_hour_brings(page: Page) -> None:
    page.goto("/quizzes/")
    page.get_by_role("link", name="值不值").click()
    fill(page, rounds="３", minutes="很久", people="十二", reward="30元", tries="3")
    page.locator("input[value=some]").check()
    page.locator("input[value=phone-number]").check()
    work_out(page)
    expect(page.locator("#wrong-minutes")).to_be_visible()
    page.get_by_role("alert").get_by_role("link", name="一回大约几分钟").click()
    expect(page.locator("input[name=minutes]")).to_be_focused()
    expect(page.locator("input[name=rounds]")).to_have_value("３")
    expect(page.locator("input[value=phone-number]")).to_be_checked()

    fill(page, minutes="40分钟")
    work_out(page)
    expect(page.locator("#answer h2")).to_have_text("一小时，换5元")
    expect(page.locator("#limit")).to_be_visible()
    expect(page.locator("#wrong-minutes")).to_have_count(0)
    assert hands.path_of(page) == "/quizzes/worth-it/"
    assert not hands.our_cookies(page.context)
    expect(page.locator("#answer")).to_be_focused()
    expect(page.locator("#said")).to_have_text("算好了")
    page.get_by_role("button", name="复制给自己").click()
    expect(page.locator("#worth").get_by_role("status")).not_to_have_text("")


def test_is_not_counted_after_one_tap(page: Page) -> None:
    page.goto(hands.QUIZ)
    page.get_by_role("button", name="不想被数").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("不数你的了")
    assert [cookie["name"] for cookie in page.context.cookies()] == ["tally"]
    page.get_by_role("link", name="去答题").click()
    expect(hands.question(page)).to_be_visible()
    page.go_back()
    page.get_by_role("button", name="改主意了").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("现在会数一次")
    assert not page.context.cookies()
