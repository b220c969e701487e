"""A rendered text: its HTML in blocks, and the headings, citations, terms and links in it."""

import re
from dataclasses import dataclass, field
from typing import Literal

#: The address of each kind of link. Addresses of higher apps are spelled out, because core
#: does not import them; tests/site and `make check` follow the links.
ADDRESSES = {
    "page": "/guide/{}/",
    "step": "/checklist/steps/{}/",
    "case": "/checklist/emergency/{}/",
    "quiz": "/quizzes/{}/",
    "leaving": "/checklist/leaving/{}/",
    "checklist": "/checklist/{}/",
    "tool": "/{}/",
}
LINK = re.compile(rf"^({'|'.join(ADDRESSES)}):([a-z0-9][a-z0-9-]*(?:/[a-z0-9-]+)?)(?:#([a-z0-9][a-z0-9-]*))?$")


@dataclass(frozen=True)
class Link:
    """A link inside the site, by kind and id, with the address that it has."""

    kind: str
    id: str
    anchor: str = ""

    @classmethod
    def parse(cls, text: str) -> "Link | None":
        """Return the link that a text like `page:risks#gate` names, or None if it names none."""
        found = LINK.fullmatch(text)
        return cls(found[1], found[2], found[3] or "") if found else None

    @classmethod
    def of(cls, text: str) -> "Link":
        """Return the link that a text names which was checked to name one."""
        link = cls.parse(text)
        assert link, text
        return link

    @property
    def address(self) -> str:
        return ADDRESSES[self.kind].format(self.id) + (f"#{self.anchor}" if self.anchor else "")


@dataclass(frozen=True)
class Heading:
    id: str
    title: str
    level: int


@dataclass(frozen=True)
class Block:
    """A part of a page: HTML, or the id of something to embed there."""

    kind: Literal["html", "procedure", "channel", "drawing"]
    content: str


@dataclass
class Rendered:
    """A text as HTML blocks, with its citations, terms and links.

    `faults` holds (what is wrong, what is allowed) for each mark that could not
    be understood; the caller knows the file.
    """

    blocks: list[Block] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    citations: list[str] = field(default_factory=list)
    terms: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    faults: list[tuple[str, str]] = field(default_factory=list)

    @property
    def html(self) -> str:
        """Return the HTML blocks, joined."""
        return "".join(block.content for block in self.blocks if block.kind == "html")

    def fault(self, what: str, allowed: str) -> None:
        self.faults.append((what, allowed))
