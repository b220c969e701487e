"""Score an attempt: the risk value, its dimensions, and the origin of each point.

The risk value is 0 to 100, and higher is riskier. It is the greater of two:
the sum of the dimensions (each up to its own maximum, together 100), and the
minimum (`floor`) that open exposures set: critical ones, several mild ones, and those
that a reader is unsure of. A question that is not asked adds nothing, so a riskier answer
that leads to a further question never lowers the value.

Each point has an origin: a `Contribution` is one habit or one open exposure
with its points in one dimension. The contributions of a dimension add up to its
`sum`; what is above its `most` is not counted, so that the first one taken
away from a full dimension may lower nothing yet.
/quizzes/<quiz>/method/ prints the items and points.
"""

from collections.abc import Collection
from dataclasses import dataclass

from checklist.exposures import ExposureState
from core.content.labels import Labelled
from quizzes.engine.attempt import Attempt
from quizzes.risk.quiz import SEVERAL, RiskOption, RiskPolicy, RiskQuiz

#: A dimension with this share of its most is 先处理, as is one with an open critical exposure.
FIRST_FROM = 0.6


class Level(Labelled):
    FIRST = "first", "先处理"
    NOTICE = "notice", "留意"
    NONE = "none", "暂未发现"


#: The least and the greatest length of a bar. A level may come from a rule: then the share says too little.
LENGTHS = {Level.FIRST: (60, 100), Level.NOTICE: (25, 50), Level.NONE: (0, 0)}


@dataclass(frozen=True)
class DimensionScore:
    """`points` are what counts of `sum`: up to `most`."""

    id: str
    points: int
    most: int
    level: Level
    sum: int = 0

    @property
    def percent(self) -> int:
        """Return points as a share of the most, 0 to 100."""
        return round(100 * self.points / self.most) if self.most else 0

    @property
    def length(self) -> int:
        """Return the length of the bar, 0 to 100: the share, within what the level allows."""
        least, most = LENGTHS[self.level]
        return min(max(self.percent, least), most)


@dataclass(frozen=True)
class Contribution:
    """Points in one dimension, from an answer: for the habit itself, or for the `exposure` that it raises.

    A habit's points go when the step `remedy` is done, an exposure's when the
    checklist calls it handled: then it is `gone`, and counts no more.
    """

    points: int
    dimension: str
    question: str
    option: str
    exposure: str | None = None
    remedy: str | None = None
    critical: bool = False
    gone: bool = False


@dataclass(frozen=True)
class Outcome:
    """`value` 0–100, higher is riskier; `floor` is the least that it can be, 0 if no open exposure sets one.

    `contributions` are in order, the weightiest first: critical ones, then by points.
    """

    value: int
    floor: int
    band: str
    dimensions: list[DimensionScore]
    raised: dict[str, ExposureState]
    contributions: list[Contribution]
    doubted: frozenset[str] = frozenset()

    @property
    def open(self) -> list[str]:
        return [id for id, state in self.raised.items() if state is ExposureState.OPEN]

    @property
    def unclear(self) -> list[str]:
        """Return the open exposures that count and that the reader is unsure of: 没看清."""
        return [id for id in self._counting if id in self.doubted]

    @property
    def unhandled(self) -> list[str]:
        """Return the open exposures that count and that the reader is sure of: 没处理."""
        return [id for id in self._counting if id not in self.doubted]

    @property
    def _counting(self) -> list[str]:
        """Return the open exposures that add points."""
        costing = {one.exposure for one in self.contributions}
        return [id for id in self.open if id in costing]

    @property
    def counted(self) -> list[Contribution]:
        return [one for one in self.contributions if not one.gone]

    @property
    def gone(self) -> list[Contribution]:
        return [one for one in self.contributions if one.gone]


def raised_by(attempt: Attempt[RiskQuiz]) -> dict[str, ExposureState]:
    """Return the exposures that the answers raise, open unless the answers call them handled."""
    raised: dict[str, ExposureState] = {}
    by_question: dict[str, list[str]] = {}
    for question, _, option in _chosen(attempt):
        for id in option.exposures:
            by_question.setdefault(question, []).append(id)
            if raised.get(id) is not ExposureState.OPEN:
                raised[id] = ExposureState.HANDLED if option.handled else ExposureState.OPEN
        for id in by_question.get(option.handles or "", []):
            raised[id] = ExposureState.HANDLED
        for id in option.instead_of:
            raised.pop(id, None)
    return raised


