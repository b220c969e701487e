"""The numbers in cookies and links: one for each id, each used once, and none that ever changes its meaning."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from checklist.state import wire_ids
from core.content.files import ContentErrors
from quizzes import answer_codes
from tests.tiny import FIXTURES, checklist_library, lantern

#: One exposure and one step, and nothing to have.
CHECKLIST = replace(
    checklist_library(),
    exposures={"key-lent": checklist_library().exposures["key-lent"]},
    steps={"ask-neighbour": checklist_library().steps["ask-neighbour"]},
    kit={},
)
RELEASED = tomllib.loads((FIXTURES / "released" / "numbers.toml").read_text(encoding="utf-8"))


def file(folder: Path, text: str) -> Path:
    path = folder / "numbers.toml"
    path.write_text(text, encoding="utf-8")
    return path


def faults(path: Path) -> list[str]:
    with pytest.raises(ContentErrors) as raised:
        wire_ids.load(path, CHECKLIST)
    return [f"{error.where}: {error.what}; {error.allowed}" for error in raised.value.errors]


def test_reads_numbers_with_gaps_and_of_ids_to_come(tmp_path: Path) -> None:
    path = file(tmp_path, "[exposures]\nkey-lent = 7\n[steps]\nstill-to-come = 2\nask-neighbour = 200\n[has]\n")
    read = wire_ids.load(path, CHECKLIST)
    assert read.exposures.id_of == {"7": "key-lent", "key-lent": "key-lent"}
    assert read.steps.id_of == {"200": "ask-neighbour", "ask-neighbour": "ask-neighbour"}
    assert read.steps.issued == {"2", "200"}


def test_names_every_id_without_a_number_and_the_next_free_one(tmp_path: Path) -> None:
    path = file(tmp_path, "[exposures]\n[steps]\nother = 4\n[has]\n")
    assert faults(path) == [
        "exposures: no number for 'key-lent'; key-lent = 1, appended",
        "steps: no number for 'ask-neighbour'; ask-neighbour = 5, appended",
    ]


def test_names_a_number_that_is_used_twice(tmp_path: Path) -> None:
    path = file(
        tmp_path, "[exposures]\nkey-lent = 1\n[steps]\nask-neighbour = 3\nother = 3\n[has]\nlamp = 1\nladder = 1\n"
    )
    assert faults(path) == [
        "steps.other: number 3 is that of 'ask-neighbour'; a number of its own",
        "has.ladder: number 1 is that of 'lamp'; a number of its own",
    ]


@pytest.mark.parametrize("number", ["0", "256", '"one"', "1.5"])
def test_refuses_what_is_no_number_from_1_to_255(tmp_path: Path, number: str) -> None:
    [fault] = faults(file(tmp_path, f"[exposures]\nkey-lent = {number}\n[steps]\nask-neighbour = 1\n[has]\n"))
    assert fault.startswith("exposures.key-lent: ")


def test_refuses_an_id_that_reads_like_a_number(tmp_path: Path) -> None:
    path = file(tmp_path, "[exposures]\nkey-lent = 1\n[steps]\n7 = 2\n[has]\n")
    with pytest.raises(ContentErrors, match="'7' reads like a number"):
        wire_ids.load(path, replace(CHECKLIST, steps={"7": CHECKLIST.steps["ask-neighbour"]}))


@pytest.mark.parametrize("kind", ["exposures", "steps", "has"])
def test_never_changes_what_a_released_number_means(kind: str) -> None:
    """A released id still has its number, or is an alias of the id that has it now."""
    now = getattr(wire_ids.current(), kind)
    for id, number in RELEASED[kind].items():
        renamed = now.id_of[str(number)] if kind != "has" and str(number) in now.id_of else id
        assert number in (now.numbers.get(id), now.numbers.get(renamed))


def test_never_changes_what_a_released_code_of_an_answer_means() -> None:
    now = answer_codes.current()
    for quiz, questions in RELEASED["answers"].items():
        assert list(questions) == list(now[quiz])[: len(questions)]
        for question, options in questions.items():
            assert tuple(options) == now[quiz][question][: len(options)]


def test_names_every_answer_without_a_code_and_the_line_to_write(tmp_path: Path) -> None:
    path = file(tmp_path, '[lantern]\nplace = ["inside", "outside"]\n')
    with pytest.raises(ContentErrors) as raised:
        answer_codes.load(path, {"lantern": lantern()})
    first = raised.value.errors[0]
    assert (first.where, first.what) == ("lantern.place", "no code for helper")
    assert first.allowed == 'place = ["inside", "outside", "helper"]'
