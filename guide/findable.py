"""What search can find: public addresses with their words. Each floor offers its own."""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from guide.pages import Page
from guide.procedures import Procedure

TAGS = re.compile(r'<sup class="cite">.*?</sup>|<[^>]+>', re.DOTALL)
ENDS = "。！？；，：、"
CUT = re.compile(r'<h[23] id="([^"]+)">(.*?)</h[23]>', re.DOTALL)


class Kind(StrEnum):
    """What an address is, as a result says it; a page of the guide says nothing."""

    PAGE = "page"
    CHECK = "check"
    LIST = "list"
    CASE = "case"
    LETTER = "letter"
    STEP = "step"

    @property
    def label(self) -> str:
        return {"page": "", "check": "自查", "list": "清单", "case": "急事", "letter": "信", "step": "步骤"}[self.value]


@dataclass(frozen=True)
class Part:
    """The words under one heading, with the address of that heading in the page; both are "" at its head."""

    anchor: str
    heading: str
    text: str


@dataclass(frozen=True)
class Findable:
    """A public address: its title, a line that says what it is for, and its words, part by part, the head first."""

    address: str
    kind: Kind
    title: str
    line: str
    parts: tuple[Part, ...]


def findable(kind: Kind, address: str, title: str, line: str, texts: Iterable[str] = ()) -> Findable:
    """An address with one part. The texts may be HTML."""
    return Findable(address, kind, title, line, (Part("", "", joined([line, *map(plain, texts)])),))


def of_page(page: Page) -> Findable:
    """A page of the guide, cut at its headings, with the words of what is embedded."""
    parts: list[Part] = []
    anchor, heading, text = "", "", [plain(page.answer_html)]
    for block in page.blocks:
        if block.kind == "procedure":
            text += of_procedure(page.procedures[block.content])
        elif block.kind == "channel":
            channel = page.channels[block.content]
            text += [channel.name, channel.number, channel.purpose]
        else:
            position = 0
            for cut in CUT.finditer(block.content):
                text.append(plain(block.content[position : cut.start()]))
                parts.append(Part(anchor, heading, joined(text)))
                anchor, heading, text, position = cut.group(1), plain(cut.group(2)), [], cut.end()
            text.append(plain(block.content[position:]))
    parts.append(Part(anchor, heading, joined(text)))
    return Findable(page.address, Kind.PAGE, page.title, page.front.summary, tuple(parts))


def of_procedure(it: Procedure) -> list[str]:
    """The words of a procedure that one may look for."""
    labels = [label for leg in it.legs for label in leg.labels]
    return [it.title, it.stops, *labels, *it.actions, *it.search, *it.also]


def joined(texts: Iterable[str]) -> str:
    return re.sub(rf"(?<=[{ENDS}”）]) ", "", " ".join(" ".join(texts).split()))


def plain(markup: str) -> str:
    return html.unescape(TAGS.sub("", markup)).strip()
