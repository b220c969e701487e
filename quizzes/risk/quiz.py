"""The scheme `risk`: answers add points, and open exposures set a minimum. See quizzes/risk/scoring.py."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from core.content.files import Id, Model, Text
from quizzes.engine.quiz import Option, OptionPolicy, Question, QuestionPolicy, Quiz, QuizPolicy, QuizWords

Points = Annotated[int, Field(ge=0, le=100)]
#: So many open exposures, however mild, are several.
SEVERAL = 3


class RiskOption(OptionPolicy):
    """The effect of an option.

    `points` go to dimensions, for the habit itself; the step `remedy` takes them away.
    `exposures` are what the reader says to have given. Their points stand under the
    quiz's exposures and count once, while they are open. With `handled` they are raised
    as handled. `handles` names an earlier question whose exposures this option calls
    handled. With `unsure` the reader can't tell: its exposures are called 没看清 instead
    of 没处理, and so are those of the earlier question that `doubts` names. `instead_of`
    are exposures of an earlier answer that this option takes back.
    """

    points: dict[Id, Points] = {}
    exposures: tuple[Id, ...] = ()
    instead_of: tuple[Id, ...] = ()
    handled: bool = False
    handles: Id | None = None
    unsure: bool = False
    doubts: Id | None = None
    remedy: Id | None = None

    @model_validator(mode="after")
    def _can_be_taken_away(self) -> Self:
        if any(self.points.values()) and not self.remedy:
            raise ValueError("an option that costs points needs a remedy (a step)")
        return self


class RiskQuestion(QuestionPolicy):
    """`severity` are its options from the mildest to the riskiest; those that can't be compared are left out."""

    severity: tuple[Id, ...] = ()
    options: Annotated[Mapping[Id, RiskOption], Field(min_length=2)]


class ExposurePoints(Model):
    """What an open exposure adds, once.

    `points` go to its own `dimension`, which is 先处理 while a critical exposure is
    open; `also` adds points to others. `reaches` names dimensions that get no points,
    but are at least 留意 while it is open (先处理 if it is critical). `least` is the
    least that the risk value then is. A `detail` only says more precisely what happened,
    or where: it adds no points and sets no level. One that is the same act as another
    names it in `of`, and is counted with it as one thing.
    """

    dimension: Id
    points: Points
    also: dict[Id, Points] = {}
    reaches: tuple[Id, ...] = ()
    least: Points = 0
    detail: bool = False
    of: Id | None = None

    @property
    def by_dimension(self) -> dict[Id, Points]:
        """Return the points by dimension, its own first."""
        return {self.dimension: self.points} | self.also


class Floors(Model):
    """The minimum of the risk value.

    With one open critical exposure, with two or more, and with `SEVERAL` of any kind.
    """

    one: Points
    more: Points
    several: Points = 0


class RiskPolicy(QuizPolicy):
    """A quiz that adds points up. `dimensions` gives each its most points; they add up to 100.

    `channels` are the telephone numbers shown on the card.
    """

    scheme: Literal["risk"]
    dimensions: dict[Id, Points]
    floors: Floors
    bands: dict[Id, Points]
    exposures: dict[Id, ExposurePoints] = {}
    channels: tuple[Id, ...] = ()
    questions: Annotated[Mapping[Id, RiskQuestion], Field(min_length=1)]

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        if sum(self.dimensions.values()) != 100:
            raise ValueError("the dimensions add up to 100")
        starts = list(self.bands.values())
        if starts != sorted(set(starts)) or starts[0] != 0:
            raise ValueError("bands begin at 0 and rise")
        if self.floors.more < self.floors.one:
            raise ValueError("floors.more is at least floors.one")
        return self


class BandWords(Model):
    title: Text
    first: Text


class RiskWords(QuizWords):
    """The words of a quiz with points.

    `dimension_notes` say in a line what a dimension looks at, `basis` what research
    the quiz leans on, `habits` what is enough for a reader who needs no list.
    """

    dimensions: dict[Id, Text]
    dimension_notes: dict[Id, Text] = {}
    bands: dict[Id, BandWords]
    basis: tuple[Text, ...] = ()
    habits: tuple[Text, ...] = ()


class RiskQuiz(Quiz):
    """A quiz as it is asked and scored."""

    dated: ClassVar[bool] = True

    policy: RiskPolicy
    words: RiskWords

    def asked_about(self, question: Question, answers: Mapping[str, tuple[str, ...]]) -> list[Option]:
        """Return what was chosen in the earlier question whose exposures this one may call dealt with."""
        options = self.policy.questions[question.id].options.values()
        earlier = next((option.handles for option in options if option.handles), None)
        return [self.questions[earlier].options[id] for id in answers.get(earlier, ())] if earlier else []

    def matters(self, option: Option) -> bool:
        """Return whether the option ends the quiz, is urgent, stops, or costs points, its own or an exposure's."""
        meant = option.policy
        assert isinstance(meant, RiskOption)
        raised = () if meant.handled else meant.exposures
        costs = [*meant.points.values(), *(self.policy.exposures[id].points for id in raised)]
        return super().matters(option) or any(costs)
