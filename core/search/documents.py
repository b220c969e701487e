"""Search documents: public addresses with their text."""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass

from core.content.labels import Labelled

TAGS = re.compile(r'<sup class="cite">.*?</sup>|<[^>]+>', re.DOTALL)


ENDS = "。！？；，：、"


CUT = re.compile(r'<h[23] id="([^"]+)">(.*?)</h[23]>', re.DOTALL)


class DocumentKind(Labelled):
    """The kind of a document, as a result names it. Pages of the guide are not named."""

    PAGE = "page", ""
    CHECK = "check", "自查"
    LIST = "list", "清单"
    CASE = "case", "急事"
    LETTER = "letter", "信"
    STEP = "step", "步骤"


@dataclass(frozen=True)
class DocumentPart:
    """The words under one heading, with the address of that heading in the page; both are "" at its head."""

    anchor: str
    heading: str
    text: str


@dataclass(frozen=True)
class Document:
    """A public address: its title, the sentence that answers, and its text, part by part, the head first.

    `words` are found but not shown. Of the documents of one `family`, a list of results
    shows the best. Scores are multiplied by `share`.
    """

    address: str
    kind: DocumentKind
    title: str
    line: str
    parts: tuple[DocumentPart, ...]
    words: str = ""
    family: str = ""
    share: float = 1.0


def make_document(
    kind: DocumentKind, address: str, title: str, line: str, texts: Iterable[str] = (), words: str = ""
) -> Document:
    """Return a document with one part. The texts may be HTML."""
    return Document(address, kind, title, line, (DocumentPart("", "", joined([line, *map(plain, texts)])),), words)


def joined(texts: Iterable[str]) -> str:
    return re.sub(rf"(?<=[{ENDS}”）]) ", "", " ".join(" ".join(texts).split()))


def plain(markup: str) -> str:
    return html.unescape(TAGS.sub("", markup)).strip()
