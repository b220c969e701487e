"""Compare the urgent actions of recorded readers with those that an expert wrote before the code."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from checklist import library
from checklist.urgent.facts import Facts
from checklist.urgent.table import Action, run_table

TABLE = library.current().urgent.policy
TOLD: dict[str, Any] = tomllib.loads((Path(__file__).parent / "told.toml").read_text(encoding="utf-8"))


def run(facts: dict[str, Any]) -> list[Action]:
    return list(run_table(TABLE, Facts.model_validate(facts)).actions)


def joined(letters: str) -> dict[str, Any]:
    """Return the facts of several letters together."""
    return {key: value for letter in letters for key, value in TOLD["letters"][letter]["facts"].items()}


def told() -> Iterator[tuple[str, dict[str, Any]]]:
    for letter, one in TOLD["letters"].items():
        yield f"letters.{letter}", one
    for pair, first in TOLD["pairs"].items():
        yield f"pairs.{pair}", {"facts": joined(pair), "first": first}
    for pair, first in TOLD["alone"].items():
        yield f"alone.{pair}", {"facts": joined(pair) | {"other": "no"}, "first": first}
    for kind in ("cases", "situations"):
        for name, one in TOLD[kind].items():
            yield f"{kind}.{name}", one


@pytest.mark.parametrize("one", [pytest.param(one, id=name) for name, one in told()])
def test_gives_the_first_actions_told(one: dict[str, Any]) -> None:
    actions = run(one["facts"])
    ids = [action.id for action in actions]
    first = one.get("first", [])
    assert ids[: len(first)] == first
    assert set(one.get("with", [])) <= set(ids)
    assert set(one.get("without", [])) & set(ids) == set()
    assert len(ids) == one.get("size", len(ids))
    for action in actions:
        if action.id in one.get("calls", {}):
            assert list(action.calls) == one["calls"][action.id]


def test_tells_all_twenty_one_pairs() -> None:
    letters = list(TOLD["letters"])
    assert list(TOLD["pairs"]) == [a + b for i, a in enumerate(letters) for b in letters[i + 1 :]]


def test_does_three_things_at_most_before_the_police_in_every_pair() -> None:
    for pair in TOLD["pairs"]:
        ids = [action.id for action in run(joined(pair))]
        if "call-110" in ids:
            assert ids.index("call-110") <= 3, pair
        assert len(ids) <= 12, pair


def test_has_fourteen_actions_at_most_for_three_at_once() -> None:
    letters = list(TOLD["letters"])
    for i, a in enumerate(letters):
        for j, b in enumerate(letters[i + 1 :], i + 1):
            for c in letters[j + 1 :]:
                assert len(run(joined(a + b + c))) <= 14, a + b + c


def test_has_twenty_one_actions_for_every_flag() -> None:
    everything = joined("ABCDFG") | {
        "seen": True, "access": "yes", "code": ["unknown", "bank", "alipay", "wechat", "carrier", "pinduoduo"],
        "secret": ["wechat", "pay", "card", "other"], "pay_code": True, "family_card": True, "sign_in": True,
        "locked_out": True, "lent_card": True, "money_in": True, "papers": ["id", "face", "card-number", "card-full"],
        "no_signal": True, "lost": True, "loan": True, "minor": True,
    }  # fmt: skip
    assert len(run(everything)) == 21
