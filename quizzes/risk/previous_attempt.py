"""Read and write the cookie of the reader's previous attempt.

    p.<quiz>    1.62.fnoon.1xe    the quiz's version, the risk value, a letter for each dimension, the day

A cookie of another version is ignored, because its value was scored by other rules. So is
a cookie that can't be read.
"""

import datetime as dt
import re
from dataclasses import dataclass

from core.dates import read_day, write_day
from quizzes.risk.quiz import RiskQuiz
from quizzes.risk.scoring import Level, Outcome

PREVIOUS_COOKIE = "p."
LETTERS = {Level.FIRST: "f", Level.NOTICE: "n", Level.NONE: "o"}
COOKIE = re.compile(r"(\d{1,4})\.(\d{1,3})\.([fno]{1,12})\.([0-9a-z]+)", re.ASCII)


@dataclass(frozen=True)
class PreviousAttempt:
    """`value` and the level of each dimension, when it was started over; `on` is the day on which it began."""

    value: int
    levels: dict[str, Level]
    on: dt.date


def read_previous(cookie: str, quiz: RiskQuiz) -> PreviousAttempt | None:
    parts = COOKIE.fullmatch(cookie)
    if not parts:
        return None
    version, value, letters = int(parts[1]), int(parts[2]), parts[3]
    on = read_day(parts[4])
    if version != quiz.policy.version or value > 100 or len(letters) != len(quiz.policy.dimensions) or on is None:
        return None
    of_letter = {letter: level for level, letter in LETTERS.items()}
    levels = {id: of_letter[letter] for id, letter in zip(quiz.policy.dimensions, letters, strict=True)}
    return PreviousAttempt(value, levels, on)


def write_previous(quiz: RiskQuiz, outcome: Outcome, on: dt.date) -> str:
    letters = "".join(LETTERS[dimension.level] for dimension in outcome.dimensions)
    return f"{quiz.policy.version}.{outcome.value}.{letters}.{write_day(on)}"
