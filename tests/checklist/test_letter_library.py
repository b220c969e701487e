"""The letters' files: every fault named."""

from pathlib import Path

import pytest

from tests.tiny import Tree, checklist_library, copy

LANTERN = "checklist/letters/lantern-lost.toml"


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return copy(tmp_path)


def test_puts_letters_in_their_order() -> None:
    assert list(checklist_library().letters) == ["thanks", "lantern-lost"]


def test_links_a_letter() -> None:
    letter = checklist_library().letters["lantern-lost"]
    assert letter.address == "/checklist/letters/lantern-lost/"
    assert [channel.id for channel in letter.channels] == ["watch"]
    assert [source.id for source in letter.sources] == ["almanac"]
    assert 'href="tel:000-1"' in letter.how_html[0]
    assert 'href="tel:000-1"' in checklist_library().letter_intro.first_html[0]


def test_knows_which_letters_help_with_a_step() -> None:
    library = checklist_library()
    assert [letter.id for letter in library.letters_for("keep-diary")] == ["lantern-lost"]
    assert library.letters_for("say-goodbye") == []


FAULTS = [
    (LANTERN, "{price}", "{prize}", ["text.2", "'prize'", "price"]),
    (LANTERN, "Story: {story}", "Story.", ["fields.story", "no passage uses it"]),
    (LANTERN, '"lit=yes", ', "", ["fields.lit", "no passage uses it"]),
    (LANTERN, '"lit=yes"', '"lit=maybe"', ["text.3.only", "'lit=maybe'", "yes, no"]),
    (LANTERN, '"lit=yes"', '"lamp=yes"', ["text.3.only", "'lamp'"]),
    (LANTERN, '"lit=yes"', '"walks"', ["text.3.only", "'walks'"]),
    (LANTERN, '"lit=yes"', '"lit = yes"', ["text.3.only", "pattern"]),
    (LANTERN, '"{walks}"', '"So: {walks}"', ["text.4", "the slot alone"]),
    (LANTERN, "Story: {story}", "Story: {story} {Oil}", ["text.1", "brace"]),
    (LANTERN, "{day}: {who}.", "{day}.", ["fields.walks.columns.who", "does not use it"]),
    (LANTERN, "{day}: {who}.", "{day}: {who}{whom}.", ["fields.walks.row.0", "'whom'"]),
    (LANTERN, 'only = ["took"]', 'only = ["price"]', ["fields.walks.row.1", "'price'"]),
    (LANTERN, "rows = 3", "rows = 9", ["fields.walks.rows", "8"]),
    (LANTERN, 'next = "One more"\n', "", ["fields.walks", "all of them"]),
    (LANTERN, 'kind = "choices"', 'kind = "amount"', ["fields.seen", "options"]),
    (LANTERN, 'label = "What it cost"', 'label = "Cost"\nfolded = true', ["fields.price", "kind is choices is folded"]),
    (LANTERN, 'kind = "amount"', 'kind = "sum"', ["fields.price.kind", "'amount'"]),
    (LANTERN, '"keep-diary"', '"keep-book"', ["steps", "'keep-book'"]),
    (LANTERN, 'channels = ["watch"]', 'channels = ["moon"]', ["channels", "'moon'"]),
    (LANTERN, 'sources = ["almanac"]', 'sources = ["hearsay"]', ["sources", "'hearsay'"]),
    (LANTERN, "{channel:watch}", "{channel:moon}", ["how.0", "moon"]),
    (LANTERN, "[fields.price]", "[fields.walks-1-who]", ["two fields", "'walks-1-who'"]),
    ("checklist/letters.toml", "{channel:watch}", "{channel:moon}", ["first.0", "moon"]),
    ("checklist/letters.toml", 'title = "Letters"', "", ["title", "required"]),
]


@pytest.mark.parametrize(("file", "old", "new", "said"), FAULTS, ids=[f"{old} {new}"[:40] for _, old, new, _ in FAULTS])
def test_names_a_fault(tree: Tree, file: str, old: str, new: str, said: list[str]) -> None:
    tree.change(file, old, new)
    told = "\n".join(str(error) for error in tree.errors())
    assert Path(file).name in told
    for words in said:
        assert words in told


def test_refuses_a_name_that_is_no_id(tree: Tree) -> None:
    tree.add("checklist/letters/Not_An_Id.toml", "")
    assert any("no id" in str(error) for error in tree.errors())
