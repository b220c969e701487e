"""Make and read resume links, which carry a plan to another browser and are valid for ninety days.

A link carries the plan alone: exposures, what the reader has, and ticks, as the text that
`checklist/state/cookies.py` writes. It is compressed, encrypted and put into an address.
"""

import base64
import datetime as dt
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from cryptography.fernet import InvalidToken

from checklist.resume import legacy
from checklist.state.cookies import (
    ReaderState,
    read_given,
    read_has,
    read_packed,
    write_given,
    write_has,
    write_packed,
)
from checklist.state.wire_ids import WireIds, WireTable
from core.sealing import sealer

KEPT_FOR = dt.timedelta(days=90)
#: The clocks of two servers may differ, but not by more than this.
CLOCK_ERROR = dt.timedelta(days=1)
LABEL = b"anxin-tuiqun: resume link"
TOKEN = re.compile(r"[A-Za-z0-9_-]{1,2000}")
#: More characters than the text of any plan has: no more are decompressed.
LONGEST = 10_000

#: The first byte says how the rest is written. It grows with every change that an older release could not read.
PLAIN, COMPRESSED = 2, 3
#: Text that the compressor may refer to. It belongs to the format: a change needs another first byte.
DICTIONARY = (
    b"".join(b".%d" % number for number in range(1, 121))
    + b"_x1z_t20_a20_y20_d1y_d1z_d20_d21hq.1_hr.1_oq.1_or.1 1.2.3.4.5 d1"
)
#: Each number of an id in a text: at its beginning, or after a mark or another number.
NUMBER = re.compile(r"(?:^|\.)([0-9]+)")


class LinkFault(StrEnum):
    """Why a link can't be used."""

    ALTERED = "altered"
    EXPIRED = "expired"
    NEWER = "newer"
    AHEAD = "ahead"


class ResumeError(Exception):
    """A link that can't be used; `fault` says why."""

    def __init__(self, fault: LinkFault) -> None:
        self.fault = fault
        super().__init__(fault.value)


@dataclass(frozen=True)
class Carried:
    """What a link brings, and when it was made."""

    state: ReaderState
    made: dt.datetime


def make_link(state: ReaderState, wire: WireIds, secret: str, now: dt.datetime) -> str:
    """Return a token that carries this state."""
    token = sealer([secret], LABEL).encrypt_at_time(pack(state, wire), int(now.timestamp()))
    return token.decode().rstrip("=")


def read_link(token: str, wire: WireIds, secrets: Sequence[str], now: dt.datetime) -> Carried:
    """Return what a token made with any of the `secrets` carries. Raise ResumeError."""
    fernet = sealer(secrets, LABEL)
    whole = (token + "=" * (-len(token) % 4)).encode()
    # Base64 has several spellings of the same bytes; only the one that we wrote is accepted.
    if not TOKEN.fullmatch(token) or len(token) % 4 == 1 or _respelt(whole) != whole:
        raise ResumeError(LinkFault.ALTERED)
    try:
        packed = fernet.decrypt(whole)
    except InvalidToken as error:
        raise ResumeError(LinkFault.ALTERED) from error
    made = dt.datetime.fromtimestamp(fernet.extract_timestamp(whole), dt.UTC)
    if made - now > CLOCK_ERROR:
        raise ResumeError(LinkFault.AHEAD)
    if now - made > KEPT_FOR:
        raise ResumeError(LinkFault.EXPIRED)
    return Carried(unpack(packed, wire), made)


def _respelt(token: bytes) -> bytes:
    return base64.urlsafe_b64encode(base64.urlsafe_b64decode(token))


def pack(state: ReaderState, wire: WireIds) -> bytes:
    """Return the state as text, compressed where that is shorter, after the byte that says so."""
    given = "" if state.given is None else write_given(state.given, wire.exposures)
    has = "" if state.has is None else write_has(state.has, wire.has)
    text = " ".join([given, has, write_packed(state.ticks, wire.steps)]).encode()
    compressor = zlib.compressobj(9, wbits=-zlib.MAX_WBITS, memLevel=9, zdict=DICTIONARY)
    compressed = compressor.compress(text) + compressor.flush()
    return min(bytes([PLAIN]) + text, bytes([COMPRESSED]) + compressed, key=len)


def unpack(packed: bytes, wire: WireIds) -> ReaderState:
    """Return the state that `pack` was given. Raise ResumeError."""
    form, rest = packed[0] if packed else 0, packed[1:]
    if form > COMPRESSED:
        raise ResumeError(LinkFault.NEWER)
    if form == legacy.FORMAT:
        return _unpack_legacy(rest, wire)
    if form not in (PLAIN, COMPRESSED):
        raise ResumeError(LinkFault.ALTERED)
    try:
        text = (_decompress(rest) if form == COMPRESSED else rest).decode("ascii")
        given, has, ticks = text.split(" ")
    except (zlib.error, ValueError) as error:
        raise ResumeError(LinkFault.ALTERED) from error
    if any(_has_unknown(*part) for part in ((given, wire.exposures), (has, wire.has), (ticks, wire.steps))):
        raise ResumeError(LinkFault.NEWER)
    return ReaderState(read_given(given, wire.exposures), read_packed(ticks, wire.steps), read_has(has, wire.has))


def _decompress(compressed: bytes) -> bytes:
    decompressor = zlib.decompressobj(wbits=-zlib.MAX_WBITS, zdict=DICTIONARY)
    return decompressor.decompress(compressed, LONGEST)


def _has_unknown(text: str, table: WireTable) -> bool:
    """Return whether the text has a number that only a later release can have given out."""
    return not table.issued.issuperset(NUMBER.findall(text))


def _unpack_legacy(packed: bytes, wire: WireIds) -> ReaderState:
    try:
        return legacy.unpack(packed, wire)
    except legacy.UnreadableError as error:
        raise ResumeError(LinkFault.NEWER if error.newer else LinkFault.ALTERED) from error
