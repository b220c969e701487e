"""A round of practice: eight scenes, none again before all were seen, and any cookie is accepted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.practice.rounds import LEAST, Answer, Round, Sureness, deal, next_round, read_round, write_round
from quizzes.practice.scenes import LENGTH, Scene
from tests.fixtures.scenes import many, scene

Scenes = tuple[Scene, ...]
NINE = tuple(scene(number, harmless=number in (1, 4, 7)) for number in range(1, 10))


def played(round: Round, answers: list[Answer]) -> Round:
    """Return the round with these answers to its first scenes."""
    for answer in answers:
        assert round.next is not None
        round = round.answered(round.next, answer)
    return round


def finished(round: Round) -> Round:
    return played(round, [Answer.FINE] * (LENGTH - len(round.answers)))


# Dealing


@given(many(), st.sets(st.integers(0, 99)), st.integers(0, 999))
def test_deals_eight_different_scenes_of_both_kinds(scenes: Scenes, seen: set[int], number: int) -> None:
    dealt = deal(scenes, seen, number)
    assert len({one.id for one in dealt}) == len(dealt) == LENGTH
    harmless = sum(not one.suspicious for one in dealt)
    assert LEAST <= harmless <= LENGTH - LEAST


@given(many(), st.integers(0, 999))
def test_shows_no_scene_again_before_all_were_seen(scenes: Scenes, number: int) -> None:
    round, seen = Round(number, frozenset(), deal(scenes, (), number), {}), set[str]()
    while True:
        shown = {one.id for one in round.scenes}
        unseen = {one.id for one in scenes} - seen
        assert not shown & seen if len(unseen) >= LENGTH else unseen <= shown
        seen |= shown
        round = next_round(finished(round), scenes)
        if len(seen) == len(scenes):
            break
        assert round.seen == {one.number for one in scenes if one.id in seen}
    assert round.seen == frozenset()
    assert round.next is not None


@given(many(), st.sets(st.integers(1, 40)), st.integers(0, 999))
def test_leaves_nothing_to_chance(scenes: Scenes, seen: set[int], number: int) -> None:
    assert deal(scenes, seen, number) == deal(scenes, seen, number)


def test_takes_the_first_round_in_the_order_of_the_policy() -> None:
    assert [one.number for one in deal(NINE, (), 0)] == [1, 2, 3, 4, 5, 6, 8, 9]


def test_deals_another_order_in_another_round() -> None:
    orders = {tuple(one.number for one in deal(NINE, (), number)) for number in range(1, 9)}
    assert len(orders) == 8


# The cookie


@given(
    many(), st.text() | st.from_regex(r"[0-9]{0,4}\.([0-9]{2}[sfx]){0,12}\.[0-9a-fg]{0,30}\.[ymnq]?", fullmatch=True)
)
def test_makes_a_round_of_any_cookie(scenes: Scenes, cookie: str) -> None:
    round = read_round(cookie, scenes)
    assert len({one.id for one in round.scenes}) == LENGTH
    assert round.answers.keys() <= {one.id for one in round.scenes}
    assert read_round(write_round(round), scenes) == round
    assert (round.sureness is None) or (round.next is None)
    outcome = round.outcome
    assert outcome.suspicious + outcome.harmless == len(round.answers)


@given(many(), st.lists(st.sampled_from(Answer), max_size=LENGTH), st.integers(0, 999), st.sets(st.integers(1, 40)))
def test_reads_what_it_wrote(scenes: Scenes, answers: list[Answer], number: int, seen: set[int]) -> None:
    before = read_round(f"{number}..{sum(1 << one for one in seen):x}.", scenes)
    round = played(before, answers)
    cookie = write_round(round)
    assert len(cookie) <= 90
    assert read_round(cookie, scenes) == round
    assert round.scenes == before.scenes


@pytest.mark.parametrize("cookie", ["", "nonsense", "....", "0.1s", "-1.s", "0.01x", "0.٠١s", "é", "9999.99s.g.z"])
def test_begins_anew_where_nothing_can_be_read(cookie: str) -> None:
    assert read_round(cookie, NINE) == Round(0, frozenset(), deal(NINE, (), 0), {})


def test_keeps_the_parts_that_make_sense() -> None:
    round = read_round("nonsense.01f99s01s02s.g.y", NINE)
    assert round.answers == {"scene-1": Answer.FINE, "scene-2": Answer.SUSPICIOUS}
    assert (round.number, round.seen, round.sureness) == (0, frozenset(), None)


def test_loses_only_the_scene_that_goes() -> None:
    round = read_round("0.01f02s03s..", tuple(one for one in NINE if one.number != 2))
    assert list(round.answers) == ["scene-1", "scene-3"]
    assert [one.number for one in round.scenes] == [1, 3, 4, 5, 6, 7, 8, 9]


def test_gives_no_sureness_to_a_round_under_way() -> None:
    assert read_round("0.01f02s...y", NINE).sureness is None
    whole = write_round(finished(read_round("", NINE)).how_sure(Sureness.GUESS))
    assert whole.endswith(".n")
    assert read_round(whole, NINE).sureness is Sureness.GUESS


# Answering, and what it comes to


def test_counts_the_first_answer() -> None:
    round = read_round("0.01f..", NINE)
    assert round.answered(NINE[0], Answer.SUSPICIOUS) == round


def test_knows_the_way_back_and_forth() -> None:
    round = read_round("0.01f02s..", NINE)
    second, third = round.scenes[1], round.scenes[2]
    assert round.next == third
    assert (round.position(second), round.before(second), round.after(second)) == (2, round.scenes[0], third)
    assert (round.before(round.scenes[0]), round.after(round.scenes[-1])) == (None, None)
    assert [round.can_show(one) for one in round.scenes[:4]] == [True, True, True, False]


@given(many(), st.lists(st.sampled_from(Answer), min_size=LENGTH, max_size=LENGTH))
def test_counts_what_was_caught_apart_from_false_alarms(scenes: Scenes, answers: list[Answer]) -> None:
    round = played(read_round("", scenes), answers)
    outcome = round.outcome
    assert outcome.suspicious == sum(one.suspicious for one in round.scenes)
    assert outcome.harmless == LENGTH - outcome.suspicious
    assert {one.id for one in (*outcome.caught, *outcome.alarms)} == {
        id for id, answer in round.answers.items() if answer is Answer.SUSPICIOUS
    }
    wrong = [one for one in round.scenes if not round.was_right(one)]
    assert {one.id for one in wrong} == {one.id for one in (*outcome.missed, *outcome.alarms)}


def test_passes_over_no_round_that_was_not_begun() -> None:
    second = next_round(finished(read_round("", NINE)), NINE)
    assert second.number == 1
    assert next_round(second, NINE) == second


def test_counts_only_what_was_answered_as_seen() -> None:
    assert next_round(read_round("0.01f02s..", NINE), NINE).seen == {1, 2}


def test_counts_rounds_from_one_again_and_never_comes_back_to_the_first() -> None:
    assert next_round(read_round("999.01f..", NINE), NINE).number == 1
