"""What the quiz statistics count: one option of one question, on one day.

A count is never linked to a person, to a time of day or to another answer.
"""

import datetime as dt
from typing import Any, NamedTuple

from quizzes.engine.attempt import Attempt

#: The reserved question id under which the result of an attempt is counted: its band, verdict or outcome.
RESULT = "result"


class Counted(NamedTuple):
    """The key of a count: an option of a question, in one version of a quiz, on one day."""

    quiz: str
    version: int
    question: str
    option: str
    day: dt.date


def counted_in(attempt: Attempt[Any], result: str, day: dt.date) -> list[Counted]:
    """Return what a finished attempt adds one to: each option chosen, and its result."""
    quiz = attempt.quiz
    chosen = [(question.id, option.id) for question, option in attempt.chosen]
    return [
        Counted(quiz.id, quiz.policy.version, question, option, day) for question, option in [*chosen, (RESULT, result)]
    ]
