"""Merge two plans: the one in this browser, and the one in a link."""

import datetime as dt
from collections.abc import Collection

from checklist.exposures import ExposureState
from checklist.library import ChecklistLibrary
from checklist.plan.builder import open_of, settled
from checklist.plan.changes import due_again, mark_handled
from checklist.state.cookies import SET_ASIDE, GivenExposure, ReaderState, Tick, TickState
from checklist.urgent.implied import cautious
from checklist.urgent.library import Runs
from checklist.urgent.policy import Institution


def together(library: ChecklistLibrary, here: ReaderState, brought: ReaderState, today: dt.date) -> ReaderState:
    """Return the union of two plans.

    An exposure that is open in one of them is open, unless its steps are done; a milder one gives way if the other
    plan has the general one alone. A step that is done in one of them is done, unless it is due again since, or for
    something that only the other plan has open; today's counts for that, but a call only if it said the same. An
    urgent action that is open in one of them is open, even if the other plan has it set aside; and the call to the
    police is open again if it was set aside without knowing of a danger in the other plan.
    """
    has = here.has if brought.has is None else brought.has if here.has is None else here.has | brought.has
    runs = library.urgent.runs(has)
    open_here, open_there = open_of(here.given or {}), open_of(brought.given or {})
    milder = (open_here | open_there) - cautious(library.urgent.implied, open_here, open_there)
    given = {id: one for id, one in _given(here.given or {}, brought.given or {}).items() if id not in milder}
    ticks = dict(brought.ticks)
    for step, tick in here.ticks.items():
        ticks[step] = _later(tick, ticks[step]) if step in ticks else tick
    for one, open_one, other, open_other in (
        (here, open_here, brought, open_there),
        (brought, open_there, here, open_here),
    ):
        theirs = {step: tick for step, tick in other.ticks.items() if not _is_done(one.ticks.get(step))}
        again = due_again(library, open_one - open_other, theirs, today, runs, open_other)
        wanted = {action.id for action in runs.actions_for(open_one)}
        if any(library.exposures[id].critical for id in open_one - open_other):
            wanted |= _police_calls(runs, open_here | open_there)
        for id in wanted - one.ticks.keys():
            if id in theirs and theirs[id].state in SET_ASIDE:
                again[id] = Tick(TickState.REOPENED, today)
        ticks |= {step: tick for step, tick in again.items() if ticks[step].state in (TickState.DONE, *SET_ASIDE)}
    done = settled(library, given, ticks, runs)
    return ReaderState(mark_handled(given, done), ticks, has)


def _police_calls(runs: Runs, still_open: Collection[str]) -> set[str]:
    """Return the urgent actions that call the police."""
    return {action.id for action in runs.actions_for(still_open) if Institution.POLICE in action.calls}


def _given(here: dict[str, GivenExposure], brought: dict[str, GivenExposure]) -> dict[str, GivenExposure]:
    """Return the exposures of both; one that is open in either is open."""
    both = brought | here
    for id in here.keys() & brought.keys():
        if brought[id].state is ExposureState.OPEN:
            both[id] = brought[id]
    return both


def _is_done(tick: Tick | None) -> bool:
    return tick is not None and tick.state is TickState.DONE


def _later(one: Tick, other: Tick) -> Tick:
    """Return the tick that counts: a done one before any other, then the one of the later day."""
    finished = (TickState.DONE, TickState.AGAIN)
    if (one.state in finished) != (other.state in finished):
        return one if one.state in finished else other
    if one.on == other.on:
        return one if one.state in (TickState.AGAIN, TickState.REOPENED) else other
    return one if one.on > other.on else other
