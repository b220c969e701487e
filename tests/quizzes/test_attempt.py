"""The way through a quiz: routes, replay, and what a changed answer leaves."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import quizzes.library
from quizzes.engine.attempt import Attempt, clean, replay
from quizzes.engine.quiz import Quiz
from tests.fixtures.readers import anything, attempts, choices, walks
from tests.tiny import lantern

LANTERN = lantern()


@pytest.fixture(scope="module", params=["lantern", "habits"])
def quiz(request: pytest.FixtureRequest) -> Quiz:
    """The tiny quiz, and the real one."""
    return lantern() if request.param == "lantern" else quizzes.library.current().quizzes[request.param]


def walk(**answers: str) -> Attempt:
    """The tiny quiz answered like `key="lent", shared="map name"`; a hyphen in an id is written _."""
    return replay(LANTERN, {id.replace("_", "-"): tuple(options.split()) for id, options in answers.items()})


def test_begins_at_the_first_question() -> None:
    attempt = replay(LANTERN, {})
    assert attempt.next is LANTERN.questions["place"]
    assert not attempt.finished
    assert attempt.total == len(LANTERN.questions)
    assert attempt.route == ["place"]
    assert attempt.before(LANTERN.questions["place"]) is None


def test_asks_a_follow_up_only_after_the_answer_that_calls_for_it() -> None:
    lent, never = walk(place="inside", key="lent"), walk(place="inside", key="never")
    assert lent.next is LANTERN.questions["key-since"]
    assert never.next is LANTERN.questions["shared"]


@pytest.mark.parametrize(
    ("place", "bell", "asked"),
    [("inside", "open", True), ("inside", "broken", True), ("inside", "closed", False), ("outside", "open", False)],
)
def test_asks_where_every_condition_holds(place: str, bell: str, asked: bool) -> None:
    attempt = walk(place=place, key="never", shared="none", bell=bell)
    assert (attempt.next is LANTERN.questions["visits"]) is asked
    assert attempt.finished is not asked


def test_ends_at_once_where_an_answer_says_so() -> None:
    attempt = walk(place="helper", key="lent")
    assert attempt.finished
    assert attempt.ended == "together"
    assert attempt.total == 1
    assert list(attempt.answers) == ["place"]


def test_does_not_end_before_an_earlier_question_is_answered() -> None:
    second = LANTERN.questions["key"].options["lent"]
    ending = second.model_copy(update={"policy": second.policy.model_copy(update={"ends": "together"})})
    key = LANTERN.questions["key"]
    key = key.model_copy(update={"options": key.options | {"lent": ending}})
    quiz = LANTERN.model_copy(update={"questions": LANTERN.questions | {"key": key}})
    attempt = replay(quiz, {"key": ("lent",)})
    assert attempt.next is quiz.questions["place"]
    assert attempt.ended is None


def test_walks_back_and_forth_through_the_answered_questions() -> None:
    attempt = walk(place="outside", key="lent", key_since="waiting", shared="none")
    key, since, shared = (LANTERN.questions[id] for id in ("key", "key-since", "shared"))
    assert attempt.finished
    assert attempt.after(key) is since
    assert attempt.before(shared) is since
    assert attempt.position(shared) == 4
    assert attempt.after(shared) is None
    assert not attempt.can_show(LANTERN.questions["bell"])


def test_shows_the_next_question_but_none_beyond_it() -> None:
    attempt = walk(place="inside", shared="name", shared_since="done")
    assert attempt.next is LANTERN.questions["key"]
    assert attempt.can_show(LANTERN.questions["key"])
    assert not attempt.can_show(LANTERN.questions["shared"])


@pytest.mark.parametrize(
    ("question", "sent", "kept"),
    [
        ("key", ("lent", "never"), ("never",)),
        ("key", ("stolen",), ()),
        ("key", (), ()),
        ("shared", ("photo", "map"), ("map", "photo")),
        ("shared", ("map", "map"), ("map",)),
        ("shared", ("none", "name"), ("name",)),
        ("shared", ("unsure", "none"), ("none",)),
        ("shared", ("unsure",), ("unsure",)),
    ],
)
def test_cleans_what_was_sent(question: str, sent: tuple[str, ...], kept: tuple[str, ...]) -> None:
    assert clean(LANTERN.questions[question], sent) == kept


def test_leaves_out_what_the_quiz_does_not_know() -> None:
    known = {"place": ("inside",), "key": ("never",)}
    stale = {"weather": ("rain",), "bell": ("stolen",)}
    assert replay(LANTERN, known | stale) == replay(LANTERN, known)


@given(data=st.data())
def test_makes_a_valid_attempt_of_any_answers(quiz: Quiz, data: Any) -> None:
    attempt = replay(quiz, data.draw(anything(quiz)))
    order = list(quiz.questions)
    assert list(attempt.answers) == sorted(attempt.answers, key=order.index)
    for id, options in attempt.answers.items():
        assert options
        assert clean(quiz.questions[id], options) == options
    assert len(attempt.answers) <= attempt.total <= len(quiz.questions)
    assert attempt.next is None or attempt.next.id not in attempt.answers


@given(data=st.data())
def test_replays_the_same_each_time(quiz: Quiz, data: Any) -> None:
    answers = data.draw(anything(quiz))
    first = replay(quiz, answers)
    assert replay(quiz, answers) == first
    assert replay(quiz, first.answers) == first
    assert replay(quiz, dict(reversed(list(answers.items())))) == first


@given(data=st.data())
def test_is_not_changed_by_unknown_ids(quiz: Quiz, data: Any) -> None:
    attempt = data.draw(st.sampled_from(data.draw(walks(quiz))))
    unknown = {f"x-{id}": options for id, options in data.draw(anything(quiz)).items()}
    doubled = {id: (*options, "x-option") for id, options in attempt.answers.items()}
    assert replay(quiz, doubled | unknown) == attempt


@given(data=st.data())
def test_never_raises_the_total_on_the_way(quiz: Quiz, data: Any) -> None:
    totals = [attempt.total for attempt in data.draw(walks(quiz))]
    assert totals == sorted(totals, reverse=True)


@given(data=st.data())
def test_counts_every_screen_once_the_end_is_reached(quiz: Quiz, data: Any) -> None:
    attempt = data.draw(attempts(quiz))
    assert attempt.total == len(attempt.answers) == len(attempt.route)


@given(data=st.data())
def test_shows_every_answered_question_on_the_way(quiz: Quiz, data: Any) -> None:
    way = data.draw(walks(quiz))
    for before, after in pairwise(way):
        assert before.next is not None
        assert after.route[: len(before.route)] == before.route
        assert after.can_show(before.next)


@given(data=st.data())
def test_drops_only_what_a_changed_answer_makes_pointless(quiz: Quiz, data: Any) -> None:
    before = data.draw(attempts(quiz))
    changed = quiz.questions[data.draw(st.sampled_from(list(before.answers)))]
    after = replay(quiz, before.answers | {changed.id: data.draw(choices(changed))})
    assert {id: before.answers[id] for id in after.answers if id != changed.id} == {
        id: options for id, options in after.answers.items() if id != changed.id
    }
    for id in before.answers.keys() - after.answers.keys():
        conditions = quiz.questions[id].ask_if.items()
        still_asked = all(set(after.answers.get(asked, ())) & set(options) for asked, options in conditions)
        assert after.ended or not still_asked


@given(data=st.data())
def test_asks_nothing_whose_condition_does_not_hold(quiz: Quiz, data: Any) -> None:
    attempt = data.draw(attempts(quiz))
    for id in attempt.answers:
        for asked, options in quiz.questions[id].ask_if.items():
            assert set(attempt.answers[asked]) & set(options)
