"""Every page of the site as a visit: an address, and the state of the reader who asks for it."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any
from urllib.parse import urlencode

import html5lib
from django.conf import settings
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser, LexborNode

import checklist.library
import quizzes.library
from checklist.letters.letter import FieldKind, inputs
from checklist.resume.link import make_link
from checklist.state import wire_ids
from checklist.state.cookies import read_state
from config.urls import SITEMAPS
from core.dates import write_day
from quizzes import answer_codes
from quizzes.engine.answers import write_answers
from quizzes.engine.attempt import Attempt, replay
from quizzes.engine.quiz import Quiz
from quizzes.practice.rounds import COOKIE, Answer, Round, next_round, read_round, write_round
from quizzes.risk.quiz import RiskQuiz
from tests.conftest import Browser
from tests.pages import PAGE

#: A look, an exposure, a tick and an answer: what must change no public page but by its look.
STATE = {"exposures": "or.code-given", "s.wx-leave": "d1xx", "q.habits": "situation.in-group", "q.practice": "0.07s"}


#: Pages that take the plan along: on paper, to another phone, into a calendar.
TAKEN_ALONG = ("/checklist/plan/print/", "/checklist/carry/", "/checklist/reminders/")


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
    return Browser()


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
def page(visit: Visit) -> LexborHTMLParser:
    """Return the page as a tree; html5lib and Beautiful Soup take 50 times as long to parse and search it."""
    return LexborHTMLParser(answer(visit).content.decode())


def parse_errors(visit: Visit) -> list[str]:
    """Return the parse errors of HTML5 on a page. This is the only strict reading: no other test repeats it."""
    parser = html5lib.HTMLParser()
    parser.parse(answer(visit).content.decode())
    return [f"{position}: {code} {values}" for position, code, values in parser.errors]


def attribute(element: LexborNode, name: str) -> str:
    """Return an attribute of an element; empty where it is missing."""
    return element.attributes.get(name) or ""


def attributes(visit: Visit, selector: str, name: str) -> list[str]:
    """Return this attribute of every element of a page that the selector finds."""
    return [attribute(element, name) for element in page(visit).css(selector)]


def public() -> list[Visit]:
    """The pages of the sitemap."""
    return [Visit(address) for sitemap in SITEMAPS.values() for address in sitemap().items()]


def mine() -> list[Visit]:
    """The reader's own pages, in the states that they can be in."""
    return [
        *_of_the_guide(),
        *_of_the_checklist(),
        *_of_the_quizzes(),
        *_of_the_letters(),
        *(visit for quiz in quizzes.library.current().quizzes.values() for visit in _of(quiz)),
        *_of_the_practice(),
        *_of_the_check(),
    ]


def _of_the_guide() -> Iterator[Visit]:
    """The forms for a word on a page and on a path, and the answers to them that need no database."""
    report = f"{PAGE}report/"
    yield Visit("/look/", name="/look/ cookies off")
    yield Visit(report)
    yield Visit(report, data=(), name=f"{report} nothing chosen")
    yield Visit(report, data=(("rating", "wrong"), ("sentence", "错" * 201)), name=f"{report} too long")
    yield Visit(f"{report}thanks/")
    different = "/guide/procedures/wx-leave/report/"
    back = (("next", "/checklist/steps/wx-leave/"), ("rating", "wrong"))
    yield Visit(different)
    yield Visit(different, data=(*back, ("sentence", "错" * 201)), name=f"{different} too long")
    yield Visit(different, data=(*back, ("app_version", "8" * 31)), name=f"{different} version too long")
    yield Visit(f"{different}thanks/?next=/checklist/steps/wx-leave/", name=f"{different}thanks/")


def _of_the_checklist() -> Iterator[Visit]:
    below = checklist.library.current()
    today = write_day(timezone.localdate())
    everything = ".".join(["or", *below.exposures])
    handled = ".".join(["hq", *below.exposures])
    one_of_each = {f"s.{id}": f"{letter}{today}" for id, letter in zip(below.steps, "dtx", strict=False)}
    one_of_each[f"s.{list(below.steps)[4]}"] = "ymjn"
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
        for address in ("/checklist/plan/", "/checklist/exposures/", "/erase/", *TAKEN_ALONG):
            yield Visit(address, tuple(cookies.items()), name=f"{address} {name}")
    yield Visit("/checklist/plan/?kept", name="/checklist/plan/ cookies off")
    here = tuple(one_of_each.items())
    everything_done = read_state({"exposures": everything, **all_done}, wire_ids.current())
    link = make_link(everything_done, wire_ids.current(), settings.SECRET_KEY, timezone.now())
    yield Visit("/checklist/plan/print/?code", here, name="/checklist/plan/print/ with a code")
    yield Visit(f"/checklist/resume/{link}/", name="/checklist/resume/ into nothing")
    yield Visit(f"/checklist/resume/{link}/", here, name="/checklist/resume/ in place of a plan")
    yield Visit(f"/checklist/resume/{link[:-9]}/", here, name="/checklist/resume/ refused")
    yield Visit("/checklist/also/", data=(("given", "code-given"),))
    yield Visit("/erase/undo/", data=(("sealed", "damaged"),), name="/erase/undo/ too late")
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


