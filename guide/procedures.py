"""Procedures: how to do one thing in one app. The guide and the checklist share them."""

import datetime as dt
from enum import StrEnum
from itertools import accumulate
from typing import Annotated, Any, Self

from pydantic import ConfigDict, Field, model_validator

from core.content.files import Id, Model, Text
from guide.sources import Certainty, Source

#: Readers remember four taps; a longer path is split into legs.
LONGEST_LEG = 4


class Kind(StrEnum):
    """How a label is drawn: what it is on the screen. UNKNOWN draws the label alone."""

    TAB = "tab"
    ROW = "row"
    CORNER = "corner"
    BUTTON = "button"
    SWITCH = "switch"
    SEARCH = "search"
    UNKNOWN = "unknown"


class Leg(Model):
    """Up to four menu labels to tap one after the other.

    `start` says where the leg begins (打开微信, 点右下角「我」…), `then` what to do
    at its end. `kinds` has the kind of each label; without it, no kind is known.
    """

    start: Text
    labels: Annotated[tuple[Text, ...], Field(min_length=1, max_length=LONGEST_LEG)]
    kinds: tuple[Kind, ...] = ()
    then: str = ""

    @model_validator(mode="after")
    def _has_a_kind_for_each_label(self) -> Self:
        if self.kinds and len(self.kinds) != len(self.labels):
            raise ValueError("kinds needs one kind for each label")
        return self

    @property
    def taps(self) -> list[tuple[str, Kind]]:
        """Return each label with its kind."""
        return list(zip(self.labels, self.kinds or (Kind.UNKNOWN,) * len(self.labels), strict=True))


class App(Model):
    """An app, a device or a counter that procedures are grouped under.

    `caveat` is the sentence that every menu path of it carries.
    """

    id: Id
    name: Text
    caveat: Text


class Cited(Model):
    """The sources of a procedure or a channel, before they are resolved. Other keys pass unchecked."""

    model_config = ConfigDict(extra="allow", frozen=True)

    sources: tuple[Id, ...] = ()


class AppFile(Model):
    """The two tables of a file of procedures, before their entries are validated."""

    app: dict[str, Any] = {}
    procedures: dict[str, Cited] = {}


class Procedure(Model):
    """One task in one app or at one counter.

    Either `legs` (a menu path) or `actions` (sentences, one verb each), or both. `stops` is the reason, in
    whole sentences. `before` is what must be true first, `done_when` how to recognise success, `breaks` what
    stops working afterwards, `undo` how to reverse it, `missing` what to do if the menu is not there. `minutes`
    is an estimate, 1 to 120. `caveat` takes the place of that of the app.

    A path of low certainty may not be `legs`, only `search` words. `seen` names the real phones on which it was
    tried, and when (2026-12-01，Redmi 12，微信8.0.50).
    """

    id: Id
    app: App
    title: Annotated[Text, Field(max_length=16)]
    stops: Text
    minutes: Annotated[int, Field(ge=1, le=120)]
    before: str = ""
    legs: tuple[Leg, ...] = ()
    actions: tuple[Text, ...] = ()
    also: tuple[Text, ...] = ()
    search: tuple[Text, ...] = ()
    done_when: Text
    breaks: Text
    undo: Text
    missing: Text
    in_person: str = ""
    caveat: str = ""
    certainty: Certainty
    checked: dt.date
    seen: tuple[Text, ...] = ()
    sources: tuple[Source, ...] = ()

    @property
    def numbered_legs(self) -> list[tuple[int, Leg]]:
        """Return each leg with the number of labels before it."""
        counts = accumulate((len(leg.labels) for leg in self.legs), initial=0)
        return list(zip(counts, self.legs, strict=False))

    @model_validator(mode="after")
    def _says_how(self) -> Self:
        if not self.legs and not self.actions:
            raise ValueError("a procedure needs legs or actions")
        if self.legs and self.certainty is Certainty.LOW:
            raise ValueError("a path of low certainty may not stand as legs: put its words under search")
        if self.legs and self.certainty is Certainty.MEDIUM and not (self.also or self.search):
            raise ValueError("a path of medium certainty needs also (other names) or search words")
        return self
