"""Change a reader's state by what the reader says: in the list of exposures, a quiz, or an emergency case.

Exposures that are opened anew make steps due again. What had settled other exposures stays handled then.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from checklist.exposures import ExposureState
from checklist.kit import KitItemKind, answers_for_own
from checklist.library import ChecklistLibrary
from checklist.plan.builder import open_of, settled, settling
from checklist.state.cookies import SET_ASIDE, GivenExposure, Origin, ReaderState, Tick, TickState
from checklist.urgent.implied import outdated
from checklist.urgent.library import Runs
from checklist.urgent.words import Told

States = Mapping[str, ExposureState]


def from_list(
    library: ChecklistLibrary, state: ReaderState, wanted: States, has: frozenset[str] | None, today: dt.date
) -> ReaderState:
    """Return the state after the reader's own list, which replaces all exposures and what the reader `has`.

    An exposure whose state did not change since the list showed it keeps its origin.
    """
    before, shown = state.given or {}, shown_states(library, state)
    given = {
        id: before[id] if shown.get(id) is now else GivenExposure(now, Origin.READER) for id, now in wanted.items()
    }
    if opened := _opened(shown, wanted):
        given = mark_handled(given, {id for id, now in wanted.items() if now is ExposureState.HANDLED})
    return _changed(library, state, given, opened, has, today)


def from_quiz(library: ChecklistLibrary, state: ReaderState, raised: States, today: dt.date) -> ReaderState:
    """Return the state after a quiz attempt, which raised these exposures."""
    before, shown = state.given or {}, shown_states(library, state)
    done = {id for id in before.keys() - raised.keys() if shown[id] is ExposureState.HANDLED}
    given = given_after_quiz(mark_handled(before, done), raised)
    opened = _opened({id: one.state for id, one in before.items()}, {id: one.state for id, one in given.items()})
    return _changed(library, state, given, opened, state.has, today)


def from_case(
    library: ChecklistLibrary, state: ReaderState, chosen: Collection[str], things: Collection[str], today: dt.date
) -> ReaderState:
    """Return the state with the exposures of an emergency case open, and with the things that its page knows of.

    Exposures that only the decision table knows are not kept.
    """
    named = library.with_above([id for id in chosen if id in library.exposures])
    if not named:
        return state
    gone = outdated(library.urgent.implied, chosen)
    state = state._replace(given={id: one for id, one in (state.given or {}).items() if id not in gone})
    shown = shown_states(library, state)
    given = mark_handled(state.given or {}, {id for id, one in shown.items() if one is ExposureState.HANDLED})
    added = {id: GivenExposure(ExposureState.OPEN, Origin.READER) for id in library.exposures if id in named}
    opened = _opened(shown, dict.fromkeys(added, ExposureState.OPEN))
    return _changed(library, state, given | added, opened, with_nearby(library, state.has, things), today)


def shown_states(library: ChecklistLibrary, state: ReaderState) -> dict[str, ExposureState]:
    """Return the state of each exposure as the list shows it: those that the ticks settled are handled."""
    given = state.given or {}
    done = settled(library, given, state.ticks, library.urgent.runs(state.has))
    return {id: ExposureState.HANDLED if id in done else ExposureState.OPEN for id in given}


def _changed(
    library: ChecklistLibrary,
    state: ReaderState,
    given: dict[str, GivenExposure],
    opened: set[str],
    has: frozenset[str] | None,
    today: dt.date,
) -> ReaderState:
    """Return the state with these exposures, of which those in `opened` make steps due again."""
    again = due_again(library, opened, state.ticks, today, library.urgent.runs(has), open_of(state.given or {}))
    return ReaderState(given, state.ticks | again, has)


def given_after_quiz(before: Mapping[str, GivenExposure], raised: States) -> dict[str, GivenExposure]:
    """Return the exposures after a quiz attempt, which replaces those of an earlier attempt but not the reader's."""
    kept = {id: one for id, one in before.items() if one.origin is Origin.READER}
    return kept | {id: GivenExposure(state, Origin.QUIZ) for id, state in raised.items() if id not in kept}


def with_nearby(
    library: ChecklistLibrary, has: frozenset[str] | None, things: Collection[str]
) -> frozenset[str] | None:
    """Return what the reader has, with these things in place of others of their kind.

    Whoever is known to have a phone has any app until the reader says more; another phone says nothing of apps.
    """
    kit = library.kit
    if not things:
        return has
    apps = {id for id, item in kit.items() if item.kind is KitItemKind.APP}
    kinds = {kit[id].kind for id in things}
    known = {*(has or ())}
    if answers_for_own(kit, things) and not answers_for_own(kit, known):
        known |= apps
    return frozenset({id for id in known if kit[id].kind not in kinds} | {*things})


def due_again(
    library: ChecklistLibrary,
    opened: Iterable[str],
    ticks: Mapping[str, Tick],
    today: dt.date,
    runs: Runs | None = None,
    before: Collection[str] = (),
) -> dict[str, Tick]:
    """Return new ticks for steps that were done or set aside before these exposures were opened.

    Without the `runs` of the table for a reader's things, that is for anybody.

    A step done `today` still counts: it may have been done for the new incident. An urgent action counts only if
    it says the same as it did for the exposures that were open `before`. Of the steps that were set aside, only
    urgent actions come up again.
    """
    opened, runs = set(opened), runs or library.urgent.runs()
    due = {step.id: step for exposure in opened for step in settling(library, exposure, opened, runs)}
    changed = _says_more(before, opened, runs) | _calls_again(library, before, opened, runs)
    again = {}
    for id, tick in ticks.items():
        if tick.state is TickState.DONE and (id in changed or (id in due and tick.on < today)):
            again[id] = Tick(TickState.AGAIN, tick.on)
        elif tick.state in SET_ASIDE and (id in changed or (id in due and due[id].is_urgent)):
            again[id] = Tick(TickState.REOPENED, today)
    return again


def _says_more(before: Collection[str], opened: Collection[str], runs: Runs) -> set[str]:
    """Return the urgent actions that say more, or call somebody else, because of what was opened."""
    old = {told.id: _said(told) for told in runs.list_for(before).actions}
    now = runs.list_for({*before, *opened}).actions
    return {told.id for told in now if told.id not in old or _said(told) - old[told.id]}


def _said(told: Told) -> set[str]:
    """Return the sentences of a call and whom it calls; of an action without them, its reasons."""
    return {*told.say, *(channel.number for channel in told.channels)} or {*told.action.reasons}


def _calls_again(library: ChecklistLibrary, before: Collection[str], opened: Collection[str], runs: Runs) -> set[str]:
    """Return the calls for what happened a second time, such as a payment by Alipay after one by bank."""
    known = {above for id in before if (above := library.exposures[id].under)}
    twice = [id for id in opened if library.exposures[id].under in known and id not in library.urgent.implied.milder]
    together = {*before, *opened}
    calling = {action.id for action in runs.actions_for(together) if action.calls}
    return calling & {step.id for id in twice for step in settling(library, id, together, runs)}


def _opened(before: States, now: States) -> set[str]:
    """Return the exposures that are open `now` and were handled or absent before."""
    return {id for id, state in now.items() if state is ExposureState.OPEN and before.get(id) is not state}


def mark_handled(given: Mapping[str, GivenExposure], handled: Collection[str]) -> dict[str, GivenExposure]:
    """Return the exposures with those in `handled` kept as handled, even if the ticks that settled them change."""
    return {id: replace(one, state=ExposureState.HANDLED) if id in handled else one for id, one in given.items()}
