"""Store public pages in memory, by address and look, ready to send in each encoding."""

import gzip
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

import brotli
from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, ResponseHeaders
from django.utils.http import parse_etags

from core.http.cookies import has_plan
from core.http.look import Look, look_of

#: The page that differs for readers with a plan.
HOME = "/"

GetResponse = Callable[[HttpRequest], HttpResponseBase]
#: zlib's name of the format of gzip, with its largest window.
GZIP = 16 + zlib.MAX_WBITS


@dataclass(frozen=True, slots=True)
class StoredPage:
    """A public page, compressed once in each encoding, with the headers of its responses."""

    tag: str
    brotli: bytes
    gzip: bytes
    headers: dict[str, str]
    content_type: str

    @classmethod
    def of(cls, response: HttpResponse) -> "StoredPage":
        body = response.content
        kept = [(name, value) for name, value in response.items() if name not in ("Content-Length", "Content-Type")]
        return cls(
            tag=sha256(body).hexdigest()[:16],
            brotli=brotli.compress(body, quality=6),
            gzip=gzip.compress(body, mtime=0),
            headers=_shared(tuple(kept)),
            content_type=response["Content-Type"],
        )

    def response_to(self, request: HttpRequest) -> HttpResponse:
        """Return the page in an encoding that the browser accepts, or 304 if it has the page already."""
        encoding = accepted_encoding(request.META.get("HTTP_ACCEPT_ENCODING", ""))
        etag = f'"{self.tag}-{encoding}"'
        wanted = request.META.get("HTTP_IF_NONE_MATCH")
        # A proxy that compressed the page itself sends the tag back as a weak one.
        if wanted and {tag.removeprefix("W/") for tag in parse_etags(wanted)} & {etag, "*"}:
            response = HttpResponse(status=304)
            response.headers = ResponseHeaders(self.headers | {"ETag": etag})
            return response
        body = self._body(encoding)
        response = HttpResponse(body if request.method == "GET" else b"")
        own = {"ETag": etag, "Content-Type": self.content_type, "Content-Length": str(len(body))}
        if encoding != "identity":
            own["Content-Encoding"] = encoding
        response.headers = ResponseHeaders(self.headers | own)
        return response

    def _body(self, encoding: str) -> bytes:
        """Return the body in this encoding. Only compressed bodies are stored: few clients accept no compression."""
        if encoding == "br":
            return self.brotli
        return self.gzip if encoding == "gzip" else zlib.decompress(self.gzip, wbits=GZIP)


@lru_cache(maxsize=64)
def _shared(headers: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Return one dictionary for all pages with these headers, which nearly all pages share."""
    return dict(headers)


@lru_cache(maxsize=64)
def accepted_encoding(header: str) -> str:
    """Return br, gzip or identity: the smallest encoding that an Accept-Encoding header accepts."""
    offers = {}
    for part in header.lower().split(","):
        name, _, weight = part.strip().partition(";")
        offers[name.strip()] = weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return next((encoding for encoding in ("br", "gzip") if offers.get(encoding)), "identity")


#: Replaced when all stored pages become outdated: each middleware compares it with the one that its pages have.
_generation = object()


def drop_stored_pages() -> None:
    """Drop the stored pages of this process, so that each is rendered again at its next request."""
    global _generation
    _generation = object()


def stored_pages(get_response: GetResponse) -> GetResponse:
    """Answer requests for public pages from memory.

    The key is the path, the look and, for the home page, whether the browser has a plan. Only 200 responses of
    public views are stored, so the content bounds their number. The query string is not part of the key,
    because chat apps append their own. `drop_stored_pages` empties the store.
    """
    if settings.DEBUG:
        raise MiddlewareNotUsed
    # The generation of the pages and the pages themselves, replaced together by one assignment.
    made: tuple[object, dict[tuple[str, Look, bool], StoredPage]] = (_generation, {})

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD"):
            return get_response(request)
        nonlocal made
        if made[0] is not _generation:
            made = (_generation, {})
        store = made[1]
        key = (request.path_info, look_of(request), request.path_info == HOME and has_plan(request))
        page = store.get(key)
        if page is None:
            response = get_response(request)
            if (
                not getattr(response, "may_be_stored", False)
                or response.cookies
                or not isinstance(response, HttpResponse)
            ):
                return response
            page = store[key] = StoredPage.of(response)
        return page.response_to(request)

    return middleware
