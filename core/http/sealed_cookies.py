"""Carry the cookies that were deleted in the answer itself, so that the next page can bring them back.

The copy is encrypted, travels in a form, and is accepted for thirty minutes. It is stored nowhere: when the page
is closed, nothing is left.
"""

import datetime as dt
import json
from collections.abc import Mapping, Sequence

from cryptography.fernet import InvalidToken

from core.sealing import sealer

KEPT_FOR = dt.timedelta(minutes=30)
#: Each cookie takes 130 bytes of an answer's headers: more are not brought back by one answer.
MOST = 50
LABEL = b"anxin-tuiqun: deleted cookies"
#: More characters than the copy of any reader's cookies has.
LONGEST = 12_000


def seal(cookies: Mapping[str, str], secret: str) -> str:
    """Return these cookies as text that only this site can read; "" where they are none or too many."""
    if not 0 < len(cookies) <= MOST:
        return ""
    sealed = sealer([secret], LABEL).encrypt(json.dumps(dict(cookies)).encode()).decode()
    return sealed if len(sealed) <= LONGEST else ""


def unseal(text: str, secrets: Sequence[str]) -> dict[str, str] | None:
    """Return the cookies in a copy that one of the `secrets` sealed, None where it is altered or too old."""
    if len(text) > LONGEST:
        return None
    try:
        opened = json.loads(sealer(secrets, LABEL).decrypt(text.encode(), ttl=int(KEPT_FOR.total_seconds())))
    except (InvalidToken, ValueError):
        return None
    return {str(name): str(value) for name, value in opened.items()}
