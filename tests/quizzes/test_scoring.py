"""The risk value: higher is riskier, floors hold while something critical is open, nothing is counted twice."""

from collections.abc import Collection
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import checklist.library
import quizzes.library
from checklist.exposures import ExposureState
from checklist.plan.builder import settled
from checklist.state.cookies import GivenExposure, Origin, Tick, TickState
from quizzes.engine.attempt import Attempt, clean, replay
from quizzes.engine.quiz import Question, QuestionKind
from quizzes.risk.quiz import SEVERAL, RiskQuiz
from quizzes.risk.scoring import DimensionScore, Level, Outcome, raised_by, score
from tests.fixtures.readers import TODAY, anything, attempts, ticks
from tests.tiny import checklist_library, lantern

LANTERN = lantern()

#: The options of the tiny quiz's single choices, from the mildest to the riskiest.
SEVERITY = {
    "key": ("never", "returned", "unsure", "lent"),
    "key-since": ("settled", "waiting", "worse"),
    "shared-since": ("done", "not-yet"),
    "bell": ("closed", "open", "broken"),
    "visits": ("rare", "daily"),
}
#: The mildest option of each question of the real quiz. `situation` has none: it chooses the route,
#: and says nothing of risk itself.
MILDEST = {
    "codes": "nobody",
    "things": "none",
    "things-after": "done",
    "accounts": "none",
    "accounts-after": "done",
    "paid": "none",
    "tasks": "none",
    "autopay": "closed",
    "helped": "none",
    "data": "none",
    "adding": "closed",
    "ties": "none",
    "pulled": "none",
    "owner": "none",
}
#: Questions that only tell kinds apart, and follow-ups of answers that are not the mildest.
KINDS_ONLY = {
    "situation", "sender", "paid-how", "paid-when", "app-when", "shared", "card-shown", "secret", "locked-out",
}  # fmt: skip


@pytest.fixture(scope="module")
def habits() -> RiskQuiz:
    quiz = quizzes.library.current().quizzes["habits"]
    assert isinstance(quiz, RiskQuiz)
    return quiz


@pytest.fixture(scope="module", params=["lantern", "habits"])
def quiz(request: pytest.FixtureRequest, habits: RiskQuiz) -> RiskQuiz:
    """The tiny quiz, and the real one."""
    return lantern() if request.param == "lantern" else habits


def critical_for(quiz: RiskQuiz) -> set[str]:
    below = checklist_library() if quiz.id == "lantern" else checklist.library.current()
    return {id for id, one in below.exposures.items() if one.critical}


def walk(**answers: str) -> Attempt:
    return replay(LANTERN, {id.replace("_", "-"): tuple(options.split()) for id, options in answers.items()})


def result(attempt: Attempt[RiskQuiz], gone: Collection[str] = (), done: Collection[str] = ()) -> Outcome:
    return score(attempt, critical_for(attempt.quiz), gone, done)


def assert_not_lower(milder: Attempt, riskier: Attempt) -> None:
    before, after = result(milder), result(riskier)
    assert after.value >= before.value
    for old, new in zip(before.dimensions, after.dimensions, strict=True):
        assert new.points >= old.points, new.id
        assert list(Level).index(new.level) <= list(Level).index(old.level), new.id


def test_finds_nothing_where_nothing_was_given() -> None:
    outcome = result(walk(place="inside", key="never", shared="none", bell="closed"))
    assert (outcome.value, outcome.floor, outcome.band) == (0, 0, "calm")
    assert [dimension.level for dimension in outcome.dimensions] == [Level.NONE, Level.NONE]
    assert outcome.raised == {}
    assert outcome.open == []


def test_adds_habits_and_open_exposures() -> None:
    outcome = result(walk(place="inside", key="unsure", shared="name photo", shared_since="not-yet", bell="closed"))
    assert [(one.id, one.points) for one in outcome.dimensions] == [("house", 8), ("street", 14)]
    assert outcome.value == 22
    assert outcome.open == ["name-told"]


