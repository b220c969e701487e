"""The editors' desk on the tiny content: what it reads, and what has grown old."""

import datetime as dt

import pytest

from guide.editorial.extraction import extract, extract_from
from guide.editorial.freshness import ages, words
from guide.editorial.report import lines, overview
from tests.tiny import Tree

PAGE = "guide/pages/yard/lend-a-key.md"
CHECKED = dt.date(2026, 2, 3)


def test_reads_a_page_with_what_it_cites(tree: Tree) -> None:
    texts = {text.where: text for text in extract_from(tree.path(PAGE))}
    assert texts["answer"].text == "Lend it to one neighbour, and write it down."
    assert texts["answer"].cited == texts["body"].cited == ("gazette", "almanac")


def test_reads_a_table_with_the_sources_nearest_to_it(tree: Tree) -> None:
    tree.add("guide/more.toml", 'sources = ["a"]\none = "1"\n[x]\nsources = ["b"]\ntwo = ["2"]\n')
    told = {text.where: text.cited for text in extract_from(tree.path("guide/more.toml"))}
    assert told == {"one": ("a",), "x.two.0": ("b",)}


def test_reads_every_floor_but_not_what_vouches(tree: Tree) -> None:
    names = {text.path.name for text in extract(tree.root)}
    assert {"lend-a-key.md", "house.toml", "urgent.toml", "lantern.toml", "channels.toml"} <= names
    assert not names & {"sources.toml", "topics.toml"}


@pytest.mark.parametrize(
    ("name", "old", "new", "where"),
    [
        (PAGE, "Dial {channel:watch}", "Dial 5551234", "body"),
        (PAGE, "write it down", "write 12% down", "answer"),
        ("guide/channels.toml", "Which gate.", "Which gate of gate.example.", "watch.asks"),
    ],
)
def test_says_where_a_number_stands_that_nobody_vouches_for(
    tree: Tree, name: str, old: str, new: str, where: str
) -> None:
    before = words(tree.load_guide(), [tree.guide_root])
    tree.change(name, old, new)
    [fault] = [fault for fault in words(tree.load_guide(), [tree.guide_root]) if str(fault) not in map(str, before)]
    assert (fault.path, fault.where) == (tree.path(name), where)


def test_takes_the_word_of_a_source(tree: Tree) -> None:
    tree.change(PAGE, "Dial {channel:watch}", "Dial 5551234")
    tree.change("guide/sources.toml", 'date = "2025"', 'date = "2025"\nsays = ["5551234"]')
    assert not [fault for fault in words(tree.load_guide(), [tree.guide_root]) if "5551234" in fault.what]


def only(tree: Tree, name: str) -> tuple[int, int]:
    """Faults and warnings of the page lend-a-key alone, `name` days after it was checked."""
    found = ages(tree.load_guide(), CHECKED + dt.timedelta(days=int(name)))
    return tuple(sum(e.path.name == "lend-a-key.md" for e in errors) for errors in (found.faults, found.warnings))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("days", "expected"),
    [("0", (0, 0)), ("300", (0, 0)), ("301", (0, 1)), ("365", (0, 1)), ("366", (1, 0)), ("-1", (0, 0)), ("-2", (1, 0))],
)
def test_warns_of_a_page_that_grows_old_and_refuses_an_old_one(
    tree: Tree, days: str, expected: tuple[int, int]
) -> None:
    assert only(tree, days) == expected


def test_looks_at_the_age_of_procedures_too(tree: Tree) -> None:
    found = ages(tree.load_guide(), dt.date(2030, 1, 1))
    assert "procedures.change-lock.checked" in {error.where for error in found.faults}


def test_reports_gaps(tree: Tree) -> None:
    tree.change(PAGE, "order = 2", 'order = 2\ntopics = ["Y02"]')
    tree.add("guide/sources.toml", '\n[odd]\npublisher = "P"\ntitle = "T"\ndate = "D"\ncertainty = "low"\n')
    tree.add("guide/terms.toml", '\n[odd-term]\nword = "W"\ngloss = "G"\n')
    report = overview(tree.load_guide(), [tree.guide_root], dt.date(2026, 3, 3), {"case fire": []})
    assert report["topics"] == 2
    assert report["topics not covered"] == ["Y01 Where the yard begins"]
    assert "odd" in report["unused sources"]
    assert "almanac" not in report["unused sources"]
    assert "odd-term" in report["unused terms"]
    assert "latch" not in report["unused terms"]
    assert "case fire" in report["claims without source"]
    assert "channel notice-board" in report["claims without source"]
    assert "channel watch" not in report["claims without source"]
    assert "page lend-a-key (yard): 2 source" not in report["claims without source"]
    [age] = [row for row in report["pages by age"] if row["page"] == "lend-a-key"]
    assert age == {"page": "lend-a-key", "checked": "2026-02-03", "days": 28}
    assert [row["days"] for row in report["pages by age"]] == sorted(
        (row["days"] for row in report["pages by age"]), reverse=True
    )


def test_reports_a_page_that_cites_too_little(tree: Tree) -> None:
    tree.change(PAGE, "[@almanac]", "")
    report = overview(tree.load_guide(), [tree.guide_root], dt.date(2026, 3, 3), {})
    assert "page lend-a-key (yard): 1 source" in report["claims without source"]


def test_reports_a_path_seen_on_a_phone(tree: Tree) -> None:
    before = overview(tree.load_guide(), [tree.guide_root], CHECKED, {})
    assert before["paths seen on a real phone"] == []
    assert before["paths"] > 0
    [id, *_] = [it.id for it in tree.load_guide().procedures.values() if it.legs]
    [file] = [path for path in tree.guide_root.glob("procedures/*.toml") if f"[procedures.{id}]" in path.read_text()]
    text = file.read_text()
    file.write_text(text.replace(f"[procedures.{id}]", f'[procedures.{id}]\nseen = ["2026-12-01, Lamp 3"]'))
    assert overview(tree.load_guide(), [tree.guide_root], CHECKED, {})["paths seen on a real phone"] == [id]


def test_says_none_where_nothing_is_missing() -> None:
    report = {"a": [], "b": 3, "c": ["x"], "d": [{"page": "p", "days": 2, "seen": []}], "e": {"p": ["1%", "2%"]}}
    assert lines(report) == ["a: none", "b: 3", "c:", "  x", "d:", "  p  2 days", "e:", "  p: 1%, 2%"]
