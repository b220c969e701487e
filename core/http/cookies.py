"""Read, set and delete the cookies that hold a reader's state."""

import re

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

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
    # Not delete_cookie(): a __Host- cookie is only replaced by one that is Secure too.
    response.set_cookie(
        settings.COOKIE_PREFIX + name,
        "",
        max_age=0,
        secure=bool(settings.COOKIE_PREFIX),
        httponly=True,
        samesite="Lax",
    )
