"""The pages as a server sends them: every visit of tests/site, in each look."""

import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from tests.site.visits import Visit

#: What a reader may have chosen; the cookie's value.
LOOKS = {"light": "light", "dark": "dark", "大字版": "large.light"}


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


def once_each(documents: Iterable[Document]) -> Iterator[Document]:
    """Those that differ in more than their name."""
    seen = set()
    for document in documents:
        if (document.address, document.html) not in seen:
            seen.add((document.address, document.html))
            yield document
