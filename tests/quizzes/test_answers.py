"""The cookie of a quiz: what is written is read, and what is damaged keeps its readable part."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import quizzes.library
from quizzes.engine.answers import is_counted, mark_counted, read_answers, read_begun, write_answers
from quizzes.engine.attempt import replay
from quizzes.engine.quiz import Quiz
from tests.fixtures.readers import attempts
from tests.tiny import lantern

LANTERN = lantern()


@pytest.fixture(scope="module", params=["lantern", "habits"])
def quiz(request: pytest.FixtureRequest) -> Quiz:
    """The tiny quiz, and the real one."""
    return lantern() if request.param == "lantern" else quizzes.library.current().quizzes[request.param]


def test_it_writes_ids_and_nothing_else() -> None:
    answers = {"place": ("inside",), "shared": ("map", "name")}
    assert write_answers(answers) == "place.inside_shared.map.name"


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
    ],
)
def test_it_reads_strictly_and_keeps_the_rest(cookie: str, answers: dict[str, tuple[str, ...]]) -> None:
    assert read_answers(cookie) == answers


@given(data=st.data())
def test_it_reads_what_it_wrote(quiz: Quiz, data: Any) -> None:
    answers = data.draw(attempts(quiz)).answers
    cookie = write_answers(answers)
    assert read_answers(cookie) == answers
    assert cookie.isascii()
    assert not set(cookie) & set(' ",;\\')


@given(data=st.data())
def test_it_keeps_the_whole_entries_of_a_truncated_cookie(quiz: Quiz, data: Any) -> None:
    answers = data.draw(attempts(quiz)).answers
    cookie = write_answers(answers)
    cut = data.draw(st.integers(0, len(cookie)))
    whole = cookie[:cut].count("_")
    read = read_answers(cookie[:cut])
    assert list(read.items())[:whole] == list(answers.items())[:whole]
    assert len(read) <= whole + 1
    replay(quiz, read)


@given(data=st.data())
def test_it_keeps_the_entries_that_an_altered_cookie_left_alone(data: Any) -> None:
    answers = data.draw(attempts(LANTERN)).answers
    cookie = write_answers(answers)
    at = data.draw(st.integers(0, len(cookie) - 1))
    altered = cookie[:at] + data.draw(st.characters()) + cookie[at + 1 :]
    touched = list(answers)[cookie[:at].count("_") :][:1]
    if cookie[at] == "_":
        touched = list(answers)[cookie[:at].count("_") :][:2]
    read = read_answers(altered)
    for id in answers.keys() - set(touched):
        assert read[id] == answers[id]
    replay(LANTERN, read)


@given(st.text())
def test_it_never_raises(cookie: str) -> None:
    replay(LANTERN, read_answers(cookie))


@pytest.mark.parametrize(
    ("cookie", "day"),
    [
        ("on.1xe_place.inside", dt.date(2026, 11, 3)),
        ("on.261103_place.inside", dt.date(2026, 11, 3)),
        ("place.inside_on.1xe", dt.date(2026, 11, 3)),
        ("place.inside", None),
        ("on.261399_place.inside", None),
        ("on.2611_place.inside", None),
        ("on.1XE_place.inside", None),
        ("on_place.inside", None),
        ("", None),
    ],
)
def test_it_reads_the_day_on_which_the_attempt_began(cookie: str, day: dt.date | None) -> None:
    assert read_begun(cookie) == day
    assert "on" not in read_answers(cookie)


def test_it_writes_the_day_before_the_answers_and_never_alone() -> None:
    assert write_answers({"place": ("inside",)}, dt.date(2026, 11, 3)) == "on.1xe_place.inside"
    assert write_answers({}, dt.date(2026, 11, 3)) == ""


def test_it_marks_an_attempt_as_counted_once() -> None:
    cookie = "place.inside_key.lent"
    assert not is_counted(cookie)
    marked = mark_counted(cookie)
    assert is_counted(marked)
    assert mark_counted(marked) == marked
    assert read_answers(marked) == read_answers(cookie)
