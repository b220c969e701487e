"""Seal what travels in a reader's browser: encrypted, and with a key for each purpose."""

import base64
from collections.abc import Sequence

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


def sealer(secrets: Sequence[str], label: bytes) -> MultiFernet:
    """Return what seals with the first of the `secrets`, and opens what any of them sealed under this `label`.

    The label keeps keys apart: the same secret signs sessions and the like.
    """
    return MultiFernet([Fernet(key_of(secret, label)) for secret in secrets])


def key_of(secret: str, label: bytes) -> bytes:
    """Return the key for one purpose, as Fernet wants it."""
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=label).derive(secret.encode())
    return base64.urlsafe_b64encode(derived)
