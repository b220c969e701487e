"""Run the whole site in this process, and say what is wrong with an answer."""

import io
import logging
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.http import HttpResponse
from django.test import Client

from core.http.cookies import COOKIE_NAME
from core.http.middleware import HEADERS
from tools.fuzz.sent import CANARY, Sent

#: CPU time that a request may take, in bare requests (/healthz): 50 ms where a bare one takes 0.1 ms.
BUDGET = 500
MOST_HEADERS = 16 * 1024
STAFF_COOKIES = {"sessionid", "csrftoken", "messages"}
WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|CREATE|DROP|ALTER|REPLACE)\b", re.IGNORECASE)
#: Where a POST may write a row, and where a page is the result of its form.
WRITERS, RESULTS = re.compile(rb"/(guide|quizzes|admin)/"), re.compile(rb"/(checklist/letters|quizzes/worth-it|admin)/")
SAYS = re.compile(rb'role="(?:alert|status)"[^>]*>\s*[^<\s]')
DOOR = b"/checklist/emergency/"
ERROR_IN_LOG = re.compile(r"^(?:ERROR|CRITICAL) (?!django\.security)|panicked", re.MULTILINE)


@dataclass(frozen=True)
class Answer:
    """A response, with what happened meanwhile."""

    response: HttpResponse
    writes: tuple[str, ...]
    log: str
    cpu: float

    def header(self, name: str) -> str:
        return str(self.response.get(name, ""))


@dataclass
class Site:
    """The site with its own middleware and logging. Stored pages are kept from one request to the next."""

    log: io.StringIO
    client: Client = field(default_factory=lambda: Client(enforce_csrf_checks=True, raise_request_exception=False))
    writes: list[str] = field(default_factory=list)
    bare: float = 0.0

    def answer(self, sent: Sent) -> Answer:
        environ = sent.environ()
        self.writes.clear()
        self.log.seek(0)
        self.log.truncate()
        begun = time.thread_time()
        response = self.client.request(**environ)
        cpu = time.thread_time() - begun
        self.client.cookies.clear()
        return Answer(response, tuple(self.writes), self.log.getvalue(), cpu)  # type: ignore[arg-type]

    def note_writes(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if WRITES.match(sql):
            self.writes.append(sql[:120])
        return execute(sql, params, many, context)

    def check(self, sent: Sent) -> Answer:
        """Answer a request, and raise AssertionError where the answer breaks a rule."""
        answer = self.answer(sent)
        found = faults(sent, answer)
        cpu, bare = answer.cpu, self.bare
        if BUDGET * bare < cpu < 10 * BUDGET * bare:  # a busy machine, or a collection of garbage: measure again
            cpu, bare = min(self.answer(sent).cpu for _ in range(3)), max(bare, self.measure_bare())
        if cpu > BUDGET * bare:
            found.append(f"took {cpu * 1000:.0f} ms of CPU, {cpu / bare:.0f} times a bare request")
        assert not found, "; ".join(found)
        return answer

    def measure_bare(self) -> float:
        """Return the median CPU time of a request that does nothing."""
        return sorted(self.answer(Sent(path=b"/healthz")).cpu for _ in range(101))[50]


@contextmanager
def site() -> Iterator[Site]:
    """Yield the site, its console log and its database watched."""
    log = io.StringIO()
    loggers = [logging.getLogger(name) for name in ("", "django", "django.security", "django.server")]
    consoles = [one for logger in loggers for one in logger.handlers if type(one) is logging.StreamHandler]
    before = [(console, console.setStream(log)) for console in consoles]
    try:
        opened = Site(log)
        with connection.execute_wrapper(opened.note_writes):
            opened.bare = opened.measure_bare()
            yield opened
    finally:
        for console, stream in before:
            console.setStream(stream or console.stream)


def faults(sent: Sent, answer: Answer) -> list[str]:
    """Return the rules that an answer breaks."""
    response, location, posted = answer.response, answer.header("Location"), sent.method == "POST"
    body, status, cookies = response.getvalue(), response.status_code, response.cookies
    html = answer.header("Content-Type").startswith("text/html") and body and not answer.header("Content-Encoding")
    explained = SAYS.search(body) or RESULTS.match(sent.path) or not body[:99].lower().startswith(b"<!doctype")
    lines = [*response.items(), *(("Set-Cookie", cookie.OutputString()) for cookie in cookies.values())]
    public = "public" in answer.header("Cache-Control")
    rules = {
        f"status {status}": status >= 500,
        "an error in the log": ERROR_IN_LOG.search(answer.log),
        "a traceback on the page": b"Traceback (most recent call last)" in body,
        "the reader's words in the log": CANARY in answer.log,
        "the reader's words on a page for others": public and CANARY.encode() in body,
        "a row written": answer.writes and not (posted and WRITERS.match(sent.path)),
        "an error page without the emergency door": html and 400 <= status < 500 and DOOR not in body,
        "a form answered without a word": html and posted and status == 200 and not explained,
        "a constant header is missing": any(answer.header(name) != value for name, value in HEADERS.items()),
        "too large headers": sum(len(name) + len(value) + 4 for name, value in lines) > MOST_HEADERS,
        f"led out of the site: {location[:80]}": location and not re.match(r"/(?![/\\])", location),
        f"unknown cookie in {list(cookies)}": any(not COOKIE_NAME.fullmatch(n) for n in set(cookies) - STAFF_COOKIES),
    }
    return [f"{rule}\n{answer.log[-2000:]}" for rule, broken in rules.items() if broken]
