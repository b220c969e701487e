"""Models of a step of the plan: its procedures, its exposures, and its place in the order."""

from collections.abc import Collection
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from core.content.files import Id, Model
from core.content.labels import Labelled
from core.content.rendered import Link
from guide.procedures import Procedure


class PlanPart(Labelled):
    """The parts of a plan, in their order."""

    URGENT = "urgent", "急的"
    PAYMENT = "payment", "钱和账号"
    TRACES = "traces", "亲友和授权"
    GROUP = "group", "群和设置"
    AFTER = "after", "过后看看"


class Stage(StrEnum):
    """The stages of the plan in order: urgent actions, stop a loss, save evidence, tell people, tidy up.

    The decision table orders the steps within `URGENT` (checklist/policy/urgent.toml).
    """

    URGENT = "urgent"
    STOP = "stop"
    CHECK = "check"
    PAYMENT = "payment"
    EVIDENCE = "evidence"
    TELL = "tell"
    AUTHORISATION = "authorisation"
    SETTINGS = "settings"
    LEAVE = "leave"
    BLOCK = "block"
    FOLLOW_UP = "follow-up"

    @property
    def rank(self) -> int:
        return RANKS[self]

    @property
    def part(self) -> PlanPart:
        return PART_OF[self]


#: The stages of each part, in the order of the plan.
PARTS = {
    PlanPart.URGENT: (Stage.URGENT,),
    PlanPart.PAYMENT: (Stage.STOP, Stage.CHECK, Stage.PAYMENT),
    PlanPart.TRACES: (Stage.EVIDENCE, Stage.TELL, Stage.AUTHORISATION),
    PlanPart.GROUP: (Stage.SETTINGS, Stage.LEAVE, Stage.BLOCK),
    PlanPart.AFTER: (Stage.FOLLOW_UP,),
}
PART_OF = {stage: part for part, stages in PARTS.items() for stage in stages}
RANKS = {stage: rank for rank, stage in enumerate(Stage)}


class StepPolicy(Model):
    """A step as its file says it.

    It belongs to a plan when one of the exposures in `when` is open, one of the urgent actions in `follows` (if it
    names any) stands in the plan, and neither one of those in `replaced_by` nor all of those in `replaced_by_all` do.
    Exposures in `settles` are handled once every step that settles them is done or does not apply, and one at least
    is done. `after` names steps that come first if both are in the plan. `procedures` say how it is done; one for an
    app or a phone is only for readers who have it. `minutes` is the sum of theirs if the file gives no number.
    `leaves_page` marks a step that takes the page away. A reminder of the step comes `remind_in` days from now,
    unless that is 0. `aliases` are former ids. `parts` are former ids of what is now a part of this step.
    """

    id: Id
    stage: Stage
    procedures: tuple[Id, ...] = ()
    when: tuple[Id, ...] = ()
    settles: tuple[Id, ...] = ()
    after: tuple[Id, ...] = ()
    follows: tuple[Id, ...] = ()
    replaced_by: tuple[Id, ...] = ()
    replaced_by_all: tuple[Id, ...] = ()
    remind_in: int = 0
    minutes: int = 0
    leaves_page: bool = False
    aliases: tuple[Id, ...] = ()
    parts: tuple[Id, ...] = ()

    @model_validator(mode="after")
    def _settles_what_earns_it(self) -> Self:
        if not set(self.settles) <= set(self.when):
            raise ValueError("a step settles only exposures that stand under its when")
        return self

    def is_due(self, exposures: Collection[str], actions: Collection[str]) -> bool:
        """Return whether the step belongs to a plan with these exposures open and these urgent actions."""
        return (
            not set(self.when).isdisjoint(exposures)
            and (not self.follows or not set(self.follows).isdisjoint(actions))
            and set(self.replaced_by).isdisjoint(actions)
            and not (self.replaced_by_all and set(self.replaced_by_all) <= set(actions))
        )


class StepWords(Model):
    """The checklist's own words about a step, beside those of its procedures.

    `title` and `stops` replace those of the first procedure. `first` says what must be true before, with a link
    to the step that makes it so. `note` says whom the step is for if not everybody who gets it needs it: then
    不适合我 is offered beside 做完了.
    """

    id: Id
    title: Annotated[str, Field(max_length=25)] = ""
    stops: str = ""
    first: str = ""
    note: str = ""


class Step(Model):
    """A step with its procedures, which hold its words and menu paths. `first` is HTML."""

    policy: StepPolicy
    procedures: tuple[Procedure, ...]
    title: str
    stops: str = ""
    first: str = ""
    note: str = ""

    def procedures_for(self, kit: Collection[str], owned: Collection[str]) -> tuple[Procedure, ...]:
        """Return the procedures for a reader who has these things of the kit: all of them where none fits."""
        fitting = tuple(one for one in self.procedures if one.app.id not in kit or one.app.id in owned)
        return fitting or self.procedures

    @property
    def id(self) -> str:
        return self.policy.id

    @property
    def is_urgent(self) -> bool:
        return self.policy.stage is Stage.URGENT

    @property
    def asks_phone(self) -> bool:
        """Whether some procedures are for an iPhone and others for any other phone."""
        return {"android", "iphone"} <= {one.app.id for one in self.procedures}

    @property
    def procedure(self) -> Procedure | None:
        """Return the first procedure, None where the step has none."""
        return self.procedures[0] if self.procedures else None

    @property
    def minutes(self) -> int:
        return self.policy.minutes or sum(one.minutes for one in self.procedures)

    @property
    def address(self) -> str:
        return Link("step", self.id).address
