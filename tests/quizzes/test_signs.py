"""Signs and verdicts: any answers give one, and a sign more never makes it milder."""

from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import quizzes.library
from quizzes.engine.attempt import clean, replay
from quizzes.engine.quiz import QuestionKind
from quizzes.signs.quiz import Judgement, SignsQuiz, judge
from tests.fixtures.readers import anything, attempts
from tests.tiny import gate

GATE = gate()


@pytest.fixture(scope="module", params=["gate", "group-check", "refresher"])
def quiz(request: pytest.FixtureRequest) -> SignsQuiz:
    """The tiny quiz of signs, and the real ones."""
    quiz = GATE if request.param == "gate" else quizzes.library.current().quizzes[request.param]
    assert isinstance(quiz, SignsQuiz)
    return quiz


def seen(**answers: str) -> Judgement:
    return judge(replay(GATE, {id: tuple(options.split()) for id, options in answers.items()}))


def badness(quiz: SignsQuiz, judgement: Judgement) -> int:
    """0 for the mildest verdict, and more the worse it is."""
    return len(quiz.policy.verdicts) - 1 - quiz.policy.verdicts.index(judgement.verdict)


@pytest.mark.parametrize(
    ("answers", "verdict"),
    [
        ({"seen": "none", "ground": "clean"}, "open"),
        ({"seen": "wolf", "ground": "clean"}, "shut"),
        ({"seen": "howl", "ground": "track"}, "shut"),
        ({"seen": "howl", "ground": "clean"}, "watch"),
        ({"seen": "none", "ground": "track"}, "watch"),
        ({"seen": "unsure", "ground": "clean"}, "open"),
        ({"seen": "unsure", "ground": "unsure"}, "watch"),
    ],
)
def test_gives_the_first_verdict_whose_rule_holds(answers: dict[str, str], verdict: str) -> None:
    assert seen(**answers, owner="stranger").verdict == verdict


def test_names_the_signs_in_the_quizs_order_the_unsure_screens_and_the_tie() -> None:
    judgement = seen(seen="howl wolf", ground="unsure", owner="friend")
    assert [sign.id for sign in judgement.signs] == ["wolf", "howl"]
    assert judgement.unsure == ["ground"]
    assert judgement.tie == "friend"


def test_changes_the_way_by_the_tie_and_not_the_verdict() -> None:
    stranger, friend = (seen(seen="wolf", ground="clean", owner=tie) for tie in ("stranger", "friend"))
    assert stranger.verdict == friend.verdict == "shut"
    assert GATE.way("shut", "stranger").title == "Shut the gate"
    way = GATE.way("shut", "friend")
    assert (way.title, way.name) == ("Call your friend", "")
    assert way.items_html == GATE.way("shut", "stranger").items_html


def test_says_the_verdicts_name_where_the_title_does_not() -> None:
    assert GATE.way("watch", "").name == "Watch"
    assert GATE.way("open", "").name == ""


def test_has_a_colour_for_each_verdict(quiz: SignsQuiz) -> None:
    colours = [quiz.policy.colour(verdict) for verdict in quiz.policy.verdicts]
    assert colours[0] == "brick"
    assert colours[-1] == "leaf"
    assert len(set(colours)) == len(colours)


@given(data=st.data())
def test_gives_a_verdict_for_any_answers(quiz: SignsQuiz, data: Any) -> None:
    judgement = judge(replay(quiz, data.draw(anything(quiz))))
    assert judgement.verdict in quiz.policy.verdicts
    assert quiz.way(judgement.verdict, judgement.tie).title


@given(data=st.data())
def test_is_never_milder_for_one_sign_more(quiz: SignsQuiz, data: Any) -> None:
    attempt = data.draw(attempts(quiz))
    id = data.draw(st.sampled_from(list(attempt.answers)))
    question = quiz.questions[id]
    signs = [option for option in question.options if option in quiz.signs]
    assume(signs)
    before = attempt.answers[id]
    if question.kind is QuestionKind.SINGLE:
        assume(before[0] not in quiz.signs)
        before = ()
    more = clean(question, (*before, data.draw(st.sampled_from(signs))))
    after = replay(quiz, attempt.answers | {id: more})
    assert badness(quiz, judge(after)) >= badness(quiz, judge(attempt))


@given(data=st.data())
@pytest.mark.parametrize("quiz", ["gate", "group-check"], indirect=True)
def test_is_never_milder_for_what_cannot_be_told(quiz: SignsQuiz, data: Any) -> None:
    attempt = data.draw(attempts(quiz))
    unsure = [
        (id, option)
        for id, question in quiz.policy.questions.items()
        for option, meant in question.options.items()
        if meant.unsure and not set(attempt.answers[id]) & quiz.signs.keys()
    ]
    assume(unsure)
    id, option = data.draw(st.sampled_from(unsure))
    after = replay(quiz, attempt.answers | {id: (option,)})
    assert badness(quiz, judge(after)) >= badness(quiz, judge(attempt))


@given(data=st.data())
def test_judges_the_same_attempt_the_same(quiz: SignsQuiz, data: Any) -> None:
    answers = data.draw(attempts(quiz)).answers
    assert judge(replay(quiz, answers)) == judge(replay(quiz, dict(reversed(answers.items()))))


@given(data=st.data())
def test_gives_the_same_verdict_for_every_tie(quiz: SignsQuiz, data: Any) -> None:
    attempt = data.draw(attempts(quiz))
    places = [id for id, question in quiz.questions.items() if set(question.options) & quiz.policy.ties.keys()]
    for id in places:
        verdicts = {judge(replay(quiz, attempt.answers | {id: (tie,)})).verdict for tie in quiz.policy.ties}
        assert verdicts == {judge(attempt).verdict}
