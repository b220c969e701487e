"""Mail error reports to the operator from a thread, at most one a minute for each route."""

import atexit
import logging
import threading
import time
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import mail_admins

log = logging.getLogger(__name__)

#: Seconds between two mails of one route.
EVERY = 60
#: Routes with a mail that waits. Reports of further routes share one mail.
MAX_ROUTES = 50
REST = "(other routes)"
#: Seconds that the end of a process waits for its last mails.
PATIENCE = 3


@dataclass
class Waiting:
    """A queued mail, and the number of further reports of its route that it stands for."""

    subject: str
    body: str
    suppressed: int = 0


class MailQueue:
    """Send mails from a thread that the first mail of a process starts."""

    def __init__(self, every: float = EVERY, most: int = MAX_ROUTES) -> None:
        self.every, self.most = every, most
        self.waiting: dict[str, Waiting] = {}
        #: When the latest mail of each route was sent, by a clock that nobody can set.
        self._sent: dict[str, float] = {}
        self._sending = False
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None

    def put(self, route: str, subject: str, body: str) -> None:
        """Add a report. Return at once, even if the mail server does not answer."""
        with self._changed:
            if route not in self.waiting and len(self.waiting) >= self.most:
                route = REST
            if route in self.waiting:
                self.waiting[route].suppressed += 1
            else:
                self.waiting[route] = Waiting(subject, body)
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="error mail", daemon=True)
                self._thread.start()
            self._changed.notify_all()

    def flush(self, patience: float = PATIENCE) -> bool:
        """Wait until all mails that are due are sent. Return whether that was in time."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._sending and self._due() is None, timeout=patience)

    def _run(self) -> None:
        while True:
            with self._changed:
                while (route := self._due()) is None:
                    self._changed.wait(timeout=min(map(self._pause_of, self.waiting), default=None))
                mail, self._sending = self.waiting.pop(route), True
                now = time.monotonic()
                self._sent = {other: sent for other, sent in self._sent.items() if now - sent < self.every}
                self._sent[route] = now
            self._send(mail)
            with self._changed:
                self._sending = False
                self._changed.notify_all()

    def _due(self) -> str | None:
        """Return a route with a mail that is due."""
        return next((route for route in self.waiting if self._pause_of(route) <= 0), None)

    def _pause_of(self, route: str) -> float:
        """Return the seconds until a mail of this route may be sent."""
        return self._sent[route] + self.every - time.monotonic() if route in self._sent else 0

    def _send(self, mail: Waiting) -> None:
        subject = f"{mail.subject} (+{mail.suppressed} more)" if mail.suppressed else mail.subject
        try:
            mail_admins(subject, mail.body)
        except Exception as error:
            # A warning: an error would be mailed.
            log.warning("an error report could not be mailed: %s", type(error).__qualname__)


queue = MailQueue()
atexit.register(queue.flush)


class MailHandler(logging.Handler):
    """Queue a mail with the text of a log line."""

    def emit(self, record: logging.LogRecord) -> None:
        if not settings.ADMINS:
            return
        subject = f"{record.levelname} {record.getMessage()}".replace("\n", "\\n").replace("\r", "\\r")[:200]
        # Outside of a request, the line that logs has one mail a minute.
        route: str = getattr(record, "route", None) or f"{record.name}:{record.lineno}"
        queue.put(route, subject, self.format(record))
