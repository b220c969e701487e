"""Sheets on leaving a group, one for each tie to it, and on helping somebody else with it."""

from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from checklist.steps import Step
from core.content.files import Id, Model, Text
from core.content.loader import Loader
from core.content.rendered import Link
from guide.sources import Source


class Say(Model):
    """A sentence to copy: `when` one says it, the `words`, and the inside link whose full address follows them."""

    when: Text
    words: Text
    link: str = ""

    @property
    def address(self) -> str:
        link = Link.parse(self.link)
        return link.address if link else ""


class TurnWords(Model):
    """One thing in an order: a step of the plan, or a `title` of its own with an inside link or none."""

    step: str = ""
    title: str = ""
    to: str = ""
    why: Text

    @model_validator(mode="after")
    def _is_one_thing(self) -> Self:
        if bool(self.step) == bool(self.title):
            raise ValueError("an item needs a step, or else a title")
        return self


class PartWords(Model):
    """A part of a sheet: lines with marks (core/content/markup.py), sentences to copy, and steps in order."""

    id: Id
    title: Annotated[Text, Field(max_length=14)]
    lines: tuple[Text, ...] = ()
    say: tuple[Say, ...] = ()
    order: tuple[TurnWords, ...] = ()
    after: tuple[Text, ...] = ()


class SheetWords(Model):
    """A sheet as its file says it. `shared` puts the part that all ties share (who sees it) before the part named."""

    id: Id
    title: Annotated[Text, Field(max_length=12)]
    hint: Text
    answer: Text
    parts: tuple[PartWords, ...]
    shared: str = ""
    sources: tuple[Id, ...] = ()


class SheetsFile(Model):
    """The tables of leaving.toml and together.toml before their entries are built."""

    shared: dict[str, Any] = {}
    sheets: dict[str, dict[str, Any]] = {}


class Turn(Model):
    title: str
    address: str
    why_html: str


class SheetPart(Model):
    """A part with its words as HTML."""

    id: Id
    title: str
    lines_html: tuple[str, ...]
    say: tuple[Say, ...]
    order: tuple[Turn, ...]
    after_html: tuple[str, ...]


class Sheet(Model):
    """One calm page: the answer, then its parts."""

    id: Id
    title: str
    hint: str
    answer_html: str
    parts: tuple[SheetPart, ...]
    sources: tuple[Source, ...]


def read_sheets(loader: Loader, steps: Mapping[str, Step]) -> dict[str, Sheet]:
    """Return the sheets of one file by id. Their links may name one another."""
    sheets: dict[str, Sheet] = {}
    with loader.collect():
        file = loader.read(SheetsFile)
        words = loader.below("sheets").entries(SheetWords, file.sheets)
        shared = loader.build(PartWords, file.shared, "shared") if file.shared else None
        if "leaving" not in loader.known:
            loader = loader.knowing(leaving=words)
        for id, sheet in words.items():
            with loader.collect():
                sheets[id] = _sheet(sheet, shared, steps, loader.below(f"sheets.{id}"))
    return sheets


def _sheet(words: SheetWords, shared: PartWords | None, steps: Mapping[str, Step], loader: Loader) -> Sheet:
    parts = list(words.parts)
    if words.shared:
        names = [part.id for part in parts]
        if shared is None or words.shared not in names:
            raise loader.error("shared", f"no part {words.shared!r}", ", ".join(names))
        parts.insert(names.index(words.shared), shared)
    return Sheet(
        id=words.id,
        title=words.title,
        hint=words.hint,
        answer_html=loader.html(words.answer),
        parts=tuple(_part(part, steps, loader) for part in parts),
        sources=loader.cited(words.sources),
    )


def _part(part: PartWords, steps: Mapping[str, Step], loader: Loader) -> SheetPart:
    for say in part.say:
        if say.link:
            _address(say.link, loader)
    return SheetPart(
        id=part.id,
        title=part.title,
        lines_html=tuple(map(loader.html, part.lines)),
        say=part.say,
        order=tuple(_turn(turn, steps, loader) for turn in part.order),
        after_html=tuple(map(loader.html, part.after)),
    )


def _turn(turn: TurnWords, steps: Mapping[str, Step], loader: Loader) -> Turn:
    title, address = turn.title, _address(turn.to, loader) if turn.to else ""
    if turn.step:
        loader.check_known([turn.step], steps, "", "step")
        title = steps[turn.step].title if turn.step in steps else turn.step
        address = Link("step", turn.step).address
    return Turn(title=title, address=address, why_html=loader.html(turn.why))


def _address(to: str, loader: Loader) -> str:
    link = Link.parse(to)
    if not link:
        loader.fault("", f"link to {to!r}", "a kind and an id, like page:nearly-there")
        return ""
    loader.check_links([link], "")
    return link.address
