"""If-then lines: which are offered, and what the cookie keeps of them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import checklist.library
from checklist.plan.if_then import MOST, Line, offered, read_lines, write_lines
from tests.tiny import Tree, checklist_library, copy

LINES = checklist_library().lines


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return copy(tmp_path)


def ids(lines: list[Line]) -> list[str]:
    return [line.id for line in lines]


@pytest.mark.parametrize(
    ("given_exposures", "kept", "shown"),
    [
        ([], [], ["bell-rings", "asked-in"]),
        (["key-lent"], [], ["asked-for-key", "bell-rings", "asked-in"]),
        (["map-copied", "key-lent"], [], ["asked-for-key", "asked-for-map", "bell-rings"]),
        (["key-lent"], ["asked-for-map"], ["asked-for-map", "asked-for-key", "bell-rings"]),
        (["nowhere"], [], ["bell-rings", "asked-in"]),
    ],
)
def test_offers_what_is_kept_then_what_fits_then_what_is_for_everybody(
    given_exposures: list[str], kept: list[str], shown: list[str]
) -> None:
    assert ids(offered(LINES, given_exposures, kept)) == shown


@pytest.mark.parametrize(
    ("cookie", "kept"),
    [
        ("", []),
        ("asked-in", ["asked-in"]),
        ("asked-in.nowhere.asked-in.bell-rings", ["asked-in", "bell-rings"]),
        ("asked-in.bell-rings.asked-for-key.asked-for-map", ["asked-in", "bell-rings", "asked-for-key"]),
        ("..<script>.", []),
    ],
)
def test_reads_known_lines_once_and_no_more_than_can_be_remembered(cookie: str, kept: list[str]) -> None:
    assert read_lines(cookie, LINES) == kept


@given(st.text())
def test_reads_what_it_wrote_of_anything(cookie: str) -> None:
    kept = read_lines(cookie, LINES)
    assert len(kept) <= MOST
    assert read_lines(write_lines(kept), LINES) == kept


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("checklist/policy/lines.toml", 'when = ["key-lent"]', 'when = ["kye-lent"]', "unknown exposure 'kye-lent'"),
        ("checklist/policy/lines.toml", 'when = ["key-lent"]', "", "needs exposures under when"),
        ("checklist/policy/lines.toml", "[asked-in]", "[asked-out]", "asked-in"),
        ("checklist/lines.toml", 'cue = "asked in"', 'cue = ""', "at least 1 character"),
    ],
)
def test_says_what_is_wrong_with_a_line(tree: Tree, name: str, old: str, new: str, said: str) -> None:
    tree.change(name, old, new)
    assert said in "\n".join(map(str, tree.errors()))


def test_has_a_line_for_each_exposure_of_the_real_checklist() -> None:
    library = checklist.library.current()
    spoken_of = {exposure for line in library.lines.values() for exposure in line.when}
    assert spoken_of == library.exposures.keys()
    assert any(line.always for line in library.lines.values())