def test_holds_a_dimension_to_its_most() -> None:
    answers = {"shared": "name photo", "shared_since": "not-yet", "bell": "broken", "visits": "daily"}
    street = result(walk(place="inside", key="never", **answers)).dimensions[1]
    assert (street.points, street.most, street.percent) == (40, 40, 100)


@pytest.mark.parametrize(
    ("answers", "floor", "value", "band"),
    [
        ({"key": "lent", "key_since": "waiting", "shared": "none"}, 70, 70, "now"),
        ({"key": "lent", "key_since": "settled", "shared": "none"}, 0, 0, "calm"),
        ({"key": "returned", "shared": "none"}, 0, 0, "calm"),
        ({"key": "never", "shared": "map", "shared_since": "not-yet"}, 70, 70, "now"),
        ({"key": "lent", "key_since": "waiting", "shared": "map", "shared_since": "not-yet"}, 85, 85, "now"),
        ({"key": "lent", "key_since": "settled", "shared": "map", "shared_since": "not-yet"}, 70, 70, "now"),
        ({"key": "lent", "key_since": "settled", "shared": "map", "shared_since": "done"}, 0, 0, "calm"),
        ({"key": "never", "shared": "name", "shared_since": "not-yet"}, 0, 10, "calm"),
    ],
)
def test_holds_the_floor_while_something_critical_is_open(
    answers: dict[str, str], floor: int, value: int, band: str
) -> None:
    outcome = result(walk(place="outside", **answers))
    assert (outcome.floor, outcome.value, outcome.band) == (floor, value, band)


def test_lets_the_sum_stand_above_the_floor() -> None:
    quiz = LANTERN.model_copy(
        update={"policy": LANTERN.policy.model_copy(update={"floors": type(LANTERN.policy.floors)(one=10, more=11)})}
    )
    attempt = replay(quiz, {"place": ("outside",), "key": ("lent",), "key-since": ("worse",), "shared": ("none",)})
    assert result(attempt).value == 45


def test_lets_the_floor_fall_with_what_the_checklist_settled() -> None:
    attempt = walk(place="outside", key="lent", key_since="waiting", shared="map", shared_since="not-yet")
    assert result(attempt, {"map-copied"}).floor == 70
    both_settled = result(attempt, {"map-copied", "key-lent"})
    assert (both_settled.floor, both_settled.value) == (0, 0)
    assert both_settled.raised == {"key-lent": ExposureState.HANDLED, "map-copied": ExposureState.HANDLED}


def test_says_first_where_something_critical_is_open() -> None:
    outcome = result(walk(place="outside", key="lent", key_since="waiting", shared="photo"))
    assert [one.level for one in outcome.dimensions] == [Level.FIRST, Level.NOTICE]


@pytest.mark.parametrize(("visits", "level"), [("rare", Level.NOTICE), ("daily", Level.FIRST)])
def test_says_first_from_three_fifths_of_a_dimension(visits: str, level: Level) -> None:
    outcome = result(walk(place="inside", key="never", shared="none", bell="broken", visits=visits))
    assert outcome.dimensions[1].level is level


def test_calls_open_what_one_answer_leaves_open() -> None:
    attempt = walk(place="inside", key="never", shared="none", bell="broken", visits="rare")
    assert raised_by(attempt) == {"bell-open": ExposureState.OPEN}


@pytest.mark.parametrize(("points", "most", "percent"), [(0, 40, 0), (10, 40, 25), (1, 3, 33), (0, 0, 0)])
def test_gives_a_share_of_the_most(points: int, most: int, percent: int) -> None:
    assert DimensionScore("house", points, most, Level.NONE).percent == percent


@pytest.mark.parametrize(
    ("level", "points", "length"),
    [(Level.FIRST, 0, 60), (Level.FIRST, 36, 90), (Level.NOTICE, 2, 25), (Level.NOTICE, 22, 50), (Level.NONE, 0, 0)],
)
def test_draws_no_bar_that_contradicts_its_level(level: Level, points: int, length: int) -> None:
    assert DimensionScore("house", points, 40, level).length == length


