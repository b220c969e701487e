"""What staff see: nothing of a few, and nothing from which a few could be worked out."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.statistics.counting import RESULT
from quizzes.statistics.totals import LEAST, finished, shown, tables


@pytest.mark.parametrize(
    ("count", "seen"), [(0, None), (1, None), (19, None), (20, 20), (29, 20), (30, 30), (12345, 12340)]
)
def test_rounds_down_to_tens_and_hides_what_is_below_twenty(count: int, seen: int | None) -> None:
    assert shown(count) == seen


def seen(counts: tuple[int, ...]) -> tuple[int | None, ...]:
    """All that a page shows of one single choice: the total and each option."""
    return (shown(sum(counts)), *map(shown, counts))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 60), min_size=2, max_size=4).map(tuple))
def test_leaves_every_hidden_count_open(counts: tuple[int, ...]) -> None:
    for place, count in enumerate(counts):
        if shown(count) is None:
            # The same page with another count in this place: nobody can tell which of the two it was.
            near = product(*(range(max(other - 1, 0), other + 2) for other in counts))
            assert any(other[place] != count and seen(other) == seen(counts) for other in near)


def test_counts_attempts_by_their_results() -> None:
    sums = {(RESULT, "calm"): 30, (RESULT, "now"): 12, ("key", "lent"): 40}
    assert finished(sums) == 42


def test_shows_shares_of_rounded_figures() -> None:
    sums = {(RESULT, "calm"): 109, ("key", "lent"): 57, ("key", "never"): 19}
    results, key = tables(sums, None, {RESULT: "Results", "calm": "Calm"})
    assert [(row.option, row.count, row.percent) for row in results.rows] == [("Calm", 100, 100)]
    assert [(row.option, row.count, row.percent) for row in key.rows] == [("lent", 50, 50), ("never", None, None)]
    assert LEAST == 20
