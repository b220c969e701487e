"""Sheets, and what is said of a file that can't be one."""

from pathlib import Path

import pytest

from core.content.files import ContentErrors
from tests.tiny import Tree, copy

LEAVING = "checklist/leaving.toml"


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return copy(tmp_path)


def said(tree: Tree) -> str:
    with pytest.raises(ContentErrors) as found:
        tree.load_checklist()
    return str(found.value)


@pytest.mark.parametrize(
    ("old", "new", "names"),
    [
        ('step = "say-goodbye"', 'step = "fly"', ["sheets.porch", "unknown step 'fly'", "say-goodbye"]),
        ("leaving:porch", "leaving:roof", ["sheets.cellar", "unknown leaving 'roof'", "porch"]),
        ("case:fire", "case:flood", ["sheets.cellar", "unknown case 'flood'", "fire"]),
        ("checklist:emergency", "checklist:attic", ["sheets.porch", "unknown checklist 'attic'", "emergency"]),
        ("checklist:emergency", "the attic", ["sheets.porch", "'the attic'", "page:"]),
        ('shared = "order"', 'shared = "roof"', ["sheets.porch.shared", "no part 'roof'", "say, order"]),
        ('sources = ["almanac"]', 'sources = ["rumour"]', ["sheets.porch.sources", "unknown source 'rumour'"]),
        ('title = "Put on your coat", ', "", ["sheets.porch", "a step, or else a title"]),
        ('step = "say-goodbye", ', 'step = "say-goodbye", title = "Go", ', ["a step, or else a title"]),
        ('title = "The cellar"', 'title = "The cellar under the house"', ["sheets.cellar.title", "12"]),
        ("{term:latch}", "{term:roof}", ["sheets.porch", "unknown term 'roof'"]),
    ],
)
def test_says_what_is_wrong_with_a_sheet(tree: Tree, old: str, new: str, names: list[str]) -> None:
    tree.change(LEAVING, old, new)
    text = said(tree)
    assert "leaving.toml" in text
    assert [name for name in names if name not in text] == []


def test_needs_the_sheet_for_looking_together(tree: Tree) -> None:
    tree.change("checklist/together.toml", "[sheets.together]", "[sheets.apart]")
    tree.change("checklist/together.toml", "sheets.together.parts", "sheets.apart.parts")
    assert "no sheet 'together'" in said(tree)


def test_checks_what_pages_of_the_guide_link_to(tree: Tree) -> None:
    tree.change("guide/pages/yard/lend-a-key.md", "{procedure:change-lock}", "[go](leaving:roof)")
    assert "unknown leaving 'roof'" in said(tree)


def test_puts_the_shared_part_before_the_one_that_is_named(tree: Tree) -> None:
    sheets = tree.load_checklist().leaving
    assert [part.id for part in sheets["porch"].parts] == ["say", "seen", "order"]
    assert [part.id for part in sheets["cellar"].parts] == ["go"]
