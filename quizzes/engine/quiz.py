"""Models of a quiz: its policy (ids, routes) and its words, for every scheme.

The schemes define the result of an attempt: `risk` adds points, `signs` weighs signs.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, ClassVar, TypeVar

from pydantic import Field

from core.content.files import Id, Model, Text

#: Words that a URL or a cookie has in place of a question's id.
RESERVED = frozenset({"result", "method", "again", "card", "on"})

#: Words that a URL has in place of a quiz's id.
TAKEN = frozenset({"count", "worth-it"})
#: Of these, the pages that a text may link to as it does to a quiz.
LINKED = frozenset({"worth-it"})


class QuestionKind(StrEnum):
    SINGLE = "single"
    MULTI = "multi"


class OptionPolicy(Model):
    """The effect of an option in every scheme.

    `exclusive` (都没有) empties the rest of a multiple choice. `ends` names an
    outcome that ends the quiz at once. `urgent` is the emergency case offered
    at once, `urgent_form` the form of it. With `stops` the feedback is always shown on a screen.
    """

    exclusive: bool = False
    ends: Id | None = None
    urgent: Id | None = None
    urgent_form: Id | None = None
    stops: bool = False


class QuestionPolicy(Model):
    """A question without its words. It is asked if, for each question in `ask_if`, one of those options was chosen."""

    kind: QuestionKind = QuestionKind.SINGLE
    ask_if: dict[Id, tuple[Id, ...]] = {}
    options: Annotated[Mapping[Id, OptionPolicy], Field(min_length=2)]


class QuizPolicy(Model):
    """A quiz without its words. The `scheme` defines the result of an attempt.

    `order` is its place in the list at /quizzes/.
    """

    scheme: str
    version: Annotated[int, Field(ge=1)]
    order: int
    questions: Annotated[Mapping[Id, QuestionPolicy], Field(min_length=1)]


class OptionWords(Model):
    label: Annotated[Text, Field(max_length=40)]
    feedback: Text


class QuestionWords(Model):
    title: Annotated[Text, Field(max_length=40)]
    hint: str = ""
    options: dict[Id, OptionWords]


class OutcomeWords(Model):
    """A result without a score: what to ask and do together."""

    title: Annotated[Text, Field(max_length=16)]
    first: Text
    items: Annotated[tuple[Text, ...], Field(min_length=1)]


class QuizWords(Model):
    """A quiz's words, whatever its scheme."""

    title: Annotated[Text, Field(max_length=16)]
    summary: Text
    minutes: Annotated[int, Field(ge=1, le=30)]
    #: Who should get help instead of answering; stands above the button.
    urgent: Text | None = None
    intro: Annotated[tuple[Text, ...], Field(min_length=1)]
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
    kind: QuestionKind
    ask_if: dict[Id, tuple[Id, ...]]
    title: str
    hint: str
    options: dict[Id, Option]


class Quiz(Model):
    """A quiz as it is asked. Questions are in the order in which they are asked.

    The cookie of a `dated` quiz keeps the day on which the attempt began.
    """

    dated: ClassVar[bool] = False

    id: Id
    policy: QuizPolicy
    words: QuizWords
    questions: dict[Id, Question]

    @property
    def title(self) -> str:
        return self.words.title

    @property
    def order(self) -> int:
        return self.policy.order

    def asked_about(self, question: Question, answers: Mapping[str, tuple[str, ...]]) -> list[Option]:
        """Return the options of an earlier question that this one asks about as a whole, none in most schemes."""
        return []

    def matters(self, option: Option) -> bool:
        """Return whether the feedback of this option is shown on a screen. Other options lead on at once."""
        return bool(option.policy.ends or option.policy.urgent or option.policy.stops)


AnyQuiz = TypeVar("AnyQuiz", bound=Quiz)
