"""Twice the input costs about twice the CPU time, wherever input of a reader is parsed or matched."""

import datetime as dt
import re
import time
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from django.test import Client

import checklist.library
import quizzes.library
from checklist.letters.letter import FieldKind, inputs
from checklist.resume.link import ResumeError, read_link
from checklist.state import wire_ids
from core.http.page_cache import accepted_encoding
from core.redaction import MAIL, NUMBER, one_line, struck, struck_version
from guide.feedback.models import Rating
from quizzes.worth.calculation import FIELDS

#: Runs of one kind of character, near misses of addresses and numbers, and what separates values in cookies.
pytestmark = pytest.mark.slow

HOSTILE = [
    "a",
    "1",
    "1 ",
    "1234.",
    "a.",
    "a@",
    "@",
    "a@a.",
    "@a. ",
    "三",
    " ",
    "%",
    "<",
    "&",
    '\\"',
    "'",
    "_.",
    "-",
    "吧",
    "\0",
]
#: A form of twice this size is still one that the site takes.
FORM = 24_000
#: Cookies of twice this size are still read.
COOKIE = 3_500
#: A quadratic cost grows by four. The seconds allow for a busy machine.
GROWTH, NOISE = 2.8, 0.05
#: CPU seconds for one request of any kind. The slowest page takes a tenth of it.
BUDGET = 1.0
NOW = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)


#: How often what looks too slow is measured: anything may slow one run of a busy machine.
RUNS = 3


def cost(act: Callable[[], object]) -> float:
    """Return the CPU time of a run in this thread."""
    before = time.thread_time()
    act()
    return time.thread_time() - before


