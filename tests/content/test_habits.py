"""The real quiz `habits`: every point can be taken away, every exposure is asked for, and told readers fit."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

import checklist.library
import quizzes.library
from quizzes.attempt import replay
from quizzes.quiz import Option, Quiz
from quizzes.scoring import score

STORIES: dict[str, Any] = tomllib.loads((Path(__file__).parent / "stories_habits.toml").read_text(encoding="utf-8"))
UNSURE = {
    ("codes", "unsure"): "code-unsure",
    ("things", "unsure"): "app-unsure",
    ("accounts", "unsure"): "account-unsure",
}


@pytest.fixture(scope="module")
def quiz() -> Quiz:
    return quizzes.library.current().quizzes["habits"]


def options(quiz: Quiz) -> list[tuple[str, Option]]:
    return [(question.id, option) for question in quiz.questions.values() for option in question.options.values()]


def test_it_asks_ten_questions_or_more(quiz: Quiz) -> None:
    assert len(quiz.questions) >= 10


def test_it_has_a_remedy_for_every_option_that_costs_points(quiz: Quiz) -> None:
    steps = checklist.library.current().steps
    assert [
        (id, option.id)
        for id, option in options(quiz)
        if any(option.policy.points.values()) and option.policy.remedy not in steps
    ] == []


def test_it_raises_every_exposure_of_the_checklist(quiz: Quiz) -> None:
    raised = {exposure for _, option in options(quiz) for exposure in option.policy.exposures}
    assert raised == checklist.library.current().exposures.keys()
    assert quiz.policy.exposures.keys() == raised


def test_it_offers_an_emergency_where_something_critical_opens(quiz: Quiz) -> None:
    exposures = checklist.library.current().exposures
    silent = [
        (id, option.id)
        for id, option in options(quiz)
        if any(exposures[name].critical for name in option.policy.exposures)
        and not option.policy.handled
        and not option.policy.urgent
    ]
    assert silent == []


@pytest.mark.parametrize(("place", "exposure"), UNSURE.items(), ids=UNSURE.values())
def test_it_finds_out_what_a_reader_is_unsure_of(quiz: Quiz, place: tuple[str, str], exposure: str) -> None:
    question, option = place
    policy = quiz.questions[question].options[option].policy
    assert policy.exposures == (exposure,)
    assert not checklist.library.current().exposures[exposure].critical


def test_it_asks_no_exposure_twice_where_one_answer_may_handle_it(quiz: Quiz) -> None:
    handled = {option.policy.handles for _, option in options(quiz) if option.policy.handles}
    asked = [(id, exposure) for id, option in options(quiz) for exposure in set(option.policy.exposures)]
    for question in handled:
        here = {exposure for id, exposure in asked if id == question}
        assert not here & {exposure for id, exposure in asked if id != question}


def test_it_has_words_of_its_own_for_every_option(quiz: Quiz) -> None:
    for question in quiz.questions.values():
        labels = [option.label for option in question.options.values()]
        assert len(labels) == len(set(labels)), question.id
        assert all(option.feedback_html for option in question.options.values())


@pytest.mark.parametrize("name", STORIES)
def test_it_fits_the_told_reader(quiz: Quiz, name: str) -> None:
    story = STORIES[name]
    answers = {question: tuple(chosen) for question, chosen in story["answers"].items()}
    attempt = replay(quiz, answers)
    assert attempt.answers == answers, "an answer that this reader is not asked for"
    assert attempt.finished, f"{attempt.next} is not answered"
    assert attempt.ended == story.get("outcome")
    if "band" in story:
        critical = {id for id, one in checklist.library.current().exposures.items() if one.critical}
        assert score(attempt, critical, ()).band == story["band"]


def test_it_tells_of_every_band(quiz: Quiz) -> None:
    assert {story.get("band") for story in STORIES.values()} - {None} == quiz.policy.bands.keys()
    assert {story.get("outcome") for story in STORIES.values()} - {None} == quiz.words.outcomes.keys()
