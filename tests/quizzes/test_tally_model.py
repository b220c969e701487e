"""Rows of tallies: added to by one process or two, all or none."""

import datetime as dt
import sqlite3
import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError, connection

from quizzes.models import Tally
from quizzes.statistics.counting import Counted

TODAY = dt.date(2026, 11, 22)
LENT = Counted("lantern", 1, "key", "lent", TODAY)
NEVER = Counted("lantern", 1, "key", "never", TODAY)
Python = Callable[..., subprocess.CompletedProcess[str]]


def rows() -> dict[tuple[str, int], int]:
    return {(row.option, row.version): row.count for row in Tally.objects.all()}


@pytest.mark.django_db
def test_makes_a_row_and_adds_to_it() -> None:
    Tally.objects.add([LENT])
    Tally.objects.add([LENT, NEVER, LENT._replace(version=2)])
    assert rows() == {("lent", 1): 2, ("never", 1): 1, ("lent", 2): 1}


@pytest.mark.django_db
def test_keeps_one_row_a_day() -> None:
    Tally.objects.add([LENT, LENT._replace(day=TODAY - dt.timedelta(days=1))])
    assert Tally.objects.count() == 2
    with pytest.raises(IntegrityError):
        Tally.objects.create(**LENT._asdict())


@pytest.mark.django_db(transaction=True)
def test_writes_all_or_none() -> None:
    def fail_at_the_update(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("UPDATE"):
            raise OperationalError
        return execute(sql, params, many, context)

    with connection.execute_wrapper(fail_at_the_update), pytest.raises(OperationalError):
        Tally.objects.add([NEVER, LENT])
    assert not rows()


@pytest.mark.django_db
def test_knows_nothing_of_a_person_and_no_time_of_day() -> None:
    names = {field.name for field in Tally._meta.get_fields()}
    assert names == {"id", "quiz", "version", "question", "option", "day", "count"}
    assert Tally._meta.get_field("day").get_internal_type() == "DateField"


ADD = """
import datetime as dt, sys, django
django.setup()
from quizzes.models import Tally
from quizzes.statistics.counting import Counted
keys = [Counted("lantern", 1, "key", option, dt.date(2026, 11, 22)) for option in sys.argv[2]]
for _ in range(int(sys.argv[1])):
    Tally.objects.add(keys)
"""


@pytest.fixture
def var(tmp_path: Path, python: Python) -> Path:
    """A database file of its own."""
    done = python("manage.py", "migrate", "--skip-checks", "--no-input", VAR_DIR=str(tmp_path))
    assert done.returncode == 0, done.stderr
    return tmp_path


@pytest.mark.slow
def test_adds_up_what_two_processes_add_at_once(var: Path, python: Python) -> None:
    with ThreadPoolExecutor(2) as pool:
        for done in pool.map(lambda keys: python("-c", ADD, "20", keys, VAR_DIR=str(var)), ("abcdef", "fedcba")):
            assert done.returncode == 0, done.stderr
    with sqlite3.connect(var / "db.sqlite3") as database:
        counts = database.execute("SELECT option, count FROM quizzes_tally ORDER BY option").fetchall()
    assert counts == [(option, 40) for option in "abcdef"]
