"""Letters: texts with blanks, filled with the input of a form. Nothing is stored.

The fields of a letter never ask for a name or a number that identifies a person. The letter has blanks (＿＿＿)
for them, to be filled in by hand. A long number in the input is removed all the same.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field as Limits
from pydantic import StringConstraints, model_validator

from core.content.files import Id, Model, Text
from core.redaction import MAIL, NUMBER
from guide.sources import Channel, Source

BLANK = "＿＿＿"
#: Joins several chosen options.
BETWEEN = "；"
SLOT = re.compile(r"\{([a-z0-9-]+)\}")
PIECE = re.compile(rf"(\{{[a-z0-9-]+\}}|{BLANK})")
#: 1280, 3,000, ３０００, 三千, each with or without 元; seven digits at most before the point.
AMOUNT = (
    r"(?:[0-9０-９]{1,7}|[0-9０-９]{1,3}(?:[,，][0-9０-９]{3}){1,2})(?:[.．][0-9０-９]{1,2})?[ 万千百]?元?"
    r"|[〇零一二三四五六七八九十百千万两半]{1,12}[元块]?"
)
EARLIEST = dt.date(2010, 1, 1)
#: What `struck` strikes, as a browser reads it (its \d knows no full-width digits).
STRIKES = f"{MAIL.pattern}|{NUMBER.pattern}".replace("\\d", "\\p{Nd}")


class FieldKind(StrEnum):
    CHOICE = "choice"
    CHOICES = "choices"
    DATE = "date"
    AMOUNT = "amount"
    LINE = "line"
    LINES = "lines"


class Column(Model):
    """One thing to fill in. `options` are offered, and printed as they are; a line has `most` characters."""

    kind: FieldKind
    label: Text
    hint: str = ""
    options: dict[Id, Text] = {}
    most: Annotated[int, Limits(ge=1, le=200)] = 40

    @model_validator(mode="after")
    def _offers_options_where_one_chooses(self) -> Self:
        if (self.kind in (FieldKind.CHOICE, FieldKind.CHOICES)) != bool(self.options):
            raise ValueError("options stand where the kind is choice or choices, and only there")
        return self


class Place(StrEnum):
    """Where a passage stands on the sheet."""

    HEAD = "head"
    BODY = "body"
    END = "end"


#: A field that is filled in (`amount`), or an option that is chosen (`asked=refund`).
Condition = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+(=[a-z0-9-]+)?$")]


class Passage(Model):
    """A paragraph with its slots; with `only` it stands there if any of the conditions holds."""

    words: Text
    only: tuple[Condition, ...] = ()
    place: Place = Place.BODY


class LetterField(Column):
    """A column, or with `lines` up to `rows` rows of columns; `row` is what each row that is filled in becomes.

    `only` in a `row` names columns. `next` is the word on the button for one row more.
    One that is `folded` is seen once the reader opens it.
    """

    rows: Annotated[int, Limits(ge=0, le=8)] = 0
    columns: dict[Id, Column] = {}
    row: tuple[Passage, ...] = ()
    next: str = ""
    folded: bool = False

    @model_validator(mode="after")
    def _is_folded_where_nothing_can_be_wrong(self) -> Self:
        if self.folded and self.kind is not FieldKind.CHOICES:
            raise ValueError("only a field whose kind is choices is folded: what is typed can be wrong, and is seen")
        return self

    @model_validator(mode="after")
    def _has_columns_where_it_has_rows(self) -> Self:
        wanted = self.kind is FieldKind.LINES
        if any(bool(one) != wanted for one in (self.rows, self.columns, self.row, self.next)):
            raise ValueError("rows, columns, row and next stand where the kind is lines, and all of them there")
        if any(column.kind is FieldKind.LINES for column in self.columns.values()):
            raise ValueError("a column has no lines of its own")
        return self


class LetterWords(Model):
    """A letter as its file says it. `steps` lead to it; `channels` are where it goes."""

    order: int
    title: Annotated[Text, Limits(max_length=12)]
    whom: Text
    when: Text
    how: tuple[Text, ...]
    steps: tuple[Id, ...] = ()
    channels: tuple[Id, ...] = ()
    sources: tuple[Id, ...] = ()
    fields: dict[Id, LetterField]
    text: Annotated[tuple[Passage, ...], Limits(min_length=1)]


class Letter(Model):
    """A letter, linked: what to do with it as HTML, where it goes, what it is based on."""

    id: Id
    words: LetterWords
    how_html: tuple[str, ...]
    channels: tuple[Channel, ...]
    sources: tuple[Source, ...]

    @property
    def title(self) -> str:
        return self.words.title

    @property
    def address(self) -> str:
        return f"/checklist/letters/{self.id}/"


class LetterIntroWords(Model):
    """The page before the letters: how to write, and what a picture of the screen must show."""

    title: Annotated[Text, Limits(max_length=12)]
    answer: Text
    rules: tuple[Text, ...]
    first: tuple[Text, ...]
    evidence: tuple[Text, ...]
    sources: tuple[Id, ...] = ()


class LetterIntro(Model):
    title: str
    answer: str
    rules_html: tuple[str, ...]
    first_html: tuple[str, ...]
    evidence_html: tuple[str, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Entered:
    """The valid input of a form: the words for the letter by field, and the options chosen, as `field=option`."""

    said: Mapping[str, str] = field(default_factory=dict)
    chosen: frozenset[str] = frozenset()

    def holds(self, condition: str) -> bool:
        return condition in (self.chosen if "=" in condition else self.said)


@dataclass(frozen=True)
class TextPart:
    """A stretch of a paragraph: fixed words, a blank for the reader's hand, or what stands in a slot."""

    text: str
    slot: str = ""

    @property
    def blank(self) -> bool:
        return self.text == BLANK