def doubted_by(attempt: Attempt[RiskQuiz]) -> frozenset[str]:
    """Return the exposures that the answers raise only in options that say `unsure`, or leave in doubt."""
    unsure: set[str] = set()
    certain: set[str] = set()
    by_question: dict[str, tuple[str, ...]] = {}
    for question, _, option in _chosen(attempt):
        (unsure if option.unsure else certain).update(option.exposures)
        by_question[question] = (*by_question.get(question, ()), *option.exposures)
        if option.doubts:
            certain.difference_update(by_question.get(option.doubts, ()))
            unsure.update(by_question.get(option.doubts, ()))
    return frozenset(unsure - certain)


def score(
    attempt: Attempt[RiskQuiz], critical: Collection[str], settled: Collection[str], done: Collection[str] = ()
) -> Outcome:
    """Return the outcome of an attempt.

    `critical` are the exposures that set a floor, `settled` those that the
    checklist calls handled meanwhile, `done` the steps done since the answers.
    """
    quiz = attempt.quiz
    by_answers = {id: state for id, state in raised_by(attempt).items() if not quiz.policy.exposures[id].detail}
    raised = {id: ExposureState.HANDLED if id in settled else state for id, state in by_answers.items()}
    still_open = [id for id, state in raised.items() if state is ExposureState.OPEN]
    contributions = [
        *_of_exposures(
            attempt, [id for id, state in by_answers.items() if state is ExposureState.OPEN], critical, settled
        ),
        *_of_habits(attempt, done),
    ]
    sums = dict.fromkeys(quiz.policy.dimensions, 0)
    for one in contributions:
        sums[one.dimension] += 0 if one.gone else one.points
    dimensions = [
        _dimension(id, sums[id], most, _least_level(quiz.policy, id, still_open, critical))
        for id, most in quiz.policy.dimensions.items()
    ]
    floor = _floor(quiz.policy, still_open, critical)
    value = max(floor, sum(dimension.points for dimension in dimensions))
    contributions.sort(key=lambda one: (not one.critical, -one.points))
    band = band_of(quiz.policy, value)
    return Outcome(value, floor, band, dimensions, raised, contributions, doubted_by(attempt))


def band_of(policy: RiskPolicy, value: int) -> str:
    """Return the band that a risk value lies in."""
    return [id for id, start in policy.bands.items() if start <= value][-1]


def _chosen(attempt: Attempt[RiskQuiz]) -> list[tuple[str, str, RiskOption]]:
    """Return every option chosen: its question's id, its own id, and its policy."""
    asked = attempt.quiz.policy.questions
    return [(id, name, asked[id].options[name]) for id, options in attempt.answers.items() for name in options]


def _of_exposures(
    attempt: Attempt[RiskQuiz], ids: Collection[str], critical: Collection[str], settled: Collection[str]
) -> list[Contribution]:
    """Return what each exposure in `ids` adds, once, with the first answer that raised it."""
    first: dict[str, tuple[str, str]] = {}
    for question, name, option in _chosen(attempt):
        for id in option.exposures:
            first.setdefault(id, (question, name))
    return [
        Contribution(points, dimension, *first[id], exposure=id, critical=id in critical, gone=id in settled)
        for id in first
        if id in ids
        for dimension, points in attempt.quiz.policy.exposures[id].by_dimension.items()
        if points or id in critical
    ]


def _of_habits(attempt: Attempt[RiskQuiz], done: Collection[str]) -> list[Contribution]:
    """Return what the habits themselves add, by answer and dimension."""
    return [
        Contribution(points, dimension, question, name, remedy=option.remedy, gone=option.remedy in done)
        for question, name, option in _chosen(attempt)
        for dimension, points in option.points.items()
        if points
    ]


def _least_level(policy: RiskPolicy, dimension: str, still_open: Collection[str], critical: Collection[str]) -> Level:
    """Return the least level of a dimension that the open exposures, its own and those that reach it, allow."""
    own = [id for id in still_open if policy.exposures[id].dimension == dimension]
    reaching = [id for id in still_open if dimension in policy.exposures[id].reaches]
    if any(id in critical for id in (*own, *reaching)):
        return Level.FIRST
    return Level.NOTICE if reaching else Level.NONE


def _dimension(id: str, total: int, most: int, least: Level) -> DimensionScore:
    """Return a dimension with its level: that of its points, or `least` if that is higher."""
    points = min(total, most)
    of_points = Level.FIRST if points >= FIRST_FROM * most else Level.NOTICE if points else Level.NONE
    return DimensionScore(id, points, most, min(least, of_points, key=list(Level).index), total)


def _floor(policy: RiskPolicy, still_open: Collection[str], critical: Collection[str]) -> int:
    grave = sum(id in critical for id in still_open)
    floors = policy.floors
    return max(
        floors.one if grave == 1 else floors.more if grave else 0,
        floors.several if len(still_open) >= SEVERAL else 0,
        *(policy.exposures[id].least for id in still_open),
    )
