"""The whole site in this process, asked as a server asks it, and what must never come of a request."""

import gzip
import io
import logging
import re
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import brotli
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.test import override_settings
from django.urls import ResolverMatch

from core.http.cookies import COOKIE_NAME
from core.http.wsgi import guarded
from tools.fuzz.journeys import CANARY
from tools.fuzz.sent import Sent

#: Where a row may come of a request: a word on a page or a path. Tallies wait in memory, and are written apart.
WRITERS = {"guide:report", "guide:procedure-report"}
WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|CREATE|DROP|ALTER|REPLACE)\b", re.IGNORECASE)
#: Cookies of the admin.
STAFFS = {"sessionid", "csrftoken", "messages"}


@dataclass
class Trace:
    """How far the latest request came: routed to a view, and the view called."""

    routed: str = ""
    called: str = ""


TRACE = Trace()


def _name(match: ResolverMatch | None) -> str:
    if match is None:
        return ""
    return match.view_name if match.url_name else match.route


class _Marker:
    """A middleware that notes that a request came this far."""

    step = ""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response: HttpResponseBase = self.get_response(request)
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        setattr(TRACE, self.step, _name(request.resolver_match))


class Routed(_Marker):
    """Put first: its process_view runs before any other, right after routing."""

    step = "routed"


class Called(_Marker):
    """Put last: nobody refused the request, and the view is called now."""

    step = "called"


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: tuple[tuple[str, str], ...]
    raw: bytes
    routed: str
    called: str
    writes: tuple[str, ...]
    log: str
    errors: tuple[str, ...]

    def header(self, name: str) -> str:
        return next((value for each, value in self.headers if each.lower() == name.lower()), "")

    @property
    def body(self) -> bytes:
        encoding = self.header("Content-Encoding")
        if not self.raw or not encoding:
            return self.raw
        return brotli.decompress(self.raw) if encoding == "br" else gzip.decompress(self.raw)

    @property
    def from_memory(self) -> bool:
        """Whether a stored page answered, before anything was routed."""
        return not self.routed and self.status in (200, 304) and "s-maxage" in self.header("Cache-Control")


class _Watch(logging.Handler):
    """Keeps what is wrong on our side: errors, but for those that say that a request was refused."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.seen: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if not record.name.startswith("django.security"):
            error = record.exc_info and record.exc_info[1]
            frames = traceback.extract_tb(error.__traceback__)[-2:] if error else []
            where = " < ".join(f"{frame.filename}:{frame.lineno}" for frame in reversed(frames))
            self.seen.append(f"{record.name} {record.getMessage()[:200]}: {str(error)[:200]} at {where}")


@dataclass
class Site:
    """Answers requests. Stored pages are kept from one to the next, as in a worker."""

    handler: Any
    watch: _Watch
    log: io.StringIO
    writes: list[str] = field(default_factory=list)

    def answer(self, sent: Sent) -> Answer:
        TRACE.routed = TRACE.called = ""
        self.writes.clear()
        self.watch.seen.clear()
        self.log.seek(0)
        self.log.truncate()
        head: list[Any] = []

        def start(status: str, headers: list[tuple[str, str]], *_: Any) -> Any:
            head.extend((status, headers))

        result = self.handler(sent.environ(), start)
        try:
            raw = b"".join(result)
        finally:
            result.close()
        if sent.method == "HEAD":
            raw = b""
        status, headers = head
        return Answer(
            int(status.split()[0]),
            tuple(headers),
            raw,
            TRACE.routed,
            TRACE.called,
            tuple(self.writes),
            self.log.getvalue(),
            tuple(self.watch.seen),
        )

    def note(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if WRITES.match(sql):
            self.writes.append(sql[:120])
        return execute(sql, params, many, context)


@contextmanager
def site() -> Iterator[Site]:
    """The site with the project's own middleware and logging, both watched."""
    from django.conf import settings

    around = [f"{__name__}.Routed", *settings.MIDDLEWARE, f"{__name__}.Called"]
    watch, log = _Watch(), io.StringIO()
    loggers = [logging.getLogger(name) for name in ("", "django", "django.security", "django.server")]
    consoles = [one for logger in loggers for one in logger.handlers if type(one) is logging.StreamHandler]
    before = [(console, console.setStream(log)) for console in consoles]
    for logger in loggers[:2]:
        logger.addHandler(watch)
    try:
        with override_settings(MIDDLEWARE=around):
            asked = Site(guarded(WSGIHandler()), watch, log)
        with connection.execute_wrapper(asked.note):
            yield asked
    finally:
        for logger in loggers[:2]:
            logger.removeHandler(watch)
        for console, stream in before:
            if stream is not None:
                console.setStream(stream)


def faults(answer: Answer) -> list[str]:
    """What is wrong with an answer, whatever was sent."""
    body = answer.body
    found = [f"logged: {error}" for error in answer.errors]
    if answer.status >= 500:
        found.append(f"status {answer.status}")
    if b"Traceback (most recent call last)" in body:
        found.append("a traceback on the page")
    if CANARY in answer.log:
        found.append("the reader's words in the log")
    if "public" in answer.header("Cache-Control") and CANARY.encode() in body:
        found.append("the reader's words on a page that others get")
    if answer.writes and answer.called not in WRITERS and not answer.called.startswith("admin"):
        found.append(f"a row written: {answer.writes[0]}")
    html = answer.header("Content-Type").startswith("text/html")
    if 400 <= answer.status < 500 and html and body and b"/checklist/emergency/" not in body:
        found.append("an error page without the way to the emergency door")
    if not answer.header("Content-Security-Policy"):
        found.append("no Content-Security-Policy")
    location = answer.header("Location")
    if location and (not location.startswith("/") or location[1:2] in ("/", "\\")):
        found.append(f"led out of the site: {location[:80]}")
    return found + [f"a cookie of no name of ours: {name}" for name in _set(answer) if not _ours(name)]


def _set(answer: Answer) -> list[str]:
    return [value.partition("=")[0].strip() for name, value in answer.headers if name.lower() == "set-cookie"]


def _ours(name: str) -> bool:
    return bool(COOKIE_NAME.fullmatch(name)) or name in STAFFS


@dataclass
class Figures:
    """What a run was made of."""

    kinds: Counter[str] = field(default_factory=Counter)
    statuses: Counter[int] = field(default_factory=Counter)
    routed: int = 0
    from_memory: int = 0
    #: By view: how often it was called, and with which statuses; how often its stored page answered.
    calls: dict[str, Counter[int]] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.kinds.values())

    @property
    def one_wrong(self) -> int:
        """Journeys with one field wrong: they are counted by that field."""
        return self.total - self.kinds["journey"] - self.kinds["out of order"]

    def add(self, kind: str, answer: Answer) -> None:
        self.kinds[kind] += 1
        self.statuses[answer.status] += 1
        self.routed += bool(answer.routed)
        self.from_memory += answer.from_memory
        if answer.called:
            self.calls.setdefault(answer.called, Counter())[answer.status] += 1

    def take(self, other: "Figures") -> None:
        """Adds the figures of another run."""
        self.kinds += other.kinds
        self.statuses += other.statuses
        self.routed += other.routed
        self.from_memory += other.from_memory
        for view, calls in other.calls.items():
            self.calls.setdefault(view, Counter()).update(calls)
