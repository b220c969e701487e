"""One reader's way through a quiz, replayed from the answers each time."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic

from quizzes.quiz import AnyQuiz, Kind, Option, Question

Answers = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Attempt(Generic[AnyQuiz]):
    """Where a reader is: the answers that still apply, and the question that comes next.

    `answers` are in the quiz's order. `next` is the first question that is asked
    and has no answer, None at the end. `total` counts the questions answered and
    all that may still be asked: it can shrink on the way, and never grows.
    `ended` names the outcome that an answer ended the quiz with.
    """

    quiz: AnyQuiz
    answers: dict[str, tuple[str, ...]]
    next: Question | None
    total: int
    ended: str | None = None

    @property
    def finished(self) -> bool:
        return self.next is None

    @property
    def chosen(self) -> list[tuple[Question, Option]]:
        """Every option chosen, with its question."""
        return [
            (self.quiz.questions[id], self.quiz.questions[id].options[option])
            for id, options in self.answers.items()
            for option in options
        ]

    @property
    def route(self) -> list[str]:
        """The questions that 上一题 and 下一题 walk through: those answered, up to the next one."""
        order = list(self.quiz.questions)
        end = order.index(self.next.id) if self.next else len(order)
        return [id for id in self.answers if order.index(id) < end] + ([self.next.id] if self.next else [])

    def can_show(self, question: Question) -> bool:
        """Whether the reader may be at this question: it was answered, or is the next one."""
        return question.id in self.route

    def position(self, question: Question) -> int:
        """Which screen the question is, from 1."""
        return self.route.index(question.id) + 1

    def before(self, question: Question) -> Question | None:
        """The question one screen back, None at the first."""
        position = self.route.index(question.id)
        return self.quiz.questions[self.route[position - 1]] if position else None

    def after(self, question: Question) -> Question | None:
        """The question one screen on; None where the result follows."""
        rest = self.route[self.position(question) :]
        return self.quiz.questions[rest[0]] if rest else None


def replay(quiz: AnyQuiz, answers: Answers) -> Attempt[AnyQuiz]:
    """The attempt that these answers make. Unknown ids, and answers no longer asked for, change nothing."""
    kept: dict[str, tuple[str, ...]] = {}
    possible: set[str] = set()
    unanswered: Question | None = None
    for question in quiz.questions.values():
        if not all(_may_hold(kept, possible, asked, options) for asked, options in question.ask_if.items()):
            continue
        possible.add(question.id)
        options = clean(question, answers.get(question.id, ()))
        if options:
            kept[question.id] = options
        elif unanswered is None:
            unanswered = question
        ended = next((question.options[id].policy.ends for id in options if question.options[id].policy.ends), None)
        if ended and unanswered is None:
            return Attempt(quiz, kept, None, len(kept), ended)
    return Attempt(quiz, kept, unanswered, len(possible))


def clean(question: Question, options: tuple[str, ...]) -> tuple[str, ...]:
    """The options of this question among those sent, in its order.

    A single choice keeps one; of a multiple choice, an exclusive option (都没有)
    stands only alone.
    """
    known = tuple(id for id in question.options if id in options)
    if question.kind is Kind.SINGLE:
        return known[:1]
    shared = tuple(id for id in known if not question.options[id].policy.exclusive)
    return shared or known[:1]


def _may_hold(kept: Answers, possible: set[str], asked: str, options: tuple[str, ...]) -> bool:
    """Whether a condition holds, or may still, once the question that it asks about is answered."""
    return bool(set(kept[asked]) & set(options)) if asked in kept else asked in possible
