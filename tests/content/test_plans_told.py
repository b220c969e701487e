"""Compare the plans of recorded readers with what an expert wrote, and hold the sizes of all plans.

The readers stand in tests/checklist/urgent/readers.toml. A size counts every step: shown, folded, or for later.
"""

import datetime as dt
import tomllib
from collections.abc import Collection, Iterable
from itertools import combinations
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

import checklist.library
from checklist.exposures import ExposureState
from checklist.plan.builder import make_plan
from checklist.plan.plan import Item, Plan
from checklist.plan.reminders import CHINA, of_steps
from checklist.state.cookies import GivenExposure, Origin, Tick, TickState
from tests.collecting import for_each

ROOT = Path(__file__).parents[1]
TOLD = ROOT / "checklist" / "urgent" / "readers.toml"
READERS: dict[str, dict[str, Any]] = tomllib.loads(TOLD.read_text(encoding="utf-8"))["readers"]
LIBRARY = checklist.library.current()
CRITICAL = [id for id, exposure in LIBRARY.exposures.items() if exposure.critical]
#: What a reader may have said of her phones.
PHONES: list[set[str] | None] = [
    None,
    {"android"},
    {"iphone"},
    {"android", "another-phone"},
    {"android", "no-other-phone"},
    {"iphone", "no-other-phone"},
]
#: Where a group is. It is one more answer, which adds a step of its own.
GROUPS: list[tuple[str, ...]] = [(), ("in-wechat-group",), ("in-qq-group",)]
#: How many steps are allowed for so many critical things.
SIZES = {1: 14, 2: 14, 3: 18}
EVERYTHING = 28


def plan_of(exposures: Iterable[str], has: Collection[str] | None = None) -> Plan:
    given = {id: GivenExposure(ExposureState.OPEN, Origin.READER) for id in exposures}
    return make_plan(LIBRARY, given, {}, dt.date(2026, 11, 22), has)


def urgent(plan: Plan) -> list[Item]:
    return [item for item in [*plan.today, *plan.follow_up] if item.step.is_urgent]


def ids(items: Iterable[Item]) -> list[str]:
    return [item.step.id for item in items]


@for_each(READERS)
def test_begins_with_the_urgent_actions_told(name: str) -> None:
    reader = READERS[name]
    assert ids(urgent(plan_of(reader["exposures"], reader.get("has")))) == reader["urgent"]


@for_each(READERS)
def test_is_no_longer_than_told(name: str) -> None:
    reader = READERS[name]
    plan = plan_of(reader["exposures"], reader.get("has"))
    assert plan.total <= reader["size"], ids(plan.everything)


def test_has_no_plan_for_one_who_never_joined_and_gave_nothing() -> None:
    assert plan_of([]).total == 0


@for_each(READERS)
def test_names_the_answer_that_earned_each_step(name: str) -> None:
    reader = READERS[name]
    plan = plan_of(reader["exposures"], reader.get("has"))
    for item in plan.everything:
        assert {one.id for one in item.because} <= set(reader["exposures"])
        assert item.because, item.step.id


def test_keeps_to_the_sizes_for_every_few_critical_things_and_one_step_to_leave_a_group() -> None:
    for count, most in SIZES.items():
        for chosen in combinations(CRITICAL, count):
            for has in PHONES:
                plan = plan_of([*chosen, "in-wechat-group"], has)
                total = plan.total - ("wx-leave" in ids(plan.everything))
                assert total <= most, (chosen, has, ids(plan.everything))


@given(exposures=st.sets(st.sampled_from(sorted(LIBRARY.exposures))), has=st.sampled_from(PHONES))
@settings(max_examples=150)
def test_keeps_to_the_sizes_for_generated_readers(exposures: set[str], has: set[str] | None) -> None:
    plan = plan_of(LIBRARY.with_above(exposures), has)
    assert plan.total <= EVERYTHING
    for item in plan.everything:
        assert item.because, item.step.id


def test_goes_to_the_branch_where_a_card_was_blocked_by_telephone() -> None:
    now = dt.datetime(2026, 11, 22, 12, 0, tzinfo=CHINA)
    plan = plan_of(["code-given", "code-bank"])
    [reminder, follow_up] = of_steps(plan, now)
    assert follow_up.titles == (LIBRARY.steps["look-again"].title,)
    assert reminder.titles == (LIBRARY.steps["card-formal"].title,)
    assert reminder.day == dt.date(2026, 11, 23)
    for no_card in (["bank-card", "card-number-only"], ["code-given", "code-wechat"]):
        assert "card-formal" not in ids(plan_of(no_card).everything)
    assert "网点" in next(
        item.told.detail for item in plan_of(["money-gone"]).today if item.told and item.step.id == "station"
    )


def test_leaves_nothing_unsettled_where_everything_was_done() -> None:
    opened = {id: GivenExposure(ExposureState.OPEN, Origin.READER) for id in LIBRARY.exposures}
    today = dt.date(2026, 11, 22)
    ticks = {id: Tick(TickState.DONE, today) for id in ids(plan_of(LIBRARY.exposures).everything)}
    assert make_plan(LIBRARY, opened, ticks, today).unsettled == set()


def test_keeps_to_the_size_for_everything() -> None:
    for has in PHONES:
        assert plan_of(LIBRARY.exposures, has).total <= EVERYTHING


@for_each(READERS)
def test_adds_one_step_for_the_group_that_one_is_in(name: str) -> None:
    reader = READERS[name]
    before = plan_of(reader["exposures"], reader.get("has"))
    for group in GROUPS[1:]:
        after = plan_of([*reader["exposures"], *group], reader.get("has"))
        added = set(ids(after.everything)) - set(ids(before.everything))
        assert added == {"wx-leave" if group == ("in-wechat-group",) else "qq-leave"}


def test_tells_a_reader_of_a_case_what_the_page_of_the_case_tells() -> None:
    """Same actions, same order, same words, for every case and every form of it."""
    for case in LIBRARY.cases.values():
        for form in (case.plain, *case.forms.values()):
            page = LIBRARY.urgent.list_for(form.given, form.has)
            plan = plan_of(form.given, form.has or None)
            assert [item.told for item in urgent(plan)] == page.actions, (case.id, form.id)
            assert [item.title for item in urgent(plan)] == [one.title for one in page.actions]
            assert plan.notes == page.notes
