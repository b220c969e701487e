"""Where readers' text meets a parser: each parser as the request that leads to it, and text to damage."""

from collections.abc import Callable
from typing import NamedTuple

from hypothesis import strategies as st

from tools.fuzz.sent import BROWSER, Sent
from tools.fuzz.strategies import MOST_BODY, MOST_COOKIE, UNITS, damaged, odd


class Parser(NamedTuple):
    """A request that carries text to a parser, real examples of that text, and the most bytes of it."""

    carry: Callable[[bytes], Sent]
    examples: list[str]
    longest: int = MOST_BODY


def cookie(path: str, name: str = "") -> Callable[[bytes], Sent]:
    """Return a request with a cookie of this name, or with the text as the whole Cookie header."""
    if not name:
        return lambda text: Sent(path=path.encode(), headers=(*BROWSER, ("Cookie", text)))
    return lambda text: Sent(path=path.encode(), cookies=((name, text),), headers=BROWSER)


def field(path: str, name: str, *others: tuple[str, bytes]) -> Callable[[bytes], Sent]:
    """Return a form with the text in one field, cut to the size that a body may have."""

    def send(text: bytes) -> Sent:
        sent = Sent("POST", path.encode(), form=(*others, (name, text)), headers=BROWSER)
        return sent if len(sent.body()[1]) <= MOST_BODY else send(text[: len(text) // 2])

    return send


PARSERS = {
    "cookies": Parser(cookie("/checklist/plan/"), ["exposures=or.code-given; s.wx-leave=d1xx; has=qq"], MOST_COOKIE),
    "exposures": Parser(cookie("/checklist/plan/", "exposures"), ["oq.code-given_hr.bank-card"], MOST_COOKIE),
    "answers": Parser(cookie("/quizzes/habits/result/", "q.habits"), ["on.1xx_situation.in-group_-"], MOST_COOKIE),
    "practice": Parser(cookie("/quizzes/practice/result/", "q.practice"), ["2.07s03f.1f.m"], MOST_COOKIE),
    "link token": Parser(
        lambda text: Sent(path=b"/checklist/resume/%s/" % text, headers=BROWSER), ["gAAAAABrAmjAeEeXEMdf"], MOST_COOKIE
    ),
    "letter": Parser(field("/checklist/letters/consumer/", "story"), ["王小明 13912345678", "2026-11-01", "30.50"]),
    "search": Parser(
        lambda text: Sent(path=b"/search/", query=(("q", text),), headers=BROWSER), ["退群", "yanzhengma"], MOST_COOKIE
    ),
    "worth": Parser(field("/quizzes/worth-it/", "minutes"), ["30", "３０分钟", "半小时", "1,200元", "两千零五"]),
    "redaction": Parser(
        field("/guide/risks/report/", "sentence", ("rating", b"wrong")),
        ["13912345678 找我", "a@b.cn", "一三九"],
    ),
    "redirect": Parser(field("/look/", "next"), ["/", "/checklist/plan/?kept#a", "//evil.example", "/\\evil.example"]),
}


def texts(parser: Parser) -> st.SearchStrategy[Sent]:
    """Return requests with a real text, damaged once or three times, with odd text, and with text of full size."""
    example = st.sampled_from([each.encode() for each in parser.examples])
    once = example.flatmap(damaged)
    unit = example | st.sampled_from(UNITS) | st.binary(min_size=1, max_size=9)
    long = unit.map(lambda one: one * (parser.longest // len(one)))
    return (odd | once | once.flatmap(damaged).flatmap(damaged) | long).map(parser.carry)
