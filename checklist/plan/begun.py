"""What other apps show a reader who has no plan yet but has begun elsewhere, like with a quiz."""

from collections.abc import Callable

from django.http import HttpRequest
from django.utils.safestring import SafeString

#: An app adds its function when it is ready. Each returns HTML, or "" for a reader who has begun nothing there.
shows: list[Callable[[HttpRequest], SafeString]] = []


def show_begun(request: HttpRequest) -> SafeString:
    """Return the first HTML that an app has for this reader, or "" if none has any."""
    return next((html for show in shows if (html := show(request))), SafeString())
