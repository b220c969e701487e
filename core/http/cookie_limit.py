"""Refuse a Cookie header that is too large, before any other code parses it.

A browser sends whatever other sites of the same domain, or an attacker on one of them, stored in it.
Parsing thousands of cookies costs time, and answers that delete them all exceed what proxies accept.
"""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from core.http.caching import NO_STORE
from core.http.constant_headers import constant_headers
from core.http.cookies import COOKIE_NAME
from core.http.page_cache import GetResponse

#: Characters of a Cookie header. All cookies of a reader together take 3 kB.
MAX_HEADER_CHARS = 8 * 1024
#: The one address that accepts a longer header. It deletes the cookies.
CLEAR = "/erase/cookies/"
#: Set-Cookie headers in one answer of that address, and their bytes: some proxies take a hundred headers at most.
#: A reader may have to press the button more than once.
MAX_DELETED = 60
MAX_ANSWER_BYTES = 12_000
#: What a Set-Cookie header takes besides the name of the cookie that it deletes.
OVERHEAD = len('Set-Cookie: =""; Max-Age=0; Path=/; Secure\r\n')
#: Static: nginx returns the same file if its own limit is exceeded.
TOO_LARGE = (Path(settings.BASE_DIR) / "templates" / "431.html").read_bytes()


def cookie_limit(get_response: GetResponse) -> GetResponse:
    """Answer 431 with a static page if the Cookie header is too large, except at the address that clears it.

    Backslashes are removed from the others: none of our cookies has one, and Python before 3.11.10 takes
    quadratic time to unquote them.
    """
    headers = constant_headers() | {"Cache-Control": NO_STORE}

    def middleware(request: HttpRequest) -> HttpResponseBase:
        header: str = request.META.get("HTTP_COOKIE", "")
        if len(header) > MAX_HEADER_CHARS:
            if request.path_info != CLEAR:
                return HttpResponse(TOO_LARGE if request.method != "HEAD" else b"", status=431, headers=headers)
            request.oversized_cookies = header  # type: ignore[attr-defined]
            request.META["HTTP_COOKIE"] = ""
        elif "\\" in header:
            request.META["HTTP_COOKIE"] = header.replace("\\", "")
        return get_response(request)

    return middleware


def names_to_delete(header: str) -> list[str]:
    """Return the names of our cookies in a Cookie header, without prefix, that one answer can delete: largest first."""
    ours = {name: size for name, size in _sizes(header) if _is_ours(name)}
    names, room = [], MAX_ANSWER_BYTES
    for name in sorted(ours, key=lambda name: -ours[name])[:MAX_DELETED]:
        room -= len(name) + OVERHEAD
        if room < 0:
            break
        names.append(name.removeprefix(settings.COOKIE_PREFIX))
    return names


def is_blocked_by_others(header: str) -> bool:
    """Return whether the cookies that are not ours exceed the limit alone. We cannot delete those by name."""
    return sum(size for name, size in _sizes(header) if not _is_ours(name)) > MAX_HEADER_CHARS


def _sizes(header: str) -> Iterator[tuple[str, int]]:
    for pair in header.split(";"):
        yield pair.partition("=")[0].strip(), len(pair) + 1


def _is_ours(name: str) -> bool:
    prefix = settings.COOKIE_PREFIX
    return name.startswith(prefix) and bool(COOKIE_NAME.fullmatch(name.removeprefix(prefix)))
