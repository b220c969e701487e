"""The outermost WSGI layer: normalize what Django would parse too early, and handle exceptions that escape it."""

import logging
import re
import secrets
from collections.abc import Iterable
from typing import TYPE_CHECKING

from core.http.caching import NO_STORE
from core.http.constant_headers import constant_headers
from core.http.errors import SERVER_ERROR

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

log = logging.getLogger("django.wsgi")

#: The two types of a form, and the one charset.
FORM = re.compile(
    r"\s*(?:(?P<urlencoded>application/x-www-form-urlencoded)|(?P<multipart>multipart/form-data))\s*"
    r"(?P<parameters>(?:;[^;]*)*)",
    re.IGNORECASE,
)
BOUNDARY = re.compile(r"\s*boundary=(\"?)(?P<boundary>[0-9A-Za-z'()+_,./:=? -]{1,70})\1\s*", re.IGNORECASE)
CHARSET = re.compile(r"\s*charset=(\"?)utf-?8\1\s*", re.IGNORECASE)
#: Set in the environment if the type of a body is not that of a form: `body_limits` answers 400.
REFUSED = "anxin.refused_content_type"


def guarded(application: "WSGIApplication") -> "WSGIApplication":
    """Wrap Django's WSGI application, which parses the content type before any middleware runs."""
    headers = [
        *constant_headers().items(),
        ("Content-Type", "text/html; charset=utf-8"),
        ("Cache-Control", NO_STORE),
    ]

    def wrapper(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        normalize_content_type(environ)
        try:
            return application(environ, start_response)
        except Exception:
            number = secrets.token_hex(4)
            log.exception(f"an exception escaped from Django, report {number}")  # core.logging drops arguments
            start_response("500 Internal Server Error", headers)
            return [SERVER_ERROR.replace("00000000", number).encode()]

    return wrapper


def normalize_content_type(environ: "WSGIEnvironment") -> None:
    """Rewrite the content type in one spelling, drop it if there is no body to parse, and mark any other type."""
    sent = environ.pop("CONTENT_TYPE", "")
    empty = not sent and environ.get("CONTENT_LENGTH", "") in ("", "0")
    if environ.get("REQUEST_METHOD") in ("GET", "HEAD") or empty:
        return
    kind = form_type(sent)
    if kind is None:
        environ[REFUSED] = True
    else:
        environ["CONTENT_TYPE"] = kind


def form_type(sent: str) -> str | None:
    """Return the content type of a form without its charset, or None if it is not a form or not UTF-8."""
    found = FORM.fullmatch(sent)
    if not found:
        return None
    parameters = [part for part in found["parameters"].split(";") if part.strip()]
    boundaries = [match["boundary"] for part in parameters if (match := BOUNDARY.fullmatch(part))]
    charsets = [part for part in parameters if CHARSET.fullmatch(part)]
    if len(boundaries) + len(charsets) != len(parameters) or len(charsets) > 1:
        return None
    if found["urlencoded"]:
        return None if boundaries else "application/x-www-form-urlencoded"
    return f'multipart/form-data; boundary="{boundaries[0]}"' if len(boundaries) == 1 else None
