"""Compare the plan of each reader in stories_plans.toml with the one that an expert wrote before the code."""

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import pytest

import checklist.library
from checklist.exposures import ExposureState
from checklist.plan.builder import Item, Plan, make_plan
from checklist.state.cookies import Given, Origin

STORIES = tomllib.loads(Path(__file__).with_name("stories_plans.toml").read_text(encoding="utf-8"))
READERS: dict[str, dict[str, Any]] = STORIES["readers"]
each_reader = pytest.mark.parametrize("reader", READERS.values(), ids=list(READERS))


def plan_of(reader: dict[str, Any]) -> Plan:
    """Return the reader's plan on the first day."""
    given = {id: Given(ExposureState(state), Origin.READER) for id, state in reader["exposures"].items()}
    return make_plan(checklist.library.current(), given, {}, dt.date(2026, 11, 22), reader["has"])


def ids(items: list[Item]) -> list[str]:
    return [item.step.id for item in items]


def test_it_knows_every_step_and_exposure_that_is_told() -> None:
    library = checklist.library.current()
    assert STORIES["coming"] == []
    for reader in READERS.values():
        before = {id for pair in reader["before"] for id in pair}
        told = {reader["first"], *reader["today"], *reader["week"], *reader["must"], *reader["must_not"], *before}
        assert told <= library.steps.keys()
        assert reader["exposures"].keys() <= library.exposures.keys()
        assert set(reader["has"]) <= library.kit.keys()


@each_reader
def test_it_begins_as_told(reader: dict[str, Any]) -> None:
    now = plan_of(reader).now
    assert now is not None
    assert now.step.id == reader["first"]


@each_reader
def test_it_has_what_it_must_have_and_nothing_that_it_must_not(reader: dict[str, Any]) -> None:
    plan = plan_of(reader)
    steps = set(ids([*plan.open, *plan.later, *plan.held]))
    assert set(reader["must"]) - steps == set()
    assert set(reader["must_not"]) & steps == set()


@each_reader
def test_it_keeps_the_order_told(reader: dict[str, Any]) -> None:
    order = ids(plan_of(reader).open)
    both = [(first, then) for first, then in reader["before"] if first in order and then in order]
    assert [pair for pair in both if order.index(pair[0]) > order.index(pair[1])] == []


@each_reader
def test_it_gives_the_week_told_or_says_why_not(reader: dict[str, Any]) -> None:
    plan = plan_of(reader)
    same = ids(plan.today) == reader["today"] and ids([*plan.today, *plan.week]) == reader["week"]
    assert same != bool(reader.get("settled")), ids([*plan.today, *plan.week])
