"""The resume link: what the checklist's cookies hold, packed into bits, encrypted, and good for ninety days.

The link carries the plan alone: exposures, ticks, and which apps and phone one
has. checklist/progress.py reads those cookies and writes them again.

The plain text is a byte for the format, then one large number in mixed radix:
each field is a digit whose base is the count of values that it can have. Days
stand once, in a list; each tick says which of them it means. A link holds a
dozen different days exactly, whatever else it holds; where they don't fit, the
oldest day moves to the one after it.
"""

import base64
import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from checklist.state.cookies import (
    LETTERS,
    MARKS,
    STEP_COOKIE,
    Given,
    Tick,
    read_given,
    read_has,
    read_ticks,
    write_given,
    write_has,
    write_tick,
)
from checklist.state.wire_ids import WireIds
from core import dates

#: The first byte of the plain text. It grows with every change that an older release could not read.
FORMAT = 1
KEPT_FOR = dt.timedelta(days=90)
#: A link from further ahead was made while a clock was wrong, and would be good for too long.
MOST_AHEAD = dt.timedelta(days=1)
#: Six blocks of the cipher with its padding: with a site address of 40 characters, a QR code of version 10.
LONGEST = 95
#: The key is for this alone: the same secret signs sessions and the like.
LABEL = b"anxin-tuiqun: resume link"

#: More than there can be of days, exposures, steps or things in one link.
MANY = 256
#: A place in these is what a link holds: their order stays, and what is new goes to the end.
GIVEN = list(MARKS.values())
STATES = list(LETTERS)
TOKEN = re.compile(r"[A-Za-z0-9_-]{1,400}")


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
    """What a link brings: the cookies, and when it was made."""

    cookies: dict[str, str]
    made: dt.datetime


@dataclass(frozen=True)
class _Plan:
    """What the cookies hold. None stands for a cookie that is not there."""

    has: frozenset[str] | None
    given: dict[str, Given] | None
    ticks: dict[str, Tick]


def make_link(cookies: Mapping[str, str], numbers: WireIds, secret: str, now: dt.datetime) -> str:
    """A token for the plan in these cookies; parts that can't be read are left out."""
    token = Fernet(_key(secret)).encrypt_at_time(pack(cookies, numbers), int(now.timestamp()))
    return token.decode().rstrip("=")


def read_link(token: str, numbers: WireIds, secrets: Sequence[str], now: dt.datetime) -> Carried:
    """What a token brings, made with any of the `secrets`. Raises ResumeError."""
    fernet = MultiFernet([Fernet(_key(secret)) for secret in secrets])
    whole = (token + "=" * (-len(token) % 4)).encode()
    # Base64 takes several spellings of the same bytes; only the one that we wrote is ours.
    if not TOKEN.fullmatch(token) or len(token) % 4 == 1 or _respelt(whole) != whole:
        raise ResumeError(LinkFault.ALTERED)
    try:
        plain = fernet.decrypt(whole)
    except InvalidToken as error:
        raise ResumeError(LinkFault.ALTERED) from error
    made = dt.datetime.fromtimestamp(fernet.extract_timestamp(whole), dt.UTC)
    if now - made > KEPT_FOR:
        raise ResumeError(LinkFault.EXPIRED)
    if made - now > MOST_AHEAD:
        raise ResumeError(LinkFault.AHEAD)
    return Carried(unpack(plain, numbers), made)


def _respelt(token: bytes) -> bytes:
    return base64.urlsafe_b64encode(base64.urlsafe_b64decode(token))


def _key(secret: str) -> bytes:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=LABEL).derive(secret.encode())
    return base64.urlsafe_b64encode(derived)


def pack(cookies: Mapping[str, str], numbers: WireIds) -> bytes:
    """The plan in these cookies as bytes, `LONGEST` at most."""
    plan = _Plan(
        read_has(cookies.get("has", ""), numbers.has),
        read_given(cookies.get("exposures", ""), numbers.exposures),
        read_ticks(cookies, numbers.steps),
    )
    packed = _write(plan, numbers)
    while len(packed) > LONGEST:
        plan = _without_oldest_day(plan)
        packed = _write(plan, numbers)
    return packed


