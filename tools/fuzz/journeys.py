"""Requests as real readers send them: each view at some point of a journey, with what the browser holds there."""

import datetime as dt
import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

import checklist.library
import guide.library
import quizzes.library
from checklist.exposures import ExposureState
from checklist.letters.letter import FieldKind, inputs
from checklist.plan.if_then import MOST, write_lines
from checklist.state import wire_ids
from checklist.state.cookies import (
    LETTERS,
    Given,
    Origin,
    ReaderState,
    Tick,
    TickState,
    write_given,
    write_has,
    write_tick,
)
from checklist.state.link import make_link
from core.http.look import Look, Theme
from guide.feedback.models import Rating
from quizzes import answer_codes
from quizzes.engine.answers import write_answers
from quizzes.engine.attempt import Attempt, replay
from quizzes.engine.quiz import QuestionKind as Asks
from quizzes.engine.quiz import Quiz
from quizzes.practice.rounds import COOKIE, Answer, Sureness, read_round, write_round
from quizzes.worth.calculation import FIELDS, Came
from tools.fuzz.sent import Pairs, Sent

#: In every request. It must stand in no log line and on no page that is stored.
CANARY = "canarybird"
BROWSER: Pairs = (
    ("User-Agent", f"Mozilla/5.0 {CANARY}".encode()),
    ("Accept", b"text/html,application/xhtml+xml,*/*;q=0.8"),
    ("Accept-Encoding", b"gzip, deflate, br"),
    ("Accept-Language", b"zh-CN,zh;q=0.9"),
    ("Sec-Fetch-Site", b"same-origin"),
    ("Origin", b"http://127.0.0.1:8000"),
    ("Referer", f"http://127.0.0.1:8000/{CANARY}/".encode()),
)

Fields = list[tuple[str, str]]


@dataclass(frozen=True)
class Staff:
    """Somebody signed in to the admin: their cookies, and the rows that they may look at."""

    cookies: Mapping[str, str] = field(default_factory=dict)
    reports: tuple[int, ...] = ()


@dataclass
class Reader:
    """One reader at one point of a journey. All that is drawn comes from `chance`.

    `asked` is the question, or the letter, that the address names: its form is filled in.
    """

    chance: random.Random
    staff: Staff
    cookies: dict[str, str] = field(default_factory=dict)
    asked: Any = None

    def one(self, things: Iterable[Any]) -> Any:
        return self.chance.choice(list(things))

    def some(self, things: Iterable[Any], most: int = 99) -> list[Any]:
        all = list(things)
        return self.chance.sample(all, self.chance.randint(0, min(len(all), most)))

    def often(self, share: float) -> bool:
        return self.chance.random() < share


@cache
def views() -> dict[str, str]:
    """The pattern of every view of the site, the admin's too, by its name; by the pattern where it has none."""
    found: dict[str, str] = {}

    def walk(resolver: URLResolver, before: str, space: str) -> None:
        for pattern in resolver.url_patterns:
            route = before + str(pattern.pattern)
            if isinstance(pattern, URLPattern):
                found[space + pattern.name if pattern.name else route] = route
            else:
                walk(pattern, route, f"{pattern.namespace}:" if pattern.namespace else space)

    walk(get_resolver(), "", "")
    return found


def sent_to(view: str, chance: random.Random, staff: Staff) -> Sent:
    """A request to `view` with nothing wrong in it."""
    reader = Reader(chance, staff)
    _browse(reader)
    address = _address(view, reader)
    wants_form = view in FORMS and (view in ONLY_POST or reader.often(0.7))
    form = tuple((name, str(value).encode()) for name, value in FORMS[view](reader)) if wants_form else None
    headers = (*BROWSER, ("HX-Request", b"true")) if wants_form and view in SWAPPED and reader.often(0.4) else BROWSER
    query = QUERIES[view](reader) if view in QUERIES and not wants_form else []
    if reader.often(0.2):
        query.append(("from", CANARY))  # chat apps append their own
    return Sent(
        method="POST" if wants_form else "HEAD" if reader.often(0.05) else "GET",
        path=address.encode(),
        query=tuple((name, value.encode()) for name, value in query),
        form=form,
        cookies=tuple((name, value.encode()) for name, value in reader.cookies.items()),
        headers=headers,
    )


# What the browser holds


