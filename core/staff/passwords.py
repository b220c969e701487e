"""Hash one password at a time in each worker.

A hash takes a third of a second of CPU. Without a limit, a few attempts to sign in slow down every reader.
"""

import threading

from django.contrib.auth.hashers import PBKDF2PasswordHasher

from core.http.errors import PasswordHashBusyError

_hashing = threading.Lock()


class OneAtATimePasswordHasher(PBKDF2PasswordHasher):
    """Django's default hasher. It does not wait for its turn, because a thread that waits serves no reader."""

    def encode(self, password: str, salt: str, iterations: int | None = None) -> str:
        if not _hashing.acquire(blocking=False):
            raise PasswordHashBusyError
        try:
            return super().encode(password, salt, iterations)
        finally:
            _hashing.release()
