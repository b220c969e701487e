"""Views of quizzes with points: method, result and card. quizzes/views.py calls them by scheme."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

import checklist.library
import guide.library
from checklist.exposures import Exposure, ExposureState
from checklist.leaving.sheets import Sheet
from checklist.plan.builder import make_plan, open_of, settling
from checklist.plan.changes import given_after_quiz
from checklist.plan.if_then_views import lines_context
from checklist.plan.plan import Item, Plan
from checklist.state.cookies import TickState
from checklist.state.request import reader_state
from checklist.steps import Stage, Step
from checklist.urgent.library import Runs
from checklist.urgent.policy import Institution
from checklist.urgent.words import Told
from core.http.cookies import read_cookies, set_cookie
from quizzes.engine.attempt import Attempt
from quizzes.engine.quiz import Question
from quizzes.risk.previous_attempt import PREVIOUS_COOKIE, read_previous, write_previous
from quizzes.risk.quiz import RiskQuiz
from quizzes.risk.scoring import Contribution, Level, Outcome, raised_by, score

#: What a title calls those who have no number of their own.
NAMES = {Institution.BANK: "银行", Institution.LENDER: "放款的那家", Institution.CARRIER: "运营商"}


@dataclass(frozen=True)
class Reading:
    """The outcome of a finished attempt, with the state of this reader's checklist.

    `closed` are the steps that are done or skipped.
    """

    outcome: Outcome
    raised: dict[str, ExposureState]
    plan: Plan
    still_open: set[str]
    closed: frozenset[str]
    has: frozenset[str] | None

    @property
    def urgent(self) -> Item | None:
        """Return the first urgent step that the plan has for an exposure that these answers do not name."""
        own = self.outcome.open
        return next((item for item in self.plan.urgent if any(one.id not in own for one in item.because)), None)

    @property
    def steps(self) -> list[Item]:
        """Return the steps of today, if these answers or an emergency in the plan require any."""
        return self.plan.today if self.outcome.open or self.urgent else []

    @property
    def call(self) -> Told | None:
        """Return the first action of today that is a call, or None if no call is left."""
        policy = checklist.library.current().urgent.policy
        return next((item.told for item in self.steps if policy.may_call(item.step.id)), None)

    @property
    def calls(self) -> list[str]:
        """Return whom to call first and second: nobody unless the day begins with a call and something is critical."""
        called = [_called(item.told) if item.told else [] for item in self.steps]
        critical = any(exposure.critical for item in self.steps for exposure in item.because)
        return list(dict.fromkeys(chain.from_iterable(called)))[:2] if critical and called[0] else []


def _called(told: Told) -> list[str]:
    """Return how a title names whom an action calls: by the number, if there is one number for everybody."""
    called = checklist.library.current().urgent.policy.may_call(told.id)
    names = [name for institution, name in NAMES.items() if institution in called]
    return names or [channel.number for channel in told.channels if called]


@dataclass(frozen=True)
class Point:
    """A row of 每一点从哪来: its title, its points by dimension, and the steps still to do for it.

    `first` is the title of the first of them, as the plan calls it.
    """

    title: str
    exposure: Exposure | None
    points: list[tuple[str, int]]
    steps: list[Step]
    first: str


def method(request: HttpRequest, quiz: RiskQuiz) -> HttpResponse:
    words, policy, library = quiz.words, quiz.policy, checklist.library.current()
    names, runs = words.dimensions, library.urgent.runs()
    context = {
        "quiz": quiz,
        "bands": [(words.bands[id].title, start) for id, start in policy.bands.items()],
        "dimensions": [(names[id], words.dimension_notes.get(id), most) for id, most in policy.dimensions.items()],
        "exposures": [
            (
                library.exposures[id],
                [(names[dimension], points) for dimension, points in entry.by_dimension.items() if points],
                entry.least,
                library.settling([id], runs),
            )
            for id, entry in policy.exposures.items()
        ],
        "questions": [(question, _costs_of(quiz, question)) for question in quiz.questions.values()],
    }
    return render(request, "quizzes/method.html", context)


def _costs_of(quiz: RiskQuiz, question: Question) -> Iterator[tuple[str, list[tuple[str, int]], Step | None]]:
    """Yield each option's label, what it adds to the dimensions by name, and the step that takes it away again."""
    names, steps = quiz.words.dimensions, checklist.library.current().steps
    for id, option in quiz.policy.questions[question.id].options.items():
        points = [(names[dimension], points) for dimension, points in option.points.items() if points]
        yield question.options[id].label, points, steps[option.remedy] if option.remedy else None