@given(data=st.data())
@pytest.mark.parametrize("question", SEVERITY)
def test_never_lowers_for_a_riskier_neighbour(question: str, data: Any) -> None:
    attempt = data.draw(attempts(LANTERN, through=question))
    order = SEVERITY[question]
    at = data.draw(st.integers(0, len(order) - 2))
    milder = replay(LANTERN, attempt.answers | {question: (order[at],)})
    # From the milder one's answers: a follow-up that only the riskier one is asked is not answered yet.
    assert_not_lower(milder, replay(LANTERN, milder.answers | {question: (order[at + 1],)}))


@given(data=st.data())
def test_never_lowers_for_one_choice_more(quiz: RiskQuiz, data: Any) -> None:
    attempt = data.draw(attempts(quiz))
    multi = [id for id in attempt.answers if quiz.questions[id].kind is QuestionKind.MULTI]
    assume(multi)
    question = quiz.questions[data.draw(st.sampled_from(multi))]
    more = data.draw(st.sampled_from([id for id, one in question.options.items() if not one.policy.exclusive]))
    chosen = clean(question, (*attempt.answers[question.id], more))
    assume(set(attempt.answers[question.id]) <= set(chosen))
    assert_not_lower(attempt, replay(quiz, attempt.answers | {question.id: chosen}))


@given(data=st.data())
@pytest.mark.parametrize("question", MILDEST)
def test_never_lowers_against_the_mildest_answer_of_the_real_quiz(habits: RiskQuiz, question: str, data: Any) -> None:
    attempt = data.draw(attempts(habits, through=question))
    mildest = replay(habits, attempt.answers | {question: (MILDEST[question],)})
    assert_not_lower(mildest, attempt)


def test_knows_the_mildest_answer_of_every_question(habits: RiskQuiz) -> None:
    assert MILDEST.keys() | KINDS_ONLY == habits.questions.keys()
    assert all(MILDEST[id] in habits.questions[id].options for id in MILDEST)
    assert all(set(SEVERITY[id]) == set(LANTERN.questions[id].options) for id in SEVERITY)


@given(data=st.data())
def test_gives_a_result_from_0_to_100(quiz: RiskQuiz, data: Any) -> None:
    outcome = result(replay(quiz, data.draw(anything(quiz))))
    assert 0 <= outcome.value <= 100
    assert outcome.band in quiz.policy.bands
    assert outcome.value >= quiz.policy.bands[outcome.band]
    assert outcome.value == max(outcome.floor, sum(one.points for one in outcome.dimensions))
    for one in outcome.dimensions:
        assert 0 <= one.points <= one.most
        assert 0 <= one.percent <= 100


@given(data=st.data())
def test_holds_floors_while_open_and_drops_them_when_handled(quiz: RiskQuiz, data: Any) -> None:
    attempt = data.draw(attempts(quiz))
    outcome = result(attempt)
    critical = [id for id in outcome.open if id in critical_for(quiz)]
    floors = quiz.policy.floors
    grave = 0 if not critical else floors.one if len(critical) == 1 else floors.more
    several = floors.several if len(outcome.open) >= SEVERAL else 0
    assert outcome.floor == max(grave, several, *(quiz.policy.exposures[id].least for id in outcome.open), 0)
    assert outcome.value >= outcome.floor
    assert result(attempt, set(outcome.open)).floor == 0
    handled = result(attempt, set(critical))
    assert handled.floor < floors.one
    assert handled.value <= outcome.value
    assert set(handled.raised) == set(outcome.raised)
    assert not set(handled.open) & set(critical)


@given(data=st.data())
def test_never_rises_when_something_is_settled(quiz: RiskQuiz, data: Any) -> None:
    attempt = data.draw(attempts(quiz))
    settled = data.draw(st.sets(st.sampled_from(sorted(quiz.policy.exposures))))
    assert result(attempt, settled).value <= result(attempt).value


