"""Read, set and delete the cookies that hold a reader's state."""

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.module_loading import import_string

#: 400 days, in seconds: the longest that browsers keep a cookie.
MAX_AGE = 400 * 24 * 3600


#: Names of the cookies that may stand in a reader's browser: the look, the apps and phone
#: that the reader has, the exposures, one per touched step (s.<step>), the if-then lines kept,
#: one per quiz (q.<quiz>), its attempt before (p.<quiz>), and not to be counted (tally).
#: /privacy/ explains each.
COOKIE_NAME = re.compile(r"look|has|exposures|lines|tally|[sqp]\.[a-z0-9][a-z0-9-]*")


def read_cookies(request: HttpRequest) -> dict[str, str]:
    """The reader's cookies by our names, without the prefix that https gives them."""
    prefix = settings.COOKIE_PREFIX
    named = {name.removeprefix(prefix): value for name, value in request.COOKIES.items() if name.startswith(prefix)}
    return {name: value for name, value in named.items() if value and COOKIE_NAME.fullmatch(name)}


def set_cookie(response: HttpResponseBase, name: str, value: str) -> None:
    """Keeps a reader's cookie for 400 days; an empty value forgets it."""
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
