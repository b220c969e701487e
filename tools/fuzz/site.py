"""Run the whole site in this process, and say what is wrong with an answer."""

import io
import logging
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection

from core.http.cookies import COOKIE_NAME
from core.http.wsgi import guarded
from tools.fuzz.sent import CANARY, Sent

#: Headers that every answer has, with the same value.
CONSTANT = ["Content-Security-Policy", "Permissions-Policy", "Cross-Origin-Resource-Policy", "Referrer-Policy"]
CONSTANT += ["Cross-Origin-Opener-Policy", "X-Content-Type-Options", "X-Frame-Options"]
#: CPU time that a request may take, in bare requests (/healthz): 50 ms if a bare one takes 0.1 ms.
BUDGET = 500
MOST_HEADERS = 16 * 1024
STAFF_COOKIES = {"sessionid", "csrftoken", "messages"}
WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|CREATE|DROP|ALTER|REPLACE)\b", re.IGNORECASE)
#: Paths at which a POST may write a row (the admin always may), and at which a page is the result of its form.
WRITERS, RESULTS = (
    re.compile(rb"/(guide|quizzes)/"),
    re.compile(rb"/(checklist/letters|checklist/also|check|quizzes/worth-it|admin)/"),
)
SAYS = re.compile(rb'role="(?:alert|status)"[^>]*>\s*(?:<(?:p|b)>\s*)*[^<\s]')
#: An address that a browser takes for one of another site: with a scheme, or with two slashes of either kind.
LEAVES = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:|[/\\]{2})", re.IGNORECASE)
DOOR = b"/checklist/emergency/"
ERROR_IN_LOG = re.compile(r"^(?:ERROR|CRITICAL) (?!django\.security)|panicked", re.MULTILINE)


class SlowError(BaseException):
    """A request over its CPU budget. Not an Exception, so that hypothesis spends no hours on making it small."""


@dataclass(frozen=True)
class Answer:
    """What came back, with what happened meanwhile."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes
    writes: list[str]
    log: str
    cpu: float

    def header(self, name: str) -> str:
        return next((value for each, value in self.headers if each.lower() == name.lower()), "")


@dataclass
class Site:
    """The WSGI application. Stored pages are kept from one request to the next."""

    application: Any
    log: io.StringIO
    writes: list[str] = field(default_factory=list)
    bare: float = 0.0
    constant: dict[str, str] = field(default_factory=dict)

    def answer(self, sent: Sent) -> Answer:
        environ, head = sent.environ(), list[Any]()
        self.writes.clear()
        self.log.seek(0)
        self.log.truncate()
        begun = time.thread_time()
        result = self.application(environ, lambda *given: head.extend(given))
        body = b"".join(result)
        result.close()
        cpu = time.thread_time() - begun
        return Answer(int(head[0].split()[0]), head[1], body, list(self.writes), self.log.getvalue(), cpu)

    def note_writes(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if WRITES.match(sql):
            self.writes.append(sql[:120])
        return execute(sql, params, many, context)

    def check(self, sent: Sent) -> Answer:
        """Answer a request, and raise AssertionError or SlowError if the answer breaks a rule."""
        answer = self.answer(sent)
        found = faults(sent, answer, self.constant)
        assert not found, "; ".join(found)
        cpu, bare = answer.cpu, self.bare
        if BUDGET * bare < cpu < 10 * BUDGET * bare:  # a busy machine, or a collection of garbage: measure again
            cpu, bare = min(self.answer(sent).cpu for _ in range(3)), max(bare, self.measure_bare())
        if cpu > BUDGET * bare:
            raise SlowError(f"{cpu * 1000:.0f} ms of CPU, {cpu / bare:.0f} times a bare request: {sent!r}"[:1000])
        return answer

    def measure_bare(self) -> float:
        """Return the median CPU time of a request that does nothing."""
        return sorted(self.answer(Sent(path=b"/healthz")).cpu for _ in range(101))[50]


@contextmanager
def site(application: Any = None) -> Iterator[Site]:
    """Yield the site, its console log and its database watched. The connection stays open between requests."""
    log = io.StringIO()
    loggers = [logging.getLogger(name) for name in ("", "django", "django.security", "django.server")]
    consoles = [one for logger in loggers for one in logger.handlers if type(one) is logging.StreamHandler]
    before = [(console, console.setStream(log)) for console in consoles]
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        opened = Site(application or guarded(WSGIHandler()), log)
        with connection.execute_wrapper(opened.note_writes):
            opened.bare = opened.measure_bare()
            first = opened.answer(Sent(path=b"/healthz"))
            opened.constant = {name: first.header(name) for name in CONSTANT}
            yield opened
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)
        for console, stream in before:
            console.setStream(stream or console.stream)


def faults(sent: Sent, answer: Answer, constant: dict[str, str]) -> list[str]:
    """Return the rules that an answer breaks."""
    status, body, location, posted = answer.status, answer.body, answer.header("Location"), sent.method == "POST"
    html = answer.header("Content-Type").startswith("text/html") and body and not answer.header("Content-Encoding")
    explained = SAYS.search(body) or RESULTS.match(sent.path) or not body[:99].lower().startswith(b"<!doctype")
    admin, public = sent.path.startswith(b"/admin/"), "public" in answer.header("Cache-Control")
    set_cookies = [value for name, value in answer.headers if name.lower() == "set-cookie"]
    cookies = {value.partition("=")[0].strip() for value in set_cookies} - STAFF_COOKIES
    rules = {
        f"status {status}": status >= 500,
        "an error in the log": ERROR_IN_LOG.search(answer.log),
        "a traceback on the page": b"Traceback (most recent call last)" in body,
        "the reader's words in the log": CANARY in answer.log,
        "the reader's words on a page for others": public and CANARY.encode() in body,
        "a row written": answer.writes and not (admin or (posted and WRITERS.match(sent.path))),
        "an error page without a link to the emergency pages": html and 400 <= status < 500 and DOOR not in body,
        "a form answered without a word": html and posted and status == 200 and not explained,
        "a constant header is missing": any(answer.header(name) != value for name, value in constant.items()),
        "too large headers": sum(len(name) + len(value) + 4 for name, value in answer.headers) > MOST_HEADERS,
        f"led out of the site: {location[:80]}": LEAVES.match(re.sub(r"[\t\r\n]", "", location)),
        f"unknown cookie in {cookies}": any(not COOKIE_NAME.fullmatch(name) for name in cookies),
    }
    return [f"{rule}\n{answer.log[-2000:]}" for rule, broken in rules.items() if broken]