@dataclass(frozen=True)
class Paragraph:
    parts: tuple[TextPart, ...]
    only: tuple[str, ...]
    place: Place
    shown: bool

    @property
    def text(self) -> str:
        return "".join(part.text for part in self.parts)


def inputs(letter: LetterWords) -> Iterator[tuple[str, Column]]:
    """Yield the columns to fill in, by the names of their inputs: `when`, and `timeline-2-when` in a second row."""
    for name, one in letter.fields.items():
        if one.kind is FieldKind.LINES:
            for row in range(1, one.rows + 1):
                yield from ((f"{name}-{row}-{id}", column) for id, column in one.columns.items())
        else:
            yield name, one


def fill(letter: LetterWords, entered: Entered) -> tuple[Paragraph, ...]:
    """Return the letter's paragraphs. One that does not stand in this letter is there too, not shown."""
    return tuple(_paragraphs(letter, entered))


def _paragraphs(letter: LetterWords, entered: Entered) -> Iterator[Paragraph]:
    for passage in letter.text:
        [alone] = SLOT.findall(passage.words) if SLOT.fullmatch(passage.words) else [""]
        if alone and letter.fields[alone].kind is FieldKind.LINES:
            yield from _rows(alone, letter.fields[alone], entered)
        else:
            shown = not passage.only or any(map(entered.holds, passage.only))
            yield Paragraph(_parts(passage.words, entered), passage.only, passage.place, shown)


def _rows(name: str, lines: LetterField, entered: Entered) -> Iterator[Paragraph]:
    """Return the paragraphs of each row. The first row is always there, to be filled in by hand if need be."""
    for row in range(1, lines.rows + 1):
        for passage in lines.row:
            needs = passage.only or (tuple(lines.columns) if row > 1 else ())
            only = tuple(f"{name}-{row}-{id}" for id in needs)
            words = SLOT.sub(rf"{{{name}-{row}-\1}}", passage.words)
            yield Paragraph(_parts(words, entered), only, passage.place, not only or any(map(entered.holds, only)))


def _parts(words: str, entered: Entered) -> tuple[TextPart, ...]:
    """Split a passage in one pass, so that braces in the input are not read as slots."""
    return tuple(
        TextPart(entered.said.get(piece[1:-1], BLANK), piece[1:-1]) if SLOT.fullmatch(piece) else TextPart(piece)
        for piece in PIECE.split(words)
        if piece
    )


def as_text(paragraphs: Sequence[Paragraph]) -> str:
    """Return the letter to copy: its paragraphs, a line each."""
    return "\n".join(paragraph.text for paragraph in paragraphs if paragraph.shown)
