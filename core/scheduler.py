"""Run tasks at intervals, in threads of each worker process.

A task is registered at import. `config/wsgi.py` starts all tasks with the first request, so that no management
command or test starts one. The threads end with their process.
"""

import logging
import threading
from collections.abc import Callable
from typing import Any

from django.core.signals import request_started
from django.db import connections

log = logging.getLogger(__name__)

#: The longest pause after failures, in seconds, if a task names no other.
LONGEST = 30 * 60


class Task:
    """Run `work` every `seconds`. Each failure doubles the pause, up to `longest`."""

    def __init__(self, seconds: float, work: Callable[[], object], name: str, longest: float = LONGEST) -> None:
        self.seconds, self.work, self.name = seconds, work, name
        self.longest = max(longest, seconds)
        self.failures = 0
        self._ended = threading.Event()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    @property
    def pause(self) -> float:
        """Return the seconds until the next run, by the number of failures."""
        return float(min(self.seconds * 2 ** min(self.failures, 20), self.longest))

    def start(self) -> None:
        """Start the thread, unless it is running. The first run is at once."""
        with self._starting:
            if self._thread is None:
                self._ended.clear()
                self._thread = threading.Thread(target=self._go_on, name=self.name, daemon=True)
                self._thread.start()

    def end(self) -> None:
        """End after the current run, and wait for it."""
        with self._starting:
            self._ended.set()
            if self._thread is not None:
                self._thread.join()
                self._thread = None

    def run(self) -> None:
        """Run once. Never raise, and close all database connections."""
        try:
            self.work()
            self.failures = 0
        except Exception as error:
            self.failures += 1
            # Only the type: a message may quote a row.
            log.warning("background work %s: %s, again in %d s", self.name, type(error).__qualname__, self.pause)
        finally:
            connections.close_all()

    def _go_on(self) -> None:
        self.run()
        while not self._ended.wait(self.pause):
            self.run()


tasks: list[Task] = []


def every(seconds: float, work: Callable[[], object], name: str, longest: float = LONGEST) -> Task:
    """Register a task that starts with the first request of a server. Call it once, at import."""
    task = Task(seconds, work, name, longest)
    tasks.append(task)
    return task


def start_with_the_first_request() -> None:
    """Start all tasks with the first request. The handler then disconnects, so that later requests pay nothing."""
    request_started.connect(_start, dispatch_uid=__name__)


def _start(**kwargs: Any) -> None:  # noqa: ARG001 (a signal gives what it gives)
    request_started.disconnect(dispatch_uid=__name__)
    for task in tasks:
        task.start()
