"""The attempt before this one: kept in a few characters, and read only where it can be compared."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.engine.attempt import replay
from quizzes.risk.previous_attempt import PreviousAttempt, read_previous, write_previous
from quizzes.risk.scoring import Level, score
from tests.tiny import lantern

LANTERN = lantern()
DAY = dt.date(2026, 11, 3)


def test_reads_what_it_wrote() -> None:
    answers = {"place": ("outside",), "key": ("lent",), "key-since": ("waiting",), "shared": ("photo",)}
    outcome = score(replay(LANTERN, answers), {"key-lent"}, ())
    cookie = write_previous(LANTERN, outcome, DAY)
    assert cookie == "1.70.fn.1xe"
    assert read_previous(cookie, LANTERN) == PreviousAttempt(70, {"house": Level.FIRST, "street": Level.NOTICE}, DAY)


@pytest.mark.parametrize(
    "cookie",
    [
        "",
        "nonsense",
        "2.70.fn.1xe",
        "1.101.fn.1xe",
        "1.70.f.1xe",
        "1.70.fnn.1xe",
        "1.70.fx.1xe",
        "1.70.fn.1x",
        "1.70.fn.1XE",
        "1.70.fn.",
        "1.70.fn.261399",
        "1.70.fn.26110３",
        "1.70.fn.1xe.more",
        "1.-7.fn.1xe",
    ],
)
def test_says_nothing_where_it_cannot_compare(cookie: str) -> None:
    assert read_previous(cookie, LANTERN) is None


@given(st.text())
def test_reads_anything_without_a_fault(cookie: str) -> None:
    read_previous(cookie, LANTERN)
