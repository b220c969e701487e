"""Every page of the site as a visit: an address, and the state of the reader who asks for it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import urlencode

import html5lib
from bs4 import BeautifulSoup
from django.utils import timezone

import checklist.library
import quizzes.library
from config.urls import SITEMAPS
from quizzes.answers import write_answers
from quizzes.attempt import Attempt, replay
from quizzes.quiz import Quiz
from tests.conftest import Browser
from tests.reading import read

#: A look, an exposure, a tick and an answer: what must change no public page but by its look.
STATE = {"exposures": "code-given.or", "s.wx-leave": "d261122", "q.habits": "situation.in-group"}


@dataclass(frozen=True)
class Visit:
    """One request for a whole page; with `data` a POST, with `host` from elsewhere."""

    address: str
    cookies: tuple[tuple[str, str], ...] = ()
    data: tuple[tuple[str, str], ...] | None = None
    headers: tuple[tuple[str, str], ...] = ()
    status: int = 200
    name: str = field(default="", compare=False)

    def __str__(self) -> str:
        return self.name or self.address


@cache
def browser() -> Browser:
    """One for all visits, so that pages are stored as in a server."""
    return Browser(raise_request_exception=False)


@cache
def answer(visit: Visit) -> Any:
    """What the site answers to a visit."""
    client = browser()
    client.cookies.clear()
    client.cookies.load(dict(visit.cookies))
    headers = dict(visit.headers)
    if visit.data is None:
        return client.get(visit.address, headers=headers)
    return client.post(visit.address, dict(visit.data), headers=headers)


@cache
def page(visit: Visit) -> BeautifulSoup:
    return read(answer(visit))


@cache
def parse_errors(visit: Visit) -> list[str]:
    """What a strict reading of the page complains of."""
    parser = html5lib.HTMLParser()
    parser.parse(answer(visit).content.decode())
    return [f"{position}: {code} {values}" for position, code, values in parser.errors]


def public() -> list[Visit]:
    """The pages of the sitemap."""
    return [Visit(address) for sitemap in SITEMAPS.values() for address in sitemap().items()]


def mine() -> list[Visit]:
    """The reader's own pages, in the states that they can be in."""
    return [
        *_of_the_guide(),
        *_of_the_checklist(),
        *_of_the_quizzes(),
        *(visit for quiz in quizzes.library.current().quizzes.values() for visit in _of(quiz)),
    ]


def _of_the_guide() -> Iterator[Visit]:
    """The form for a word on a page, and the answers to it that need no database."""
    report = "/guide/where-to-turn/report/"
    yield Visit(report)
    yield Visit(report, data=(), name=f"{report} nothing chosen")
    yield Visit(report, data=(("verdict", "wrong"), ("sentence", "错" * 201)), name=f"{report} too long")
    yield Visit(f"{report}thanks/")


def _of_the_checklist() -> Iterator[Visit]:
    below = checklist.library.current()
    today = f"{timezone.localdate():%y%m%d}"
    everything = "_".join(f"{id}.or" for id in below.exposures)
    handled = "_".join(f"{id}.hq" for id in below.exposures)
    one_of_each = {f"s.{id}": f"{letter}{today}" for id, letter in zip(below.steps, "dtx", strict=False)}
    one_of_each[f"s.{list(below.steps)[4]}"] = "y991231"
    all_done = {f"s.{id}": f"d{today}" for id in below.steps}
    states: dict[str, dict[str, str]] = {
        "nothing": {},
        "no exposures": {"exposures": "-"},
        "all exposures": {"exposures": everything},
        "all handled": {"exposures": handled, "look": "large.dark"},
        "one tick": {"s.wx-leave": f"d{today}"},
        "one of each tick": {"exposures": everything, **one_of_each},
        "all done": {"exposures": everything, **all_done},
    }
    for name, cookies in states.items():
        for address in ("/checklist/plan/", "/checklist/exposures/", "/erase/"):
            yield Visit(address, tuple(cookies.items()), name=f"{address} {name}")
    yield Visit("/checklist/plan/?kept", name="/checklist/plan/ cookies off")
    first = next(iter(below.steps))
    wrong = (("state", "day"),)
    yield Visit(f"/checklist/steps/{first}/", (("exposures", everything),), wrong, name="a step with no day chosen")


def _of_the_quizzes() -> Iterator[Visit]:
    """值不值 with and without an answer, and whether one is counted."""
    worth, count = "/quizzes/worth-it/", "/quizzes/count/"
    filled = {
        "rounds": "20",
        "minutes": "５分钟",
        "reward": "30",
        "people": "12",
        "given": "phone-number",
        "paid": "40",
    }
    for came in ("never", "some", "always"):
        yield Visit(worth, data=(*filled.items(), ("came", came), ("tries", "3")), name=f"{worth} {came}")
    yield Visit(worth)
    yield Visit(worth, data=(("minutes", "很久"),), name=f"{worth} not understood")
    for name, cookies in {"counted": {}, "stays out": {"tally": "no"}}.items():
        yield Visit(count, tuple(cookies.items()), name=f"{count} {name}")
    yield Visit(f"{count}?quiz=habits", headers=(("sec-gpc", "1"),), name=f"{count} the browser said no")
    yield Visit(f"{count}?quiz=habits&kept=no", name=f"{count} cookies off")


def _of(quiz: Quiz) -> Iterator[Visit]:
    """Each question before and after an answer of each kind, and the results that follow."""
    first = f"/quizzes/{quiz.id}/{next(iter(quiz.questions))}/"
    yield Visit(first + "?kept", name=f"{first} cookies off")
    yield Visit(first, data=(), name=f"{first} nothing chosen")
    seen: set[Visit] = set()
    for number in range(max(len(question.options) for question in quiz.questions.values())):
        attempt = replay(quiz, {})
        while attempt.next is not None:
            asked = attempt.next
            unanswered = _at(attempt, f"{asked.id}/", f"{asked.id} unanswered")
            option = list(asked.options)[min(number, len(asked.options) - 1)]
            attempt = replay(quiz, attempt.answers | {asked.id: (option,)})
            for visit in (unanswered, _at(attempt, f"{asked.id}/", f"{asked.id} {option}")):
                if not any((visit.address, visit.name) == (other.address, other.name) for other in seen):
                    seen.add(visit)
                    yield visit
        yield _at(attempt, "result/", f"result {number}")


def _at(attempt: Attempt, address: str, name: str) -> Visit:
    folder = f"/quizzes/{attempt.quiz.id}/"
    cookies = ((f"q.{attempt.quiz.id}", write_answers(attempt.answers)),) if attempt.answers else ()
    return Visit(folder + address, cookies, name=folder + name)


def errors() -> list[Visit]:
    """The pages for what went wrong, but for our own fault."""
    elsewhere = (("sec-fetch-site", "cross-site"),)
    return [
        Visit("/erase/", headers=(("host", "evil.example"),), status=400, name="400"),
        Visit("/look/", data=(), headers=elsewhere, status=403, name="403"),
        Visit("/nowhere/", status=404, name="404"),
        Visit("/look/", data=(("next", "x" * 70_000),), status=413, name="413"),
    ]


def searches() -> list[Visit]:
    """Search before a query, with results, and each way without."""
    queries = ["", "退", "退群 微信", "yanzhengma", "鲸鱼", "<b>zzzz", "退群" * 40]
    return [Visit(f"/search/?{urlencode({'q': query})}", name=f"/search/ {query[:8]}") for query in queries]


PUBLIC, MINE, ERRORS, SEARCHES = public(), mine(), errors(), searches()
EVERY = [*PUBLIC, *MINE, *ERRORS, *SEARCHES]
