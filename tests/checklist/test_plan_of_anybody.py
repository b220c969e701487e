"""What holds of every plan, whoever the reader is: made-up readers by the hundred."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from checklist.exposures import ExposureState
from checklist.plan.builder import THIS_WEEK, settling
from checklist.state.cookies import Given, Tick, TickState
from tests.fixtures.plans import ALWAYS, LIBRARY, everything, ids, opened, plan
from tests.fixtures.readers import TODAY, givens, kits, ticks

readers = given(given=givens(LIBRARY.exposures), ticked=ticks(LIBRARY.steps))
owners = given(given=givens(LIBRARY.exposures), ticked=ticks(LIBRARY.steps), has=kits(LIBRARY.kit))


@owners
def test_it_has_a_step_for_every_open_exposure(
    given: dict[str, Given], ticked: dict[str, Tick], has: frozenset[str] | None
) -> None:
    steps = set(everything(plan(given, ticked, has=has)))
    still_open = {id for id, one in given.items() if one.state is ExposureState.OPEN}
    for id in still_open:
        assert steps & {step.id for step in settling(LIBRARY, id, still_open)}


@readers
def test_it_shows_each_step_in_one_place(given: dict[str, Given], ticked: dict[str, Tick]) -> None:
    shown = everything(plan(given, ticked))
    assert len(shown) == len(set(shown))
    assert set(shown) >= ALWAYS


@readers
def test_it_has_no_step_without_a_reason(given: dict[str, Given], ticked: dict[str, Tick]) -> None:
    made = plan(given, ticked)
    for item in [*made.open, *made.later, *made.done, *made.skipped]:
        assert item.because or item.step.policy.always or item.tick
        assert all(
            given[one.id].state is ExposureState.OPEN and one.id in item.step.policy.when for one in item.because
        )


@given(
    given=givens(LIBRARY.exposures),
    ticked=ticks(LIBRARY.steps),
    has=kits(LIBRARY.kit),
    more=st.sampled_from(list(LIBRARY.exposures)),
)
def test_it_drops_no_step_for_one_exposure_more_but_what_that_one_answers(
    given: dict[str, Given], ticked: dict[str, Tick], has: frozenset[str] | None, more: str
) -> None:
    before, after = plan(given, ticked, has=has), plan(given | opened(more), ticked, has=has)
    answered = {id for id, step in LIBRARY.steps.items() if LIBRARY.exposures[more].under in step.policy.settles}
    assert set(everything(before)) - answered <= set(everything(after))
    assert ids(before.done) == [id for id in ids(after.done) if id in ids(before.done)]


@readers
def test_it_keeps_to_its_caps(given: dict[str, Given], ticked: dict[str, Tick]) -> None:
    made = plan(given, ticked)
    assert len(made.today) <= max(1, 3 - made.done_today)
    assert len(made.today) + len(made.week) <= THIS_WEEK == 5
    assert not made.more or len(made.today) + len(made.week) == THIS_WEEK
    assert bool(made.today) == bool(made.open)


@readers
def test_it_holds_every_dependency(given: dict[str, Given], ticked: dict[str, Tick]) -> None:
    made = plan(given, ticked)
    order, later = ids(made.open), {item.step.id: item.until or dt.date.min for item in made.later}
    for id in order:
        for earlier in LIBRARY.steps[id].policy.after:
            assert earlier not in later
            assert earlier not in order or order.index(earlier) < order.index(id)
    for id, until in later.items():
        for earlier in LIBRARY.steps[id].policy.after:
            assert earlier not in later or later[earlier] <= until


@readers
def test_it_makes_the_same_plan_of_the_same_reader(given: dict[str, Given], ticked: dict[str, Tick]) -> None:
    again = plan(dict(reversed(given.items())), dict(reversed(ticked.items())))
    assert plan(given, ticked) == again


@readers
def test_it_has_nothing_put_off_to_today_but_tonight(given: dict[str, Given], ticked: dict[str, Tick]) -> None:
    for item in plan(given, ticked).later:
        assert item.until is not None
        assert item.until >= TODAY
        if item.tick and item.tick.state is TickState.DAY and item.until == TODAY:
            assert item.step.policy.after


@owners
def test_it_opens_nothing_by_a_tick(
    given: dict[str, Given], ticked: dict[str, Tick], has: frozenset[str] | None
) -> None:
    before = plan(given, ticked, has=has)
    for item in before.open:
        after = plan(given, ticked | {item.step.id: Tick(TickState.DONE, TODAY)}, has=has)
        assert after.unsettled <= before.unsettled
        assert set(everything(after)) == set(everything(before))
        assert item.step.id in ids(after.done)


@owners
def test_it_counts_each_step_in_one_part(
    given: dict[str, Given], ticked: dict[str, Tick], has: frozenset[str] | None
) -> None:
    made = plan(given, ticked, has=has)
    assert sum(progress.total for progress in made.parts) == made.total
    assert sum(progress.done for progress in made.parts) == len(made.done)
    assert set(made.finished_today) <= {progress.part for progress in made.parts if progress.finished}
