"""What an attempt comes to: the risk value, its dimensions, and where each point comes from.

The risk value is 0 to 100, and higher is riskier. It is the greater of two:
the sum of the dimensions (each up to its own most, together 100), and the
floor that open critical exposures set. Questions not asked count nothing, so a
riskier answer that opens a follow-up never lowers it.
/quizzes/<quiz>/method/ prints the items and points.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from checklist.exposures import State
from quizzes.attempt import Attempt
from quizzes.risk import RiskOption, RiskPolicy, RiskQuiz

#: A dimension with this share of its most is 先处理, as is one with an open critical exposure.
FIRST_FROM = 0.6


class Level(StrEnum):
    FIRST = "first"
    NOTICE = "notice"
    NONE = "none"

    @property
    def label(self) -> str:
        return {"first": "先处理", "notice": "留意", "none": "暂未发现"}[self.value]


@dataclass(frozen=True)
class DimensionScore:
    id: str
    points: int
    most: int
    level: Level

    @property
    def percent(self) -> int:
        """Points as a share of the most, 0 to 100, for the picture."""
        return round(100 * self.points / self.most) if self.most else 0


@dataclass(frozen=True)
class Outcome:
    """`value` 0–100, higher is riskier; `floor` is 0 where no critical exposure is open."""

    value: int
    floor: int
    band: str
    dimensions: list[DimensionScore]
    raised: dict[str, State]

    @property
    def open(self) -> list[str]:
        return [id for id, state in self.raised.items() if state is State.OPEN]


def raised_by(attempt: Attempt[RiskQuiz]) -> dict[str, State]:
    """The exposures that the answers raise, open unless the answers call them handled."""
    raised: dict[str, State] = {}
    by_question: dict[str, list[str]] = {}
    for question, option in _chosen(attempt):
        for id in option.exposures:
            by_question.setdefault(question, []).append(id)
            if raised.get(id) is not State.OPEN:
                raised[id] = State.HANDLED if option.handled else State.OPEN
        for id in by_question.get(option.handles or "", []):
            raised[id] = State.HANDLED
    return raised


def score(attempt: Attempt[RiskQuiz], critical: Collection[str], settled: Collection[str]) -> Outcome:
    """The outcome of an attempt.

    `critical` are the exposures that set a floor, `settled` those that the
    checklist calls handled meanwhile.
    """
    quiz = attempt.quiz
    raised = {id: State.HANDLED if id in settled else state for id, state in raised_by(attempt).items()}
    still_open = [id for id, state in raised.items() if state is State.OPEN]
    points = _points(attempt, still_open)
    critical_dimensions = {quiz.policy.exposures[id].dimension for id in still_open if id in critical}
    dimensions = [
        _dimension(id, min(points[id], most), most, id in critical_dimensions)
        for id, most in quiz.policy.dimensions.items()
    ]
    floor = _floor(quiz.policy, sum(id in critical for id in still_open))
    value = max(floor, sum(dimension.points for dimension in dimensions))
    band = [id for id, start in quiz.policy.bands.items() if start <= value][-1]
    return Outcome(value, floor, band, dimensions, raised)


def _chosen(attempt: Attempt[RiskQuiz]) -> list[tuple[str, RiskOption]]:
    """What each option chosen costs and raises, with its question's id."""
    asked = attempt.quiz.policy.questions
    return [(id, asked[id].options[option]) for id, options in attempt.answers.items() for option in options]


def _points(attempt: Attempt[RiskQuiz], still_open: Collection[str]) -> dict[str, int]:
    """Points by dimension, before each is held to its most."""
    points = dict.fromkeys(attempt.quiz.policy.dimensions, 0)
    for _, option in _chosen(attempt):
        for dimension, more in option.points.items():
            points[dimension] += more
    for id in still_open:
        exposure = attempt.quiz.policy.exposures[id]
        points[exposure.dimension] += exposure.points
    return points


def _dimension(id: str, points: int, most: int, has_critical: bool) -> DimensionScore:
    if has_critical or points >= FIRST_FROM * most:
        level = Level.FIRST
    else:
        level = Level.NOTICE if points else Level.NONE
    return DimensionScore(id, points, most, level)


def _floor(policy: RiskPolicy, open_critical: int) -> int:
    if not open_critical:
        return 0
    return policy.floors.one if open_critical == 1 else policy.floors.more
