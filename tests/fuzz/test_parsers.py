"""The fuzzer of what reads content, cookies and forms: it finds a planted fault, and every target takes its seeds."""

import random

import pytest

from core.content.files import ContentError
from tools.fuzz.damage import wrecked
from tools.fuzz.parsers import Target, wreck
from tools.fuzz.targets import TARGETS, files, ids


def hates_a_dot_after_a_letter(data: bytes) -> None:
    if b"d." in data:
        raise ZeroDivisionError


def test_it_finds_a_planted_fault() -> None:
    target = Target("planted", hates_a_dot_after_a_letter, lambda: [b"oq.code-given", b"d1xx"])
    found = wreck(target, random.Random(1), 2000)
    assert found is not None
    assert b"d." in found


def test_it_lets_a_target_raise_what_it_may() -> None:
    def refuses(data: bytes) -> None:
        raise ContentError(None, "", "")  # type: ignore[arg-type]

    assert wreck(Target("refuses", refuses, lambda: [b"x"], (ContentError,)), random.Random(1), 5) is None
    assert wreck(Target("refuses", refuses, lambda: [b"x"]), random.Random(1), 5) == b"x"


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_each_target_takes_real_input_and_some_that_was_wrecked(target: Target) -> None:
    seeds = target.seeds()
    assert seeds
    more = 3 if target.name in ("content-tree", "front-matter", "markup") else 30
    assert wreck(target, random.Random(1), len(seeds) + more) is None


def test_it_wrecks_by_chance_alone() -> None:
    made = [[wrecked(b"oq.code-given", random.Random(seed)) for seed in range(20)] for _ in range(2)]
    assert made[0] == made[1]


def test_it_has_a_file_of_every_floor_and_its_words_fit_into_a_dictionary() -> None:
    assert {file.parts[0] for file in files()} == {"guide", "checklist", "quizzes"}
    assert all(id.isascii() and '"' not in id for id in ids())
