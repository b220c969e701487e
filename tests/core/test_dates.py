"""A day in three characters: there and back, and nothing else."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.dates import COUNT, EPOCH, read_day, write_day

LAST = EPOCH + dt.timedelta(days=COUNT - 1)


@pytest.mark.parametrize(
    ("day", "written"),
    [(EPOCH, "000"), (dt.date(2020, 2, 6), "010"), (dt.date(2026, 11, 22), "1xx"), (LAST, "zzz")],
)
def test_writes_the_days_since_2020(day: dt.date, written: str) -> None:
    assert write_day(day) == written


@given(st.dates(EPOCH, LAST))
def test_reads_what_it_wrote(day: dt.date) -> None:
    assert read_day(write_day(day)) == day


@pytest.mark.parametrize("day", [EPOCH - dt.timedelta(days=1), LAST + dt.timedelta(days=1), dt.date.min, dt.date.max])
def test_refuses_a_day_that_three_characters_cannot_say(day: dt.date) -> None:
    with pytest.raises(ValueError, match=str(day)):
        write_day(day)


@pytest.mark.parametrize(
    "written",
    [
        *("", "1x", "1xx0", "1XX", "1x ", "１xx", "-1x", "+1x", "1_x", "1xx\n", "261122"),
    ],
)
def test_takes_anything_else_for_no_day(written: str) -> None:
    assert read_day(written) is None


@given(st.text(max_size=7))
def test_gives_no_day_that_cannot_be_written_again(written: str) -> None:
    day = read_day(written)
    assert day is None or read_day(write_day(day)) == day
