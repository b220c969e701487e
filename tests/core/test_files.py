"""One content file at a time: what is read, and how a fault is told."""

from pathlib import Path

import pytest

from core.content.files import (
    ContentError,
    ContentErrors,
    Faults,
    Id,
    Model,
    Text,
    build,
    listed,
    read_page,
    read_text,
    read_toml,
)


class Lamp(Model):
    id: Id
    word: Text
    oil: int = 0


class Shelf(Model):
    lamps: tuple[Lamp, ...]


def write(folder: Path, text: str, name: str = "lamp.md") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def only(caught: pytest.ExceptionInfo[ContentErrors]) -> ContentError:
    [error] = caught.value.errors
    return error


def test_reads_front_matter_and_body(tmp_path: Path) -> None:
    path = write(tmp_path, '+++\ntitle = "Lamp"\n+++\nBody\n\n+++\nmore\n')
    assert read_page(path) == ({"title": "Lamp"}, "Body\n\n+++\nmore\n")


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_reads_either_line_ending(tmp_path: Path, end: str) -> None:
    path = tmp_path / "lamp.md"
    path.write_bytes(end.join(["+++", 'title = "灯"', "+++", "光"]).encode())
    assert read_page(path) == ({"title": "灯"}, "光")


@pytest.mark.parametrize(
    "text", ["", "Body", '+++\ntitle = "Lamp"\n', 'Words\n+++\ntitle = "Lamp"\n+++\nBody', '---\ntitle: "Lamp"\n---\n']
)
def test_asks_for_front_matter(tmp_path: Path, text: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(ContentError) as caught:
        read_page(path)
    assert str(caught.value) == f"{path}: line 1: no front matter; allowed: TOML between two +++ lines"


def test_names_the_line_of_bad_toml(tmp_path: Path) -> None:
    path = write(tmp_path, "one = 1\ntwo = \n", "lamp.toml")
    with pytest.raises(ContentError) as caught:
        read_toml(path)
    assert caught.value.path == path
    assert caught.value.where == "TOML"
    assert "line 2" in caught.value.what


def test_names_bad_toml_in_front_matter(tmp_path: Path) -> None:
    path = write(tmp_path, "+++\ntitle = Lamp\n+++\nBody")
    with pytest.raises(ContentError, match="TOML: ") as caught:
        read_page(path)
    assert caught.value.path == path


def test_names_a_file_that_is_missing(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="can't be read") as caught:
        read_text(tmp_path / "none.toml")
    assert caught.value.path == tmp_path / "none.toml"
    assert caught.value.allowed == "a UTF-8 text file"


def test_names_a_file_that_is_not_utf_8(tmp_path: Path) -> None:
    (tmp_path / "gbk.toml").write_bytes("灯".encode("gbk"))
    with pytest.raises(ContentError, match="can't be read"):
        read_toml(tmp_path / "gbk.toml")


def test_builds_a_model(tmp_path: Path) -> None:
    assert build(Lamp, {"id": "lamp", "word": " 灯 "}, tmp_path) == Lamp(id="lamp", word="灯")


def test_builds_what_nobody_changes_later(tmp_path: Path) -> None:
    lamp = build(Lamp, {"id": "lamp", "word": "灯"}, tmp_path)
    with pytest.raises(ValueError, match="frozen"):
        lamp.word = "月"  # type: ignore[misc]


def test_names_an_unknown_key_and_those_it_knows(tmp_path: Path) -> None:
    with pytest.raises(ContentErrors) as caught:
        build(Lamp, {"id": "lamp", "word": "灯", "wick": "long"}, tmp_path, "lamps")
    error = only(caught)
    assert (error.path, error.where, error.allowed) == (tmp_path, "lamps.wick", "id, oil, word")
    assert "saw 'long'" in error.what


def test_names_the_known_keys_of_a_table_inside(tmp_path: Path) -> None:
    with pytest.raises(ContentErrors) as caught:
        build(Shelf, {"lamps": [{"id": "lamp", "word": "灯", "wick": "long"}]}, tmp_path)
    error = only(caught)
    assert error.where == "lamps.0.wick"
    assert "saw 'long'" in error.what
    assert error.allowed == "id, oil, word"


def test_names_a_missing_key(tmp_path: Path) -> None:
    with pytest.raises(ContentErrors) as caught:
        build(Lamp, {"id": "lamp"}, tmp_path)
    assert only(caught).where == "word"
    assert "required" in only(caught).what


@pytest.mark.parametrize(
    ("key", "value", "seen"),
    [("oil", "much", "'much'"), ("word", "", "''"), ("word", "  ", "'  '"), ("word", 3, "3"), ("oil", None, "None")],
)
def test_says_what_it_saw(tmp_path: Path, key: str, value: object, seen: str) -> None:
    with pytest.raises(ContentErrors) as caught:
        build(Lamp, {"id": "lamp", "word": "灯", key: value}, tmp_path)
    assert only(caught).where == key
    assert only(caught).what.endswith(f"saw {seen}")


@pytest.mark.parametrize("id", ["Lamp", "lamp_1", "-lamp", "灯", "", "lamp one", "lamp\n", "a" * 41, "../lamp"])
def test_refuses_what_is_no_id(tmp_path: Path, id: str) -> None:
    with pytest.raises(ContentErrors) as caught:
        build(Lamp, {"id": id, "word": "灯"}, tmp_path)
    assert only(caught).where == "id"


@pytest.mark.parametrize("id", ["a", "0", "lamp-1", "110-call", "a" * 40])
def test_takes_an_id(tmp_path: Path, id: str) -> None:
    assert build(Lamp, {"id": id, "word": "灯"}, tmp_path).id == id


def test_names_every_fault_of_a_table(tmp_path: Path) -> None:
    with pytest.raises(ContentErrors) as caught:
        build(Lamp, {"id": "Lamp", "oil": "much", "wick": 1}, tmp_path)
    assert {error.where for error in caught.value.errors} == {"id", "word", "oil", "wick"}


def test_gathers_the_faults_of_a_tree(tmp_path: Path) -> None:
    faults = Faults()
    with faults.collect():
        raise ContentError(tmp_path / "a", "line 1", "one")
    with faults.collect():
        raise ContentErrors([ContentError(tmp_path / "b", "key", "two"), ContentError(tmp_path / "b", "key", "three")])
    faults.add(tmp_path / "c", "file", "four", "five")
    with pytest.raises(ContentErrors) as caught:
        faults.raise_if_any()
    assert [error.what for error in caught.value.errors] == ["one", "two", "three", "four"]
    assert str(caught.value).splitlines()[-1] == f"{tmp_path / 'c'}: file: four; allowed: five"


def test_lets_other_errors_through() -> None:
    with pytest.raises(KeyError), Faults().collect():
        raise KeyError("not ours")


def test_raises_nothing_without_a_fault() -> None:
    Faults().raise_if_any()


def test_lists_what_is_allowed() -> None:
    assert listed({"b", "a"}) == "a, b"
    assert listed([]) == "none yet"
