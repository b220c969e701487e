"""The cookie of a quiz: what is written is read, and what is damaged keeps its readable part."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import quizzes.library
from quizzes.engine.answers import AnswerCodes, is_counted, mark_counted, read_answers, read_begun, write_answers
from quizzes.engine.attempt import replay
from quizzes.engine.quiz import Quiz
from tests.fixtures.readers import attempts
from tests.tiny import lantern

LANTERN = lantern()
CODES = {question.id: tuple(question.options) for question in LANTERN.questions.values()}


@pytest.fixture(scope="module", params=["lantern", "habits"])
def quiz(request: pytest.FixtureRequest) -> Quiz:
    """The tiny quiz, and the real one."""
    return lantern() if request.param == "lantern" else quizzes.library.current().quizzes[request.param]


@pytest.fixture(scope="module")
def codes(quiz: Quiz) -> AnswerCodes:
    return {question.id: tuple(question.options) for question in quiz.questions.values()}


def test_writes_a_number_and_letters_and_nothing_else() -> None:
    answers = {"place": ("inside",), "shared": ("map", "name")}
    assert write_answers(answers, CODES) == "1a_4ab"


def test_reads_answers_as_release_0_2_0_wrote_them_beside_todays() -> None:
    assert read_answers("place.inside_4ab", CODES) == {"place": ("inside",), "shared": ("map", "name")}


@pytest.mark.parametrize(
    ("cookie", "answers"),
    [
        ("", {}),
        ("_", {}),
        ("place", {}),
        ("place.", {}),
        (".inside", {}),
        ("place.inside_", {"place": ("inside",)}),
        ("place.inside_key", {"place": ("inside",)}),
        ("PLACE.inside_key.lent", {"key": ("lent",)}),
        ("place.in side_key.lent", {"key": ("lent",)}),
        ("place.<b>_key.lent", {"key": ("lent",)}),
        ("-place.inside_key.lent", {"key": ("lent",)}),
        ("place..inside_key.lent", {"key": ("lent",)}),
        ("灯.亮_key.lent", {"key": ("lent",)}),
        ("place.inside\n_key.lent", {"key": ("lent",)}),
        ("place.inside;key.lent", {}),
        ("1_1A_1z_0a_99a_-1a_1a1_ 1a_a1_2d", {"key": ("lent",)}),
        ("1" * 400 + "a_2d", {"key": ("lent",)}),
        ("１a_2d", {"key": ("lent",)}),
    ],
)
def test_reads_strictly_and_keeps_the_rest(cookie: str, answers: dict[str, tuple[str, ...]]) -> None:
    assert read_answers(cookie, CODES) == answers


@given(data=st.data())
def test_reads_what_it_wrote(quiz: Quiz, codes: AnswerCodes, data: Any) -> None:
    answers = data.draw(attempts(quiz)).answers
    cookie = write_answers(answers, codes)
    assert read_answers(cookie, codes) == answers
    assert cookie.isascii()
    assert not set(cookie) & set(' ",;\\')


@given(data=st.data())
def test_keeps_the_whole_entries_of_a_truncated_cookie(quiz: Quiz, codes: AnswerCodes, data: Any) -> None:
    answers = data.draw(attempts(quiz)).answers
    cookie = write_answers(answers, codes)
    cut = data.draw(st.integers(0, len(cookie)))
    whole = cookie[:cut].count("_")
    read = read_answers(cookie[:cut], codes)
    assert list(read.items())[:whole] == list(answers.items())[:whole]
    assert len(read) <= whole + 1
    replay(quiz, read)


@given(data=st.data())
def test_keeps_the_entries_that_an_altered_cookie_left_alone(data: Any) -> None:
    answers = data.draw(attempts(LANTERN)).answers
    cookie = write_answers(answers, CODES)
    at = data.draw(st.integers(0, len(cookie) - 1))
    altered = cookie[:at] + data.draw(st.characters()) + cookie[at + 1 :]
    touched = list(answers)[cookie[:at].count("_") :][:1]
    if cookie[at] == "_":
        touched = list(answers)[cookie[:at].count("_") :][:2]
    read = read_answers(altered, CODES)
    for id in answers.keys() - set(touched):
        assert read[id] == answers[id] or cookie[at].isdigit()  # an altered number may be that of another
    replay(LANTERN, read)


@given(st.text())
def test_never_raises(cookie: str) -> None:
    replay(LANTERN, read_answers(cookie, CODES))


@pytest.mark.parametrize(
    ("cookie", "day"),
    [
        ("on.1xe_place.inside", dt.date(2026, 11, 3)),
        ("on.1xe_1a", dt.date(2026, 11, 3)),
        ("place.inside_on.1xe", dt.date(2026, 11, 3)),
        ("place.inside", None),
        ("on.261399_place.inside", None),
        ("on.2611_place.inside", None),
        ("on.1XE_place.inside", None),
        ("on_place.inside", None),
        ("", None),
    ],
)
def test_reads_the_day_on_which_the_attempt_began(cookie: str, day: dt.date | None) -> None:
    assert read_begun(cookie) == day
    assert "on" not in read_answers(cookie, CODES)


def test_writes_the_day_before_the_answers_and_never_alone() -> None:
    assert write_answers({"place": ("inside",)}, CODES, dt.date(2026, 11, 3)) == "on.1xe_1a"
    assert write_answers({}, CODES, dt.date(2026, 11, 3)) == ""


def test_marks_an_attempt_as_counted_once() -> None:
    cookie = "place.inside_key.lent"
    assert not is_counted(cookie)
    marked = mark_counted(cookie)
    assert is_counted(marked)
    assert read_answers(marked, CODES) == read_answers(cookie, CODES)
