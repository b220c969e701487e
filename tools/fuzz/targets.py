"""The targets: content files, markup, cookies, links, queries and forms."""

import atexit
import datetime as dt
import io
import shutil
import tempfile
import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.utils import timezone

import checklist.library
import guide.library
import quizzes.library
from checklist.letters.letter import as_text, enter, fill, inputs
from checklist.plan.builder import make_plan
from checklist.plan.if_then import offered, read_lines, write_lines
from checklist.state import link as resume_link
from checklist.state import wire_ids
from checklist.state.cookies import (
    ReaderState,
    read_given,
    read_has,
    read_packed,
    read_state,
    read_ticks,
    write_given,
    write_has,
    write_packed,
)
from checklist.state.request import reader_state
from core.content.files import ContentError, ContentErrors, build, read_page
from core.content.markup import Lexicon, render, render_line
from core.dates import read_day, write_day
from core.http.addresses import is_local
from core.http.cookies import read_cookies
from core.http.look import look_of
from core.http.page_cache import accepted_encoding
from core.redaction import one_line, struck, struck_version
from core.search.index import search
from guide.pages import FrontMatter
from quizzes import answer_codes
from quizzes.engine.answers import is_counted, mark_counted, read_answers, read_begun, write_answers
from quizzes.engine.attempt import replay
from quizzes.practice.rounds import next_round, read_round, write_round
from quizzes.risk.previous_attempt import read_last
from quizzes.risk.quiz import RiskQuiz
from quizzes.views import SCHEMES
from quizzes.worth.calculation import FIELDS, read_number
from tests.tiny import FIXTURES, Tree, copy
from tools.fuzz.parsers import ROOT, Target

BAD_CONTENT = (ContentError, ContentErrors)
DAY = dt.date(2026, 11, 22)
SECRET = "what these links are sealed with, for fuzzing alone 0123456789"  # noqa: S105 (seals nothing real)


def text(data: bytes) -> str:
    """As Django reads a cookie or a field: what is no UTF-8 is replaced."""
    return data.decode("utf-8", "replace")


# Content


