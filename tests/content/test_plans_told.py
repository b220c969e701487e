"""Told readers: the plan that the site gives each, beside the one that an expert wrote before."""

import tomllib

import checklist.library
from tests.collecting import for_each
from tools.plans import PAGE, STORIES, ids, page, plan_of, stories

READERS = stories()


def test_it_knows_every_step_and_exposure_that_is_told() -> None:
    library = checklist.library.current()
    assert tomllib.loads(STORIES.read_text(encoding="utf-8"))["coming"] == []
    for reader in READERS.values():
        before = {id for pair in reader["before"] for id in pair}
        told = {reader["first"], *reader["today"], *reader["week"], *reader["must"], *reader["must_not"], *before}
        assert told <= library.steps.keys()
        assert reader["exposures"].keys() <= library.exposures.keys()
        assert set(reader["has"]) <= library.kit.keys()


@for_each(READERS)
def test_it_begins_as_told(name: str) -> None:
    reader = READERS[name]
    now = plan_of(reader).now
    assert now is not None
    assert now.step.id == reader["first"]


@for_each(READERS)
def test_it_has_what_it_must_have_and_nothing_that_it_must_not(name: str) -> None:
    reader = READERS[name]
    plan = plan_of(reader)
    steps = set(ids([*plan.open, *plan.later, *plan.held]))
    assert set(reader["must"]) - steps == set()
    assert set(reader["must_not"]) & steps == set()


@for_each(READERS)
def test_it_keeps_the_order_told(name: str) -> None:
    reader = READERS[name]
    order = ids(plan_of(reader).open)
    both = [(first, then) for first, then in reader["before"] if first in order and then in order]
    assert [pair for pair in both if order.index(pair[0]) > order.index(pair[1])] == []


@for_each(READERS)
def test_it_gives_the_week_told_or_says_why_not(name: str) -> None:
    reader = READERS[name]
    plan = plan_of(reader)
    same = ids(plan.today) == reader["today"] and ids([*plan.today, *plan.week]) == reader["week"]
    assert same != bool(reader.get("settled")), ids([*plan.today, *plan.week])


def test_it_shows_them_all_in_the_docs() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run python -m tools.plans"