def run_of(unit: str, size: int) -> str:
    """Return a run of `unit` that has `size` bytes."""
    return unit * (size // len(unit.encode()))


def growing(act: Callable[[str], object], size: int) -> list[str]:
    """Return the hostile units for which an act on twice the input costs far more than twice as much."""
    act(run_of(HOSTILE[0], size))  # the first run of all may import and compile
    return [unit for unit in HOSTILE if all(_grows(act, unit, size) for _ in range(RUNS))]


def _grows(act: Callable[[str], object], unit: str, size: int) -> bool:
    once, twice = (cost(partial(act, run_of(unit, length))) for length in (size, 2 * size))
    return twice > GROWTH * once + NOISE


def fields() -> Iterator[tuple[str, str, dict[str, str]]]:
    """Yield each field of each form of a reader: its address, its name, and what else must be sent with it."""
    for letter in checklist.library.current().letters.values():
        yield from ((letter.address, name, {}) for name, _ in inputs(letter.words))
    yield from (("/guide/risks/report/", name, {"rating": Rating.WRONG.value}) for name in ("sentence", "homepage"))
    yield "/guide/risks/report/", "rating", {}
    path = "/guide/procedures/wx-leave/report/"
    yield from ((path, name, {"rating": Rating.WRONG.value}) for name in ("sentence", "app_version", "next"))
    yield from (("/quizzes/worth-it/", name, {}) for name in (*FIELDS, "came", "given"))
    yield from (("/look/", name, {}) for name in ("size", "theme", "next"))
    yield from (("/checklist/steps/evidence/", name, {"state": "day"}) for name in ("on", "next"))
    yield "/checklist/steps/evidence/", "state", {}
    yield "/checklist/exposures/", "given", {}
    yield "/checklist/plan/", "given", {}
    yield "/checklist/lines/", "line", {}
    yield "/checklist/reminders/", "time", {}
    yield "/quizzes/count/", "tally", {}
    for quiz in quizzes.library.current().quizzes.values():
        yield f"/quizzes/{quiz.id}/{next(iter(quiz.questions))}/", "option", {}


def kinds() -> dict[str, tuple[str, str, dict[str, str]]]:
    """Return one field of each kind: the fields of letters differ in their kind alone."""
    letters = checklist.library.current().letters.values()
    kind_of = {(letter.address, name): column.kind for letter in letters for name, column in inputs(letter.words)}
    return {kind_of.get((address, name), address + name): (address, name, more) for address, name, more in fields()}


def fill_in(reader: Client, address: str, field: str, more: dict[str, str], text: str) -> None:
    post(reader, address, {**more, field: text})


def post(reader: Client, address: str, form: dict[str, str]) -> None:
    assert reader.post(address, form).status_code < 500, address


@pytest.mark.django_db
@pytest.mark.usefixtures("operator")
def test_every_kind_of_field_is_read_in_linear_time(reader: Client) -> None:
    assert set(FieldKind) - {FieldKind.LINES} <= kinds().keys()
    found = []
    for name, (address, field, more) in kinds().items():
        seen = growing(partial(fill_in, reader, address, field, more), FORM)
        found += [f"{name} {unit!r}" for unit in seen]
    assert found == []


@pytest.mark.django_db
@pytest.mark.usefixtures("operator")
def test_no_field_at_its_full_size_exceeds_the_budget(reader: Client) -> None:
    """Fill a form of 64 kB with one field at a time."""
    found = []
    for address, name, more in fields():
        for unit in ("a", "1 ", "a@"):
            form = {**more, name: run_of(unit, 60_000)}
            if all(cost(partial(post, reader, address, form)) > BUDGET for _ in range(RUNS)):
                found.append(f"{address} {name} {unit!r}")
    assert found == []


@pytest.mark.parametrize("address", ["/search/", "/guide/procedures/wx-leave/report/", "/guide/risks/"])
def test_a_query_is_read_in_linear_time(reader: Client, address: str) -> None:
    name = "q" if address == "/search/" else "next"
    assert growing(lambda text: reader.get(address, {name: text}), FORM) == []


@pytest.mark.parametrize(
    "name", ["exposures", "has", "lines", "look", "s.evidence", "q.habits", "p.habits", "q.practice"]
)
def test_a_cookie_is_read_in_linear_time(reader: Client, name: str) -> None:
    def ask(text: str) -> None:
        for address in ("/checklist/plan/", "/quizzes/habits/result/", "/quizzes/practice/result/"):
            sent = f'{name}="{text}"; {name}={text}'.encode().decode("latin-1")  # as a server hands it over
            answer = reader.get(address, headers={"cookie": sent})
            assert answer.status_code < 500

    assert growing(ask, COOKIE // 2) == []


def test_an_address_and_a_token_are_read_in_linear_time(reader: Client) -> None:
    def ask(text: str) -> None:
        for address in ("/checklist/resume/{}/", "/guide/{}/", "/{}", "/static/{}"):
            assert reader.get(address.format(text.replace("%", "%25"))).status_code < 500
        with pytest.raises(ResumeError):
            read_link(text, wire_ids.current(), ["x" * 50], NOW)

    assert growing(ask, FORM) == []


@pytest.mark.parametrize(
    "header", ["accept-encoding", "if-none-match", "accept-language", "referer", "origin", "accept"]
)
def test_a_header_is_read_in_linear_time(reader: Client, header: str) -> None:
    assert growing(lambda text: reader.get("/guide/risks/", headers={header: text}), FORM) == []


@pytest.mark.parametrize("pattern", [MAIL, NUMBER], ids=["mail", "number"])
def test_a_pattern_searches_in_linear_time(pattern: "re.Pattern[str]") -> None:
    """The views bound what they match; the patterns stay linear without that."""
    assert growing(lambda text: list(pattern.finditer(text)), FORM) == []


@pytest.mark.parametrize("function", [struck, struck_version, one_line, accepted_encoding])
def test_a_function_over_a_sentence_is_linear(function: Callable[[str], object]) -> None:
    assert growing(function, FORM) == []


def test_an_address_longer_than_mail_allows_is_struck_but_for_what_stands_before_it() -> None:
    assert struck("a" * 70 + "@qq.com") == "aaaaaa＊＊＊"
