"""Build a plan from exposures and ticks: which steps, in which order, and why.

A plan begins with the urgent actions of the decision table (checklist/policy/urgent.toml) for everything that is
open, in the table's order. Each of the other steps is required by an open exposure. They follow by stage, each
after the steps named in its `after`, the quickest first; if nothing critical is open, leaving a group comes
before tidying up. Today holds every urgent action, and other steps until there are three. Ticked steps stay in
the plan. Steps for an app or phone that the reader does not have are left out, and no step waits for them.
"""

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from checklist.exposures import Exposure, ExposureState
from checklist.kit import owned
from checklist.library import ChecklistLibrary
from checklist.plan.plan import Item, Plan
from checklist.state.cookies import GivenExposure, Tick, TickState
from checklist.steps import Stage, Step
from checklist.urgent.library import Runs, UrgentList
from checklist.urgent.words import Told

#: How many steps today has, unless more are urgent.
TODAY = 3
#: How long after the last step that was done a follow-up shows something.
FOLLOW_UP_AFTER = dt.timedelta(days=30)
#: The first stage that can wait for a reader who wants to leave and to whom nothing happened.
TIDYING = Stage.PAYMENT


def settled(
    library: ChecklistLibrary, given: Mapping[str, GivenExposure], ticks: Mapping[str, Tick], runs: Runs | None = None
) -> set[str]:
    """Return the exposures among `given` that are handled.

    Either the reader said so, or every step that settles them is done or does not apply, and one at least is
    done. Steps for what the reader of these `runs` does not have are not waited for. An exposure without steps is
    handled when all open ones with steps are.
    """
    still_open = open_of(given)
    due = (runs or library.urgent.runs()).actions_for(still_open)
    spared = _spared(library, [action.id for action in due], ticks)
    states = {
        id: {_state(ticks.get(step.id)) for step in settling(library, id, still_open, runs) if step.id not in spared}
        for id in still_open
    }
    done = {id for id, own in states.items() if TickState.DONE in own and own <= {TickState.DONE, TickState.SKIP}}
    without_steps = {id for id, own in states.items() if not own}
    if done and done == states.keys() - without_steps:
        done |= without_steps
    return done | (given.keys() - still_open)


def _spared(library: ChecklistLibrary, due: Collection[str], ticks: Mapping[str, Tick]) -> set[str]:
    """Return the urgent actions among `due` that another one, which is done, has made unnecessary."""
    done = {id for id in due if _state(ticks.get(id)) is TickState.DONE}
    return {id for id in due if library.urgent.policy.actions[id].spared_by in done}


def settling(
    library: ChecklistLibrary, exposure: str, still_open: Collection[str], runs: Runs | None = None
) -> list[Step]:
    """Return the steps that settle an exposure for a reader with these open, with those that make it more precise.

    Without the `runs` of the table for a reader's things, that is for anybody.
    """
    precise = [id for id in still_open if library.exposures[id].under == exposure]
    return library.settling([exposure, *precise], runs, still_open)


def open_of(given: Mapping[str, GivenExposure]) -> set[str]:
    """Return the exposures that are open, whatever was done about them."""
    return {id for id, one in given.items() if one.state is ExposureState.OPEN}


def _state(tick: Tick | None) -> TickState:
    return tick.state if tick else TickState.OPEN


def make_plan(
    library: ChecklistLibrary,
    given: Mapping[str, GivenExposure],
    ticks: Mapping[str, Tick],
    today: dt.date,
    has: Collection[str] | None = None,
) -> Plan:
    """Return the plan for these exposures and ticks on the day `today`, for a reader who has the things in `has`."""
    still_open, runs = open_of(given), library.urgent.runs(has)
    unsettled = still_open - settled(library, given, ticks, runs)
    todo = runs.list_for(still_open)
    spared = _spared(library, [told.id for told in todo.actions], ticks)
    urgent = [item for item in _urgent(library, todo, still_open, ticks, has, runs) if item.step.id not in spared]
    belonging = {item.step.id: item for item in [*urgent, *_others(library, still_open, urgent, ticks, has)]}
    for id in library.steps:
        if id in ticks and id not in belonging and _stays(ticks[id], spared=id in spared):
            belonging[id] = _ticked(library, id, ticks[id])
    done = [item for item in belonging.values() if item.state is TickState.DONE or _was_done(item)]
    skipped = [item for item in belonging.values() if item.state is TickState.SKIP]
    behind = {item.step.id for item in [*done, *skipped]}
    remaining = {id: item for id, item in belonging.items() if id not in behind}
    postponed = _postponed(remaining, today)
    follow_up = _follow_up([item for id, item in remaining.items() if id not in postponed], done, today)
    early = {item.step.id for item in follow_up}
    upcoming = [item for id, item in remaining.items() if id not in postponed and id not in early]
    first = [item for item in upcoming if item.step.is_urgent]
    pressing = any(library.exposures[id].critical for id in unsettled)
    others = _in_order([item for item in upcoming if not item.step.is_urgent], leave_first=not pressing)
    done_today = sum(item.tick is not None and item.tick.on == today for item in done)
    room = max(0, TODAY - len(first) - done_today)
    return Plan(
        today=[*first, *others[:room]],
        more=others[room:],
        follow_up=follow_up,
        postponed=sorted(postponed.values(), key=lambda item: (item.until or today, item.step.policy.stage.rank)),
        done=sorted(done, key=lambda item: item.tick.on if item.tick else today, reverse=True),
        skipped=skipped,
        notes=_notes(todo, first, postponed),
        done_today=done_today,
        day=today,
        unsettled=frozenset(unsettled),
    )


