"""Work that is done again and again beside the requests, in a thread of its own.

A task is named where its work lives, at import; nothing runs yet. The server
(config/wsgi.py) asks that all begin with the first request: not on import, not
for a management command, not in a test that does not start one itself. Each
worker process has its own threads, and they end with it.
"""

import logging
import threading
from collections.abc import Callable
from typing import Any

from django.core.signals import request_started
from django.db import connections

log = logging.getLogger(__name__)

#: The longest pause after failures, in seconds, where a task names no other.
LONGEST = 30 * 60


class Task:
    """`work` every `seconds`; while it fails, each pause is twice the one before, up to `longest`."""

    def __init__(self, seconds: float, work: Callable[[], object], name: str, longest: float = LONGEST) -> None:
        self.seconds, self.work, self.name = seconds, work, name
        self.longest = max(longest, seconds)
        self.failures = 0
        self._ended = threading.Event()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    @property
    def pause(self) -> float:
        """Seconds until the next run, by the failures so far."""
        return float(min(self.seconds * 2 ** min(self.failures, 20), self.longest))

    def start(self) -> None:
        """Begins, unless it has begun: the first run at once."""
        with self._starting:
            if self._thread is None:
                self._ended.clear()
                self._thread = threading.Thread(target=self._go_on, name=self.name, daemon=True)
                self._thread.start()

    def end(self) -> None:
        """Ends after the run that is under way, and waits for that."""
        with self._starting:
            self._ended.set()
            if self._thread is not None:
                self._thread.join()
                self._thread = None

    def run(self) -> None:
        """One run. Never raises; whatever it opened in the database is closed."""
        try:
            self.work()
            self.failures = 0
        except Exception as error:
            self.failures += 1
            # The kind alone: a message may quote what stands in a row.
            log.warning("background work %s: %s, again in %d s", self.name, type(error).__qualname__, self.pause)
        finally:
            connections.close_all()

    def _go_on(self) -> None:
        self.run()
        while not self._ended.wait(self.pause):
            self.run()


tasks: list[Task] = []


def every(seconds: float, work: Callable[[], object], name: str, longest: float = LONGEST) -> Task:
    """Names a task that begins with the first request of a server. Call it once, at import."""
    task = Task(seconds, work, name, longest)
    tasks.append(task)
    return task


def start_with_the_first_request() -> None:
    """Asks for all tasks, those named by then. The signal is let go at once: later requests pay nothing."""
    request_started.connect(_start, dispatch_uid=__name__)


def _start(**kwargs: Any) -> None:  # noqa: ARG001 (a signal gives what it gives)
    request_started.disconnect(dispatch_uid=__name__)
    for task in tasks:
        task.start()
