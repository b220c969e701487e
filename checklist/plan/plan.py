"""A reader's plan: its steps by when they are for, and how far the reader is."""

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property

from checklist.exposures import Exposure
from checklist.state.cookies import Tick, TickState
from checklist.steps import PlanPart, Stage, Step
from checklist.urgent.words import Told
from guide.procedures import Procedure


@dataclass(frozen=True)
class Item:
    """A step in this reader's plan: because of which exposures, and the day that it is for if that is not today.

    `told` are the words of an urgent action for this reader.
    """

    step: Step
    because: tuple[Exposure, ...]
    tick: Tick | None = None
    until: dt.date | None = None
    told: Told | None = None
    procedures: tuple[Procedure, ...] = ()

    @property
    def title(self) -> str:
        return self.told.title if self.told else self.step.title

    @property
    def state(self) -> TickState:
        return self.tick.state if self.tick else TickState.OPEN

    @property
    def was_put_off(self) -> bool:
        return self.state in (TickState.TONIGHT, TickState.DAY)

    @property
    def is_again(self) -> bool:
        """Return whether it was done once, for something that is open again."""
        return self.state is TickState.AGAIN

    @property
    def is_follow_up(self) -> bool:
        """Return whether it shows something only after some weeks."""
        return self.step.policy.stage is Stage.FOLLOW_UP or bool(self.told and self.told.action.later)

    @property
    def part(self) -> PlanPart:
        """Return the part of the plan that it counts to: follow-ups are looked at afterwards."""
        return PlanPart.AFTER if self.is_follow_up else self.step.policy.stage.part

    @property
    def first_because(self) -> str:
        return self.because[0].because if self.because else ""

    @property
    def reasons(self) -> str:
        """Return the first two reasons as one phrase, which 因为 precedes."""
        return "，也因为".join(exposure.because for exposure in self.because[:2])


@dataclass(frozen=True)
class Progress:
    """How many steps one part of the plan has, how many are left, and how many of those are postponed.

    A part is drawn as a door of a house, which is closed once its steps are done.
    """

    part: PlanPart
    total: int
    left: int
    postponed: int

    @property
    def due(self) -> int:
        """Return how many steps are left that are not postponed."""
        return self.left - self.postponed


@dataclass(frozen=True)
class Plan:
    """The items by when they are due. `today` begins with the one to do now, `more` follows on another day.

    `follow_up` show nothing before their day, `postponed` were postponed or depend on a postponed one. `notes` are
    sentences above the urgent actions, or after them, as HTML. `unsettled` are the exposures that are not handled yet.
    """

    today: list[Item] = field(default_factory=list)
    more: list[Item] = field(default_factory=list)
    follow_up: list[Item] = field(default_factory=list)
    postponed: list[Item] = field(default_factory=list)
    done: list[Item] = field(default_factory=list)
    skipped: list[Item] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    done_today: int = 0
    day: dt.date = dt.date.min
    unsettled: frozenset[str] = frozenset()

    @property
    def now(self) -> Item | None:
        return self.today[0] if self.today else None

    @property
    def next(self) -> Item | None:
        """Return the step to go on with where today is finished."""
        return self.more[0] if self.more and not self.today else None

    @property
    def postponed_by_reader(self) -> list[Item]:
        """Return the items that the reader postponed."""
        return [item for item in self.postponed if item.was_put_off]

    @property
    def blocked(self) -> list[Item]:
        """Return the items that depend on a postponed one."""
        return [item for item in self.postponed if not item.was_put_off]

    @property
    def open(self) -> list[Item]:
        return [*self.today, *self.more]

    @property
    def undone(self) -> list[Item]:
        """Return every step that is to do, on whatever day."""
        return [*self.open, *self.postponed, *self.follow_up]

    @property
    def everything(self) -> list[Item]:
        """Return every step but those that do not apply."""
        return [*self.undone, *self.done]

    @property
    def titles(self) -> dict[str, str]:
        """Return the title of every step by its id, also of those that do not apply."""
        return {item.step.id: item.title for item in [*self.everything, *self.skipped]}

    @property
    def urgent(self) -> list[Item]:
        """Return the urgent actions that are not done, also those that were put off."""
        return [item for item in [*self.today, *self.postponed] if item.step.is_urgent]

    @property
    def enough(self) -> bool:
        """Return whether today's steps are done and something is left: never while an urgent action is open."""
        return bool(self.undone) and not self.today and not self.urgent and self.done_today > 0

    @property
    def was_emergency(self) -> bool:
        """Return whether an urgent action was done."""
        return any(item.step.is_urgent for item in self.done)

    @property
    def minutes(self) -> int:
        """Return about how many minutes the rest of today takes."""
        return sum(item.step.minutes for item in self.today)

    @property
    def total(self) -> int:
        return len(self.everything)

    @property
    def left(self) -> int:
        """Return how many items are not done yet."""
        return self.total - len(self.done)

    @cached_property
    def parts(self) -> list[Progress]:
        """Return the parts that this plan has steps of, in their order; what does not apply is not counted."""
        counted, done, later = ([item.part for item in items] for items in (self.everything, self.done, self.postponed))
        return [
            Progress(part, counted.count(part), counted.count(part) - done.count(part), later.count(part))
            for part in PlanPart
            if part in counted
        ]

    @property
    def called_today(self) -> bool:
        """Return whether a call for something that is still open was made today."""
        return any(
            one.because and one.told and one.told.say and one.tick and one.tick.on == self.day for one in self.done
        )

    @property
    def open_parts(self) -> list[Progress]:
        return [progress for progress in self.parts if progress.left]

    @property
    def first_part(self) -> Progress | None:
        """Return the part to go on with: that of the step to do now, or else the first open one."""
        now = self.now.part if self.now else None
        return next((one for one in self.open_parts if one.part is now), next(iter(self.open_parts), None))

    @property
    def again(self) -> list[Item]:
        """Return the open items that were done or set aside, for something that is open again."""
        return [item for item in self.open if item.state in (TickState.AGAIN, TickState.REOPENED)]

    @property
    def today_total(self) -> int:
        """Return how many steps today holds, done or not."""
        return self.done_today + len(self.today)
