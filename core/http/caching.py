"""Mark views as public, private or dynamic, and set the caching headers that follow."""

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

View = Callable[..., HttpResponseBase]

#: The Cache-Control of what only this browser may see.
NO_STORE = "private, no-store"


class Mark(StrEnum):
    PUBLIC = "public"
    PRIVATE = "private"
    DYNAMIC = "dynamic"


def public(view: View) -> View:
    """Mark a view whose GET depends only on the content: stored, cached, in the sitemap."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if request.method not in ("GET", "HEAD"):
            forbid_storing(response)
        elif response.status_code == 200:
            allow_storing(response)
        return response

    return _marked(wrapper, Mark.PUBLIC)


def private(view: View) -> View:
    """Mark a view that shows the reader's state: never stored, never indexed."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        forbid_storing(response)
        return response

    return _marked(wrapper, Mark.PRIVATE)


def dynamic(view: View) -> View:
    """Mark a view that is neither; it may set caching headers of its own (search, health checks)."""
    return _marked(view, Mark.DYNAMIC)


def _marked(view: View, mark: Mark) -> View:
    view.mark = mark  # type: ignore[attr-defined]
    return view


def allow_storing(response: HttpResponseBase) -> None:
    """Let the page cache, proxies and browsers store a response that depends only on the content."""
    response["Cache-Control"] = "public, max-age=0, s-maxage=300"
    response["Vary"] = "Accept-Encoding, Cookie"
    response.may_be_stored = True  # type: ignore[attr-defined]


def forbid_storing(response: HttpResponseBase) -> None:
    response["Cache-Control"] = NO_STORE
    response["X-Robots-Tag"] = "noindex"