def _browse(reader: Reader) -> None:
    """Nothing at all, or some of everything."""
    below, cookies, wire = checklist.library.current(), reader.cookies, wire_ids.current()
    if reader.often(0.2):
        return
    if reader.often(0.5):
        cookies["look"] = str(Look(reader.often(0.5), reader.one(Theme))) or "large"
    if reader.often(0.7):
        given = {id: Given(reader.one(ExposureState), reader.one(Origin)) for id in reader.some(below.exposures, 12)}
        cookies["exposures"] = write_given(given, wire.exposures)
    for id in reader.some(below.steps, 6):
        cookies[f"s.{wire.steps.numbers[id]}"] = write_tick(Tick(reader.one(LETTERS), timezone.localdate()))
    if reader.often(0.4):
        cookies["has"] = write_has(reader.some(below.kit), wire.has)
    if reader.often(0.3):
        cookies["lines"] = write_lines(reader.some(below.lines, MOST)) or next(iter(below.lines))
    if reader.often(0.2):
        cookies["tally"] = "no"
    for quiz in reader.some(quizzes.library.current().quizzes.values(), 1):
        _go_through(reader, quiz, 0.5)


def _go_through(reader: Reader, quiz: Quiz, to_the_end: float) -> Attempt[Quiz]:
    """Some questions answered, or all of them; the cookie says so."""
    attempt = replay(quiz, {})
    stop = 99 if reader.often(to_the_end) else reader.chance.randint(0, 6)
    while attempt.next is not None and len(attempt.answers) < stop:
        attempt = replay(quiz, attempt.answers | {attempt.next.id: tuple(_options(reader, attempt.next))})
    reader.cookies.pop(f"q.{quiz.id}", None)
    if attempt.answers:
        reader.cookies[f"q.{quiz.id}"] = write_answers(
            attempt.answers, answer_codes.current()[quiz.id], timezone.localdate()
        )
    return attempt


def _options(reader: Reader, asked: Any) -> list[str]:
    shared = [id for id, option in asked.options.items() if not option.policy.exclusive]
    return (reader.some(shared) if asked.kind is not Asks.SINGLE else []) or [reader.one(asked.options)]


def _judge(reader: Reader, how_many: int, sure: bool = False) -> list[str]:
    """So many scenes of the first round judged; the ids of those that can be shown then."""
    scenes = tuple(quizzes.library.current().practice.scenes.values())
    round = read_round("", scenes)
    for scene in round.scenes[:how_many]:
        round = round.answered(scene, reader.one(Answer))
    if sure:
        round = round.how_sure(reader.one(Sureness))
    if how_many:
        reader.cookies[COOKIE] = write_round(round)
    return [scene.id for scene in round.scenes if round.can_show(scene)]


# Where a view is


def _address(view: str, reader: Reader) -> str:
    if view.startswith("admin"):
        return _in_the_admin(view, reader)
    if view in PLACES:
        return PLACES[view](reader)
    wanted = {name: thing(reader) for name, thing in NAMED.items() if f":{name}>" in views()[view]}
    return reverse(view, kwargs=wanted)


def _token(reader: Reader) -> str:
    below = checklist.library.current()
    given = {id: Given(ExposureState.OPEN, Origin.QUIZ) for id in reader.some(below.exposures)}
    ticks = {id: Tick(TickState.DONE, timezone.localdate()) for id in reader.some(below.steps)}
    return make_link(ReaderState(given, ticks, None), wire_ids.current(), settings.SECRET_KEY, timezone.now())


def _question(reader: Reader) -> str:
    attempt = _go_through(reader, reader.one(quizzes.library.current().quizzes.values()), 0.2)
    reader.asked = attempt.quiz.questions[reader.one(attempt.route)]
    return reverse("quizzes:question", args=[attempt.quiz.id, reader.asked.id])


def _of_a_letter(reader: Reader) -> str:
    reader.asked = reader.one(checklist.library.current().letters.values())
    return str(reader.asked.address)


def _after_a_quiz(view: str, scheme: str = "") -> Callable[[Reader], str]:
    """Of the quizzes of one scheme, where that is all that the view is for."""

    def place(reader: Reader) -> str:
        asked = [quiz for quiz in quizzes.library.current().quizzes.values() if scheme in ("", quiz.policy.scheme)]
        attempt = _go_through(reader, reader.one(asked), 0.9)
        return reverse(view, args=[attempt.quiz.id])

    return place