def _notes(todo: UrgentList, first: list[Item], postponed: Mapping[str, Item]) -> list[str]:
    """Return the sentences beside the urgent actions, which stay while some are postponed, or those for afterwards."""
    open_urgent = first or any(item.step.is_urgent for item in postponed.values())
    return todo.notes if open_urgent else todo.lasting_notes


def _urgent(
    library: ChecklistLibrary,
    todo: UrgentList,
    still_open: set[str],
    ticks: Mapping[str, Tick],
    has: Collection[str] | None,
    runs: Runs,
) -> list[Item]:
    """Return the urgent actions for what is open, in the table's order."""
    mine, because = owned(library.kit, has), _because(library, still_open, runs)
    items = []
    for told in todo.actions:
        step = library.steps[told.id]
        fitting = step.procedures_for(library.kit, mine)
        procedures = tuple(one for one in fitting if one.id not in told.action.left_out)
        if told.action.backwards:
            procedures = procedures[::-1]
        items.append(Item(step, because(told), ticks.get(told.id), None, told, procedures))
    return items


def _because(library: ChecklistLibrary, still_open: set[str], runs: Runs) -> Callable[[Told], tuple[Exposure, ...]]:
    """Return a function that names the exposures for which an action is due: one for each reason, then the others."""
    reasons = {id: runs.reasons_of(library.family([id], runs)) for id in library.exposures if id in still_open}

    def because(told: Told) -> tuple[Exposure, ...]:
        due = told.action.reasons
        gravest = {id: min(map(due.index, named)) for id, own in reasons.items() if (named := own & {*due})}
        first_of = {reason: id for id, reason in reversed(gravest.items())}
        found = sorted(gravest, key=lambda id: (id != first_of[gravest[id]], gravest[id]))
        found = found or [id for id in reasons if not runs.brings(still_open - {id}, told.id)]
        return tuple(library.exposures[id] for id in found)

    return because


def _others(
    library: ChecklistLibrary,
    still_open: set[str],
    urgent: list[Item],
    ticks: Mapping[str, Tick],
    has: Collection[str] | None,
) -> list[Item]:
    """Return the steps that an open exposure requires, that no urgent action replaces, and whose action is due."""
    mine, due = owned(library.kit, has), {item.step.id for item in urgent}
    because = [exposure for id, exposure in library.exposures.items() if id in still_open]
    items = []
    for step in library.steps.values():
        if step.policy.is_due(still_open, due):
            earned = tuple(exposure for exposure in because if exposure.id in step.policy.when)
            procedures = step.procedures_for(library.kit, mine)
            items.append(Item(step, earned, ticks.get(step.id), procedures=procedures))
    return items


def _ticked(library: ChecklistLibrary, id: str, tick: Tick) -> Item:
    """Return a step that the reader ticked and that no open exposure requires any more."""
    step = library.steps[id]
    told = library.urgent.plain(id) if step.is_urgent else None
    return Item(step, (), tick, told=told, procedures=step.procedures)


def _stays(tick: Tick, *, spared: bool) -> bool:
    """Return whether the plan keeps a ticked step that nothing open requires: one that was reopened has gone.

    An urgent action that another one has made unnecessary is kept only if it was done or does not apply.
    """
    return tick.state in (TickState.DONE, TickState.SKIP) if spared else tick.state is not TickState.REOPENED


def _was_done(item: Item) -> bool:
    """Return whether a step was done for something that is not open any more."""
    return item.is_again and not item.because


def _follow_up(items: list[Item], done: list[Item], today: dt.date) -> list[Item]:
    """Return the follow-ups before their day, with that day. A day that the reader chose counts instead."""
    day = max((item.tick.on for item in done if item.tick), default=today) + FOLLOW_UP_AFTER
    return [replace(item, until=day) for item in items if day > today and item.is_follow_up and not item.was_put_off]


def _postponed(remaining: Mapping[str, Item], today: dt.date) -> dict[str, Item]:
    """Return postponed items, and items that depend on them, each with the latest of their days."""
    until: dict[str, dt.date | None] = {}

    def wait(id: str) -> dt.date | None:
        if id not in until:
            item = remaining[id]
            own = [item.tick.on] if item.tick and _is_put_off(item.tick, today) else []
            others = [wait(earlier) for earlier in item.step.policy.after if earlier in remaining]
            until[id] = max([*own, *(day for day in others if day)], default=None)
        return until[id]

    days = {id: wait(id) for id in remaining}
    return {id: replace(remaining[id], until=day) for id, day in days.items() if day}


def _is_put_off(tick: Tick, today: dt.date) -> bool:
    """Return whether the day has not come yet: 今晚 lasts until the end of its day."""
    return tick.on == today if tick.state is TickState.TONIGHT else tick.state is TickState.DAY and tick.on > today


def _in_order(items: list[Item], *, leave_first: bool) -> list[Item]:
    """Return the items by stage, then the quickest first; each directly after the steps named in its `after`.

    With `leave_first`, leaving a group comes before tidying up.
    """

    def place(item: Item) -> None:
        for earlier in item.step.policy.after:
            if earlier in unplaced:
                place(unplaced.pop(earlier))
        placed.append(item)

    def rank(item: Item) -> tuple[int, int]:
        stage = item.step.policy.stage
        leaves = leave_first and stage is Stage.LEAVE
        return (TIDYING.rank if leaves else stage.rank, 0 if leaves else item.step.minutes)

    unplaced = {item.step.id: item for item in sorted(items, key=rank)}
    placed: list[Item] = []
    while unplaced:
        place(unplaced.pop(next(iter(unplaced))))
    return placed
