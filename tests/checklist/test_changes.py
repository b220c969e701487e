"""A reader's state changed by the list of exposures, a quiz and an emergency case, without a browser."""

from checklist.exposures import ExposureState
from checklist.plan.changes import from_case, from_list, from_quiz
from checklist.state.cookies import GivenExposure, Origin, ReaderState, Tick, TickState
from tests.fixtures.plans import LIBRARY, opened, ticked
from tests.fixtures.readers import DAY, TODAY

OPEN, HANDLED = ExposureState
SETTLED = ticked(TickState.DONE, "call-watch", "burn-copy", on=TODAY - DAY)


def test_a_list_replaces_all_exposures_and_keeps_the_origin_of_what_did_not_change() -> None:
    before = {"key-lent": GivenExposure(OPEN, Origin.QUIZ), "bell-open": GivenExposure(OPEN, Origin.QUIZ)} | opened(
        "name-told"
    )
    wanted = {"key-lent": OPEN, "bell-open": HANDLED, "map-copied": OPEN}
    after = from_list(LIBRARY, ReaderState(before, {}, frozenset({"cart"})), wanted, None, TODAY)
    assert after.has is None
    assert after.given == {
        "key-lent": GivenExposure(OPEN, Origin.QUIZ),
        "bell-open": GivenExposure(HANDLED, Origin.READER),
        "map-copied": GivenExposure(OPEN, Origin.READER),
    }


def test_a_list_that_opens_what_its_steps_settled_makes_them_due_again() -> None:
    before = ReaderState(opened("map-copied"), SETTLED, None)
    assert from_list(LIBRARY, before, {"map-copied": HANDLED}, None, TODAY).ticks == SETTLED
    after = from_list(LIBRARY, before, {"map-copied": OPEN}, None, TODAY)
    assert after.ticks == {id: Tick(TickState.AGAIN, TODAY - DAY) for id in SETTLED}


def test_a_quiz_keeps_as_handled_what_the_steps_of_the_readers_exposures_settled() -> None:
    before = ReaderState(opened("map-copied"), SETTLED, None)
    after = from_quiz(LIBRARY, before, {"key-lent": OPEN}, TODAY)
    assert after.given == {
        "map-copied": GivenExposure(HANDLED, Origin.READER),
        "key-lent": GivenExposure(OPEN, Origin.QUIZ),
    }
    assert after.ticks["call-watch"].state is TickState.AGAIN


def test_a_case_adds_its_exposures_and_leaves_the_rest() -> None:
    before = ReaderState(opened("bell-open"), {}, None)
    after = from_case(LIBRARY, before, ["key-lent"], [], TODAY)
    assert after == ReaderState(opened("bell-open", "key-lent"), {}, None)
    assert from_case(LIBRARY, before, ["no-such-exposure"], [], TODAY) == before
