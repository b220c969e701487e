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


def faults(text: str, where: str = "body", path: str = "pages/yard/walk.md") -> list[str]:
    return [fault.what for fault in readability.faults([Extract(Path(path), where, text)], TERMS)]


def test_it_counts_sentences_as_a_reader_sees_them() -> None:
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
def test_it_refuses_a_long_sentence(path: str, where: str, most: int) -> None:
    assert faults("灯" * most + "。", where, path) == []
    assert len(faults("灯" * (most + 1) + "。", where, path)) == 1


def test_it_refuses_a_page_of_sentences_that_are_long_on_average() -> None:
    assert faults("灯" * 30 + "。" + "油" * 14 + "。") == []
    assert faults("灯" * 30 + "。" + "油" * 15 + "。") == ["sentences of 22.5 汉字 on average"]


@pytest.mark.parametrize("word", readability.NEVER)
def test_it_refuses_a_word_that_blames_or_promises(word: str) -> None:
    assert len(faults(f"看灯，{word}。")) == 1


def test_it_lets_a_screen_say_what_it_says() -> None:
    assert faults("点「您好」。") == []
    assert faults("您好", "procedures.light.legs.0.labels.1", "procedures/house.toml") == []
    assert faults("您好", "procedures.light.search.0", "procedures/house.toml") == []


def test_it_wants_a_word_explained_where_it_first_stands() -> None:
    assert faults("{term:wick}要剪。灯芯短了换。") == []
    assert faults("灯芯短了。剪{term:wick}。") == ["'灯芯' stands before {term:wick}, which explains it"]


@pytest.mark.parametrize(
    "before", ["## 灯芯 {#wick}\n\n", "> 灯芯剪一剪\n\n", "点「灯芯」。", "她说“灯芯”。", "{term:wick-box}。灯芯盒。"]
)
def test_it_takes_no_heading_quotation_or_longer_word_for_a_use(before: str) -> None:
    assert faults(before + "剪{term:wick}。") == []