@given(data=st.data())
def test_never_rises_when_a_step_is_done(quiz: RiskQuiz, data: Any) -> None:
    attempt = data.draw(attempts(quiz))
    below = checklist_library() if quiz.id == "lantern" else checklist.library.current()
    ticked = data.draw(ticks(below.steps))
    step = data.draw(st.sampled_from(sorted(below.steps)))
    more = ticked | {step: Tick(TickState.DONE, TODAY)}

    def with_ticks(known: dict[str, Tick]) -> Outcome:
        given = {id: GivenExposure(state, Origin.QUIZ) for id, state in raised_by(attempt).items()}
        done = {id for id, tick in known.items() if tick.state is TickState.DONE}
        return result(attempt, settled(below, given, known), done)

    before, after = with_ticks(ticked), with_ticks(more)
    assert after.value <= before.value
    assert all(new.points <= old.points for old, new in zip(before.dimensions, after.dimensions, strict=True))


@given(data=st.data())
def test_says_where_each_point_comes_from(quiz: RiskQuiz, data: Any) -> None:
    attempt = data.draw(attempts(quiz))
    gone = data.draw(st.sets(st.sampled_from(sorted(quiz.policy.exposures))))
    outcome = result(attempt, gone)
    for dimension in outcome.dimensions:
        assert sum(one.points for one in outcome.counted if one.dimension == dimension.id) == dimension.sum
        assert dimension.points == min(dimension.sum, dimension.most)
    assert [one.exposure for one in outcome.counted if one.exposure and one.exposure in gone] == []
    assert all(bool(one.exposure) is not bool(one.remedy) for one in outcome.contributions), "one way to take it away"


@given(data=st.data())
def test_never_lowers_along_the_severity_of_the_real_quiz(habits: RiskQuiz, data: Any) -> None:
    ordered = [id for id, question in habits.policy.questions.items() if question.severity]
    question = data.draw(st.sampled_from(ordered))
    order = habits.policy.questions[question].severity
    at = data.draw(st.integers(0, len(order) - 2))
    attempt = data.draw(attempts(habits, through=question))
    milder = replay(habits, attempt.answers | {question: (order[at],)})
    assert_not_lower(milder, replay(habits, milder.answers | {question: (order[at + 1],)}))


def test_lets_a_done_remedy_take_the_habits_points_away() -> None:
    attempt = walk(place="inside", key="unsure", shared="none", bell="broken", visits="daily")
    before = result(attempt)
    after = result(attempt, (), {"say-goodbye"})
    assert before.value - after.value == 15
    assert [(one.question, one.option, one.points) for one in after.gone] == [("visits", "daily", 15)]


def test_calls_three_mild_things_several(habits: RiskQuiz) -> None:
    mild = {"situation": ("left",), "codes": ("nobody",), "things": ("none",), "accounts": ("none",)}
    three = {"paid": ("none",), "tasks": ("none",), "autopay": ("unseen",), "data": ("phone",)}
    answers = mild | three | {"adding": ("closed",), "pulled": ("not-yet",)}
    outcome = result(replay(habits, answers))
    assert (len(outcome.open), outcome.value, outcome.band) == (3, 25, "notice")
    assert result(replay(habits, answers | {"pulled": ("none",)})).floor == 0


@given(data=st.data())
def test_scores_the_same_attempt_the_same(quiz: RiskQuiz, data: Any) -> None:
    answers = data.draw(attempts(quiz)).answers
    assert result(replay(quiz, answers)) == result(replay(quiz, dict(reversed(answers.items()))))


@given(data=st.data())
def test_raises_only_what_a_chosen_option_names(quiz: RiskQuiz, data: Any) -> None:
    attempt = data.draw(attempts(quiz))
    named = {id for _, option in attempt.chosen for id in option.policy.exposures}
    taken_back = {id for _, option in attempt.chosen for id in option.policy.instead_of}
    assert set(raised_by(attempt)) == named - taken_back


def test_asks_a_riskier_follow_up_without_lowering() -> None:
    question: Question = LANTERN.questions["bell"]
    closed = walk(place="inside", key="never", shared="none", bell="closed")
    assert_not_lower(closed, walk(place="inside", key="never", shared="none", bell=list(question.options)[1]))
