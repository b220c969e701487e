"""How any page is answered: public or mine, cookies, looks, and what every template knows.

A *public* page depends on the content alone and is stored. A page that is
*mine* shows the reader's state and is never stored anywhere. Everything else
(search, health, settings of the look) is *neither*.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, wraps
from typing import Any, Self

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseLocation
from django_htmx.middleware import HtmxDetails

from guide.library import fingerprint

View = Callable[..., HttpResponseBase]

#: 400 days, in seconds: the longest that browsers keep a cookie.
KEPT_FOR = 400 * 24 * 3600

#: Names of the cookies that may stand in a reader's browser: the look, the apps and phone
#: that the reader has, the exposures, one per touched step (s.<step>), the if-then lines kept,
#: one per quiz (q.<quiz>), its attempt before (p.<quiz>), and not to be counted (tally).
#: /privacy/ explains each.
READERS_COOKIE = re.compile(r"look|has|exposures|lines|tally|[sqp]\.[a-z0-9][a-z0-9-]*")


class HtmxRequest(HttpRequest):
    """A request as our views get it: django-htmx's middleware added what htmx says."""

    htmx: HtmxDetails


class Mark(StrEnum):
    PUBLIC = "public"
    MINE = "mine"
    NEITHER = "neither"


def public(view: View) -> View:
    """Marks a view whose GET depends on the content alone: stored, cached, in the sitemap."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if request.method not in ("GET", "HEAD"):
            keep_private(response)
        elif response.status_code == 200:
            response["Cache-Control"] = "public, max-age=0, s-maxage=300"
            response["Vary"] = "Accept-Encoding, Cookie"
            response.may_be_stored = True  # type: ignore[attr-defined]
        return response

    return _marked(answer, Mark.PUBLIC)


def mine(view: View) -> View:
    """Marks a view that shows the reader's state: kept by nobody, indexed by nobody."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        keep_private(response)
        return response

    return _marked(answer, Mark.MINE)


def neither(view: View) -> View:
    """Marks a view that is neither public nor mine."""
    return _marked(view, Mark.NEITHER)


def _marked(view: View, mark: Mark) -> View:
    view.mark = mark  # type: ignore[attr-defined]
    return view


def keep_private(response: HttpResponseBase) -> None:
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"


@cache
def address(view: str, *ids: str) -> str:
    """The path of a view for these ids of the content, never of what a reader sent.

    Remembered: to find it anew costs a tenth of a tick.
    """
    return reverse(view, args=ids)


def go(request: HtmxRequest, address: str) -> HttpResponse:
    """Sends the reader elsewhere in the site.

    htmx follows a redirect blindly and swaps in what it finds, so it is told the
    address instead; only when it restores its history does it take a page as it comes.
    """
    if request.htmx and not request.htmx.history_restore_request:
        return HttpResponseLocation(address)
    return redirect(address)


class Theme(StrEnum):
    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True)
class Look:
    """How pages look to this reader: 大字版 or not, and the theme. The only thing that varies a public page."""

    large: bool = False
    theme: Theme = Theme.AUTO

    @classmethod
    def parse(cls, value: str) -> Self:
        """The look that a cookie names, like `large.dark`; unknown parts are ignored."""
        parts = value.split(".")
        theme = next((theme for theme in Theme if theme in parts), Theme.AUTO)
        return cls(large="large" in parts, theme=theme)

    def __str__(self) -> str:
        theme = "" if self.theme is Theme.AUTO else self.theme.value
        return ".".join(part for part in ("large" if self.large else "", theme) if part)


def look_of(request: HttpRequest) -> Look:
    return Look.parse(cookies_of(request).get("look", ""))


def cookies_of(request: HttpRequest) -> dict[str, str]:
    """The reader's cookies by our names, without the prefix that https gives them."""
    prefix = settings.COOKIE_PREFIX
    named = {name.removeprefix(prefix): value for name, value in request.COOKIES.items() if name.startswith(prefix)}
    return {name: value for name, value in named.items() if value and READERS_COOKIE.fullmatch(name)}


def keep(response: HttpResponseBase, name: str, value: str) -> None:
    """Keeps a reader's cookie for 400 days; an empty value forgets it."""
    if not READERS_COOKIE.fullmatch(name):
        raise ValueError(f"not a reader's cookie: {name!r}")
    if not value:
        forget(response, name)
        return
    response.set_cookie(
        settings.COOKIE_PREFIX + name,
        value,
        max_age=KEPT_FOR,
        secure=bool(settings.COOKIE_PREFIX),
        httponly=True,
        samesite="Lax",
    )


def forget(response: HttpResponseBase, name: str) -> None:
    # Not delete_cookie(): a __Host- cookie is only replaced by one that is Secure too.
    response.set_cookie(
        settings.COOKIE_PREFIX + name,
        "",
        max_age=0,
        secure=bool(settings.COOKIE_PREFIX),
        httponly=True,
        samesite="Lax",
    )


def is_inside(address: str) -> bool:
    """Whether a form's `next` names a path of ours, and not another site.

    `//` alone names a site without a name, and browsers take no notice of a tab between the two.
    """
    path = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return path and url_has_allowed_host_and_scheme(address, allowed_hosts=None)


def canonical(address: str) -> str:
    """The full address of a page, by SITE_URL and never by the Host header."""
    return f"{settings.SITE_URL}{address}"


@cache
def content_version() -> str:
    """Eight characters that name all words and policies of this copy."""
    floors = [settings.BASE_DIR / app for app in ("guide", "checklist", "quizzes")]
    folders = [floor / part for floor in floors for part in ("content", "policy")]
    return fingerprint(*(folder for folder in folders if folder.is_dir()))


def surroundings(request: HttpRequest) -> Mapping[str, Any]:
    """What every template knows: the look, who runs this copy, and which words it shows."""
    return {
        "look": look_of(request),
        "canonical": canonical(request.path),
        "site_url": settings.SITE_URL,
        "operator": settings.OPERATOR,
        "contact_email": settings.CONTACT_EMAIL,
        "reply_days": settings.REPLY_DAYS,
        "icp_number": settings.ICP_NUMBER,
        "police_number": settings.POLICE_NUMBER,
        "release": settings.RELEASE,
        "content_version": content_version(),
    }
