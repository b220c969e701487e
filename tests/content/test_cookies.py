"""All cookies of the most thorough reader together are small enough for every server between the reader and us."""

import datetime as dt
from itertools import cycle

import checklist.library
import quizzes.library
from checklist.plan.if_then import MOST, write_lines
from checklist.state import wire_ids
from checklist.state.cookies import MARKS, STEP_PREFIX, Tick, TickState, write_given, write_has, write_tick
from core.dates import write_day
from core.http.cookies import COOKIE_NAME
from core.http.look import Look, Theme
from quizzes import answer_codes
from quizzes.engine.answers import QUIZ_COOKIE, mark_counted, write_answers
from quizzes.engine.quiz import Question, QuestionKind, Quiz
from quizzes.practice.rounds import COOKIE as PRACTICE_COOKIE
from quizzes.practice.scenes import LENGTH
from quizzes.risk.previous_attempt import PREVIOUS_COOKIE, read_previous
from quizzes.risk.quiz import RiskQuiz

LIMIT = 1900
DAY = dt.date(2026, 11, 22)
#: Before each name where the site is on https.
PREFIX = "__Host-"


def longest(question: Question) -> tuple[str, ...]:
    """The answer that takes the most room."""
    if question.kind is QuestionKind.SINGLE:
        return (next(iter(question.options)),)
    return tuple(id for id, option in question.options.items() if not option.policy.exclusive)


def longest_answers(quiz: Quiz) -> str:
    """Every question answered at its longest; more than any one route asks."""
    begun = DAY if quiz.dated else None
    answers = {question.id: longest(question) for question in quiz.questions.values()}
    return mark_counted(write_answers(answers, answer_codes.current()[quiz.id], begun))


def all_cookies() -> dict[str, str]:
    library, wire = checklist.library.current(), wire_ids.current()
    ticked = write_tick(Tick(TickState.DAY, DAY))
    steps = {f"{STEP_PREFIX}{wire.steps.numbers[id]}": ticked for id in library.steps}
    # Every mark stands once in the cookie, so it is longest where all of them are used.
    exposures = write_given(dict(zip(library.exposures, cycle(MARKS.values()))), wire.exposures)
    asked = {QUIZ_COOKIE + id: longest_answers(quiz) for id, quiz in quizzes.library.current().quizzes.items()}
    lines = write_lines(sorted(library.lines, key=len)[-MOST:])
    has = write_has(library.kit, wire.has)
    scored = [quiz for quiz in quizzes.library.current().quizzes.values() if isinstance(quiz, RiskQuiz)]
    last = {PREVIOUS_COOKIE + quiz.id: longest_last(quiz) for quiz in scored}
    practice = {PRACTICE_COOKIE: f"999.{'99s' * LENGTH}.{'f' * 25}.y"}
    others = {"look": str(Look(large=True, theme=Theme.LIGHT)), "lines": lines, "has": has, "tally": "no"}
    return {"exposures": exposures, **others, **steps, **asked, **last, **practice}


def longest_last(quiz: RiskQuiz) -> str:
    return f"{quiz.policy.version}.100.{'f' * len(quiz.policy.dimensions)}.{write_day(DAY)}"


def test_leaves_room_in_three_kilobytes_for_sixty_more_steps() -> None:
    size = sum(len(f"{PREFIX}{name}={value}; ") for name, value in all_cookies().items())
    assert size <= LIMIT
    assert size + 60 * len(f"{PREFIX}s.117=d1xx; ") <= 3 * 1024


def test_keeps_no_cookie_but_those_that_a_reader_can_erase() -> None:
    assert all(COOKIE_NAME.match(name) for name in all_cookies())


def test_writes_nothing_that_a_cookie_cannot_hold() -> None:
    for name, value in all_cookies().items():
        assert value.isascii()
        assert not set(name + value) & set(' ",;\\')


def test_keeps_the_attempt_before_in_forty_characters() -> None:
    quiz = quizzes.library.current().quizzes["habits"]
    assert isinstance(quiz, RiskQuiz)
    cookie = all_cookies()["p.habits"]
    assert len(cookie) <= 40
    assert read_previous(cookie, quiz) is not None
