"""A quiz: its policy (ids, points, routes) and its words, put together."""

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from guide.contentfile import Id, Model, Text

#: Words that stand where a question's id stands in an address.
RESERVED = frozenset({"result", "method", "again"})
Points = Annotated[int, Field(ge=0, le=100)]


class Kind(StrEnum):
    SINGLE = "single"
    MULTI = "multi"


class OptionPolicy(Model):
    """What choosing an option means.

    `points` go to dimensions, for the habit itself. `exposures` are what it says
    the reader gave; their points stand once, under the quiz's exposures, and
    count while they are open. With `handled` they are raised as dealt with.
    `handles` names an earlier question whose exposures this option calls dealt
    with. `exclusive` (都没有) empties the rest of a multiple choice. `ends` names an
    outcome that ends the quiz at once. `urgent` is the emergency case offered
    at once, `remedy` the step that takes the points away where no exposure does.
    """

    points: dict[Id, Points] = {}
    exposures: tuple[Id, ...] = ()
    handled: bool = False
    handles: Id | None = None
    exclusive: bool = False
    ends: Id | None = None
    urgent: Id | None = None
    remedy: Id | None = None

    @model_validator(mode="after")
    def _can_be_taken_away(self) -> Self:
        if any(self.points.values()) and not self.remedy and not self.exposures:
            raise ValueError("an option that costs points needs a remedy (a step)")
        return self


class QuestionPolicy(Model):
    """A question's shape. It is asked when, for every question in `ask_if`, one of the options named was chosen."""

    kind: Kind = Kind.SINGLE
    ask_if: dict[Id, tuple[Id, ...]] = {}
    options: Annotated[dict[Id, OptionPolicy], Field(min_length=2)]


class ExposurePoints(Model):
    """What an open exposure adds, once, to one dimension."""

    dimension: Id
    points: Points


class Floors(Model):
    """The least that the risk value can be with one open critical exposure, and with two or more."""

    one: Points
    more: Points


class QuizPolicy(Model):
    """A quiz without its words. `dimensions` gives each its most points; they add up to 100."""

    version: Annotated[int, Field(ge=1)]
    dimensions: dict[Id, Points]
    floors: Floors
    bands: dict[Id, Points]
    exposures: dict[Id, ExposurePoints] = {}
    questions: Annotated[dict[Id, QuestionPolicy], Field(min_length=1)]

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


class OptionWords(Model):
    label: Annotated[Text, Field(max_length=40)]
    feedback: Text


class QuestionWords(Model):
    title: Annotated[Text, Field(max_length=40)]
    hint: str = ""
    options: dict[Id, OptionWords]


class BandWords(Model):
    title: Text
    first: Text


class OutcomeWords(Model):
    """A result without a score: what to ask and do together."""

    title: Annotated[Text, Field(max_length=16)]
    first: Text
    items: Annotated[tuple[Text, ...], Field(min_length=1)]


class QuizWords(Model):
    title: Annotated[Text, Field(max_length=16)]
    summary: Text
    minutes: Annotated[int, Field(ge=1, le=30)]
    intro: Annotated[tuple[Text, ...], Field(min_length=1)]
    dimensions: dict[Id, Text]
    bands: dict[Id, BandWords]
    outcomes: dict[Id, OutcomeWords] = {}
    questions: dict[Id, QuestionWords]
    limits: Annotated[tuple[Text, ...], Field(min_length=1)]


class Option(Model):
    id: Id
    policy: OptionPolicy
    label: str
    feedback_html: str


class Question(Model):
    """A question as it is asked."""

    id: Id
    kind: Kind
    ask_if: dict[Id, tuple[Id, ...]]
    title: str
    hint: str
    options: dict[Id, Option]

    @property
    def input_type(self) -> Literal["radio", "checkbox"]:
        return "checkbox" if self.kind is Kind.MULTI else "radio"


class Quiz(Model):
    """A quiz as it is asked and scored. Questions stand in the order in which they are asked."""

    id: Id
    policy: QuizPolicy
    words: QuizWords
    questions: dict[Id, Question]

    @property
    def title(self) -> str:
        return self.words.title
