"""Route GET and POST of one URL to different views."""

from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods

from core.http.caching import View


def by_method(get: View, post: View) -> View:
    """Return a view that sends POST to `post`, and GET and HEAD to `get`, whose caching it is marked with."""

    @wraps(get)
    def dispatch(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return (post if request.method == "POST" else get)(request, *args, **kwargs)

    return require_http_methods(["GET", "HEAD", "POST"])(dispatch)
