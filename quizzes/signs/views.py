"""Views of quizzes of signs: method and result. quizzes/views.py calls them by scheme."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

import checklist.library
import guide.library
from core.content.rendered import Link
from quizzes import library
from quizzes.engine.attempt import Attempt
from quizzes.signs.quiz import SignsQuiz, VerdictRule, Weight, judge


def method(request: HttpRequest, quiz: SignsQuiz) -> HttpResponse:
    names = {id: words.name for id, words in quiz.words.verdicts.items()}
    context = {
        "quiz": quiz,
        "rules": [(names[rule.verdict], _counted(rule)) for rule in quiz.policy.rules],
        "otherwise": names[quiz.policy.verdicts[-1]],
        "counts_unsure": any(rule.unsure for rule in quiz.policy.rules),
        "by_weight": [(weight, [sign for sign in quiz.signs.values() if sign.weight is weight]) for weight in Weight],
    }
    return render(request, "quizzes/signs_method.html", context)


def _counted(rule: VerdictRule) -> str:
    """Return the least numbers of a rule, in words."""
    parts = [f"“{weight.label}”的有{rule.least[weight]}样" for weight in Weight if weight in rule.least]
    if rule.unsure:
        parts.append(f"有{rule.unsure}题点了“不清楚”")
    return "，加上".join(parts) + "，或更多"


def result(request: HttpRequest, attempt: Attempt[SignsQuiz]) -> HttpResponse:
    """Show the verdict and what to do first, then the signs, and how to leave by the tie."""
    quiz = attempt.quiz
    judgement = judge(attempt)
    tie = quiz.policy.ties.get(judgement.tie)
    context = {
        "quiz": quiz,
        "verdict": judgement.verdict,
        "colour": quiz.policy.colour(judgement.verdict),
        "way": quiz.way(judgement.verdict, judgement.tie),
        "signs": [(sign, _title(sign.more)) for sign in judgement.signs],
        "unsure": [quiz.questions[id].title for id in judgement.unsure],
        "leaving": tie.link.address if tie else "",
        "better_go": tie is not None and not tie.known and judgement.verdict in quiz.policy.verdicts[:2],
    }
    return render(request, "quizzes/signs_result.html", context)


def result_id(attempt: Attempt[SignsQuiz]) -> str:
    """Return the verdict, for the statistics."""
    return judge(attempt).verdict


def _title(link: Link) -> str:
    """Return the title of the page that a link leads to."""
    known = checklist.library.current()
    match link.kind:
        case "page":
            return guide.library.current().pages[link.id].title
        case "step":
            return known.steps[link.id].title
        case "case":
            return known.cases[link.id].title
        case _:
            return library.current().quizzes[link.id].title
