"""A page is read aloud by a voice of the device, sentence by sentence, and by no other voice."""

import json
import re

import pytest
from playwright.sync_api import Locator, Page, expect

from guide import library
from tests.collecting import for_each

pytestmark = pytest.mark.javascript(True)

PAGES = (
    "/guide/laws/",
    "/checklist/steps/police-station/",
    "/checklist/emergency/",
    "/checklist/emergency/remote-control/",
)
LOCAL = {"name": "local", "lang": "zh-CN", "localService": True}
REMOTE = {"name": "remote", "lang": "zh-CN", "localService": False}
ENGLISH = {"name": "english", "lang": "en-US", "localService": True}
#: A voice that keeps what it says in `spoken`, and comes to the end of it when told to by `finish`.
SPEECH = """(() => {
  let current = null;
  window.spoken = [];
  window.finish = () => { const one = current; current = null; one.onend(new Event("end")); };
  const speech = {
    onvoiceschanged: null,
    getVoices: () => window.voices || [],
    speak: (utterance) => { current = utterance; spoken.push({ text: utterance.text, voice: utterance.voice.name }); },
    cancel: () => { const one = current; current = null; if (one) one.onerror(new Event("error")); },
  };
  window.name_voices = (voices) => { window.voices = voices; speech.onvoiceschanged(new Event("voiceschanged")); };
  const settings = { configurable: true, writable: true };
  Object.defineProperty(window, "speechSynthesis", { ...settings, value: speech });
  const Utterance = function (text) { this.text = text; };
  Object.defineProperty(window, "SpeechSynthesisUtterance", { ...settings, value: Utterance });
})();"""
NO_SPEECH = "delete window.speechSynthesis; delete Window.prototype.speechSynthesis;"
NO_HIGHLIGHTS = "delete window.Highlight;"
MARKED = """() => window.Highlight
    ? [...CSS.highlights.get("aloud") || []].map(String).join("")
    : [...document.querySelectorAll("read-aloud")].map((part) => part.textContent).join("")"""


def opened(page: Page, address: str, *voices: dict[str, object]) -> Locator:
    """Open a page on a device that names its voices late, as most do, and return the button."""
    page.add_init_script(SPEECH)
    page.goto(address)
    button = page.locator("[data-aloud]")
    expect(button).to_be_hidden()
    page.evaluate("voices => name_voices(voices)", list(voices))
    return button


def spoken(page: Page) -> list[str]:
    return [one["text"] for one in page.evaluate("spoken")]


def marked(page: Page) -> str:
    return re.sub(r"\s+", " ", page.evaluate(MARKED)).strip()


@for_each(PAGES)
@pytest.mark.parametrize("script", ["", NO_HIGHLIGHTS], ids=["highlights", "elements"])
def test_reads_and_marks_sentence_by_sentence_until_stopped(address: str, script: str, page: Page) -> None:
    page.add_init_script(script)
    button = opened(page, address, REMOTE, ENGLISH, LOCAL)
    expect(button).to_be_visible()
    expect(button).to_have_text("读给我听")
    before = page.evaluate("[document.body.scrollHeight, document.body.innerText.replace('读给我听', '停下')]")
    button.click()
    expect(button).to_have_text("停下")
    title = page.locator("h1").inner_text()
    assert page.evaluate("spoken") == [{"text": title, "voice": "local"}]
    assert marked(page) == title
    page.evaluate("finish()")
    assert len(spoken(page)) == 2
    assert marked(page).replace(" ", "") == spoken(page)[1].replace(" ", "") != title
    assert page.evaluate("[document.body.scrollHeight, document.body.innerText]") == before
    button.click()
    expect(button).to_have_text("读给我听")
    assert marked(page) == ""
    assert len(spoken(page)) == 2


@for_each(PAGES)
def test_reads_what_the_page_says_and_nothing_else(address: str, page: Page) -> None:
    button = opened(page, address, LOCAL)
    folded = page.locator("details:not([open]) > p").evaluate_all("all => all.map(one => one.textContent.trim())")
    button.click()
    while button.inner_text() == "停下":
        page.evaluate("finish()")
    read = " ".join(spoken(page))
    assert len(spoken(page)) > 8
    assert re.search(r"1 1 0|1 2 3 4 8", read)
    assert not re.search(r"\b(110|9\d{4}|1[0-2]\d{3})\b|出处|二维码|回到第|我的手机不一样|读给我听|停下", read)
    assert not [words for words in folded if words in read]
    assert marked(page) == ""


def test_stops_when_the_page_is_left(page: Page) -> None:
    button = opened(page, PAGES[0], LOCAL)
    button.click()
    page.evaluate("window.dispatchEvent(new PageTransitionEvent('pagehide'))")
    expect(button).to_have_text("读给我听")
    assert marked(page) == ""


@for_each(PAGES)
def test_uses_no_voice_that_sends_the_text_away(address: str, page: Page) -> None:
    button = opened(page, address, REMOTE, ENGLISH, LOCAL)
    expect(button).to_be_visible()
    page.evaluate("voices => name_voices(voices)", [REMOTE, ENGLISH])
    expect(button).to_be_hidden()


@for_each(PAGES)
def test_offers_nothing_without_speech(address: str, page: Page) -> None:
    page.add_init_script(NO_SPEECH)
    page.goto(address, wait_until="load")
    assert not page.evaluate("'speechSynthesis' in window")
    expect(page.locator("[data-aloud]")).to_be_hidden()


def test_keeps_the_button_off_pages_that_are_not_to_be_read(page: Page) -> None:
    page.add_init_script(SPEECH)
    page.goto("/privacy/")
    expect(page.locator("[data-aloud]")).to_have_count(0)


def test_divides_a_text_after_its_full_stops(page: Page) -> None:
    opened(page, PAGES[2], LOCAL)
    text = "先停手。他说：“快点付！”别理他\n真的吗？没有标点"
    divided = page.evaluate("text => aloud.sentences(text)", text)
    assert divided == ["先停手。", "他说：“快点付！”", "别理他\n真的吗？", "没有标点"]
    assert page.evaluate("aloud.sentences('')") == []


def test_reads_telephone_numbers_digit_by_digit_and_amounts_whole(page: Page) -> None:
    opened(page, PAGES[2], LOCAL)
    numbers = [channel.number for channel in library.current().channels.values() if channel.number]
    assert "110" in numbers
    for number in numbers:
        digits = " ".join(re.findall(r"\d", number))
        assert page.evaluate(f"aloud.digits({json.dumps(f'打{number}，别等')})") == f"打{digits}，别等"
    for words in ("2026年11月28日", "10000元", "付了110元", "第20条", "48小时", "12.5%"):
        assert page.evaluate("words => aloud.digits(words)", words) == words