def _scene(reader: Reader) -> str:
    return reverse("quizzes:scene", args=[reader.one(_judge(reader, reader.chance.randint(0, 8)))])


def _after_the_scenes(view: str, sure: bool) -> Callable[[Reader], str]:
    def place(reader: Reader) -> str:
        _judge(reader, 8, sure)
        return reverse(view)

    return place


def _older_static(reader: Reader) -> str:
    name, _, suffix = reader.one(["css/site.css", "js/site.js", "js/sw.js", "img/favicon.ico"]).partition(".")
    return f"/static/{name}.{reader.chance.randrange(16**12):012x}.{suffix}"


#: Views whose address belongs to what the browser holds.
PLACES: dict[str, Callable[[Reader], str]] = {
    "quizzes:question": _question,
    "checklist:letter": _of_a_letter,
    "quizzes:result": _after_a_quiz("quizzes:result"),
    "quizzes:card": _after_a_quiz("quizzes:card", "risk"),
    "quizzes:again": _after_a_quiz("quizzes:again"),
    "quizzes:scene": _scene,
    "quizzes:sure": _after_the_scenes("quizzes:sure", False),
    "quizzes:practice-result": _after_the_scenes("quizzes:practice-result", True),
    "core:older-static": _older_static,
}
#: What stands in the addresses of the others.
NAMED: dict[str, Callable[[Reader], str]] = {
    "token": _token,
    "step": lambda reader: reader.one(checklist.library.current().steps),
    "case": lambda reader: reader.one(checklist.library.current().cases),
    "tie": lambda reader: reader.one(checklist.library.current().leaving),
    "quiz": lambda reader: reader.one(quizzes.library.current().quizzes),
    "slug": lambda reader: reader.one(guide.library.current().pages),
    "procedure": lambda reader: reader.one(guide.library.current().procedures),
}


def _in_the_admin(view: str, reader: Reader) -> str:
    """Mostly as somebody signed in: others see the form to sign in, whatever they ask for."""
    if reader.often(0.8):
        reader.cookies |= reader.staff.cookies
    row = str(reader.one(reader.staff.reports or (1,)))
    route = views()[view].replace("<path:object_id>", row).replace("<id>", row)
    route = route.replace("<path:content_type_id>", "1").replace("(?P<url>.*)$", "nowhere")
    return "/" + route.replace("^(?P<app_label>quizzes|guide|auth)/$", reader.one(["quizzes/", "guide/", "auth/"]))


# What a form says, and a query


def _given(reader: Reader) -> Fields:
    given = reader.some(checklist.library.current().exposures, 12)
    handled = reader.some(given)
    has = reader.some(checklist.library.current().kit)
    return [*(("given", id) for id in given), *(("handled", id) for id in handled), *(("has", id) for id in has)]


def _tick(reader: Reader) -> Fields:
    later = timezone.localdate() + dt.timedelta(days=reader.chance.randint(1, 300))
    return [("state", reader.one(["done", "tonight", "day", "skip", "open"])), ("on", later.isoformat())]


def _lines(reader: Reader) -> Fields:
    offered = reader.some(checklist.library.current().lines, MOST)
    kept = reader.some(offered)
    return [*(("offered", id) for id in offered), *(("line", id) for id in kept), ("next", "/checklist/plan/")]


def _letter(reader: Reader) -> Fields:
    filled = []
    for name, column in inputs(reader.asked.words):
        typed = {FieldKind.DATE: "2026-11-01", FieldKind.AMOUNT: "30.50"}.get(column.kind, "王小明")
        filled.append((name, reader.one(column.options) if column.options else typed))
    return reader.some(filled)


def _option(reader: Reader) -> Fields:
    return [("option", id) for id in _options(reader, reader.asked)]


def _worth(reader: Reader) -> Fields:
    numbers = {"minutes": "半小时", "rounds": "2回", "reward": "３０", "people": "十二", "weeks": "1"}
    fields = [(name, numbers.get(name, "2")) for name in FIELDS]
    return [*fields, ("came", reader.one(Came)), *(("given", id) for id in reader.some(["phone-number", "id-photo"]))]


