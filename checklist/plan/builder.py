"""Which steps, in which order, and why: a plan out of exposures and ticks.

The rule, as /checklist/ tells it to readers: what comes of something that the
reader gave stands before what everybody does, and looking things up stands
last. Among these, what can still be stopped comes first (the stages of
`steps.Stage`), a step waits for those that must come before it, and within one
urgency the quickest comes first. Who told more precisely what it was (whose the code
was) gets the steps for that, and not those that would find it out. One step is shown now, three today at most,
five this week at most (today's among them); the rest is behind 更多. What the
reader ticked stays in the plan. What the reader has no app or phone for leaves
it, and nothing waits for it.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from checklist.exposures import Exposure, ExposureState
from checklist.kit import owned
from checklist.library import ChecklistLibrary
from checklist.state.cookies import Given, Tick, TickState
from checklist.steps import PlanPart, Stage, Step

TODAY = 3
THIS_WEEK = 5
#: Looking back: after everything else, whoever it is for.
LAST = (Stage.LOOKUP, Stage.AGAIN)


@dataclass(frozen=True)
class Item:
    """A step in this reader's plan: because of which exposures, and when it comes up again if put off."""

    step: Step
    because: tuple[Exposure, ...]
    tick: Tick | None = None
    until: dt.date | None = None

    @property
    def state(self) -> TickState:
        return _state(self.tick)

    @property
    def was_put_off(self) -> bool:
        return self.state in (TickState.TONIGHT, TickState.DAY)

    @property
    def is_again(self) -> bool:
        """Whether it was done once, for something that is open again."""
        return self.state is TickState.AGAIN

    @property
    def first_because(self) -> str:
        return self.because[0].because if self.because else ""

    @property
    def reasons(self) -> str:
        """Return the first two reasons as one phrase, with 等 where there are more."""
        return "，".join(exposure.because for exposure in self.because[:2]) + ("等" if len(self.because) > 2 else "")


@dataclass(frozen=True)
class Progress:
    """How far the reader is in one part of the plan."""

    part: PlanPart
    done: int
    total: int

    @property
    def finished(self) -> bool:
        return self.done == self.total


@dataclass(frozen=True)
class Plan:
    """The items by when they are for. `today` begins with the one to do now.

    `held` waits until nothing critical is open. `unsettled` are the exposures that are not handled yet.
    """

    today: list[Item] = field(default_factory=list)
    week: list[Item] = field(default_factory=list)
    more: list[Item] = field(default_factory=list)
    later: list[Item] = field(default_factory=list)
    held: list[Item] = field(default_factory=list)
    done: list[Item] = field(default_factory=list)
    skipped: list[Item] = field(default_factory=list)
    done_today: int = 0
    day: dt.date = dt.date.min
    unsettled: frozenset[str] = frozenset()
    pressing: bool = False

    @property
    def now(self) -> Item | None:
        return self.today[0] if self.today else None

    @property
    def put_off(self) -> list[Item]:
        """What the reader put off herself."""
        return [item for item in self.later if item.was_put_off]

    @property
    def waiting(self) -> list[Item]:
        """What comes after something that was put off."""
        return [item for item in self.later if not item.was_put_off]

    @property
    def open(self) -> list[Item]:
        return [*self.today, *self.week, *self.more]

    @property
    def total(self) -> int:
        return len(self.open) + len(self.later) + len(self.held) + len(self.done)

    @property
    def left(self) -> int:
        """How many are not done yet, whenever they are for."""
        return self.total - len(self.done)

    @cached_property
    def parts(self) -> list[Progress]:
        """The parts that this plan has steps of, in their order; what does not apply is not counted."""
        counted = [item.step.policy.stage.part for item in [*self.open, *self.later, *self.held, *self.done]]
        done = [item.step.policy.stage.part for item in self.done]
        return [Progress(part, done.count(part), counted.count(part)) for part in PlanPart if part in counted]

    @property
    def finished_today(self) -> list[PlanPart]:
        """The parts that are finished, with a step done today."""
        done_today = {item.step.policy.stage.part for item in self.done if item.tick and item.tick.on == self.day}
        return [progress.part for progress in self.parts if progress.finished and progress.part in done_today]

    @property
    def again(self) -> list[Item]:
        """The open items that were done once, for something that is open again."""
        return [item for item in self.open if item.is_again]

    @property
    def today_total(self) -> int:
        """What today holds. A fourth is an offer, and does not count."""
        return self.done_today if self.done_today >= TODAY else self.done_today + len(self.today)


def settled(
    library: ChecklistLibrary, given: Mapping[str, Given], ticks: Mapping[str, Tick], has: Collection[str] | None = None
) -> set[str]:
    """The exposures among `given` that are handled.

    Either the reader said so, or every step that settles them is done or does
    not apply, and one at least is done. Steps for what the reader does not have
    (`has` without an answer is None: everything) are not waited for.
    """
    still_open = open_of(given)

    def is_settled(id: str) -> bool:
        states = {_state(ticks.get(step.id)) for step in settling(library, id, still_open, has)}
        return TickState.DONE in states and states <= {TickState.DONE, TickState.SKIP}

    return {id for id, one in given.items() if one.state is ExposureState.HANDLED or is_settled(id)}


