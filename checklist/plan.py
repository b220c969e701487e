"""Which steps, in which order, and why: a plan out of exposures and ticks.

The rule, as /checklist/ tells it to readers: what can still be stopped comes
first (the stages of `steps.Stage`), a step waits for those that must come
before it, and within one urgency the quickest comes first. One step is shown
now, three today at most, five this week at most (today's among them); the rest
is behind 更多. What the reader ticked stays in the plan.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from checklist.exposures import Exposure, State
from checklist.library import Library
from checklist.progress import Given, Tick, TickState
from checklist.steps import Step

TODAY = 3
THIS_WEEK = 5


@dataclass(frozen=True)
class Item:
    """A step in this reader's plan: because of which exposures, and when it comes up again if put off."""

    step: Step
    because: tuple[Exposure, ...]
    tick: Tick | None = None
    until: dt.date | None = None


@dataclass(frozen=True)
class Plan:
    """The items by when they are for. `today` begins with the one to do now."""

    today: list[Item] = field(default_factory=list)
    week: list[Item] = field(default_factory=list)
    more: list[Item] = field(default_factory=list)
    later: list[Item] = field(default_factory=list)
    done: list[Item] = field(default_factory=list)
    skipped: list[Item] = field(default_factory=list)
    done_today: int = 0
    pressing: bool = False

    @property
    def now(self) -> Item | None:
        return self.today[0] if self.today else None

    @property
    def open(self) -> list[Item]:
        return [*self.today, *self.week, *self.more]

    @property
    def total(self) -> int:
        return len(self.open) + len(self.later) + len(self.done)

    @property
    def today_total(self) -> int:
        """What today holds. A fourth is an offer, and does not count."""
        return self.done_today if self.done_today >= TODAY else self.done_today + len(self.today)


def settled(library: Library, given: Mapping[str, Given], ticks: Mapping[str, Tick]) -> set[str]:
    """The exposures among `given` that are handled.

    Either the reader said so, or every step that settles them is done or does
    not apply (the iPhone's on an Android phone), and one at least is done.
    """
    return {id for id, one in given.items() if one.state is State.HANDLED or _is_settled(library, id, ticks)}


def _is_settled(library: Library, exposure: str, ticks: Mapping[str, Tick]) -> bool:
    states = {ticks[step.id].state if step.id in ticks else TickState.OPEN for step in library.settling(exposure)}
    return TickState.DONE in states and states <= {TickState.DONE, TickState.SKIP}


def make_plan(library: Library, given: Mapping[str, Given], ticks: Mapping[str, Tick], today: dt.date) -> Plan:
    """The plan for these exposures and ticks on the day `today`."""
    still_open = {id for id, one in given.items() if one.state is State.OPEN}
    items = [_item(library, step, still_open, ticks) for step in library.steps.values()]
    belonging = {item.step.id: item for item in items if item.because or item.step.policy.always or item.tick}
    unsettled = still_open - settled(library, given, ticks)

    def state(item: Item) -> TickState:
        return item.tick.state if item.tick else TickState.OPEN

    done = [item for item in belonging.values() if state(item) is TickState.DONE]
    skipped = [item for item in belonging.values() if state(item) is TickState.SKIP]
    remaining = {id: item for id, item in belonging.items() if item not in done and item not in skipped}
    waiting = _put_off(remaining, today)
    upcoming = _in_order([item for id, item in remaining.items() if id not in waiting])
    done_today = sum(item.tick is not None and item.tick.on == today for item in done)
    first = max(1, TODAY - done_today)
    return Plan(
        today=upcoming[:first],
        week=upcoming[first:THIS_WEEK],
        more=upcoming[THIS_WEEK:],
        later=sorted(waiting.values(), key=lambda item: (item.until or today, item.step.policy.stage.rank)),
        done=sorted(done, key=lambda item: item.tick.on if item.tick else today, reverse=True),
        skipped=skipped,
        done_today=done_today,
        pressing=any(library.exposures[id].critical for id in unsettled),
    )


def _item(library: Library, step: Step, still_open: set[str], ticks: Mapping[str, Tick]) -> Item:
    because = tuple(library.exposures[id] for id in library.exposures if id in still_open and id in step.policy.when)
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
    """By stage, then the quickest; a step never before those that it comes after."""
    waiting = sorted(items, key=lambda item: (item.step.policy.stage.rank, item.step.procedure.minutes))
    placed: list[Item] = []
    while waiting:
        held = {item.step.id for item in waiting}
        free = next((item for item in waiting if not held & set(item.step.policy.after)), waiting[0])
        waiting.remove(free)
        placed.append(free)
    return placed