def _report(reader: Reader) -> Fields:
    return [
        ("rating", reader.one(Rating)),
        ("sentence", reader.one(["", "第三步找不到。", "错" * 200])),
        ("homepage", ""),
    ]


def _different(reader: Reader) -> Fields:
    said = [("rating", "wrong"), ("app_version", "8.0.50"), ("sentence", "没有「退群」。"), ("homepage", "")]
    return [*said, ("next", reader.one(["/checklist/plan/", "/checklist/steps/wx-leave/"]))]


def _sign_in(reader: Reader) -> Fields:
    token = reader.cookies["csrftoken"] = "c" * 32
    return [("csrfmiddlewaretoken", token), ("username", "somebody"), ("password", "not this one"), ("next", "/admin/")]


def _action(reader: Reader) -> Fields:
    token = reader.cookies["csrftoken"] = "c" * 32
    rows = [("_selected_action", str(row)) for row in reader.some(reader.staff.reports)]
    return [("csrfmiddlewaretoken", token), ("action", reader.one(["mark_seen", "mark_new", "mark_mended"])), *rows]


def _state(reader: Reader) -> Fields:
    token = reader.cookies["csrftoken"] = "c" * 32
    return [
        ("csrfmiddlewaretoken", token),
        ("state", reader.one(["new", "seen", "mended", "declined"])),
        ("_save", "1"),
    ]


FORMS: dict[str, Callable[[Reader], Fields]] = {
    "checklist:exposures": _given,
    "checklist:plan": _given,
    "checklist:step": _tick,
    "checklist:lines": _lines,
    "checklist:reminders": lambda reader: [],
    "checklist:resume": lambda reader: [],
    "checklist:letter": _letter,
    "quizzes:question": _option,
    "quizzes:again": lambda reader: [],
    "quizzes:practice-again": lambda reader: [],
    "quizzes:scene": lambda reader: [("answer", reader.one(Answer))],
    "quizzes:sure": lambda reader: [("sure", reader.one(Sureness))],
    "quizzes:counting": lambda reader: [("tally", reader.one(["no", "yes"])), ("quiz", "habits")],
    "quizzes:worth-it": _worth,
    "guide:report": _report,
    "guide:procedure-report": _different,
    "core:look": lambda reader: [
        ("size", reader.one(["large", "normal"])),
        ("theme", reader.one(Theme)),
        ("next", "/"),
    ],
    "core:erase": lambda reader: [],
    "admin:login": _sign_in,
    "admin:guide_report_changelist": _action,
    "admin:guide_report_change": _state,
}
ONLY_POST = {"core:look", "quizzes:again", "quizzes:practice-again"}
#: The views that answer htmx with a part of their page.
SWAPPED = {"checklist:step", "checklist:lines", "quizzes:question", "quizzes:scene", "quizzes:worth-it"}

QUERIES: dict[str, Callable[[Reader], Fields]] = {
    "guide:search": lambda reader: [("q", reader.one(["退群", "yanzhengma", "验证码 给了", "12381", "怎么退 QQ群"]))],
    "guide:procedure-report": lambda reader: [("next", "/checklist/plan/")],
    "guide:procedure-thanks": lambda reader: [("next", "/checklist/plan/")],
    "checklist:exposures": lambda reader: [("case", reader.one(checklist.library.current().cases))],
    "checklist:plan": lambda reader: [("kept", "")],
    "checklist:print": lambda reader: [("code", "")],
    "quizzes:question": lambda reader: [(reader.one(["kept", "moved"]), "")],
    "quizzes:scene": lambda reader: [(reader.one(["kept", "elsewhere"]), "")],
    "quizzes:counting": lambda reader: [("quiz", "habits"), ("kept", reader.one(["no", "yes"]))],
    "admin:guide_report_changelist": lambda reader: [("q", "x"), ("state__exact", "new"), ("on__year", "2026")],
    "admin:quizzes_tally_changelist": lambda reader: [("of", "habits.1"), ("days", reader.one(["7", "30", "365"]))],
    "admin:autocomplete": lambda reader: [("app_label", "auth"), ("model_name", "user"), ("field_name", "groups")],
    "admin:auth_user_changelist": lambda reader: [("is_staff__exact", "1"), ("o", "1.-2"), ("p", "1")],
    "admin:login": lambda reader: [("next", "/admin/guide/report/")],
}
