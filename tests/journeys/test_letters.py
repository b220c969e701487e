"""Letters: filled as one types or by a button, copied, printed, and kept nowhere."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Request, expect

from tests.journeys.conftest import Opener, Watch
from tests.serving import Server

POLICE = "/checklist/letters/police/"
STORY = "群主叫我加 13812345678，  付押金 {total}"
CANARY = "金丝雀在灯下唱歌"
with_script = pytest.mark.javascript(True)
without_script = pytest.mark.javascript(False)


def field(page: Page, name: str) -> Locator:
    return page.locator(f"#letter-form [name={name}]")


def write(page: Page) -> None:
    """Fills in a part of the letter for the police, the way its reader does."""
    page.goto(POLICE)
    field(page, "met").select_option("wx-group")
    field(page, "timeline-1-on").fill("2026-11-03")
    field(page, "timeline-1-what").fill(STORY)
    field(page, "timeline-1-amount").fill("880.50")
    page.locator("#letter-form summary").first.click()
    field(page, "timeline-2-where").select_option("private")
    page.locator("#letter-form summary", has_text="还给过对方什么").click()
    page.get_by_label("短信验证码").check()
    page.get_by_label("身份证照片").check()


def finish(page: Page, javascript: bool) -> None:
    """Without scripts, the button puts the words in."""
    if not javascript:
        page.get_by_role("button", name="填进信里").click()
        page.wait_for_url(f"**{POLICE}#letter-title")


def letter(page: Page) -> list[str]:
    return page.locator("#letter-text p:visible").all_text_contents()


@pytest.mark.javascript(True, False)
def test_fills_the_letter(page: Page, javascript: bool) -> None:
    write(page)
    finish(page, javascript)
    text = letter(page)
    assert "遇到对方的地方：微信群。" in text[2]
    assert text[4:7] == [
        "2026年11月3日那天，大约＿＿＿，＿＿＿，事情是：群主叫我加 ＊＊＊， 付押金 {total}。",
        "这一次少了880.50元，方式：＿＿＿；收款户名＿＿＿，账号＿＿＿。",
        "＿＿＿那天，大约＿＿＿，在私聊里，事情是：＿＿＿。",
    ]
    assert "我还给出过：短信验证码；身份证照片。" in text
    expect(page.locator("#struck-timeline-1-what")).to_be_visible()
    assert not page.context.cookies()


@with_script
def test_sends_nothing_as_one_types(page: Page, watch: Watch) -> None:
    watch.expects(r"img/icon\.", "fetching the script")  # a browser fetches both whenever it likes
    page.goto(POLICE)
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request))
    page.context.set_offline(True)
    field(page, "timeline-1-what").fill("付押金")
    field(page, "total").fill("880")
    page.keyboard.press("Enter")
    expect(page.locator("#letter-text")).to_contain_text("：付押金。")
    expect(page.locator("#letter-text")).to_contain_text("一共损失：880元。")
    expect(field(page, "timeline-1-what")).to_have_value("付押金")
    expect(page.get_by_role("button", name="填进信里")).to_be_hidden()
    assert not [request.url for request in sent if "/img/icon." not in request.url]


@with_script
def test_says_beside_the_field_what_can_not_be(page: Page) -> None:
    page.goto(POLICE)
    field(page, "total").fill("很多")
    expect(page.locator("#wrong-total")).to_be_visible()
    expect(field(page, "total")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#letter-text")).to_contain_text("一共损失：＿＿＿元。")
    field(page, "total").fill("800")
    expect(page.locator("#wrong-total")).to_be_hidden()
    expect(field(page, "total")).to_have_attribute("aria-invalid", "false")


@with_script
def test_goes_on_saying_what_the_server_said_of_a_field(page: Page) -> None:
    page.goto(POLICE)
    field(page, "timeline-1-what").evaluate(
        "field => { field.removeAttribute('maxlength'); field.value = '字'.repeat(400) }"
    )
    page.locator("#letter-form").evaluate("form => form.submit()")  # as without scripts: no event, so it is sent
    expect(page.locator("#wrong-timeline-1-what")).to_be_visible()
    expect(field(page, "timeline-1-what")).to_have_attribute("aria-invalid", "true")
    field(page, "timeline-1-what").fill("字")
    expect(page.locator("#wrong-timeline-1-what")).to_be_hidden()


@without_script
def test_keeps_what_was_typed_when_the_line_is_cut(page: Page, watch: Watch) -> None:
    watch.expects("ERR_INTERNET_DISCONNECTED", "another host: chrome-error")
    write(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="填进信里").click()
    page.wait_for_url("chrome-error://**")
    page.context.set_offline(False)
    page.go_back()
    expect(field(page, "timeline-1-what")).to_have_value(STORY)
    expect(field(page, "timeline-1-on")).to_have_value("2026-11-03")
    expect(page.get_by_label("短信验证码")).to_be_checked()
    finish(page, javascript=False)
    assert "遇到对方的地方：微信群。" in letter(page)[2]


@with_script
def test_copies_the_letter(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    write(page)
    page.get_by_role("button", name="复制").click()
    expect(page.locator("#letter-said")).to_contain_text("复制好了")
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert copied.splitlines() == letter(page)


@with_script
def test_selects_the_letter_where_copying_is_refused(page: Page) -> None:
    page.goto(POLICE)
    page.evaluate("navigator.clipboard.writeText = () => Promise.reject(); document.execCommand = () => false")
    page.get_by_role("button", name="复制").click()
    expect(page.locator("#letter-said")).to_contain_text("长按")
    assert "情况说明" in page.evaluate("() => String(window.getSelection())")


@without_script
def test_has_the_letter_in_one_piece_to_copy(page: Page) -> None:
    write(page)
    finish(page, javascript=False)
    page.get_by_text("要复制，点这里").click()
    assert page.locator(".letter-copy").input_value().splitlines() == letter(page)


def test_prints_the_letter_alone(page: Page, javascript: bool) -> None:
    write(page)
    finish(page, javascript)
    text = letter(page)
    page.emulate_media(media="print")
    assert letter(page) == text
    everything = page.locator("body").inner_text()
    assert "".join(everything.split()) == "".join("".join(text).split())


def test_makes_the_same_letter_of_the_same_words_either_way(opens: Opener) -> None:
    made = []
    for javascript in (True, False):
        page = opens(java_script_enabled=javascript).new_page()
        write(page)
        for name, words in {
            "timeline-1-hour": "晚上\t8点",
            "timeline-2-what": "１３８１２３４５６７８ 一三八一二三四五六七八 a@b.cn 1 2 3 4 5 2026年 99元",
        }.items():
            field(page, name).fill(words)
        finish(page, javascript)
        made.append(letter(page))
    assert made[0] == made[1]


def test_writes_what_was_typed_nowhere(page: Page, javascript: bool, server: Server) -> None:
    page.goto(POLICE)
    field(page, "timeline-1-what").fill(CANARY)
    finish(page, javascript)
    expect(page.locator("#letter-text")).to_contain_text(CANARY)
    for path in (path for path in Path(server.var).rglob("*") if path.is_file()):
        assert CANARY.encode() not in path.read_bytes(), path
    assert (server.var / "server.log").is_file()
