"""The score tells the truth: what is open is never 暂未发现, and what nobody can tell is never 没处理."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import checklist.library
import quizzes.library
from quizzes.engine.attempt import Attempt, replay
from quizzes.risk.quiz import RiskQuiz
from quizzes.risk.scoring import Level, Outcome, score
from tests.fixtures.readers import attempts
from tests.tiny import lantern

CALM = {
    "situation": ("left",),
    "codes": ("nobody",),
    "things": ("none",),
    "accounts": ("none",),
    "paid": ("none",),
    "tasks": ("none",),
    "autopay": ("closed",),
    "data": ("none",),
    "adding": ("closed",),
    "pulled": ("none",),
}


@pytest.fixture(scope="module")
def habits() -> RiskQuiz:
    quiz = quizzes.library.current().quizzes["habits"]
    assert isinstance(quiz, RiskQuiz)
    return quiz


def outcome(attempt: Attempt[RiskQuiz]) -> Outcome:
    critical = {id for id, one in checklist.library.current().exposures.items() if one.critical}
    return score(attempt, critical, ())


def told(quiz: RiskQuiz, **answers: tuple[str, ...]) -> Outcome:
    given = CALM | {id.replace("_", "-"): options for id, options in answers.items()}
    return outcome(replay(quiz, given))


@pytest.mark.parametrize("lent", ["lent", "codes-for-others"])
def test_counts_an_account_that_was_lent_among_the_accounts(habits: RiskQuiz, lent: str) -> None:
    levels = {one.id: one.level for one in told(habits, accounts=(lent,), accounts_after=("not-yet",)).dimensions}
    assert levels["accounts"] is Level.FIRST
    assert levels["rules"] is Level.NOTICE


@pytest.mark.parametrize(
    ("answers", "level"),
    [
        ({"codes": ("given",), "sender": ("bank",)}, Level.FIRST),
        ({"codes": ("given",), "things": ("id-photo",), "things_after": ("done",)}, Level.FIRST),
        ({"things": ("payment-code",), "things_after": ("not-yet",)}, Level.FIRST),
        ({"things": ("bank-card",), "things_after": ("unsure",), "card_shown": ("number",)}, Level.FIRST),
        ({"things": ("app",), "things_after": ("not-yet",), "app_when": ("earlier",)}, Level.FIRST),
        ({"things": ("screen",), "things_after": ("not-yet",), "shared": ("nothing",)}, Level.FIRST),
        ({"accounts": ("password",), "accounts_after": ("not-yet",), "secret": ("pay",)}, Level.FIRST),
        ({"codes": ("unsure",)}, Level.NOTICE),
        ({"codes": ("handled",)}, Level.NONE),
        ({}, Level.NONE),
    ],
)
def test_the_money_is_never_safe_while_somebody_can_get_at_it(
    habits: RiskQuiz, answers: dict[str, tuple[str, ...]], level: Level
) -> None:
    levels = {one.id: one.level for one in told(habits, **answers).dimensions}
    assert levels["money"] is level


@given(data=st.data())
def test_no_dimension_says_that_nothing_was_found_while_something_in_it_is_open(habits: RiskQuiz, data: Any) -> None:
    found = outcome(data.draw(attempts(habits)))
    critical = {id for id, one in checklist.library.current().exposures.items() if one.critical}
    for id in found.open:
        for dimension, points in habits.policy.exposures[id].by_dimension.items():
            level = next(one.level for one in found.dimensions if one.id == dimension)
            assert level is not Level.NONE or not (points or id in critical), id


def test_a_fact_that_costs_nothing_is_no_thing_to_handle() -> None:
    quiz = lantern()
    free = {id: one.model_copy(update={"points": 0}) for id, one in quiz.policy.exposures.items()}
    quiz = quiz.model_copy(update={"policy": quiz.policy.model_copy(update={"exposures": free})})
    answers = {"place": ("outside",), "key": ("never",), "shared": ("name",), "shared-since": ("not-yet",)}
    found = score(replay(quiz, answers), (), ())
    assert found.open == ["name-told"]
    assert (found.unhandled, found.unclear, found.contributions) == ([], [], [])
    assert found.dimensions[1].level is Level.NONE
    known = score(replay(quiz, answers), {"name-told"}, ())
    assert (known.unhandled, known.dimensions[1].level) == (["name-told"], Level.FIRST)


@pytest.mark.parametrize(
    ("answers", "unclear", "unhandled"),
    [
        ({"codes": ("unsure",)}, ["code-unsure"], []),
        ({"things": ("unsure",)}, ["app-unsure"], []),
        ({"accounts": ("unsure",)}, ["account-unsure"], []),
        ({"autopay": ("unseen",)}, ["autopay"], []),
        ({"autopay": ("charged",)}, [], ["autopay"]),
        ({"things": ("app",), "things_after": ("unsure",)}, ["unknown-app"], []),
        ({"things": ("app",), "things_after": ("not-yet",)}, [], ["unknown-app"]),
        ({"things": ("app",), "things_after": ("done",)}, [], []),
        ({"codes": ("unsure",), "things": ("app",), "things_after": ("not-yet",)}, ["code-unsure"], ["unknown-app"]),
        ({"accounts": ("password",), "accounts_after": ("unsure",)}, ["password-told"], []),
    ],
)
def test_what_the_reader_cannot_tell_is_unclear(
    habits: RiskQuiz, answers: dict[str, tuple[str, ...]], unclear: list[str], unhandled: list[str]
) -> None:
    found = told(habits, **answers)
    assert (found.unclear, found.unhandled) == (unclear, unhandled)
    assert sorted(found.open) == sorted([*unclear, *unhandled])


def test_every_answer_that_cannot_tell_and_opens_something_says_so(habits: RiskQuiz) -> None:
    silent = [
        (question.id, option.id)
        for question in habits.questions.values()
        for option in question.options.values()
        if option.label.startswith(("记不清", "没看过"))
        and (policy := habits.policy.questions[question.id].options[option.id]).exposures
        and not policy.unsure
    ]
    assert silent == []
