"""Read the resume links of release 0.2.0. Delete this module 90 days after the release that follows it.

The text was a byte for the format, then one large number in mixed radix: each field is a
digit whose base is the count of values that the field can have. Dates stood once, in a
list; each tick named one of them.
"""

import datetime as dt
from collections.abc import Mapping

from checklist.exposures import ExposureState
from checklist.state.cookies import GivenExposure, Origin, ReaderState, Tick, TickState, merged
from checklist.state.wire_ids import WireIds, WireTable
from core import dates

#: The first byte of the text.
FORMAT = 1
#: More than there can be of dates, exposures, steps or things in one link.
MANY = 256
#: A digit is a place in these.
MARKS = [GivenExposure(state, origin) for state in ExposureState for origin in Origin]
STATES = [TickState.DONE, TickState.TONIGHT, TickState.DAY, TickState.SKIP, TickState.AGAIN]


class UnreadableError(Exception):
    """The text was not written by release 0.2.0; `newer` where it holds a number that is not known."""

    def __init__(self, *, newer: bool = False) -> None:
        self.newer = newer
        super().__init__()


def unpack(packed: bytes, wire: WireIds) -> ReaderState:
    """Return the state in a link's text, without its format byte. Raise UnreadableError."""
    digits = _Digits(int.from_bytes(packed, "big"))
    days = [dates.EPOCH + dt.timedelta(days=digits.take(dates.COUNT)) for _ in range(digits.take(MANY))]
    has = _take(digits, wire.has, 1)
    given = _take(digits, wire.exposures, len(MARKS))
    states = _take(digits, wire.steps, len(STATES)) or {}
    if states and not days:
        raise UnreadableError
    ticks = {id: Tick(STATES[place], days[digits.take(len(days))]) for id, place in states.items()}
    if digits.left:
        raise UnreadableError
    return ReaderState(
        None if given is None else {id: MARKS[place] for id, place in given.items() if id in wire.exposures.known},
        merged({id: tick for id, tick in ticks.items() if id in wire.steps.former_of}, wire.steps),
        None if has is None else frozenset(has),
    )


class _Digits:
    """Take the digits off a number, the lowest first."""

    def __init__(self, number: int) -> None:
        self.left = number

    def take(self, base: int) -> int:
        self.left, digit = divmod(self.left, base)
        return digit


def _take(digits: _Digits, table: WireTable, base: int) -> Mapping[str, int] | None:
    """Return the next list as places in `base` by id, None where there is no list."""
    if not digits.take(2):
        return None
    ids = {number: id for id, number in table.numbers.items()}
    places = {number: digits.take(base + 1) - 1 for number in range(1, digits.take(MANY) + 1)}
    if not ids.keys() >= {number for number, place in places.items() if place >= 0}:
        raise UnreadableError(newer=True)
    return {ids[number]: place for number, place in places.items() if place >= 0}
