"""The pages as the site sends them: every visit of tests/site and the error pages, in each look."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from selectolax.lexbor import LexborHTMLParser

from tests.pages import PAGE
from tests.serving import ROOT
from tests.site.visits import ERRORS, EVERY, MINE, PUBLIC, SEARCHES, Visit, answer

#: What a reader may have chosen; the cookie's value.
LOOKS = {"light": "light", "dark": "dark", "大字版": "large.light"}
#: The kinds of page that Lighthouse and the first views look at, by what a visit is called.
KINDS = (
    "/",
    PAGE,
    "/quizzes/habits/",
    "/quizzes/habits/situation unanswered",
    "/quizzes/habits/result 0",
    "/checklist/plan/ one of each tick",
    "/checklist/emergency/code-given/",
    "/checklist/",
)
#: Attributes that a stylesheet may ask for; of others, such as ids and texts, no colour or size depends.
STYLED = re.compile(r"class$|aria-(?:pressed|invalid|current)$|data-|hidden$|disabled$|checked$|type$")


@dataclass(frozen=True)
class Document:
    """One page in one look, as it came."""

    name: str
    address: str
    look: str
    html: str

    def __str__(self) -> str:
        return f"{self.name} ({self.look})" if self.look else self.name


def kinds() -> list[Visit]:
    """Return the visits of KINDS. Raise KeyError with the name of one that is gone."""
    named = {str(visit): visit for visit in EVERY}
    return [named[name] for name in KINDS]


@cache
def documents(look: str) -> list[Document]:
    """Return every page and state of a reader in one look, and the error pages; those that are alike once."""
    visits = [*PUBLIC, *MINE, *SEARCHES, *ERRORS, Visit("/checklist/also/", status=405, name="405")]
    # A browser that has a look keeps cookies, so /look/ leads it on.
    found = [document(visit, look) for visit in visits if visit.address != "/look/"]
    if look == "light":  # each of these is one file, which knows no look
        for name in ("429", "500", "503"):
            html = (ROOT / "templates" / f"{name}.html").read_text(encoding="utf-8")
            found.append(Document(name, f"/{name}/", look, html))
    unlike: dict[tuple[str, str], Document] = {}
    for each in found:
        unlike.setdefault((each.address, each.html), each)
    return list(unlike.values())


def document(visit: Visit, look: str) -> Document:
    """Return what the site answers to a visit in a look, forms included."""
    came = answer(replace(visit, cookies=(*visit.cookies, ("look", LOOKS[look]))))
    assert came.status_code == visit.status, f"{visit} answered {came.status_code}, not {visit.status}"
    return Document(str(visit), visit.address, look, came.content.decode())


def covering(documents: Sequence[Document]) -> list[Document]:
    """Return a few documents that hold, between them, every combination of nested elements and classes.

    Colours and sizes follow from these combinations, so looking at the other documents tells nothing new.
    """
    nested = {document: _combinations(document.html) for document in documents}
    missing = set().union(*nested.values())
    chosen = []
    while missing:
        best = max(nested, key=lambda document: len(nested[document] & missing))
        chosen.append(best)
        missing -= nested.pop(best)
    return chosen


def _combinations(html: str) -> frozenset[str]:
    """Return each element of a page with its ancestors, as tags with the attributes that our styles look at."""
    found: dict[int, str] = {}
    for element in LexborHTMLParser(html).css("body, body *"):
        above = found.get(element.parent.mem_id, "") if element.parent else ""
        styled = [f"{name}={value}" for name, value in element.attributes.items() if STYLED.match(name)]
        found[element.mem_id] = f"{above}>{element.tag}[{' '.join(sorted(styled))}]"
    return frozenset(found.values())
