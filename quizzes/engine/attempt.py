"""Replay a reader's attempt at a quiz from the answers."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile
from typing import Generic

from quizzes.engine.quiz import AnyQuiz, Option, Question, QuestionKind

Answers = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Attempt(Generic[AnyQuiz]):
    """The state of an attempt: the answers that still apply, and the next question.

    `answers` are in the quiz's order. `next` is the first question that is asked
    and has no answer, None at the end. `total` counts the questions answered and
    all that may still be asked: it can shrink on the way, and never grows.
    `ended` names the outcome that an answer ended the quiz with. `begun` is the
    day of the first answer, None if the cookie does not say.
    """

    quiz: AnyQuiz
    answers: dict[str, tuple[str, ...]]
    next: Question | None
    total: int
    ended: str | None = None
    begun: dt.date | None = None

    @property
    def finished(self) -> bool:
        return self.next is None

    @property
    def chosen(self) -> list[tuple[Question, Option]]:
        """Return every option chosen, with its question."""
        return [
            (self.quiz.questions[id], self.quiz.questions[id].options[option])
            for id, options in self.answers.items()
            for option in options
        ]

    @cached_property
    def route(self) -> list[str]:
        """Return the questions that 上一题 and 下一题 lead through: those answered, up to the next one."""
        end = self.next.id if self.next else None
        up_to_next = takewhile(lambda id: id != end, self.quiz.questions)
        return [*(id for id in up_to_next if id in self.answers), *([end] if end else [])]

    def can_show(self, question: Question) -> bool:
        """Return whether the reader may be at this question: it was answered, or is the next one."""
        return question.id in self.route

    def position(self, question: Question) -> int:
        """Return which screen the question is, from 1."""
        return self.route.index(question.id) + 1

    def before(self, question: Question) -> Question | None:
        """Return the question one screen back, None at the first."""
        position = self.route.index(question.id)
        return self.quiz.questions[self.route[position - 1]] if position else None

    def after(self, question: Question) -> Question | None:
        """Return the question one screen on; None if the result follows."""
        rest = self.route[self.position(question) :]
        return self.quiz.questions[rest[0]] if rest else None


def replay(quiz: AnyQuiz, answers: Answers, begun: dt.date | None = None) -> Attempt[AnyQuiz]:
    """Return the attempt with these answers. Unknown ids and answers that no longer apply are ignored."""
    kept: dict[str, tuple[str, ...]] = {}
    possible: set[str] = set()
    unanswered: Question | None = None
    for question in quiz.questions.values():
        if not _may_be_asked(question, kept, possible):
            continue
        possible.add(question.id)
        options = clean(question, answers[question.id]) if question.id in answers else ()
        if not options:
            unanswered = unanswered or question
            continue
        kept[question.id] = options
        ended = next((question.options[id].policy.ends for id in options if question.options[id].policy.ends), None)
        if ended and unanswered is None:
            return Attempt(quiz, kept, None, len(kept), ended, begun)
    return Attempt(quiz, kept, unanswered, len(possible), begun=begun)


def clean(question: Question, options: tuple[str, ...]) -> tuple[str, ...]:
    """Return the options of this question among those sent, in its order.

    A single choice keeps one; of a multiple choice, an exclusive option (都没有)
    is kept only alone.
    """
    known = tuple(id for id in question.options if id in options)
    if question.kind is QuestionKind.SINGLE:
        return known[:1]
    shared = tuple(id for id in known if not question.options[id].policy.exclusive)
    return shared or known[:1]


def _may_be_asked(question: Question, kept: Answers, possible: set[str]) -> bool:
    """Return whether its conditions hold, or may still, once the questions that they ask about are answered."""
    for asked, options in question.ask_if.items():
        if asked not in kept:
            if asked not in possible:
                return False
        elif not any(option in options for option in kept[asked]):
            return False
    return True
