"""Work beside the requests: a real thread, at short intervals."""

import logging
import subprocess
import threading
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from django.core.signals import request_started
from django.test import Client

from core import scheduler
from core.scheduler import Task

#: Longer than any machine needs; a test that waits so long has failed.
SOON = 10
NEVER = 3600


class Work:
    """Counts its runs, and lets a test wait for the n-th."""

    def __init__(self, until: int = 1, fails: bool = False) -> None:
        self.runs, self.until, self.fails = count(1), until, fails
        self.done = threading.Event()
        self.threads: set[threading.Thread] = set()

    def __call__(self) -> None:
        self.threads.add(threading.current_thread())
        if next(self.runs) >= self.until:
            self.done.set()
        if self.fails:
            raise RuntimeError("13800138000")


@pytest.fixture
def started() -> Iterator[Callable[..., Task]]:
    """Starts a task, and ends it with the test."""
    tasks: list[Task] = []

    def start(seconds: float, work: Callable[[], object], **options: float) -> Task:
        task = Task(seconds, work, "a test", **options)
        tasks.append(task)
        task.start()
        return task

    yield start
    for task in tasks:
        task.end()


def test_works_at_once_and_again_and_again(started: Callable[..., Task]) -> None:
    work = Work(until=3)
    started(0.001, work)
    assert work.done.wait(SOON)


def test_works_in_one_thread_that_ends_with_the_process(started: Callable[..., Task]) -> None:
    work = Work(until=3)
    task = started(0.001, work)
    task.start()
    assert work.done.wait(SOON)
    [thread] = work.threads
    assert thread.daemon
    assert thread.name == "a test"


def test_goes_on_after_an_error(started: Callable[..., Task]) -> None:
    work = Work(until=3, fails=True)
    started(0.001, work, longest=0.002)
    assert work.done.wait(SOON)


def test_waits_longer_after_each_failure_and_no_longer_than_the_longest() -> None:
    task = Task(10, Work(fails=True), "a test", longest=60)
    pauses = []
    for _ in range(5):
        task.run()
        pauses.append(task.pause)
    assert pauses == [20, 40, 60, 60, 60]


def test_is_itself_again_after_a_success() -> None:
    work = Work(fails=True)
    task = Task(10, work, "a test")
    task.run()
    work.fails = False
    task.run()
    assert (task.failures, task.pause) == (0, 10)


def test_says_what_failed_and_quotes_nothing(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        Task(10, Work(fails=True), "a test").run()
    assert "a test" in caplog.text
    assert "RuntimeError" in caplog.text
    assert "13800138000" not in caplog.text


def test_ends_without_waiting_for_the_next_run(started: Callable[..., Task]) -> None:
    work = Work()
    task = started(NEVER, work)
    assert work.done.wait(SOON)
    task.end()
    assert not any(thread.is_alive() for thread in work.threads)


def test_runs_once_at_least_and_can_begin_again(started: Callable[..., Task]) -> None:
    work = Work(until=2)
    task = started(NEVER, work)
    task.end()
    assert not work.done.is_set()
    task.start()
    task.end()
    assert work.done.is_set()


def test_leaves_no_connection_open(python: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path) -> None:
    script = """
import sys
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
import django
django.setup()
from django.db import connection
from core.scheduler import Task
seen = []
def work():
    connection.ensure_connection()
    seen.append(connection.connection is not None)
Task(10, work, "a test").run()
print(seen, connection.connection)
"""
    # In a file: a database in memory is never closed, and the tests' own is one.
    assert python("-c", script, str(tmp_path / "db.sqlite3")).stdout.split() == ["[True]", "None"]


# When all begin


@pytest.fixture
def named(monkeypatch: pytest.MonkeyPatch) -> Iterator[Work]:
    """One task in an empty list of tasks."""
    monkeypatch.setattr(scheduler, "tasks", [])
    work = Work()
    task = scheduler.every(NEVER, work, "a test")
    yield work
    task.end()
    request_started.disconnect(dispatch_uid=scheduler.__name__)


def test_does_not_begin_by_itself(named: Work, client: Client) -> None:
    client.get("/healthz")
    assert not named.threads


def test_begins_with_the_first_request_where_a_server_asked(named: Work, client: Client) -> None:
    before = len(request_started.receivers)
    scheduler.start_with_the_first_request()
    assert not named.threads
    for _ in range(2):
        client.get("/healthz")
    assert named.done.wait(SOON)
    assert len(named.threads) == 1
    assert len(request_started.receivers) == before


def test_does_not_begin_in_a_management_command(python: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    script = "\n".join(
        [
            "import threading, django",
            "django.setup()",
            "from django.core.management import call_command",
            "call_command('check')",
            "print([thread.name for thread in threading.enumerate()])",
        ]
    )
    assert python("-c", script).stdout.splitlines()[-1] == "['MainThread']"
