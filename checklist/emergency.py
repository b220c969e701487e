"""The emergency door: one entry, a few cases, five steps each."""

from typing import Annotated, Any

from pydantic import Field

from core.content.files import Id, Model, Text
from guide.sources import Source

STEPS_OF_A_CASE = 5


class CaseWords(Model):
    """A case as its file says it; `steps` and `note` may name channels: {channel:police}.

    `given` are the exposures that the case itself speaks of: ticked beforehand for who comes from it.
    """

    id: Id
    order: int
    title: Annotated[Text, Field(max_length=12)]
    sign: Text
    given: tuple[Id, ...] = ()
    first: Text
    steps: Annotated[tuple[Text, ...], Field(min_length=STEPS_OF_A_CASE, max_length=STEPS_OF_A_CASE)]
    note: str = ""
    sources: tuple[Id, ...] = ()


class EntryWords(Model):
    """The screen before the cases: stop first, then choose."""

    title: Annotated[Text, Field(max_length=12)]
    stop: Text
    ask: Text
    notes: tuple[Text, ...] = ()


class EmergencyFile(Model):
    """The two tables of emergency.toml, before they are looked into."""

    entry: dict[str, Any] = {}
    cases: dict[str, dict[str, Any]] = {}


class Case(Model):
    """A case with its words as HTML."""

    id: Id
    order: int
    title: str
    sign: str
    given: tuple[Id, ...]
    first_html: str
    steps_html: tuple[str, ...]
    note_html: str
    sources: tuple[Source, ...]


class EmergencyEntry(Model):
    title: str
    stop_html: str
    ask: str
    notes_html: tuple[str, ...]