def _of_the_check() -> Iterator[Visit]:
    """看一句话 with each verdict, and refused."""
    texts = {
        "red": "先垫300，晚上返360 https://pinduoduo.com.hb-fuli.example/lq.apk ¥Zk8fQ2mTx7¥",
        "amber": "https://t.cn/A6abc",
        "none": "妈，晚上回来吃饭不",
        "short": "😀",
        "too long": "砍" * 4001,
    }
    for name, text in texts.items():
        yield Visit("/check/", data=(("text", text),), name=f"/check/ {name}")


def _of_the_letters() -> Iterator[Visit]:
    """Each letter with its blanks, filled in at its longest, and with something wrong in each field."""
    for id, letter in checklist.library.current().letters.items():
        everything, wrong = [], []
        for name, column in inputs(letter.words):
            values = {FieldKind.DATE: "2026-11-01", FieldKind.AMOUNT: "9999999.99"}.get(column.kind, "事" * column.most)
            everything += [(name, value) for value in column.options or [values]]
            wrong.append((name, "错" * 201))
        yield Visit(letter.address)
        # A value a name: more than one of a name is for the tests of the view.
        yield Visit(letter.address, data=tuple(dict(everything).items()), name=f"{letter.address} filled {id}")
        yield Visit(letter.address, data=tuple(wrong), name=f"{letter.address} wrong {id}")


def _of(quiz: Quiz) -> Iterator[Visit]:
    """Each question before and after an answer of each kind, and the results that follow."""
    yield from _follow_ups(quiz)
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
        if isinstance(quiz, RiskQuiz) and not attempt.ended:
            yield _at(attempt, "card/", f"card {number}")
            yield from _beside(quiz, attempt)


def _follow_ups(quiz: Quiz) -> Iterator[Visit]:
    """Each question that only some answers lead to."""
    for target in quiz.questions.values():
        attempt = replay(quiz, {})
        while target.ask_if and attempt.next is not None and attempt.next.id != target.id:
            asked = attempt.next
            option = next(iter(target.ask_if.get(asked.id, asked.options)))
            attempt = replay(quiz, attempt.answers | {asked.id: (option,)})
        if target.ask_if and attempt.next is not None:
            yield _at(attempt, f"{target.id}/", f"{target.id} by its way")


def _beside(quiz: RiskQuiz, attempt: Attempt) -> Iterator[Visit]:
    """A result with an attempt before it, lines kept, and every step done."""
    below = checklist.library.current()
    last = f"{quiz.policy.version}.62.{'f' * len(quiz.policy.dimensions)}.1xe"
    done = {f"s.{id}": "d1xx" for id in below.steps}
    cookies = {f"p.{quiz.id}": last, "lines": ".".join(list(below.lines)[:3]), **done}
    visit = _at(attempt, "result/", f"result and all done {next(iter(attempt.answers.values()))[0]}")
    yield replace(visit, cookies=(*visit.cookies, *cookies.items()))


def _of_the_practice() -> Iterator[Visit]:
    """Every scene before and after its answer, the question after the last, and results of each kind."""
    scenes = tuple(quizzes.library.current().practice.scenes.values())
    folder, shown = "/quizzes/practice/", set[str]()
    round = read_round("", scenes)
    while len(shown) < len(scenes):
        for scene in round.scenes:
            before, round = round, round.answered(scene, Answer.SUSPICIOUS)
            if scene.id not in shown:
                yield _in(before, f"{folder}{scene.id}/", "unanswered")
                yield _in(round, f"{folder}{scene.id}/", "answered")
                shown.add(scene.id)
        round = next_round(round, scenes)
    first = read_round("", scenes).scenes
    yield Visit(f"{folder}{first[0].id}/?kept", name=f"{folder} cookies off")
    yield Visit(f"{folder}{first[0].id}/?elsewhere", name=f"{folder} elsewhere")
    yield Visit(f"{folder}{first[0].id}/", data=(), name=f"{folder} nothing chosen")
    right = "".join(f"{scene.number:02}{'s' if scene.suspicious else 'f'}" for scene in first)
    wrong = "".join(f"{scene.number:02}{'f' if scene.suspicious else 's'}" for scene in first)
    for answers, sureness in ((right, "n"), (right, "y"), (wrong, "y"), (right.replace("f", "s"), "m")):
        kept = ((COOKIE, f"0.{answers}..{sureness}"),)
        yield Visit(f"{folder}result/", kept, name=f"{folder}result {answers[:6]} {sureness}")
    yield Visit(f"{folder}sure/", ((COOKIE, f"0.{right}.."),), name=f"{folder}sure")
    yield Visit(f"{folder}sure/", ((COOKIE, f"0.{right}.."),), (), name=f"{folder}sure nothing chosen")


def _in(round: Round, address: str, name: str) -> Visit:
    return Visit(address, ((COOKIE, write_round(round)),), name=f"{address} {name}")


def _at(attempt: Attempt, address: str, name: str) -> Visit:
    folder = f"/quizzes/{attempt.quiz.id}/"
    cookies = (
        ((f"q.{attempt.quiz.id}", write_answers(attempt.answers, answer_codes.current()[attempt.quiz.id])),)
        if attempt.answers
        else ()
    )
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
