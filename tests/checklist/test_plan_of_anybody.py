"""What holds of every plan, whoever the reader is: made-up readers by the hundred."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from checklist.exposures import ExposureState
from checklist.plan.builder import settling
from checklist.plan.changes import due_again
from checklist.state.cookies import GivenExposure, Tick, TickState
from tests.fixtures.plans import LIBRARY, everything, ids, opened, plan
from tests.fixtures.readers import TODAY, givens, kits, ticks

readers = given(given=givens(LIBRARY.exposures), ticked=ticks(LIBRARY.steps))
owners = given(given=givens(LIBRARY.exposures), ticked=ticks(LIBRARY.steps), has=kits(LIBRARY.kit))


@owners
def test_has_a_step_for_every_open_exposure(
    given: dict[str, GivenExposure], ticked: dict[str, Tick], has: frozenset[str] | None
) -> None:
    steps = set(everything(plan(given, ticked, has=has)))
    still_open = {id for id, one in given.items() if one.state is ExposureState.OPEN}
    for id in still_open:
        assert steps & {step.id for step in settling(LIBRARY, id, still_open)}


@readers
def test_shows_each_step_in_one_place(given: dict[str, GivenExposure], ticked: dict[str, Tick]) -> None:
    shown = everything(plan(given, ticked))
    assert len(shown) == len(set(shown))


@readers
def test_has_no_step_without_an_answer_that_earned_it(given: dict[str, GivenExposure], ticked: dict[str, Tick]) -> None:
    made = plan(given, ticked)
    for item in [*made.open, *made.postponed, *made.follow_up]:
        assert item.because or item.tick
        assert all(given[one.id].state is ExposureState.OPEN for one in item.because)


@owners
def test_begins_with_the_table_run_on_all_that_is_open(
    given: dict[str, GivenExposure], ticked: dict[str, Tick], has: frozenset[str] | None
) -> None:
    made = plan(given, ticked, has=has)
    still_open = {id for id, one in given.items() if one.state is ExposureState.OPEN}
    told = {action.id: action for action in LIBRARY.urgent.list_for(still_open, has or ()).actions}
    shown = [item for item in [*made.everything, *made.skipped] if item.because and item.step.is_urgent]
    assert {item.step.id: item.told for item in shown} == told
    first = [item.step.id for item in made.open if item.step.is_urgent and item.because]
    assert first == [id for id in told if id in first]


@readers
def test_has_every_urgent_action_today_and_three_steps_in_all(
    given: dict[str, GivenExposure], ticked: dict[str, Tick]
) -> None:
    made = plan(given, ticked)
    urgent = [item for item in made.open if item.step.is_urgent]
    assert made.today[: len(urgent)] == urgent
    assert len(made.today) + made.done_today <= max(3, len(urgent) + made.done_today)
    assert not (made.enough and made.urgent)


@given(given=givens(LIBRARY.exposures), ticked=ticks(LIBRARY.steps), more=st.sampled_from(list(LIBRARY.exposures)))
def test_has_the_calls_of_a_new_exposure_due_again(
    given: dict[str, GivenExposure], ticked: dict[str, Tick], more: str
) -> None:
    again = due_again(LIBRARY, {more}, ticked, TODAY)
    made = plan(given | opened(more), ticked | again)
    due = {action.id for action in LIBRARY.urgent.list_for({more}).actions}
    assert not [item for item in made.done if item.step.id in due and item.tick and item.tick.on < TODAY]


@readers
def test_holds_every_dependency(given: dict[str, GivenExposure], ticked: dict[str, Tick]) -> None:
    made = plan(given, ticked)
    order, later = ids(made.open), {item.step.id: item.until or dt.date.min for item in made.postponed}
    for id in order:
        for earlier in LIBRARY.steps[id].policy.after:
            assert earlier not in later
            assert earlier not in order or order.index(earlier) < order.index(id)
    for id, until in later.items():
        for earlier in LIBRARY.steps[id].policy.after:
            assert earlier not in later or later[earlier] <= until


@readers
def test_makes_the_same_plan_of_the_same_reader(given: dict[str, GivenExposure], ticked: dict[str, Tick]) -> None:
    again = plan(dict(reversed(given.items())), dict(reversed(ticked.items())))
    assert plan(given, ticked) == again


@readers
def test_has_nothing_put_off_to_today_but_tonight(given: dict[str, GivenExposure], ticked: dict[str, Tick]) -> None:
    for item in plan(given, ticked).postponed:
        assert item.until is not None
        assert item.until >= TODAY
        if item.tick and item.tick.state is TickState.DAY and item.until == TODAY:
            assert item.step.policy.after


@owners
def test_opens_nothing_by_a_tick(
    given: dict[str, GivenExposure], ticked: dict[str, Tick], has: frozenset[str] | None
) -> None:
    before = plan(given, ticked, has=has)
    for item in before.open:
        after = plan(given, ticked | {item.step.id: Tick(TickState.DONE, TODAY)}, has=has)
        assert after.unsettled <= before.unsettled
        assert set(everything(after)) == set(everything(before))
        assert item.step.id in ids(after.done)


@owners
def test_counts_each_step_in_one_part(
    given: dict[str, GivenExposure], ticked: dict[str, Tick], has: frozenset[str] | None
) -> None:
    made = plan(given, ticked, has=has)
    assert sum(progress.total for progress in made.parts) == made.total
    assert sum(progress.left for progress in made.parts) == made.left
