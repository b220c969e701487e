"""Carry deleted cookies in the response itself, so that the next page can restore them.

The copy is encrypted, sent back in a form, and accepted for thirty minutes. The server stores nothing: when the
page is closed, the copy is gone.
"""

import datetime as dt
import json
from collections.abc import Mapping, Sequence

from cryptography.fernet import InvalidToken

from core.sealing import sealer

VALID_FOR = dt.timedelta(minutes=30)
#: Each cookie takes 130 bytes of an answer's headers: more are not brought back by one answer.
MAX_COOKIES = 50
LABEL = b"anxin-tuiqun: deleted cookies"
#: More characters than the copy of any reader's cookies has.
MAX_CHARS = 12_000


def seal(cookies: Mapping[str, str], secret: str) -> str:
    """Return these cookies as encrypted text, "" if there are none or too many."""
    if not 0 < len(cookies) <= MAX_COOKIES:
        return ""
    sealed = sealer([secret], LABEL).encrypt(json.dumps(dict(cookies)).encode()).decode()
    return sealed if len(sealed) <= MAX_CHARS else ""


def unseal(text: str, secrets: Sequence[str]) -> dict[str, str] | None:
    """Return the cookies of a copy that one of the `secrets` sealed, None if it is altered or too old."""
    if len(text) > MAX_CHARS:
        return None
    try:
        opened = json.loads(sealer(secrets, LABEL).decrypt(text.encode(), ttl=int(VALID_FOR.total_seconds())))
    except (InvalidToken, ValueError):
        return None
    return {str(name): str(value) for name, value in opened.items()}
