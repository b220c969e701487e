"""A reader's attempt at a quiz, from the cookie."""

from django.http import HttpRequest

from core.http.cookies import read_cookies
from quizzes import answer_codes
from quizzes.engine.answers import QUIZ_COOKIE, read_answers
from quizzes.engine.attempt import Attempt, replay
from quizzes.engine.quiz import AnyQuiz


def read_attempt(request: HttpRequest, quiz: AnyQuiz) -> Attempt[AnyQuiz]:
    cookie = read_cookies(request).get(QUIZ_COOKIE + quiz.id, "")
    return replay(quiz, read_answers(cookie, answer_codes.current()[quiz.id]))