def result(request: HttpRequest, attempt: Attempt[RiskQuiz]) -> HttpResponse:
    reading = _read(request, attempt)
    outcome, words, library = reading.outcome, attempt.quiz.words, checklist.library.current()
    points = _rows(attempt, outcome.counted, reading)
    unhandled = _acts(attempt.quiz, outcome.unhandled)
    unclear = _acts(attempt.quiz, outcome.unclear) - unhandled
    calm = outcome.band == next(iter(attempt.quiz.policy.bands))
    # What to handle first on top, then the longest bar.
    dimensions = sorted(outcome.dimensions, key=lambda one: (list(Level).index(one.level), -one.percent))
    context = {
        "quiz": attempt.quiz,
        "outcome": outcome,
        "raised": reading.raised,
        "plan": reading.plan,
        "steps": reading.steps,
        "leaves": _leaves(reading.plan),
        "calm": calm and not reading.urgent,
        "urgent": reading.urgent if calm else None,
        "call": reading.call,
        "calls": reading.calls,
        "unhandled": len(unhandled),
        "unclear": len(unclear),
        "open_count": len(unhandled) + len(unclear),
        "remedy": next((step for point in points for step in point.steps), None),
        "band": words.bands[outcome.band],
        "dimensions": [
            (
                words.dimensions[one.id],
                words.dimension_notes.get(one.id),
                one,
                _reaching(attempt.quiz, outcome, one.id),
                _first_titles(points, words.dimensions[one.id]) if one.level is Level.FIRST else [],
            )
            for one in dimensions
        ],
        "over": [(words.dimensions[one.id], one) for one in outcome.dimensions if one.sum > one.most],
        "points": points,
        "habits": sum(point.exposure is None for point in points),
        "answers": [
            (attempt.quiz.questions[id], [attempt.quiz.questions[id].options[option].label for option in options])
            for id, options in attempt.answers.items()
        ],
        "gone": _rows(attempt, outcome.gone, reading),
        "handled": [library.exposures[id] for id, state in reading.raised.items() if state is ExposureState.HANDLED],
        "last": _last(request, attempt, outcome),
    }
    return render(request, "quizzes/result.html", context | lines_context(request, reading.raised))


def first_step(request: HttpRequest, attempt: Attempt[RiskQuiz]) -> dict[str, object] | None:
    """Return the first step that the answers need, as the result shows it; or None if they need none."""
    reading = _read(request, attempt)
    if not reading.outcome.open or not reading.steps:
        return None
    return {"raised": reading.raised, "steps": reading.steps, "call": reading.call, "quiz": attempt.quiz}


def card(request: HttpRequest, attempt: Attempt[RiskQuiz]) -> HttpResponse:
    """Show one screen to keep as a screenshot: the first steps and whom to call, without a score."""
    reading = _read(request, attempt)
    plan = reading.plan
    channels = guide.library.current().channels
    context = {
        "quiz": attempt.quiz,
        "first": next(iter(reading.steps), None),
        "next": plan.open[1:4],
        "finished": bool(plan.done),
        "channels": [channels[id] for id in attempt.quiz.policy.channels],
        "day": timezone.localdate(),
    }
    return render(request, "quizzes/card.html", context | lines_context(request, raised_by(attempt)))


def _first_titles(points: list[Point], dimension: str) -> list[str]:
    """Return the titles of the first two points that count to a dimension."""
    return [point.title for point in points if any(name == dimension for name, _ in point.points)][:2]


def _reaching(quiz: RiskQuiz, outcome: Outcome, dimension: str) -> str:
    """Return the title of the open exposure of another dimension that reaches this one, or "" if there is none."""
    reaching = (
        one.exposure
        for one in outcome.counted
        if one.exposure and dimension in quiz.policy.exposures[one.exposure].reaches
    )
    return next((checklist.library.current().exposures[id].title for id in reaching), "")


def keep_previous(request: HttpRequest, attempt: Attempt[RiskQuiz], response: HttpResponse) -> None:
    """Keep the outcome of a finished attempt for comparison with the next one."""
    outcome = _read(request, attempt).outcome
    cookie = write_previous(attempt.quiz, outcome, attempt.begun or timezone.localdate())
    set_cookie(response, PREVIOUS_COOKIE + attempt.quiz.id, cookie)


