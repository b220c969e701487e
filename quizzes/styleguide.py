"""Show every component by name. It uses the same partials as the pages, so that both stay the same."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

import checklist.library
import guide.library
from checklist.exposures import ExposureState
from checklist.plan.builder import make_plan
from checklist.state.cookies import GivenExposure, Origin, Tick, TickState
from core.content.markup import DRAWINGS
from core.http.caching import public
from guide.feedback.models import Rating
from quizzes import library

#: The plan of the style guide is of this day: a stored page knows no today.
DAY = dt.date(2026, 11, 22)
#: Grounds with what is written on them, and the least contrast: `.on-<ground>` in the stylesheet, held by tests/site.
SWATCHES = (
    ("paper", "ink", 7),
    ("sheet", "soft", 7),
    ("leaf", "on-leaf", 7),
    ("leaf-wash", "leaf", 7),
    ("sun", "on-sun", 7),
    ("sun-wash", "ink", 7),
    ("brick", "on-brick", 7),
    ("brick-wash", "brick", 7),
    ("chat", "soft", 4.5),
)
#: What a check of a group comes to, by the colour of its card.
VERDICTS = ("brick", "sun", "straw", "leaf")


@require_safe
@public
def styleguide(request: HttpRequest) -> HttpResponse:
    """The tokens, components, icons and drawings. Nothing in it can be sent."""
    checklist_library, content, guide_library = checklist.library.current(), library.current(), guide.library.current()
    questions = [question for quiz in content.quizzes.values() for question in quiz.questions.values()]
    single, multi = (next(one for one in questions if one.kind == kind) for kind in ("single", "multi"))
    given = {id: GivenExposure(ExposureState.OPEN, Origin.READER) for id in list(checklist_library.exposures)[:4]}
    plan = make_plan(checklist_library, given, {}, DAY)
    ticks = {item.step.id: Tick(TickState.DONE, DAY) for item in plan.today[1:2]}
    plan = make_plan(checklist_library, given, ticks, DAY)
    context = {
        "swatches": SWATCHES,
        "drawings": DRAWINGS,
        "questions": [(question, list(question.options.values())[:1]) for question in (single, multi)],
        "quiz": next(iter(content.quizzes.values())),
        "scene": next(scene for scene in content.practice.scenes.values() if scene.suspicious),
        "plan": plan,
        "procedure": next(one for one in guide_library.procedures.values() if one.legs),
        "channel": next(one for one in guide_library.channels.values() if one.number),
        "answer": True,
        "colours": VERDICTS,
        "ratings": Rating.choices,
        "case": next(iter(checklist_library.cases.values())),
        "urgent": checklist_library.urgent.list_for(next(iter(checklist_library.cases.values())).given),
        "page": next(iter(guide_library.pages.values())),
    }
    return render(request, "quizzes/styleguide.html", context)
