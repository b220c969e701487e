"""Encrypt what travels in a reader's browser, with a key for each purpose."""

import base64
from collections.abc import Sequence

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


def sealer(secrets: Sequence[str], label: bytes) -> MultiFernet:
    """Return a cipher that encrypts with the first of the `secrets` and decrypts with any of them.

    `label` separates the keys of different purposes, because the same secret also signs sessions.
    """
    return MultiFernet([Fernet(key_of(secret, label)) for secret in secrets])


def key_of(secret: str, label: bytes) -> bytes:
    """Return the Fernet key for one purpose."""
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=label).derive(secret.encode())
    return base64.urlsafe_b64encode(derived)
