"""Shapes: stamps, boxes, buttons to call and hubs, of Markdown with nothing but text in it."""

from dataclasses import dataclass

import pytest
from bs4 import BeautifulSoup

from core.content.converter import Lexicon
from core.content.markup import render
from tests.reading import one


@dataclass
class Phone:
    name: str
    number: str
    url: str = ""


LEXICON = Lexicon(channels={"police": Phone("警察", "110"), "watch": Phone("守夜人", "000-1")})


def shaped(text: str) -> BeautifulSoup:
    rendered = render(text, LEXICON)
    assert not rendered.faults
    return BeautifulSoup(rendered.html, "html5lib")


@pytest.mark.parametrize(
    ("id", "words"), [("claims-wrong", "不对"), ("claims-half", "一部分"), ("claims-unsourced", "没查到")]
)
def test_stamps_the_claims_of_a_section(id: str, words: str) -> None:
    page = shaped(
        f"### 一 {{#one}}\n\n无\n\n## 二 {{#{id}}}\n\n### 三 {{#three}}\n\n有\n\n## 四 {{#four}}\n\n### 五 {{#five}}"
    )
    assert [stamp.parent["id"] for stamp in page.select("h3 > .stamp")] == ["three"]  # type: ignore[index]
    assert one(page, "#three").text == f"{words}三"


@pytest.mark.parametrize("verdict", ["不对", "没查到依据", "一部分"])
def test_moves_a_verdict_before_the_title(verdict: str) -> None:
    page = shaped(f"### 一 {{#one}}\n\n**{verdict}。**因为。")
    assert page.select("h3 > .stamp")
    assert one(page, "p").text == "因为。"


def test_leaves_other_bold_words_alone() -> None:
    assert not shaped("### 一 {#one}\n\n**不对劲。**因为。").select(".stamp")


def test_tells_what_was_not_verified_from_words_to_copy() -> None:
    page = shaped("> **没查实的**\n>\n> - 一\n\n这样说：\n\n> 你好\n")
    assert [quotation["class"] for quotation in page.select("blockquote")] == [["unproven"], ["words"]]


@pytest.mark.parametrize(
    ("text", "buttons"),
    [
        ("**钱转走了**：马上打{channel:police}，再打{channel:watch}。", ["tel:110", "tel:000-1"]),
        ("- 马上打{channel:police}。\n- 别的。", ["tel:110"]),
        ("请她马上打{channel:police}。", []),
        ("可以打{channel:police}。", []),
    ],
)
def test_gives_buttons_to_who_has_to_call_at_once(text: str, buttons: list[str]) -> None:
    assert [button["href"] for button in shaped(f"## 一 {{#one}}\n\n{text}").select(".calls .call")] == buttons
    assert not shaped(text).select(".call")


def test_gives_a_number_in_a_step_one_button_a_text() -> None:
    page = shaped(
        "打{channel:police}。\n\n1. 停。\n2. 打{channel:police}，再打{channel:watch}。\n3. 又打{channel:police}。"
    )
    buttons = page.select("ol .call")
    assert [(button["href"], "now" in button["class"]) for button in buttons] == [
        ("tel:110", True),
        ("tel:000-1", False),
    ]
    assert "守夜人" in buttons[1].text
    assert one(page, "ol li:nth-of-type(2)").text.startswith("打110，再打000-1。")
    assert [link["href"] for link in page.select("p > a.tel, li > a.tel")] == ["tel:110", "tel:110"]


def test_makes_a_hub_of_a_list_of_links_only() -> None:
    links = "1. [一](page:one)，3分钟。\n2. [二](step:two)\n"
    assert shaped(links).select("ol.hub")
    assert not shaped(links + "3. 三\n").select("ol.hub")


def test_folds_each_claim_of_a_section_under_its_title() -> None:
    text = (
        "## 一 {#claims-wrong}\n\n说明。\n\n### 二 {#two}\n\n甲\n\n乙\n\n### 三 {#three}\n\n丙\n\n## 四 {#four}\n\n丁"
    )
    rows = shaped(text).select(".claims > details")
    assert [(one(row, "summary h3")["id"], [p.text for p in row.select("p")]) for row in rows] == [
        ("two", ["甲", "乙"]),
        ("three", ["丙"]),
    ]
    assert [p.text for p in shaped(text).select("p") if not p.find_parent("details")] == ["说明。", "丁"]
