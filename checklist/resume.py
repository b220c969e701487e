"""The resume link: what the checklist's cookies hold, packed into bits, encrypted, and good for ninety days.

The link carries the plan alone: exposures, ticks, and which apps and phone one
has. It holds cookie values, not what today's code makes of them, so that
whatever reads a released cookie reads a released link.

The plain text is a byte for the format, then one large number in mixed radix:
each field is a digit whose base is the count of values that it can have. Days
stand once, in a list; each exposure and tick says which of them it means. A
link holds a dozen different days exactly, whatever else it holds;
where they don't fit, the oldest day moves to the one after it.
"""

import base64
import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from checklist.exposures import State
from checklist.numbers import Numbers
from checklist.progress import LETTERS, NOTHING_GIVEN, STEP_COOKIE, Origin

#: The first byte of the plain text. It grows with every change that an older release could not read.
FORMAT = 1
KEPT_FOR = dt.timedelta(days=90)
#: Six blocks of the cipher with its padding: with a site address of 40 characters, a QR code of version 10.
LONGEST = 95
#: The key is for this alone: the same secret signs sessions and the like.
LABEL = b"anxin-tuiqun: resume link"

EPOCH = dt.date(2000, 1, 1)
DAYS = (dt.date(2100, 1, 1) - EPOCH).days
#: More than there can be of days, exposures or steps in one link.
MANY = 256
MARKS = [state[0] + origin[0] for state in State for origin in Origin]
TICKS = list(LETTERS.values())
EXPOSURE = re.compile(rf"([a-z0-9][a-z0-9-]*)\.({'|'.join(MARKS)})(\d{{6}})?", re.ASCII)
TICK = re.compile(rf"([{''.join(TICKS)}])(\d{{6}})", re.ASCII)
TOKEN = re.compile(r"[A-Za-z0-9_-]{1,400}")


class Fault(StrEnum):
    """Why a link can't be used."""

    ALTERED = "altered"
    EXPIRED = "expired"
    NEWER = "newer"


class ResumeError(Exception):
    """A link that can't be used; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(fault.value)


@dataclass(frozen=True)
class Carried:
    """What a link brings: the cookies, and when it was made."""

    cookies: dict[str, str]
    made: dt.datetime


@dataclass
class _Mark:
    """One exposure or tick: the number of its id, which state, and a day or none."""

    number: int
    state: int
    day: dt.date | None


@dataclass
class _Contents:
    """What the cookies hold, without words. None stands for a cookie that is not there."""

    has: set[int] | None = None
    exposures: list[_Mark] | None = None
    ticks: list[_Mark] = field(default_factory=list)

    @property
    def marks(self) -> list[_Mark]:
        return [*(self.exposures or []), *self.ticks]


def make_link(cookies: Mapping[str, str], numbers: Numbers, secret: str, now: dt.datetime) -> str:
    """A token for the plan in these cookies; parts that can't be read are left out."""
    token = Fernet(_key(secret)).encrypt_at_time(pack(cookies, numbers), int(now.timestamp()))
    return token.decode().rstrip("=")


def read_link(token: str, numbers: Numbers, secrets: Sequence[str], now: dt.datetime) -> Carried:
    """What a token brings, made with any of the `secrets`. Raises ResumeError."""
    fernet = MultiFernet([Fernet(_key(secret)) for secret in secrets])
    whole = (token + "=" * (-len(token) % 4)).encode()
    # Base64 takes several spellings of the same bytes; only the one that we wrote is ours.
    if not TOKEN.fullmatch(token) or len(token) % 4 == 1 or _respelt(whole) != whole:
        raise ResumeError(Fault.ALTERED)
    try:
        plain = fernet.decrypt(whole)
    except InvalidToken as error:
        raise ResumeError(Fault.ALTERED) from error
    made = dt.datetime.fromtimestamp(fernet.extract_timestamp(whole), dt.UTC)
    if now - made > KEPT_FOR:
        raise ResumeError(Fault.EXPIRED)
    return Carried(unpack(plain, numbers), made)


def _respelt(token: bytes) -> bytes:
    return base64.urlsafe_b64encode(base64.urlsafe_b64decode(token))


def _key(secret: str) -> bytes:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=LABEL).derive(secret.encode())
    return base64.urlsafe_b64encode(derived)


def pack(cookies: Mapping[str, str], numbers: Numbers) -> bytes:
    """The cookies as bytes, `LONGEST` at most."""
    contents = _read(cookies, numbers)
    packed = _write(contents)
    while len(packed) > LONGEST:
        oldest, next_oldest, *_ = sorted({mark.day for mark in contents.marks if mark.day})
        for mark in contents.marks:
            mark.day = next_oldest if mark.day == oldest else mark.day
        packed = _write(contents)
    return packed


