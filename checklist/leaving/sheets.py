"""Leaving a group by the tie that one has to it, and helping somebody else with it: one calm sheet each."""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from checklist.steps import Step
from core.content.files import ContentError, Faults, Id, Model, Text, build, read_toml
from core.content.loader import build_entries, check_known, check_links, line_html
from core.content.markup import LINK, Lexicon, Link
from guide.sources import Source, cited


class Say(Model):
    """A sentence to copy: `when` one says it, the `words`, and the inside link whose full address follows them."""

    when: Text
    words: Text
    link: str = ""

    @property
    def address(self) -> str:
        found = LINK.match(self.link)
        return Link(found[1], found[2]).address if found else ""


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
    """A part of a sheet: lines with the marks of guide/markup.py, sentences to copy, things in their order."""

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
    """The tables of leaving.toml and together.toml, before they are looked into."""

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

    @property
    def copies(self) -> bool:
        """Whether it has sentences to copy."""
        return any(part.say for part in self.parts)


def read_sheets(
    path: Path,
    lexicon: Lexicon,
    steps: Mapping[str, Step],
    known: Mapping[str, Collection[str]],
    faults: Faults,
) -> dict[str, Sheet]:
    """The sheets of one file by id. `known` are the ids by kind that links may name, besides the sheets themselves."""
    sheets: dict[str, Sheet] = {}
    with faults.collect():
        file = build(SheetsFile, read_toml(path), path)
        words = build_entries(file.sheets, SheetWords, path, faults, "sheets")
        shared = build(PartWords, file.shared, path, "shared") if file.shared else None
        all_known: dict[str, Collection[str]] = {"leaving": words, **known}
        for id, sheet in words.items():
            with faults.collect():
                sheets[id] = _Builder(path, lexicon, steps, all_known, faults).sheet(sheet, shared)
    return sheets


class _Builder:
    """Makes one sheet of its words."""

    def __init__(
        self,
        path: Path,
        lexicon: Lexicon,
        steps: Mapping[str, Step],
        known: Mapping[str, Collection[str]],
        faults: Faults,
    ) -> None:
        self.path, self.lexicon, self.steps, self.known, self.faults = path, lexicon, steps, known, faults
        self.where = ""

    def sheet(self, words: SheetWords, shared: PartWords | None) -> Sheet:
        self.where = f"sheets.{words.id}"
        parts = list(words.parts)
        if words.shared:
            names = [part.id for part in parts]
            if shared is None or words.shared not in names:
                raise ContentError(self.path, f"{self.where}.shared", f"no part {words.shared!r}", ", ".join(names))
            parts.insert(names.index(words.shared), shared)
        return Sheet(
            id=words.id,
            title=words.title,
            hint=words.hint,
            answer_html=self._html(words.answer),
            parts=tuple(self._part(part) for part in parts),
            sources=cited(words.sources, self.lexicon.sources, self.path, f"{self.where}.sources", self.faults),
        )

    def _part(self, part: PartWords) -> SheetPart:
        for say in part.say:
            if say.link:
                self._address(say.link)
        return SheetPart(
            id=part.id,
            title=part.title,
            lines_html=self._htmls(part.lines),
            say=part.say,
            order=tuple(self._turn(turn) for turn in part.order),
            after_html=self._htmls(part.after),
        )

    def _turn(self, turn: TurnWords) -> Turn:
        title, address = turn.title, self._address(turn.to) if turn.to else ""
        if turn.step:
            check_known([turn.step], self.steps, self.path, self.where, "step", self.faults)
            title = self.steps[turn.step].title if turn.step in self.steps else turn.step
            address = Link("step", turn.step).address
        return Turn(title=title, address=address, why_html=self._html(turn.why))

    def _address(self, to: str) -> str:
        found = LINK.match(to)
        if not found:
            self.faults.add(self.path, self.where, f"link to {to!r}", "a kind and an id, like page:nearly-there")
            return ""
        link = Link(found[1], found[2], found[3] or "")
        check_links([link], self.known, self.path, self.where, self.faults)
        return link.address

    def _htmls(self, lines: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(self._html(line) for line in lines)

    def _html(self, text: str) -> str:
        return line_html(text, self.lexicon, self.known, self.path, self.where, self.faults)
