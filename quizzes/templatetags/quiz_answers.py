"""What the answers of a finished quiz come to, for a page that has no list yet."""

from typing import Any

from django import template

from quizzes import library
from quizzes.risk.quiz import RiskQuiz
from quizzes.risk.views import first_step
from quizzes.views import read_attempt

register = template.Library()


@register.simple_tag(takes_context=True)
def answered_quiz(context: dict[str, Any]) -> dict[str, object] | None:
    """Return the first step of a finished quiz whose answers need a list, or None if there is no such quiz."""
    request = context["request"]
    for quiz in library.current().quizzes.values():
        if isinstance(quiz, RiskQuiz):
            attempt = read_attempt(request, quiz)
            if attempt.finished and not attempt.ended and (first := first_step(request, attempt)):
                return first
    return None