def settling(
    library: ChecklistLibrary, exposure: str, still_open: Collection[str], has: Collection[str] | None = None
) -> list[Step]:
    """The steps that settle an exposure for one with these open: where some make it more precise, theirs."""
    precise = [id for id in still_open if library.exposures[id].under == exposure]
    return library.settling(precise or [exposure], has)


def open_of(given: Mapping[str, Given]) -> set[str]:
    """The exposures that are open, whatever was done about them."""
    return {id for id, one in given.items() if one.state is ExposureState.OPEN}


def _state(tick: Tick | None) -> TickState:
    return tick.state if tick else TickState.OPEN


def to_do_again(
    library: ChecklistLibrary, opened: Iterable[str], ticks: Mapping[str, Tick], today: dt.date
) -> dict[str, Tick]:
    """The ticks that do not count for these exposures, opened anew `today`: what settled an earlier one.

    A step done today counts: it may well have been done for this one.
    """
    opened = set(opened)
    again = {step.id for exposure in opened for step in settling(library, exposure, opened)}
    return {
        id: Tick(TickState.AGAIN, tick.on)
        for id, tick in ticks.items()
        if id in again and tick.state is TickState.DONE and tick.on < today
    }


def make_plan(
    library: ChecklistLibrary,
    given: Mapping[str, Given],
    ticks: Mapping[str, Tick],
    today: dt.date,
    has: Collection[str] | None = None,
) -> Plan:
    """The plan for these exposures and ticks on the day `today`, for one who `has` these things (None: everything)."""
    still_open = open_of(given)
    mine = owned(library.kit, has)
    because = [exposure for id, exposure in library.exposures.items() if id in still_open]
    narrowed = {exposure.under for exposure in because}
    items = [_item(step, because, narrowed, ticks) for step in library.steps.values() if step.is_for(mine)]
    belonging = {item.step.id: item for item in items if item.because or item.step.policy.always or item.tick}
    unsettled = still_open - settled(library, given, ticks, has)
    pressing = any(library.exposures[id].critical for id in unsettled)
    done = [item for item in belonging.values() if item.state is TickState.DONE]
    skipped = [item for item in belonging.values() if item.state is TickState.SKIP]
    behind = {item.step.id for item in [*done, *skipped]}
    remaining = {id: item for id, item in belonging.items() if id not in behind}
    waiting = _put_off(remaining, today)
    at_hand = [item for id, item in remaining.items() if id not in waiting]
    held = [item for item in at_hand if pressing and item.step.policy.calm]
    upcoming = _in_order([item for item in at_hand if not (pressing and item.step.policy.calm)])
    done_today = sum(item.tick is not None and item.tick.on == today for item in done)
    first = max(1, TODAY - done_today)
    return Plan(
        today=upcoming[:first],
        week=upcoming[first:THIS_WEEK],
        more=upcoming[THIS_WEEK:],
        held=held,
        later=sorted(waiting.values(), key=lambda item: (item.until or today, item.step.policy.stage.rank)),
        done=sorted(done, key=lambda item: item.tick.on if item.tick else today, reverse=True),
        skipped=skipped,
        done_today=done_today,
        day=today,
        unsettled=frozenset(unsettled),
        pressing=pressing,
    )


def _item(step: Step, still_open: list[Exposure], narrowed: set[str | None], ticks: Mapping[str, Tick]) -> Item:
    """Return the step with the open exposures that it is for.

    An exposure that it would settle, and that another one makes more precise (`narrowed`), is left out.
    """
    settles = narrowed.intersection(step.policy.settles)
    because = tuple(one for one in still_open if one.id in step.policy.when and one.id not in settles)
    return Item(step, because, ticks.get(step.id))


def _put_off(remaining: Mapping[str, Item], today: dt.date) -> dict[str, Item]:
    """The items put off to a later day, and those that must wait for one of them: until the latest of their days."""
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
    """今晚 lasts until the end of its day; a chosen day, until it comes."""
    return tick.on == today if tick.state is TickState.TONIGHT else tick.on > today


def _in_order(items: list[Item]) -> list[Item]:
    """Because of something given first, then by stage, then the quickest; no step before those that it comes after."""
    own = _with_those_before({item.step.id: item for item in items})

    def key(item: Item) -> tuple[bool, bool, int, int]:
        stage = item.step.policy.stage
        return (stage in LAST, item.step.id not in own, stage.rank, item.step.procedure.minutes)

    waiting = {item.step.id: item for item in sorted(items, key=key)}
    placed: list[Item] = []
    while waiting:
        free = next((id for id, item in waiting.items() if waiting.keys().isdisjoint(item.step.policy.after)), None)
        placed.append(waiting.pop(free or next(iter(waiting))))
    return placed


def _with_those_before(items: Mapping[str, Item]) -> set[str]:
    """The steps that come of something given, and whatever they wait for."""
    found: set[str] = set()
    left = [id for id, item in items.items() if item.because]
    while left:
        id = left.pop()
        if id not in found:
            found.add(id)
            left += [earlier for earlier in items[id].step.policy.after if earlier in items]
    return found
