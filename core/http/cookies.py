"""Read, set and delete the cookies that hold a reader's state."""

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.module_loading import import_string

#: 400 days, in seconds: the longest that browsers keep a cookie.
MAX_AGE = 400 * 24 * 3600
#: The cookies that this site sets for readers; /privacy/ explains each: the look, the phone and apps that
#: the reader has, the exposures, the steps (`s.<number>`, or `s.all` for many; `touched` for the last one), the
#: if-then lines, one for each quiz (`q.<quiz>`) and its previous attempt (`p.<quiz>`), and the wish not to be
#: counted (`tally`).
COOKIE_NAME = re.compile(r"look|has|exposures|lines|tally|touched|[sqp]\.[a-z0-9][a-z0-9-]*")
#: How many cookies one answer deletes at most, so that its headers stay below the 8 kB that proxies allow.
DELETED_AT_ONCE = 80


def read_cookies(request: HttpRequest) -> dict[str, str]:
    """Return the reader's cookies by name, without the prefix that they have on https."""
    prefix = settings.COOKIE_PREFIX
    named = {name.removeprefix(prefix): value for name, value in request.COOKIES.items() if name.startswith(prefix)}
    return {name: value for name, value in named.items() if value and COOKIE_NAME.fullmatch(name)}


def has_plan(request: HttpRequest) -> bool:
    """Return whether this browser has a plan, without reading what is in it."""
    return request.COOKIES.get(f"{settings.COOKIE_PREFIX}exposures", "-") not in ("", "-")


def set_cookie(response: HttpResponseBase, name: str, value: str) -> None:
    """Set a reader's cookie for 400 days; an empty value deletes it."""
    if not COOKIE_NAME.fullmatch(name):
        raise ValueError(f"not a reader's cookie: {name!r}")
    if not value:
        delete_cookie(response, name)
        return
    response.set_cookie(
        settings.COOKIE_PREFIX + name,
        value,
        max_age=MAX_AGE,
        secure=bool(settings.COOKIE_PREFIX),
        httponly=True,
        samesite="Lax",
    )


def delete_cookie(response: HttpResponseBase, name: str) -> None:
    """Delete a reader's cookie with as few bytes as possible: one answer may delete a hundred.

    Not Django's delete_cookie(): only one that is Secure too replaces a __Host- cookie.
    """
    response.cookies[settings.COOKIE_PREFIX + name] = ""
    deleted = response.cookies[settings.COOKIE_PREFIX + name]
    deleted["max-age"], deleted["path"] = 0, "/"
    if settings.COOKIE_PREFIX:
        deleted["secure"] = True


def known_cookies(request: HttpRequest) -> list[str]:
    """Return the names of the reader's cookies that the content knows. No answer deletes any other.

    Their number is bounded by the content, whatever a browser sends.
    """
    known: Callable[[], frozenset[str]] = import_string(settings.KNOWN_COOKIE_NAMES)
    return sorted(known() & read_cookies(request).keys())
