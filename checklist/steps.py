"""A step of the plan: which procedure, for whom, and where in the order."""

from enum import StrEnum
from typing import Self

from pydantic import model_validator

from guide.contentfile import Id, Model
from guide.markup import Link
from guide.procedures import Procedure


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
        return list(Stage).index(self)


class StepPolicy(Model):
    """A step as its file says it.

    It belongs to a plan when one of the exposures in `when` is open, or
    `always`. Exposures in `settles` count as handled once every step that settles
    them is done or does not apply, and one at least is done. `after` names steps that come first where
    both are in the plan. `leaves_page` marks a step that takes the page away.
    """

    id: Id
    procedure: Id
    stage: Stage
    when: tuple[Id, ...] = ()
    always: bool = False
    settles: tuple[Id, ...] = ()
    after: tuple[Id, ...] = ()
    leaves_page: bool = False

    @model_validator(mode="after")
    def _belongs_somewhere(self) -> Self:
        if not self.when and not self.always:
            raise ValueError("a step needs exposures under when, or always = true")
        if not set(self.settles) <= set(self.when):
            raise ValueError("a step settles only exposures that stand under its when")
        return self


class Step(Model):
    """A step with its procedure: its words and its path live there, once."""

    policy: StepPolicy
    procedure: Procedure

    @property
    def id(self) -> str:
        return self.policy.id

    @property
    def title(self) -> str:
        return self.procedure.title

    @property
    def address(self) -> str:
        return Link("step", self.id).address
