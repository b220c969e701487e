"""A step of the plan: which procedure, for whom, and where in the order."""

from collections.abc import Collection
from enum import StrEnum
from typing import Self

from pydantic import model_validator

from core.content.files import Id, Model
from core.content.markup import Link
from guide.procedures import Procedure


class PlanPart(StrEnum):
    """What a plan is told in: a few stages that one finishes together."""

    URGENT = "urgent"
    ACCOUNTS = "accounts"
    PAYMENT = "payment"
    TRACES = "traces"
    GROUP = "group"
    AFTER = "after"

    @property
    def label(self) -> str:
        return {
            "urgent": "急的",
            "accounts": "手机卡和账号",
            "payment": "密码和付款",
            "traces": "截图和授权",
            "group": "群和设置",
            "after": "过后看看",
        }[self.value]


class Stage(StrEnum):
    """The order of the plan. Money that is moving comes first, looking back last.

    Evidence stands before anything is deleted or left; reporting before leaving;
    a clean phone before any password; the accounts that reset others before those.
    """

    STOP = "stop"
    MONEY = "money"
    PHONE = "phone"
    SIM = "sim"
    CHAT = "chat"
    PAYMENT = "payment"
    EVIDENCE = "evidence"
    AUTHORISATION = "authorisation"
    SHOP = "shop"
    REPORT = "report"
    SETTINGS = "settings"
    LEAVE = "leave"
    BLOCK = "block"
    LOOKUP = "lookup"
    AGAIN = "again"

    @property
    def rank(self) -> int:
        return RANKS[self]

    @property
    def part(self) -> PlanPart:
        return PART_OF[self]


#: The stages of each part, in the order of the plan.
PARTS = {
    PlanPart.URGENT: (Stage.STOP, Stage.MONEY, Stage.PHONE),
    PlanPart.ACCOUNTS: (Stage.SIM, Stage.CHAT),
    PlanPart.PAYMENT: (Stage.PAYMENT,),
    PlanPart.TRACES: (Stage.EVIDENCE, Stage.AUTHORISATION, Stage.SHOP),
    PlanPart.GROUP: (Stage.REPORT, Stage.SETTINGS, Stage.LEAVE, Stage.BLOCK),
    PlanPart.AFTER: (Stage.LOOKUP, Stage.AGAIN),
}
PART_OF = {stage: part for part, stages in PARTS.items() for stage in stages}
RANKS = {stage: rank for rank, stage in enumerate(Stage)}


class StepPolicy(Model):
    """A step as its file says it.

    It belongs to a plan when one of the exposures in `when` is open, or
    `always`. Exposures in `settles` count as handled once every step that settles
    them is done or does not apply, and one at least is done. `after` names steps that come first where
    both are in the plan. `needs` names what one must have for it, any of them: it is nobody else's
    step. A `calm` one is held back while something critical is open. `leaves_page` marks a step that
    takes the page away. `aliases` are former ids.
    """

    id: Id
    procedure: Id
    stage: Stage
    when: tuple[Id, ...] = ()
    always: bool = False
    settles: tuple[Id, ...] = ()
    after: tuple[Id, ...] = ()
    needs: tuple[Id, ...] = ()
    calm: bool = False
    leaves_page: bool = False
    aliases: tuple[Id, ...] = ()

    @model_validator(mode="after")
    def _belongs_somewhere(self) -> Self:
        if not self.when and not self.always:
            raise ValueError("a step needs exposures under when, or always = true")
        if not set(self.settles) <= set(self.when):
            raise ValueError("a step settles only exposures that stand under its when")
        return self


class StepWords(Model):
    """What the checklist itself says of a step, beside its procedure.

    `because` is why everybody gets it, `note` whom it is for where not everybody
    who gets it needs it: then 不适合我 stands beside 做完了.
    """

    id: Id
    because: str = ""
    note: str = ""


class Step(Model):
    """A step with its procedure: its words and its path live there, once."""

    policy: StepPolicy
    procedure: Procedure
    because: str = ""
    note: str = ""

    def is_for(self, owned: Collection[str]) -> bool:
        """Whether one who has these things can do it."""
        return not self.policy.needs or any(id in owned for id in self.policy.needs)

    @property
    def id(self) -> str:
        return self.policy.id

    @property
    def title(self) -> str:
        return self.procedure.title

    @property
    def address(self) -> str:
        return Link("step", self.id).address
