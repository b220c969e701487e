"""Plain language, counted: on invented sentences."""

from pathlib import Path

import pytest

from guide.editorial import readability
from guide.editorial.extraction import Extract
from guide.sources import Term

TERMS = {
    "wick": Term(id="wick", word="灯芯", gloss="烧着的那根线"),
    "wick-box": Term(id="wick-box", word="灯芯盒", gloss="放灯芯的盒子"),
}


def faults(text: str, where: str = "summary", path: str = "pages/yard/walk.md") -> list[str]:
    return [fault.what for fault in readability.faults([Extract(Path(path), where, text)], TERMS)]


def late(text: str) -> list[str]:
    return readability.explained_late(text, TERMS)


def test_counts_sentences_as_a_reader_sees_them() -> None:
    told = "看{term:wick}[@almanac]。\n点[这里](page:walk)！\n\n- 一\n- 二"
    assert readability.sentences(told, TERMS) == ["看灯芯", "点这里", "- 一", "- 二"]


@pytest.mark.parametrize(
    ("path", "where", "most"),
    [
        ("pages/yard/walk.md", "summary", 60),
        ("procedures/house.toml", "procedures.light.actions.0", 25),
        ("habits.toml", "questions.lamp.title", 60),
    ],
)
def test_refuses_a_long_sentence(path: str, where: str, most: int) -> None:
    assert faults("灯" * most + "。", where, path) == []
    assert len(faults("灯" * (most + 1) + "。", where, path)) == 1


def test_refuses_a_page_of_sentences_that_are_long_on_average() -> None:
    assert faults("灯" * 30 + "。" + "油" * 14 + "。", "body") == []
    assert faults("灯" * 30 + "。" + "油" * 15 + "。", "body") == ["sentences of 22.5 汉字 on average"]


def test_refuses_a_page_of_sentences_that_are_short_on_average() -> None:
    assert faults("灯" * 13 + "。", "body") == []
    assert faults("灯" * 12 + "。", "body") == ["sentences of 12.0 汉字 on average"]


def test_refuses_three_short_sentences_in_a_row_in_lists_and_quotations_too() -> None:
    short, long = "灯" * 10 + "。", "油" * 30 + "。"
    assert faults(f"{short}{short}{long}{short}", "body") == []
    assert faults(f"{short}{short}\n\n## 灯\n\n{short}{long}{long}", "body") == []
    for three in (short * 3, f"- {short}\n- {short}\n- {short}", f"{short}\n\n> {short}{short}"):
        assert ["in a row" in what for what in faults(f"{long}\n\n{three}\n\n{long}{long}", "body")] == [True]


@pytest.mark.parametrize("word", readability.NEVER)
def test_refuses_a_word_that_blames_or_promises(word: str) -> None:
    assert len(faults(f"看灯，{word}。")) == 1


def test_names_the_one_word_for_a_thing() -> None:
    assert faults("看灯，再收回授权。") == ["'收回授权' is another word for 取消授权"]
    assert faults("点「解除授权」。") == []


def test_lets_a_screen_say_what_it_says() -> None:
    assert faults("点「您好」。") == []
    assert faults("您好", "procedures.light.legs.0.labels.1", "procedures/house.toml") == []
    assert faults("您好", "procedures.light.search.0", "procedures/house.toml") == []


def test_wants_a_word_explained_where_it_first_stands() -> None:
    assert late("{term:wick}要剪。灯芯短了换。") == []
    assert late("灯芯短了。剪{term:wick}。") == ["wick"]
    assert "'灯芯' stands before {term:wick}, which explains it" in faults("灯芯短了。剪{term:wick}。", "body")


@pytest.mark.parametrize(
    "before", ["## 灯芯 {#wick}\n\n", "> 灯芯剪一剪\n\n", "点「灯芯」。", "她说“灯芯”。", "{term:wick-box}。灯芯盒。"]
)
def test_takes_no_heading_quotation_or_longer_word_for_a_use(before: str) -> None:
    assert late(before + "剪{term:wick}。") == []