def _read(request: HttpRequest, attempt: Attempt[RiskQuiz]) -> Reading:
    """Score the attempt with the reader's checklist. These answers replace those of an earlier attempt."""
    library, raised = checklist.library.current(), raised_by(attempt)
    before, ticks, has = reader_state(request)
    given = given_after_quiz(before or {}, raised)
    # A step done before this attempt does not change the habits that its answers describe.
    begun = attempt.begun or dt.date.min
    done = frozenset(id for id, tick in ticks.items() if tick.state is TickState.DONE and tick.on >= begun)
    critical = {id for id, exposure in library.exposures.items() if exposure.critical}
    plan = make_plan(library, given, ticks, timezone.localdate(), has)
    outcome = score(attempt, critical, given.keys() - plan.unsettled, done)
    closed = frozenset(id for id, tick in ticks.items() if tick.state in (TickState.DONE, TickState.SKIP))
    return Reading(outcome, raised, plan, open_of(given), closed, has)


def _leaves(plan: Plan) -> list[Sheet]:
    """Return how to leave the groups that readers ask for most, for a reader whose plan has a group to leave."""
    leaving = checklist.library.current().leaving
    if not any(item.step.policy.stage is Stage.LEAVE for item in plan.open):
        return []
    return [leaving[id] for id in ("neighbours", "strangers") if id in leaving]


def _act(quiz: RiskQuiz, exposure: str) -> str:
    """Return the exposure under which this one is counted: one act may raise several exposures."""
    return quiz.policy.exposures[exposure].of or checklist.library.current().exposures[exposure].under or exposure


def _acts(quiz: RiskQuiz, exposures: Iterable[str]) -> set[str]:
    return {_act(quiz, id) for id in exposures}


def _rows(attempt: Attempt[RiskQuiz], contributions: Iterable[Contribution], reading: Reading) -> list[Point]:
    """Return the contributions as rows: those of one answer's habit, or of one act, together."""
    rows: dict[tuple[str, ...], list[Contribution]] = {}
    for one in contributions:
        key = (_act(attempt.quiz, one.exposure),) if one.exposure else (one.question, one.option)
        rows.setdefault(key, []).append(one)
    runs, titles = checklist.library.current().urgent.runs(reading.has), reading.plan.titles
    return [_point(attempt.quiz, key[0], row, reading, runs, titles) for key, row in rows.items()]


def _point(
    quiz: RiskQuiz, act: str, row: list[Contribution], reading: Reading, runs: Runs, titles: dict[str, str]
) -> Point:
    """Return a row: a habit, or the exposure of an act with those that say more of it.

    `titles` are those of the plan's steps by id, in the plan's order.
    """
    library = checklist.library.current()
    ids = sorted({one.exposure for one in row if one.exposure}, key=lambda id: id != act)
    if ids:
        steps = [step for id in ids for step in settling(library, id, reading.still_open, runs)]
        title = "，".join(library.exposures[id].title for id in ids)
    else:
        steps = [library.steps[row[0].remedy or ""]]
        asked = quiz.questions[row[0].question]
        title = f"{asked.title}{asked.options[row[0].option].label}"
    order = [*titles]
    left = [step for step in dict.fromkeys(steps) if step.id not in reading.closed]
    left.sort(key=lambda step: order.index(step.id) if step.id in order else len(order))
    first = titles.get(left[0].id, left[0].title) if left else ""
    points: Counter[str] = Counter()
    for one in row:
        points[quiz.words.dimensions[one.dimension]] += one.points
    return Point(title, library.exposures[ids[-1]] if ids else None, list(points.items()), left, first)


def _last(request: HttpRequest, attempt: Attempt[RiskQuiz], outcome: Outcome) -> dict[str, object] | None:
    """Return the reader's previous attempt, with the dimensions whose level changed."""
    last = read_previous(read_cookies(request).get(PREVIOUS_COOKIE + attempt.quiz.id, ""), attempt.quiz)
    if last is None:
        return None
    names = attempt.quiz.words.dimensions
    changed = [
        (names[one.id], last.levels[one.id], one.level)
        for one in outcome.dimensions
        if last.levels[one.id] is not one.level
    ]
    return {"value": last.value, "on": last.on, "changed": changed, "begun": attempt.begun or timezone.localdate()}


def result_id(attempt: Attempt[RiskQuiz]) -> str:
    """Return the band for the statistics: that of the answers alone, without the checklist of this reader."""
    critical = {id for id, exposure in checklist.library.current().exposures.items() if exposure.critical}
    return score(attempt, critical, (), ()).band
