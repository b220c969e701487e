"""Result and method of a quiz with points. quizzes/views.py leads here by the quiz's scheme."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

import checklist.library
from checklist.exposures import State
from checklist.plan import make_plan, settled
from checklist.progress import Tick, from_quiz, read_given, read_ticks
from checklist.steps import Step
from guide.web import cookies_of
from quizzes.attempt import Attempt
from quizzes.risk import RiskQuiz
from quizzes.scoring import raised_by, score


def method(request: HttpRequest, quiz: RiskQuiz) -> HttpResponse:
    names, exposures = quiz.words.dimensions, checklist.library.current().exposures
    context = {
        "quiz": quiz,
        "dimensions": [(id, names[id], most) for id, most in quiz.policy.dimensions.items()],
        "exposures": [
            (exposures[id], names[entry.dimension], entry.points) for id, entry in quiz.policy.exposures.items()
        ],
        "questions": [
            (
                told,
                [
                    (told.options[id].label, [(names[name], more) for name, more in option.points.items() if more])
                    for id, option in quiz.policy.questions[told.id].options.items()
                ],
            )
            for told in quiz.questions.values()
        ],
    }
    return render(request, "quizzes/method.html", context)


def result(request: HttpRequest, attempt: Attempt[RiskQuiz]) -> HttpResponse:
    below = checklist.library.current()
    cookies = cookies_of(request)
    # As the plan would have it: these answers replace those of an earlier attempt.
    raised = raised_by(attempt)
    given = from_quiz(read_given(cookies.get("exposures", ""), below.exposures) or {}, raised)
    ticks = read_ticks(cookies, below.steps)
    critical = {id for id, exposure in below.exposures.items() if exposure.critical}
    outcome = score(attempt, critical, settled(below, given, ticks))
    plan = make_plan(below, given, ticks, timezone.localdate())
    words = attempt.quiz.words
    context = {
        "quiz": attempt.quiz,
        "outcome": outcome,
        "raised": raised,
        "first": plan.now if outcome.open else None,
        "band": words.bands[outcome.band],
        "dimensions": [(words.dimensions[dimension.id], dimension) for dimension in outcome.dimensions],
        "open": [(below.exposures[id], _next_step(below, id, ticks)) for id in outcome.open],
        "handled": [below.exposures[id] for id, state in outcome.raised.items() if state is State.HANDLED],
    }
    return render(request, "quizzes/result.html", context)


def band_of(attempt: Attempt[RiskQuiz]) -> str:
    """The band that the answers alone come to, whatever the checklist knows of this reader."""
    critical = {id for id, exposure in checklist.library.current().exposures.items() if exposure.critical}
    return score(attempt, critical, ()).band


def _next_step(below: checklist.library.Library, exposure: str, ticks: dict[str, Tick]) -> Step | None:
    """The first step that settles an exposure and is not ticked yet."""
    return next((step for step in below.settling(exposure) if step.id not in ticks), None)
