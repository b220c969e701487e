"""Parsers of what readers send: for any text they raise nothing but the allowed errors, and return soon."""

import datetime as dt
import time
from collections.abc import Callable
from contextlib import suppress
from typing import NamedTuple
from urllib.parse import urlsplit

from django.test import RequestFactory
from django.utils import timezone
from hypothesis import strategies as st

import checklist.library
import quizzes.library
from checklist.letters.letter import as_text, enter, fill, inputs
from checklist.plan.builder import make_plan
from checklist.state import link, wire_ids
from checklist.state.request import reader_state
from core.http.addresses import is_local
from core.redaction import one_line, struck, struck_version
from core.search.index import nearest, search
from quizzes.engine.answers import read_answers
from quizzes.engine.attempt import replay
from quizzes.practice.rounds import read_round
from quizzes.worth.calculation import FIELDS, read_number
from tools.fuzz.strategies import MOST_BODY, MOST_COOKIE, UNITS, damaged, odd

DAY = dt.date(2026, 11, 22)


class Parser(NamedTuple):
    """A function of any text, real examples of it, the bytes that can reach it, and the errors that it may raise."""

    parse: Callable[[str], object]
    seeds: list[str]
    longest: int = MOST_BODY
    allowed: tuple[type[Exception], ...] = ()


def cookies(text: str) -> None:
    state = reader_state(RequestFactory(HTTP_COOKIE=text.encode("utf-8", "replace").decode("latin-1")).get("/"))
    make_plan(checklist.library.current(), state.given or {}, state.ticks, DAY, state.has)


def quiz_cookie(text: str) -> None:
    for quiz in quizzes.library.current().quizzes.values():
        replay(quiz, read_answers(text))
    read_round(text, tuple(quizzes.library.current().practice.scenes.values()))


def letter(text: str) -> None:
    for one in checklist.library.current().letters.values():
        names = [name for name, _ in inputs(one.words)]
        typed = dict(zip(names, ([line] for line in text.split("\n")), strict=False))
        as_text(fill(one.words, enter(one.words, typed, DAY)))


def redaction(text: str) -> None:
    line = one_line(text)
    assert len(struck(line)) <= len(line), "what is struck out is never longer"
    struck_version(line)


def redirect(text: str) -> None:
    """Whatever counts as an address of ours leads a browser to no other site."""
    assert not is_local(text) or (text.replace("\\", "/")[:2] != "//" and not any(urlsplit(text)[:2]))


def find(text: str) -> None:
    index = quizzes.library.current().index
    if not search(index, text):
        nearest(index, text)


STATE = "exposures=or.code-given.bank-card; s.wx-leave=d1xx; has=android.qq; lines=ask-for-code; look=large.dark"
PARSERS = {
    "cookies": Parser(cookies, [STATE], MOST_COOKIE),
    "quiz cookie": Parser(
        quiz_cookie, ["on.1xx_situation.in-group_codes.nobody_-", "2.07s03f.1f.m", "1.62.fnoon.1xe"], MOST_COOKIE
    ),
    "link token": Parser(
        lambda text: link.read_link(text, wire_ids.current(), [STATE], timezone.now()),
        ["gAAAAABrAmjAeEeXEMdfCCN7ILyblRox_EZyrs"],
        MOST_COOKIE,
        (link.ResumeError,),
    ),
    "link content": Parser(
        lambda text: link.unpack(text.encode("utf-8", "surrogateescape"), wire_ids.current()),
        ["\x01\x02\x03", "s.17=d1xx"],
        MOST_COOKIE,
        (link.ResumeError,),
    ),
    "letter": Parser(letter, ["2026-11-01\n30.50\n王小明\n13912345678"]),
    "search": Parser(find, ["退群", "yanzhengma", "12381"]),
    "worth": Parser(
        lambda text: [read_number(text, field) for field in FIELDS.values()],
        ["30", "３０分钟", "半小时", "1,200元", "两千零五", "1.5小时", "大概20回吧"],
    ),
    "redaction": Parser(redaction, ["13912345678 找我", "a@b.cn", "iOS 17.5.1", "一三九 一二三四 五六七八"], 2000),
    "redirect": Parser(redirect, ["/", "/checklist/plan/?kept#step-a", "//evil.example", "/\\evil.example"]),
}


def texts(parser: Parser) -> st.SearchStrategy[str]:
    """Return real text, damaged once or three times, odd text, and text of full size."""
    seed = st.sampled_from([each.encode() for each in parser.seeds])
    unit = seed | st.sampled_from(UNITS) | st.binary(min_size=1, max_size=9)
    once = seed.flatmap(damaged)
    every = (
        odd | once | once.flatmap(damaged).flatmap(damaged) | unit.map(lambda one: one * (parser.longest // len(one)))
    )
    return every.map(lambda data: data.decode("utf-8", "replace"))


def check(parser: Parser, text: str, budget: float = 0.05) -> None:
    """Parse, and raise where the parser must not raise, or takes more seconds of CPU than allowed three times."""
    spent = list[float]()
    while not spent or (spent[-1] > budget and len(spent) < 3):
        begun = time.thread_time()
        with suppress(*parser.allowed):
            parser.parse(text)
        spent.append(time.thread_time() - begun)
    assert min(spent) <= budget, f"took {min(spent) * 1000:.0f} ms of CPU"
