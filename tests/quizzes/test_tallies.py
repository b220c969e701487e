"""Counts in memory: what is counted once is written once, or said to be lost."""

import datetime as dt
import socket
import threading
from collections import Counter
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.engine.attempt import replay
from quizzes.statistics.counting import (
    KEPT_DAYS,
    RESULT,
    Counted,
    Tallied,
    Tallies,
    UncertainError,
    counted_in,
    may_count,
)
from tests.tiny import lantern

TODAY = dt.date(2026, 11, 22)
SOON = 10


def one(option: str = "lent", day: dt.date = TODAY) -> Counted:
    return Counted("lantern", 1, "key", option, day)


class Table:
    """Rows, and a writer that does as it is told."""

    def __init__(self) -> None:
        self.rows: Counter[Counted] = Counter()

    def write(self, counts: Tallied) -> None:
        self.rows.update(counts)

    def refuse(self, counts: Tallied) -> None:
        raise ConnectionRefusedError

    def write_and_doubt(self, counts: Tallied) -> None:
        self.write(counts)
        raise UncertainError

    def lose_and_doubt(self, counts: Tallied) -> None:
        raise UncertainError


def test_it_counts_each_option_and_the_result_and_nothing_of_the_attempt() -> None:
    quiz = lantern()
    attempt = replay(quiz, {"place": ("outside",), "key": ("never",), "shared": ("name", "map"), "name-since": ("x",)})
    counted = counted_in(attempt, "calm", TODAY)
    assert {(entry.question, entry.option) for entry in counted} == {
        ("place", "outside"),
        ("key", "never"),
        ("shared", "map"),
        ("shared", "name"),
        (RESULT, "calm"),
    }
    assert {(entry.quiz, entry.version, entry.day) for entry in counted} == {(quiz.id, quiz.policy.version, TODAY)}


def test_it_writes_what_it_counted_once() -> None:
    tallies, table = Tallies(), Table()
    tallies.count([one(), one("never")])
    tallies.count([one()])
    for _ in range(2):
        tallies.flush(table.write, TODAY)
    assert table.rows == {one(): 2, one("never"): 1}


def test_it_asks_nothing_of_a_writer_where_there_is_nothing() -> None:
    Tallies().flush(Table().refuse, TODAY)


HOW = ["write", "refuse", "write_and_doubt", "lose_and_doubt"]
Step = tuple[str, list[str]]
COUNT: st.SearchStrategy[Step] = st.tuples(
    st.just("count"), st.lists(st.sampled_from(["a", "b", "c", "d"]), min_size=1, max_size=4)
)
FLUSH: st.SearchStrategy[Step] = st.tuples(st.sampled_from(HOW), st.just([]))
DAY: st.SearchStrategy[Step] = st.tuples(st.just("day"), st.just([]))


@given(st.lists(st.one_of(COUNT, FLUSH, DAY), max_size=60), st.integers(1, 40))
def test_it_never_writes_twice_and_loses_no_more_than_it_says(steps: list[Step], most: int) -> None:
    tallies, table, counted, day = Tallies(most), Table(), Counter[Counted](), TODAY
    for step, options in steps:
        if step == "count":
            chosen = [one(option, day) for option in options]
            tallies.count(chosen)
            counted.update(set(chosen))
        elif step == "day":
            day += dt.timedelta(days=3)
        else:
            with suppress(OSError, UncertainError):
                tallies.flush(getattr(table, step), day)
    waiting = Counter(tallies.waiting)
    assert not table.rows - counted
    assert (table.rows + waiting).total() <= counted.total()
    assert (counted - table.rows - waiting).total() <= tallies.dropped
    assert len(waiting) <= most


def test_it_drops_what_is_too_old_and_says_so(caplog: pytest.LogCaptureFixture) -> None:
    tallies = Tallies()
    tallies.count([one(day=TODAY - dt.timedelta(days=KEPT_DAYS + 1)), one(day=TODAY - dt.timedelta(days=KEPT_DAYS))])
    with pytest.raises(ConnectionRefusedError):
        tallies.flush(Table().refuse, TODAY)
    assert tallies.dropped == 1
    assert list(tallies.waiting) == [one(day=TODAY - dt.timedelta(days=KEPT_DAYS))]
    assert "1 dropped" in caplog.text


def test_it_keeps_no_more_than_its_most_and_says_so_seldom(caplog: pytest.LogCaptureFixture) -> None:
    tallies = Tallies(most=2)
    for number in range(100):
        tallies.count([one(str(number))])
    tallies.count([one("0")])
    assert tallies.waiting == {one("0"): 2, one("1"): 1}
    assert tallies.dropped == 98
    assert len(caplog.records) == 7


@pytest.fixture
def silent() -> socket.socket:
    """A database that takes the connection and never says a word."""
    return socket.create_server(("127.0.0.1", 0))


def test_it_counts_while_a_silent_database_holds_the_flush(silent: socket.socket) -> None:
    tallies, table, asked = Tallies(), Table(), threading.Event()

    def write(counts: Tallied) -> None:
        with socket.create_connection(silent.getsockname(), timeout=SOON) as connection:
            asked.set()
            if not connection.recv(1):
                raise ConnectionError

    tallies.count([one()])

    def flush() -> None:
        with suppress(ConnectionError):
            tallies.flush(write, TODAY)

    flushing = threading.Thread(target=flush)
    flushing.start()
    held, _ = silent.accept()
    assert asked.wait(SOON)

    counting = threading.Thread(target=tallies.count, args=([one("never")],))
    counting.start()
    counting.join(SOON)
    assert not counting.is_alive()
    tallies.flush(table.write, TODAY, patience=0)
    assert not table.rows

    held.close()
    flushing.join(SOON)
    tallies.flush(table.write, TODAY)
    assert table.rows == {one(): 1, one("never"): 1}
    silent.close()


def test_it_keeps_what_a_stopped_database_refused(silent: socket.socket) -> None:
    tallies, table, address = Tallies(), Table(), silent.getsockname()
    silent.close()
    tallies.count([one()])
    with pytest.raises(ConnectionRefusedError):
        tallies.flush(lambda counts: socket.create_connection(address).close(), TODAY)
    tallies.flush(table.write, TODAY)
    assert table.rows == {one(): 1}
    assert not tallies.dropped


def test_it_counts_from_many_threads() -> None:
    tallies, table = Tallies(), Table()

    def work() -> None:
        for _ in range(200):
            tallies.count([one()])
            tallies.flush(table.write, TODAY)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert table.rows == {one(): 800}


@pytest.mark.parametrize(
    ("cookie", "signals", "may"),
    [
        ("", ("", ""), True),
        ("", ("0", "0"), True),
        ("yes", ("", ""), True),
        ("no", ("", ""), False),
        ("", ("1", ""), False),
        ("", ("", "1"), False),
        ("", ("0", "1"), False),
    ],
)
def test_it_stays_away_from_who_said_no(cookie: str, signals: tuple[str, str], may: bool) -> None:
    assert may_count(cookie, signals) is may
