"""A page of the guide: its front matter, its content, and its sources."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints

from core.content.files import Id, Model, Text
from core.content.rendered import ADDRESSES, Block, Heading, Link
from core.content.shapes import SECTIONS, STAMPS
from guide.drawings import Drawing, Strip
from guide.procedures import Procedure
from guide.sources import Channel, Section, Source

#: From this many headings on, a page shows its contents.
LONG_PAGE = 4

LinkText = Annotated[str, StringConstraints(pattern=rf"^({'|'.join(ADDRESSES)}):[a-z0-9][a-z0-9-]*$")]


#: An entry of the topic inventory, topics.toml: a letter for its part, and a number.
TopicId = Annotated[str, StringConstraints(pattern=r"^[A-Z]\d\d$")]
Percentage = Annotated[str, StringConstraints(pattern=r"^\d+(\.\d+)?%$")]


class Topics(Model):
    """The topics that the guide has to cover: each id with a short title, for editors."""

    titles: dict[TopicId, Text] = {}


class NextStep(Model):
    """An action at the end of a page. `to` is a link like `step:wx-leave`."""

    to: LinkText
    label: Annotated[Text, Field(max_length=14)]
    note: str = ""

    @property
    def link(self) -> Link:
        return Link.of(self.to)


class Change(Model):
    """A change of a page that is published to readers."""

    date: dt.date
    what: Text


class FrontMatter(Model):
    """The front matter of a page, between its two +++ lines.

    `examples` are percentages of the page's own: a calculation, a way of speaking. Any other needs a source
    that supports it (guide/editorial/citations.py). `due` is the one thing to do at once, for a reader whom it
    concerns. `drawing` is the id of an entry in drawings.toml, shown at the top of the page.
    """

    title: Annotated[Text, Field(max_length=24)]
    answer: Text
    summary: Annotated[Text, Field(max_length=120)]
    order: int
    checked: dt.date
    topics: tuple[TopicId, ...] = ()
    examples: tuple[Percentage, ...] = ()
    aliases: tuple[Id, ...] = ()
    drawing: Id | None = None
    due: str = ""
    next: Annotated[tuple[NextStep, ...], Field(min_length=1, max_length=3)]
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Page:
    """A page with its links resolved."""

    id: str
    path: Path
    section: Section
    front: FrontMatter
    answer_html: str
    due_html: str
    blocks: tuple[Block, ...]
    headings: tuple[Heading, ...]
    sources: tuple[Source, ...]
    links: tuple[Link, ...]
    terms: tuple[str, ...]
    procedures: dict[str, Procedure]
    channels: dict[str, Channel]
    drawing: Drawing | None = None

    @property
    def drawing_template(self) -> str:
        """Return the name of the template that shows the drawing."""
        return "guide/_strip.html" if isinstance(self.drawing, Strip) else "guide/_picture.html"

    @property
    def title(self) -> str:
        return self.front.title

    @property
    def address(self) -> str:
        return Link("page", self.id).address

    @property
    def contents(self) -> list[Heading]:
        """Return the headings to list at the top: those of the second level, on long pages only."""
        second = [heading for heading in self.headings if heading.level == 2]
        return second if len(second) >= LONG_PAGE else []

    @property
    def verdicts(self) -> list[tuple[Heading, str, str, int]]:
        """Return the sections whose claims have a stamp: the stamp's class and words, and how many claims there are."""
        claims: Counter[str] = Counter()
        section = ""
        for heading in self.headings:
            section = heading.id if heading.level == 2 else section
            claims[section] += heading.level > 2
        return [
            (heading, SECTIONS[heading.id], STAMPS[SECTIONS[heading.id]], claims[heading.id])
            for heading in self.headings
            if heading.id in SECTIONS
        ]

    @cached_property
    def parts(self) -> list[tuple[str, object]]:
        """Return the blocks in order, each with its kind and the HTML or thing to show."""
        embedded: dict[str, dict[str, Procedure] | dict[str, Channel]] = {
            "procedure": self.procedures,
            "channel": self.channels,
        }
        return [
            (block.kind, embedded[block.kind][block.content] if block.kind in embedded else block.content)
            for block in self.blocks
        ]
