"""Rows of tallies: added up, by one process or two, all or none; a real file where a lock matters."""

import datetime as dt
import sqlite3
import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import IntegrityError

from quizzes.models import Tally
from quizzes.statistics.counting import Counted, Tallied

TODAY = dt.date(2026, 11, 22)
LENT = Counted("lantern", 1, "key", "lent", TODAY)
NEVER = Counted("lantern", 1, "key", "never", TODAY)
Python = Callable[..., subprocess.CompletedProcess[str]]


def rows() -> dict[tuple[str, int], int]:
    return {(row.option, row.version): row.count for row in Tally.objects.all()}


@pytest.mark.django_db
def test_it_makes_a_row_and_adds_to_it() -> None:
    Tally.objects.add({LENT: 2})
    Tally.objects.add({LENT: 3, NEVER: 1, LENT._replace(version=2): 4})
    assert rows() == {("lent", 1): 5, ("never", 1): 1, ("lent", 2): 4}


@pytest.mark.django_db
def test_it_keeps_one_row_a_day() -> None:
    Tally.objects.add({LENT: 1, LENT._replace(day=TODAY - dt.timedelta(days=1)): 1})
    assert Tally.objects.count() == 2
    with pytest.raises(IntegrityError):
        Tally.objects.create(**LENT._asdict())


@pytest.mark.django_db(transaction=True)
def test_it_writes_all_or_none() -> None:
    too_many: Tallied = {LENT: 1, NEVER: 2**80}
    with pytest.raises(Exception):  # noqa: B017, PT011 (whatever a database says of such a number)
        Tally.objects.add(too_many)
    assert not rows()


@pytest.mark.django_db
def test_it_knows_nothing_of_a_person_and_no_time_of_day() -> None:
    names = {field.name for field in Tally._meta.get_fields()}
    assert names == {"id", "quiz", "version", "question", "option", "day", "count"}
    assert Tally._meta.get_field("day").get_internal_type() == "DateField"


ADD = """
import datetime as dt, sys, django
django.setup()
from quizzes.models import Tally
from quizzes.statistics.counting import Counted, Tallies
keys = [Counted("lantern", 1, "key", option, dt.date(2026, 11, 22)) for option in "abcdef"]
for _ in range(int(sys.argv[1])):
    tallies = Tallies()
    tallies.count(keys)
    while tallies.waiting:
        try:
            tallies.flush(Tally.objects.add, dt.date(2026, 11, 22))
        except django.db.Error:
            pass
    assert not tallies.dropped
"""
LOCKED = """
import datetime as dt, sqlite3, django
django.setup()
from django.conf import settings
from quizzes.models import Tally
from quizzes.statistics.counting import Counted, Tallies
tallies = Tallies()
tallies.count([Counted("lantern", 1, "key", "lent", dt.date(2026, 11, 22))])
holder = sqlite3.connect(settings.DATABASES["default"]["NAME"], isolation_level=None)
holder.execute("BEGIN EXCLUSIVE")
try:
    tallies.flush(Tally.objects.add, dt.date(2026, 11, 22))
except django.db.Error as error:
    print(type(error).__name__, sum(tallies.waiting.values()), tallies.dropped)
holder.execute("ROLLBACK")
tallies.flush(Tally.objects.add, dt.date(2026, 11, 22))
print(Tally.objects.get().count)
"""


@pytest.fixture
def var(tmp_path: Path, python: Python) -> Path:
    """A database file of its own."""
    done = python("manage.py", "migrate", "--skip-checks", "--no-input", VAR_DIR=str(tmp_path))
    assert done.returncode == 0, done.stderr
    return tmp_path


def test_it_adds_up_what_two_processes_flush_at_once(var: Path, python: Python) -> None:
    with ThreadPoolExecutor(2) as pool:
        for done in pool.map(lambda _: python("-c", ADD, "20", VAR_DIR=str(var)), range(2)):
            assert done.returncode == 0, done.stderr
    with sqlite3.connect(var / "db.sqlite3") as database:
        counts = database.execute("SELECT option, count FROM quizzes_tally ORDER BY option").fetchall()
    assert counts == [(option, 40) for option in "abcdef"]


def test_it_keeps_what_a_locked_database_refused(var: Path, python: Python) -> None:
    done = python("-c", LOCKED, VAR_DIR=str(var))
    assert done.stdout.split() == ["OperationalError", "1", "0", "1"], done.stderr