def unpack(packed: bytes, numbers: Numbers) -> dict[str, str]:
    """The cookies that `pack` was given. Raises ResumeError where a later release packed them."""
    if packed[:1] != bytes([FORMAT]):
        raise ResumeError(Fault.NEWER if packed[:1] > bytes([FORMAT]) else Fault.ALTERED)
    digits = _Digits(int.from_bytes(packed[1:], "big"))
    days = _take_days(digits)
    has = [number for number in range(1, digits.take(MANY) + 1) if digits.take(2)] if digits.take(2) else None
    given = _take_marks(digits, MARKS, [None, *days]) if digits.take(2) else None
    ticks = _take_marks(digits, TICKS, days)
    if digits.left:
        raise ResumeError(Fault.ALTERED)
    cookies = {STEP_COOKIE + _id(numbers.steps, mark.number): TICKS[mark.state] + _stamp(mark) for mark in ticks}
    if has is not None:
        cookies["has"] = ".".join(_id(numbers.has, number) for number in has) or NOTHING_GIVEN
    if given is not None:
        entries = [f"{_id(numbers.exposures, mark.number)}.{MARKS[mark.state]}{_stamp(mark)}" for mark in given]
        cookies["exposures"] = "_".join(entries) or NOTHING_GIVEN
    return cookies


# From cookies


def _read(cookies: Mapping[str, str], numbers: Numbers) -> _Contents:
    contents = _Contents()
    if cookies.get("has"):
        contents.has = {numbers.has[id] for id in cookies["has"].split(".") if id in numbers.has}
    if cookies.get("exposures"):
        found = {}
        for entry in cookies["exposures"].split("_"):
            seen = EXPOSURE.fullmatch(entry)
            day = _day(seen[3]) if seen and seen[3] else None
            if seen and seen[1] in numbers.exposures and (day or not seen[3]):
                number = numbers.exposures[seen[1]]
                found[number] = _Mark(number, MARKS.index(seen[2]), day)
        contents.exposures = sorted(found.values(), key=lambda mark: mark.number)
    for id, number in sorted(numbers.steps.items(), key=lambda item: item[1]):
        seen = TICK.fullmatch(cookies.get(STEP_COOKIE + id, ""))
        day = _day(seen[2]) if seen else None
        if seen and day:
            contents.ticks.append(_Mark(number, TICKS.index(seen[1]), day))
    return contents


def _day(stamp: str) -> dt.date | None:
    try:
        return dt.date(2000 + int(stamp[:2]), int(stamp[2:4]), int(stamp[4:]))
    except ValueError:
        return None


def _stamp(mark: _Mark) -> str:
    return f"{mark.day:%y%m%d}" if mark.day else ""


def _id(numbers: Mapping[str, int], number: int) -> str:
    """The id of a number; one that is not known was given out by a later release."""
    for id, known in numbers.items():
        if known == number:
            return id
    raise ResumeError(Fault.NEWER)


# To one large number, and back


class _Digits:
    """Takes a number apart, digit by digit, the lowest first."""

    def __init__(self, number: int) -> None:
        self.left = number

    def take(self, base: int) -> int:
        self.left, digit = divmod(self.left, base)
        return digit


def _write(contents: _Contents) -> bytes:
    days = sorted({mark.day for mark in contents.marks if mark.day})
    digits = [*_put_days(days), *_put_has(contents.has), (int(contents.exposures is not None), 2)]
    if contents.exposures is not None:
        digits += _put_marks(contents.exposures, len(MARKS), [None, *days])
    digits += _put_marks(contents.ticks, len(TICKS), days)
    number = 0
    for digit, base in reversed(digits):
        number = number * base + digit
    return bytes([FORMAT]) + number.to_bytes((number.bit_length() + 7) // 8, "big")


def _put_days(days: list[dt.date]) -> Iterable[tuple[int, int]]:
    """How many, the first, then how far each lies before the last: less far than the one before it."""
    yield len(days), MANY
    if days:
        yield (days[0] - EPOCH).days, DAYS
    before = DAYS
    for day in days[:-1]:
        distance = (days[-1] - day).days
        yield distance, before
        before = distance


def _take_days(digits: _Digits) -> list[dt.date]:
    count = digits.take(MANY)
    if not count:
        return []
    first = EPOCH + dt.timedelta(days=digits.take(DAYS))
    distances, before = [], DAYS
    for _ in range(count - 1):
        before = digits.take(before)
        distances.append(before)
    last = first + dt.timedelta(days=distances[0]) if distances else first
    return [*(last - dt.timedelta(days=distance) for distance in distances), last]


def _put_has(has: set[int] | None) -> Iterable[tuple[int, int]]:
    yield int(has is not None), 2
    if has is not None:
        highest = max(has, default=0)
        yield highest, MANY
        yield from ((int(number in has), 2) for number in range(1, highest + 1))


def _put_marks(marks: list[_Mark], states: int, days: Sequence[dt.date | None]) -> Iterable[tuple[int, int]]:
    """The highest number, then each number up to it: untouched, or its state and its day."""
    by_number = {mark.number: mark for mark in marks}
    highest = max(by_number, default=0)
    yield highest, MANY
    for number in range(1, highest + 1):
        mark = by_number.get(number)
        yield (mark.state + 1 if mark else 0), states + 1
        if mark:
            yield days.index(mark.day), len(days)


def _take_marks(digits: _Digits, states: list[str], days: Sequence[dt.date | None]) -> list[_Mark]:
    marks = []
    for number in range(1, digits.take(MANY) + 1):
        state = digits.take(len(states) + 1)
        if state:
            marks.append(_Mark(number, state - 1, days[digits.take(len(days))]))
    return marks