@cache
def tree() -> Tree:
    """The tiny content, to write over one file of it."""
    folder = Path(tempfile.mkdtemp(prefix="fuzz-tree-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return copy(folder)


@cache
def files() -> list[Path]:
    return sorted(path.relative_to(FIXTURES) for app in ("guide", "checklist", "quizzes") for path in _below(app))


def _below(app: str) -> list[Path]:
    return [path for path in (FIXTURES / app).rglob("*") if path.suffix in (".toml", ".md")]


def content_tree(data: bytes) -> None:
    """The first byte says which file the others stand in; its floor is loaded with it."""
    name = files()[data[0] % len(files())] if data else files()[0]
    path, good = tree().root / name, (FIXTURES / name).read_bytes()
    path.write_bytes(data[1:])
    try:
        loads = {"guide": tree().load_guide, "checklist": tree().load_checklist, "quizzes": tree().load_quizzes}
        loads[name.parts[0]]()
    finally:
        path.write_bytes(good)


def front_matter(data: bytes) -> None:
    path = tree().root / "page.md"
    path.write_bytes(data)
    front, body = read_page(path)
    build(FrontMatter, front, path)
    render(body, _lexicon())


def markup(data: bytes) -> None:
    render(text(data), _lexicon())
    render_line(text(data), _lexicon(), glossed=["captcha"])


@cache
def _lexicon() -> Lexicon:
    library = guide.library.current()
    return Lexicon(library.sources, library.channels, library.terms)


def _pages() -> list[bytes]:
    return [page.path.read_bytes() for page in guide.library.current().pages.values()]


# What the browser keeps


def exposures(data: bytes) -> None:
    cookie, library, wire = text(data), checklist.library.current(), wire_ids.current()
    given = read_given(cookie, wire.exposures)
    if given is not None:
        assert read_given(write_given(given, wire.exposures), wire.exposures) == given
        make_plan(library, given, {}, DAY, read_has(cookie, wire.has))
        offered(library.lines, given, ())


def ticks(data: bytes) -> None:
    """One cookie a line: all steps in one, then the steps in turn, by number and by id."""
    library, steps = checklist.library.current(), wire_ids.current().steps
    names = ["s.all", *(f"s.{name}" for name in steps.id_of)]
    read = read_ticks(dict(zip(names, text(data).split("\n"), strict=False)), steps)
    assert read_packed(write_packed(read, steps), steps) == read
    make_plan(library, {}, read, DAY, None)


def small_cookies(data: bytes) -> None:
    """What one has, the lines, a day, the look's and the encoding's headers."""
    value, library, wire = text(data), checklist.library.current(), wire_ids.current()
    has = read_has(value, wire.has)
    assert has is None or read_has(write_has(has, wire.has), wire.has) == has
    lines = read_lines(value, library.lines)
    assert read_lines(write_lines(lines), library.lines) == lines
    day = read_day(value)
    assert day is None or read_day(write_day(day)) == day
    accepted_encoding(value)


def answers(data: bytes) -> None:
    """The first byte says which quiz."""
    every = list(quizzes.library.current().quizzes.values())
    quiz, cookie = every[data[0] % len(every)] if data else every[0], text(data[1:])
    codes = answer_codes.current()[quiz.id]
    attempt = replay(quiz, read_answers(cookie, codes))
    again = replay(quiz, read_answers(write_answers(attempt.answers, codes, read_begun(cookie)), codes))
    assert again.answers == attempt.answers
    assert is_counted(mark_counted(cookie))
    for id in attempt.route:
        attempt.before(quiz.questions[id]), attempt.after(quiz.questions[id])
    if attempt.finished and not attempt.ended:
        SCHEMES[quiz.policy.scheme].comes_to(attempt)
    if isinstance(quiz, RiskQuiz):
        read_last(cookie, quiz)


def practice(data: bytes) -> None:
    scenes = tuple(quizzes.library.current().practice.scenes.values())
    round = read_round(text(data), scenes)
    assert write_round(read_round(write_round(round), scenes)) == write_round(round)
    assert (round.next is None) == (len(round.answers) == len(round.scenes)), "a round ends with its last scene"
    next_round(round, scenes)
    _ = round.outcome


def cookie_header(data: bytes) -> None:
    """A whole header, as a server hands it over."""
    header = "".join(sign for sign in data.decode("latin-1") if sign >= " ")
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/", "HTTP_COOKIE": header, "wsgi.input": io.BytesIO()}
    request = WSGIRequest(environ)
    kept = reader_state(request)
    make_plan(checklist.library.current(), kept.given or {}, kept.ticks, DAY, kept.has)
    str(look_of(request))
    read_cookies(request)


# The resume link


def resume_token(data: bytes) -> None:
    resume_link.read_link(text(data), wire_ids.current(), [SECRET], timezone.now())


def resume_payload(data: bytes) -> None:
    """What stands in a link that was sealed with our own secret."""
    state = resume_link.unpack(data, wire_ids.current())
    assert resume_link.unpack(resume_link.pack(state, wire_ids.current()), wire_ids.current()) == state


def _tokens() -> list[bytes]:
    return [resume_link.make_link(state, wire_ids.current(), SECRET, timezone.now()).encode() for state in _states()]


def _payloads() -> list[bytes]:
    return [resume_link.pack(state, wire_ids.current()) for state in _states()]


def _states() -> list[ReaderState]:
    return [read_state(cookies, wire_ids.current()) for cookies in released()]


# Queries and forms


def query(data: bytes) -> None:
    index = quizzes.library.current().index
    search(index, text(data))


def letter(data: bytes) -> None:
    """The first byte says which letter; its fields stand one a line."""
    letters = list(checklist.library.current().letters.values())
    words = letters[data[0] % len(letters)].words if data else letters[0].words
    names = [name for name, _ in inputs(words)]
    sent = {name: [value] for name, value in zip(names, text(data[1:]).split("\n"), strict=False)}
    as_text(fill(words, enter(words, sent, DAY)))


def report(data: bytes) -> None:
    sentence = struck(one_line(text(data)))
    assert len(sentence) <= len(text(data)), "what is struck out is never longer"
    struck_version(one_line(text(data)))


def worth(data: bytes) -> None:
    for field in FIELDS.values():
        read_number(text(data), field)


def address(data: bytes) -> None:
    """A form's `next`: whatever is taken for ours has no other site in it."""
    if is_local(text(data)):
        assert text(data).replace("\\", "/")[:2] != "//", "a browser takes what follows for a site"
        parts = urlsplit(text(data))
        assert not parts.scheme
        assert not parts.netloc


@cache
def released() -> list[dict[str, str]]:
    """The cookies of released versions."""
    found = sorted((ROOT / "tests" / "fixtures" / "released").glob("[0-9]*.toml"))
    return [tomllib.loads(path.read_text(encoding="utf-8"))["cookies"] for path in found]


def _kept(*names: str) -> Callable[[], list[bytes]]:
    """The values of these cookies, and of those whose name begins so."""
    return lambda: [
        value.encode() for cookies in released() for name, value in cookies.items() if name.startswith(names)
    ]


def _queries() -> list[bytes]:
    searches = tomllib.loads((ROOT / "tests" / "content" / "searches.toml").read_text(encoding="utf-8"))["search"]
    return [str(entry["query"]).encode() for entry in searches]


def _said() -> list[bytes]:
    said = ["13912345678 找我", "a@b.cn", "8.0.50", "iOS 17.5.1", "第3步 没有「退群」", "一三九 一二三四 五六七八"]
    return [words.encode() for words in said]


def _numbers() -> list[bytes]:
    typed = ["30", "３０", "30分钟", "三十", "半小时", "1,200元", "两千零五", "一万", "1.5小时", "大概20回吧", "一百二"]
    return [number.encode() for number in typed]


def _addresses() -> list[bytes]:
    return [
        b"/",
        b"/checklist/plan/?kept#step-a",
        b"//evil.example",
        b"/\\evil.example",
        b"https://evil.example/",
        b"/\t/a",
    ]


def _answers() -> list[bytes]:
    order = list(quizzes.library.current().quizzes)
    named = [
        (name, value) for cookies in released() for name, value in cookies.items() if name.startswith(("q.", "p."))
    ]
    return [bytes([order.index(name[2:])]) + value.encode() for name, value in named if name[2:] in order]


def _small() -> list[bytes]:
    return [*_kept("has", "lines", "look")(), b"1xx", b"261122", b"br;q=0, gzip"]


def _letters() -> list[bytes]:
    filled = "2026-11-01\n30.50\n王小明\n13912345678".encode()
    return [bytes([number]) + filled for number in range(len(checklist.library.current().letters))]


def _files() -> list[bytes]:
    return [bytes([number]) + (FIXTURES / file).read_bytes() for number, file in enumerate(files())]


TARGETS = [
    Target("content-tree", content_tree, _files,
           BAD_CONTENT, 150),
    Target("front-matter", front_matter, _pages, BAD_CONTENT, 300),
    Target("markup", markup, _pages, (), 300),
    Target("exposures", exposures, _kept("exposures")),
    Target("ticks", ticks, lambda: [b"\n".join(_kept("s.")())]),
    Target("small-cookies", small_cookies, _small),
    Target("answers", answers, _answers),
    Target("practice", practice, lambda: [*_kept("q.practice")(), b"0.01s02f03s04f05s06f07s08f..y"]),
    Target("cookie-header", cookie_header, lambda: [
        "; ".join(f"{settings.COOKIE_PREFIX}{name}={value}" for name, value in cookies.items()).encode()
        for cookies in released()
    ]),
    Target("resume-token", resume_token, _tokens, (resume_link.ResumeError,)),
    Target("resume-payload", resume_payload, _payloads, (resume_link.ResumeError,)),
    Target("search", query, _queries),
    Target("letter", letter, _letters),
    Target("report", report, _said),
    Target("worth-it", worth, _numbers),
    Target("next", address, _addresses),
]  # fmt: skip


def ids() -> list[str]:
    """The ids that cookies, links and forms name: libFuzzer's dictionary."""
    below, asked = checklist.library.current(), quizzes.library.current()
    options = [id for quiz in asked.quizzes.values() for question in quiz.questions.values() for id in question.options]
    questions = [id for quiz in asked.quizzes.values() for id in quiz.questions]
    return sorted({*below.exposures, *below.steps, *below.kit, *below.lines, *asked.quizzes, *options, *questions})
