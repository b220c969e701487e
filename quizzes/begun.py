"""What the page of a reader without a plan shows of a finished quiz."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from quizzes import library
from quizzes.risk.quiz import RiskQuiz
from quizzes.risk.views import first_step
from quizzes.views import read_attempt


def show_answered(request: HttpRequest) -> SafeString:
    """Return the first step of a finished quiz whose answers need a plan, or "" if there is no such quiz."""
    for quiz in library.current().quizzes.values():
        if isinstance(quiz, RiskQuiz):
            attempt = read_attempt(request, quiz)
            if attempt.finished and not attempt.ended and (first := first_step(request, attempt)):
                return render_to_string("quizzes/_answered.html", first, request)
    return SafeString()
