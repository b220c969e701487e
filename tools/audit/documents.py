"""The pages as a server sends them: every visit of tests/site, in each look."""

import re
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from selectolax.lexbor import LexborHTMLParser

from tests.site.visits import Visit

#: What a reader may have chosen; the cookie's value.
LOOKS = {"light": "light", "dark": "dark", "大字版": "large.light"}

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


class WrongStatusError(Exception):
    """A page answered otherwise than it should: nothing that is measured on it would mean anything."""


class AsItIs(urllib.request.HTTPRedirectHandler):
    """A redirect is an answer, too: nobody is led elsewhere unseen."""

    def redirect_request(self, *arguments: object, **named: object) -> None:
        return None


def gather(url: str, visits: Iterable[Visit], looks: Iterable[str] = LOOKS) -> list[Document]:
    """Asks the server at `url` for every visit in each look; raises WrongStatusError."""
    asked = [(visit, look) for look in looks for visit in visits]
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda one: fetch(url, *one), asked))


def fetch(url: str, visit: Visit, look: str) -> Document:
    cookies = dict(visit.cookies) | {"look": LOOKS[look]}
    headers = {"Sec-Fetch-Site": "same-origin", "Cookie": "; ".join(f"{name}={cookies[name]}" for name in cookies)}
    data = None if visit.data is None else encode_multipart(BOUNDARY, dict(visit.data))
    if data is not None:
        headers["Content-Type"] = MULTIPART_CONTENT
    request = urllib.request.Request(url + visit.address, data, headers | dict(visit.headers))  # noqa: S310 - our own server
    try:
        with urllib.request.build_opener(AsItIs).open(request, timeout=30) as response:
            status, html = response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        status, html = error.code, error.read().decode()
    if status != visit.status:
        raise WrongStatusError(f"{visit} answered {status}, not {visit.status}")
    return Document(str(visit), visit.address, look, html)


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


def once_each(documents: Iterable[Document]) -> Iterator[Document]:
    """Those that differ in more than their name."""
    seen = set()
    for document in documents:
        if (document.address, document.html) not in seen:
            seen.add((document.address, document.html))
            yield document
