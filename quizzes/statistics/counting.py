"""How many chose each option on a day: counted in memory, written down now and then.

A count is of one option on one day, and of nothing else: not of a person, not of
two answers together. Counting touches no database and waits for nobody. What can't
be written is kept for a week at most, and what is dropped is counted too.
"""

import datetime as dt
import logging
import threading
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, NamedTuple

from quizzes.engine.attempt import Attempt

log = logging.getLogger(__name__)

#: Stands where a question does, for what an attempt came to: its band, its verdict, its outcome. A reserved word.
RESULT = "result"
#: Days after which what could not be written is dropped.
KEPT_DAYS = 7
#: Counts kept at most, more than a week of all quizzes can have.
MOST = 20_000


class Counted(NamedTuple):
    """What is counted: one option of one question, in one version of a quiz, on one day."""

    quiz: str
    version: int
    question: str
    option: str
    day: dt.date


Tallied = Mapping[Counted, int]


class UncertainError(Exception):
    """Raised by a writer that can't know whether what it was given is written down."""


def counted_in(attempt: Attempt[Any], came_to: str, day: dt.date) -> list[Counted]:
    """What a finished attempt adds one to: each option chosen, and what it `came_to`."""
    quiz = attempt.quiz
    chosen = [(question.id, option.id) for question, option in attempt.chosen]
    return [
        Counted(quiz.id, quiz.policy.version, question, option, day)
        for question, option in [*chosen, (RESULT, came_to)]
    ]


class Tallies:
    """The counts of this process that are not written down yet. Any thread may count; one at a time flushes."""

    def __init__(self, most: int = MOST) -> None:
        self.most = most
        #: How many ones were dropped since the start: too old, too many, or perhaps written and perhaps not.
        self.dropped = 0
        self._waiting: Counter[Counted] = Counter()
        self._lock = threading.Lock()
        self._flushing = threading.Lock()

    @property
    def waiting(self) -> dict[Counted, int]:
        with self._lock:
            return dict(self._waiting)

    def count(self, counted: Iterable[Counted]) -> None:
        """Adds one to each."""
        self._add(dict.fromkeys(counted, 1))

    def flush(self, write: Callable[[Tallied], None], today: dt.date, patience: float = -1) -> None:
        """Hands all counts to `write`, which writes all or none of them. Raises what it raises.

        After an error the counts wait for the next time; after UncertainError they
        are dropped, since to write them again might count them twice. Another flush
        under way is waited for, so many seconds where `patience` is given.
        """
        if not self._flushing.acquire(timeout=patience):
            return
        try:
            with self._lock:
                taken, self._waiting = self._waiting, Counter()
            if taken:
                self._hand_over(taken, write, today)
        finally:
            self._flushing.release()

    def _hand_over(self, taken: Counter[Counted], write: Callable[[Tallied], None], today: dt.date) -> None:
        try:
            write(taken)
        except UncertainError:
            self._drop(taken.total(), "may be written or not")
            raise
        except BaseException:
            self._put_back(taken, today)
            raise

    def _put_back(self, taken: Counter[Counted], today: dt.date) -> None:
        oldest = today - dt.timedelta(days=KEPT_DAYS)
        old = [one for one in taken if one.day < oldest]
        self._drop(sum(taken.pop(one) for one in old), f"older than {KEPT_DAYS} days")
        self._add(taken)

    def _add(self, counts: Tallied) -> None:
        over = 0
        with self._lock:
            for one, number in counts.items():
                if one in self._waiting or len(self._waiting) < self.most:
                    self._waiting[one] += number
                else:
                    over += number
        self._drop(over, "too many waiting")

    def _drop(self, number: int, why: str) -> None:
        """Counts what is lost, and says so the first time, and each time that it doubled."""
        if not number:
            return
        with self._lock:
            before, self.dropped = self.dropped, self.dropped + number
            said = self.dropped
        if said.bit_length() > before.bit_length():
            log.warning("tallies: %d dropped since the start, the last ones %s", said, why)


def may_count(cookie: str, signals: Collection[str]) -> bool:
    """Whether a reader may be counted: not who said no by the cookie, nor whose browser says it for them.

    `signals` are the values of the headers Sec-GPC and DNT.
    """
    return cookie != "no" and "1" not in signals


#: The counts of this process.
tallies = Tallies()
