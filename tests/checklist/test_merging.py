"""Two plans put together: nothing done is lost, and what is due for something new is due again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklist.exposures import ExposureState
from checklist.plan.builder import open_of
from checklist.resume.merging import together
from checklist.state.cookies import SET_ASIDE, GivenExposure, Origin, ReaderState, Tick, TickState
from tests.fixtures.plans import LIBRARY, opened, ticked
from tests.fixtures.readers import DAY, TODAY, givens, kits, ticks

DONE = TickState.DONE
states = st.builds(ReaderState, st.none() | givens(LIBRARY.exposures), ticks(LIBRARY.steps), kits(LIBRARY.kit))


def both(here: ReaderState, brought: ReaderState) -> ReaderState:
    return together(LIBRARY, here, brought, TODAY)


def test_keeps_what_either_plan_has() -> None:
    here = ReaderState(opened("bell-open"), ticked(DONE, "keep-diary"), frozenset({"lantern"}))
    brought = ReaderState(opened("bell-open"), ticked(DONE, "shut-bell"), frozenset({"cart"}))
    made = both(here, brought)
    assert made.ticks.keys() == {"keep-diary", "shut-bell"}
    assert made.has == frozenset({"lantern", "cart"})


def test_has_an_exposure_open_that_is_handled_in_one_of_them_unless_its_steps_are_done() -> None:
    still_open = ReaderState(opened("bell-open"), {}, None)
    handled = ReaderState({"bell-open": GivenExposure(ExposureState.HANDLED, Origin.READER)}, {}, None)
    for made in (both(still_open, handled), both(handled, still_open)):
        assert open_of(made.given or {}) == {"bell-open"}
    done = handled._replace(ticks=ticked(DONE, "shut-bell"))
    for made in (both(still_open, done), both(done, still_open)):
        assert open_of(made.given or {}) == set()


def test_has_a_call_due_again_for_a_loss_that_only_the_other_plan_knows() -> None:
    older = ReaderState(opened("map-copied"), ticked(DONE, "call-watch", on=TODAY - 3 * DAY), None)
    newer = ReaderState(opened("key-lent"), {}, None)
    for made in (both(older, newer), both(newer, older)):
        assert made.ticks["call-watch"] == Tick(TickState.AGAIN, TODAY - 3 * DAY)


def test_prefers_again_with_a_later_day_to_done() -> None:
    given = opened("map-copied")
    done = ReaderState(given, ticked(DONE, "call-watch", on=TODAY - 3 * DAY), None)
    again = ReaderState(given, ticked(TickState.AGAIN, "call-watch", on=TODAY - DAY), None)
    assert both(done, again).ticks["call-watch"].state is TickState.AGAIN
    later = ReaderState(given, ticked(DONE, "call-watch"), None)
    assert both(later, again).ticks["call-watch"].state is DONE


@pytest.mark.parametrize("state", SET_ASIDE)
def test_an_open_urgent_step_wins_over_one_that_was_set_aside(state: TickState) -> None:
    given = opened("map-copied")
    aside = ReaderState(given, ticked(state, "call-watch", on=TODAY + DAY), None)
    for made in (both(aside, ReaderState(given, {}, None)), both(ReaderState(given, {}, None), aside)):
        assert made.ticks == ticked(TickState.REOPENED, "call-watch")
    assert both(aside, aside).ticks == aside.ticks


@pytest.mark.parametrize("state", SET_ASIDE)
def test_a_call_that_was_set_aside_is_due_for_a_loss_that_only_the_other_plan_knows(state: TickState) -> None:
    older = ReaderState(opened("map-copied"), ticked(state, "call-watch", on=TODAY + DAY), None)
    newer = ReaderState(opened("key-lent"), {}, None)
    for made in (both(older, newer), both(newer, older)):
        assert made.ticks["call-watch"] == Tick(TickState.REOPENED, TODAY)


@given(here=states, brought=states)
def test_loses_no_step_that_was_done(here: ReaderState, brought: ReaderState) -> None:
    made = both(here, brought)
    for state in (here, brought):
        for step, tick in state.ticks.items():
            if tick.state is DONE:
                assert made.ticks[step].state in (DONE, TickState.AGAIN)
