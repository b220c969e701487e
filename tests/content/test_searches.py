"""Searches as a worried person types them: the right page is among the first three. And the tables that help."""

import tomllib
from pathlib import Path

import pytest

import guide.library
from guide.search import search
from tools import pinyin

TABLES = tomllib.loads((Path(__file__).parent / "searches.toml").read_text(encoding="utf-8"))
SEARCHES, LATER = TABLES["search"], TABLES["later"]
ENOUGH = 38


def first_three(query: str) -> list[str]:
    return [hit.page.id for hit in search(guide.library.current().index, query, limit=3)]


def test_it_puts_the_right_page_among_the_first_three() -> None:
    assert len(SEARCHES) == 40
    missed = {
        entry["query"]: found for entry in SEARCHES if not set(found := first_three(entry["query"])) & {*entry["pages"]}
    }
    assert len(SEARCHES) - len(missed) >= ENOUGH, missed


@pytest.mark.parametrize("entry", LATER, ids=lambda entry: entry["query"])
def test_it_puts_the_right_page_among_the_first_three_of_a_later_search(entry: dict[str, list[str]]) -> None:
    assert set(first_three(str(entry["query"]))) & {*entry["pages"]}


def test_it_asks_for_pages_that_are_there() -> None:
    named = {slug for entry in (*SEARCHES, *LATER) for slug in entry["pages"]}
    assert named <= guide.library.current().pages.keys()


@pytest.mark.parametrize("slug", list(guide.library.current().pages))
def test_it_finds_each_page_by_its_title(slug: str) -> None:
    assert first_three(guide.library.current().pages[slug].title)[0] == slug


def test_it_says_every_word_by_its_present_pinyin() -> None:
    assert pinyin.main(["--check"]) == 0, "run make pinyin"
