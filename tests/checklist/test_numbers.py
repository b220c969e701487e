"""The numbers in a resume link: one for each id, each used once, and none that ever changes its meaning."""

import tomllib
from pathlib import Path

import pytest

from checklist import library
from checklist.state import wire_ids
from core.content.files import ContentErrors
from tests.tiny import FIXTURES

RELEASED = tomllib.loads((FIXTURES / "released" / "numbers.toml").read_text(encoding="utf-8"))


def file(folder: Path, text: str) -> Path:
    path = folder / "numbers.toml"
    path.write_text(text, encoding="utf-8")
    return path


def faults(path: Path) -> list[str]:
    with pytest.raises(ContentErrors) as raised:
        wire_ids.load(path, ["key-lent"], ["call-smith"], [])
    return [f"{error.where}: {error.what}; {error.allowed}" for error in raised.value.errors]


def test_it_reads_numbers_with_gaps_and_of_ids_to_come(tmp_path: Path) -> None:
    path = file(tmp_path, "[exposures]\nkey-lent = 7\n[steps]\nstill-to-come = 2\ncall-smith = 200\n[has]\n")
    read = wire_ids.load(path, ["key-lent"], ["call-smith"], [])
    assert read.exposures == {"key-lent": 7}
    assert read.steps == {"still-to-come": 2, "call-smith": 200}


def test_it_names_every_id_without_a_number_and_the_next_free_one(tmp_path: Path) -> None:
    path = file(tmp_path, "[exposures]\n[steps]\nother = 4\n[has]\n")
    assert faults(path) == [
        "exposures: no number for 'key-lent'; key-lent = 1, appended",
        "steps: no number for 'call-smith'; call-smith = 5, appended",
    ]


def test_it_names_a_number_that_is_used_twice(tmp_path: Path) -> None:
    path = file(
        tmp_path, "[exposures]\nkey-lent = 1\n[steps]\ncall-smith = 3\nother = 3\n[has]\nlamp = 1\nladder = 1\n"
    )
    assert faults(path) == [
        "steps.other: number 3 is that of 'call-smith'; a number of its own",
        "has.ladder: number 1 is that of 'lamp'; a number of its own",
    ]


@pytest.mark.parametrize("number", ["0", "256", '"one"', "1.5"])
def test_it_refuses_what_is_no_number_from_1_to_255(tmp_path: Path, number: str) -> None:
    [fault] = faults(file(tmp_path, f"[exposures]\nkey-lent = {number}\n[steps]\ncall-smith = 1\n[has]\n"))
    assert fault.startswith("exposures.key-lent: ")


@pytest.mark.parametrize("table", ["exposures", "steps", "has"])
def test_it_never_changes_what_a_released_number_means(table: str) -> None:
    now = getattr(wire_ids.current(), table)
    assert RELEASED[table].items() <= now.items()


def test_it_numbers_everything_that_there_is() -> None:
    checklist, now = library.current(), wire_ids.current()
    assert now.exposures.keys() >= checklist.exposures.keys()
    assert now.steps.keys() >= checklist.steps.keys()
    assert list(now.has) == ["android", "iphone", "qq", "alipay", "mailbox"]
