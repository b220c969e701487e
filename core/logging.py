"""Log errors without data of readers: route, frames and a number, never what was sent.

Django's own reports contain the URL, the query, cookies, the body and the variables of every frame. A log line
here names the route pattern, and a traceback names files, lines and the type of the exception. Messages of
exceptions are left out, because they may quote what a reader typed.
"""

import datetime as dt
import json
import logging
import re
import secrets
import traceback
from collections.abc import Mapping
from types import TracebackType
from typing import Any

from django.conf import settings
from django.http import HttpRequest

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
#: Loggers whose messages quote the request (address, Host header, reason).
QUOTING = ("django.request", "django.security", "django.server")


#: nginx's $request_id.
PROXYS_ID = re.compile(r"[0-9a-f]{32}")


def report_id(request: HttpRequest) -> str:
    """Return the number in a log line that a reader can quote: 8 hexadecimal digits, made at the first call.

    Behind a proxy they are the first digits of its X-Request-ID, so that its log has them too.
    """
    if not hasattr(request, "_report_id"):
        given = request.headers.get("X-Request-ID", "") if settings.TRUST_PROXY else ""
        number = given[:8] if PROXYS_ID.fullmatch(given) else secrets.token_hex(4)
        request._report_id = number  # type: ignore[attr-defined]
    return request._report_id  # type: ignore[attr-defined,no-any-return]


def route(request: Any) -> str:
    """Return the URL pattern of a request, such as `guide/<slug:slug>/`; never the URL itself."""
    match = getattr(request, "resolver_match", None)
    return match.route if match else "(no route)"


class NoReader(logging.Filter):
    """Replace what a record quotes of a request by method, route, status and report number.

    In a record outside of a request, exceptions are replaced by their type, because messages may quote a
    reader.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        request = record.__dict__.pop("request", None)
        if getattr(record, "without_reader", False):
            return True  # another handler's filter did this
        record.without_reader = True
        if isinstance(request, HttpRequest):
            status = getattr(record, "status_code", "-")
            # The client chooses the method. Only the page of a 500 shows a number.
            method = request.method if request.method in METHODS else "(other)"
            record.request_id, record.route = report_id(request), route(request)
            number = f" report {report_id(request)}" if status == 500 else ""
            record.msg = f"{status} {method} {route(request)}{number}"
            record.args = ()
        elif record.name.startswith(QUOTING):
            record.msg, record.args = "a request was refused", ()
        else:
            _drop_exceptions(record)
        return True


def _drop_exceptions(record: logging.LogRecord) -> None:
    """Remove the text of exceptions from a record: its message, and all arguments beside a traceback."""
    record.msg = _kind_of(record.msg)
    if record.exc_info:
        record.args = ()
    elif isinstance(record.args, Mapping):
        record.args = {name: _kind_of(value) for name, value in record.args.items()}
    else:
        record.args = tuple(_kind_of(value) for value in record.args or ())


def _kind_of(value: Any) -> Any:
    """Return the name of an exception's class, and anything else as it is."""
    return type(value).__qualname__ if isinstance(value, BaseException) else value


class FramesOnly(logging.Formatter):
    """Format an exception as its type and its frames, without message and variables."""

    def format(self, record: logging.LogRecord) -> str:
        record.exc_text = None  # what another formatter made of the exception
        text = super().format(record)
        record.exc_text = None
        return text

    def formatException(self, ei: Any) -> str:  # noqa: N802 (logging's name)
        kind: type[BaseException] | None = ei[0]
        frames: TracebackType | None = ei[2]
        lines = traceback.format_tb(frames)
        return "".join(lines) + (kind.__qualname__ if kind else "")


class JsonLines(FramesOnly):
    """Format a record as one JSON object in a line, with these fields only."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "request": getattr(record, "request_id", None),
            "frames": self.formatException(record.exc_info) if record.exc_info else None,
        }
        return json.dumps({key: value for key, value in line.items() if value is not None}, ensure_ascii=False)
