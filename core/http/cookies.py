"""Read, set and delete the cookies that hold a reader's state."""

import re

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

#: 400 days, in seconds: the longest that browsers keep a cookie.
MAX_AGE = 400 * 24 * 3600
#: The cookies that this site sets for readers; /privacy/ explains each: the look, the phone and apps that
#: the reader has, the exposures, the steps (`s.<number>`, or `s.all` for many), the if-then lines, one for each
#: quiz (`q.<quiz>`) and its previous attempt (`p.<quiz>`), and the wish not to be counted (`tally`).
COOKIE_NAME = re.compile(r"look|has|exposures|lines|tally|[sqp]\.[a-z0-9][a-z0-9-]*")
#: How many cookies one answer deletes at most, so that its headers stay below the 8 kB that proxies allow.
DELETED_AT_ONCE = 80


def read_cookies(request: HttpRequest) -> dict[str, str]:
    """Return the reader's cookies by name, without the prefix that they have on https."""
    prefix = settings.COOKIE_PREFIX
    named = {name.removeprefix(prefix): value for name, value in request.COOKIES.items() if name.startswith(prefix)}
    return {name: value for name, value in named.items() if value and COOKIE_NAME.fullmatch(name)}


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
    """Delete a reader's cookie in as few bytes as browsers understand.

    Django's `delete_cookie` would not do for a `__Host-` cookie, which only a `Secure` one
    replaces, and writes its expiry twice: an answer may have to delete many cookies.
    """
    name = settings.COOKIE_PREFIX + name
    response.cookies[name] = ""
    response.cookies[name]["max-age"] = 0
    response.cookies[name]["path"] = "/"
    response.cookies[name]["secure"] = bool(settings.COOKIE_PREFIX)