def unpack(packed: bytes, numbers: WireIds) -> dict[str, str]:
    """The cookies that `pack` was given. Raises ResumeError where a later release packed them."""
    if packed[:1] != bytes([FORMAT]):
        raise ResumeError(LinkFault.NEWER if packed[:1] > bytes([FORMAT]) else LinkFault.ALTERED)
    plan = _read(packed, numbers)
    cookies = {STEP_COOKIE + id: write_tick(tick) for id, tick in plan.ticks.items()}
    if plan.has is not None:
        cookies["has"] = write_has(plan.has)
    if plan.given is not None:
        cookies["exposures"] = write_given(plan.given)
    return cookies


def _without_oldest_day(plan: _Plan) -> _Plan:
    """What was ticked on the oldest day stands on the one after it."""
    oldest, following, *_ = sorted({tick.on for tick in plan.ticks.values()})
    ticks = {id: replace(tick, on=following) if tick.on == oldest else tick for id, tick in plan.ticks.items()}
    return replace(plan, ticks=ticks)


# To one large number, and back

Digits = Iterator[tuple[int, int]]


def _write(plan: _Plan, numbers: WireIds) -> bytes:
    number = 0
    for digit, base in reversed(list(_put_plan(plan, numbers))):
        number = number * base + digit
    return bytes([FORMAT]) + number.to_bytes((number.bit_length() + 7) // 8, "big")


def _put_plan(plan: _Plan, numbers: WireIds) -> Digits:
    """Every field as a digit and its base, in the order in which `_read` takes them."""
    on = sorted({tick.on for tick in plan.ticks.values()})
    yield len(on), MANY
    yield from (((day - dates.EPOCH).days, dates.COUNT) for day in on)
    yield from _put(None if plan.has is None else dict.fromkeys(plan.has, 0), numbers.has, 1)
    given = None if plan.given is None else {id: GIVEN.index(one) for id, one in plan.given.items()}
    yield from _put(given, numbers.exposures, len(GIVEN))
    yield from _put({id: STATES.index(tick.state) for id, tick in plan.ticks.items()}, numbers.steps, len(STATES))
    for id in sorted(plan.ticks, key=numbers.steps.__getitem__):
        yield on.index(plan.ticks[id].on), len(on)


def _put(places: Mapping[str, int] | None, numbers: Mapping[str, int], base: int) -> Digits:
    """Whether there is a list; its highest number; for each number up to it, untouched or its place in `base`."""
    yield int(places is not None), 2
    if places is not None:
        by_number = {numbers[id]: place for id, place in places.items()}
        highest = max(by_number, default=0)
        yield highest, MANY
        yield from ((by_number.get(number, -1) + 1, base + 1) for number in range(1, highest + 1))


def _read(packed: bytes, numbers: WireIds) -> _Plan:
    digits = _Digits(int.from_bytes(packed[1:], "big"))
    on = [dates.EPOCH + dt.timedelta(days=digits.take(dates.COUNT)) for _ in range(digits.take(MANY))]
    has = _take(digits, numbers.has, 1)
    given = _take(digits, numbers.exposures, len(GIVEN))
    states = _take(digits, numbers.steps, len(STATES)) or {}
    if states and not on:
        raise ResumeError(LinkFault.ALTERED)
    ticks = {id: Tick(STATES[state], on[digits.take(len(on))]) for id, state in states.items()}
    if digits.left:
        raise ResumeError(LinkFault.ALTERED)
    marks = None if given is None else {id: GIVEN[place] for id, place in given.items()}
    return _Plan(None if has is None else frozenset(has), marks, ticks)


class _Digits:
    """Takes a number apart, digit by digit, the lowest first."""

    def __init__(self, number: int) -> None:
        self.left = number

    def take(self, base: int) -> int:
        self.left, digit = divmod(self.left, base)
        return digit


def _take(digits: _Digits, numbers: Mapping[str, int], base: int) -> dict[str, int] | None:
    """What `_put` put, by number. A number that is not known was given out by a later release."""
    if not digits.take(2):
        return None
    ids = {number: id for id, number in numbers.items()}
    places = {number: digits.take(base + 1) - 1 for number in range(1, digits.take(MANY) + 1)}
    if not ids.keys() >= {number for number, place in places.items() if place >= 0}:
        raise ResumeError(LinkFault.NEWER)
    return {ids[number]: place for number, place in places.items() if place >= 0}
