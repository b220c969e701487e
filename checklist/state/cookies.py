"""What this reader's browser keeps of the checklist: exposures and ticks, as cookie strings.

Cookies are parsed strictly and not signed: forging one harms the forger only.
What can't be read is left out, and the rest is kept.

    exposures    oq.code-given.code-bank_hr.phone-number    (open|handled) (quiz|reader), then ids; "-" for none
    s.<step>     d1xx                                       state and day (checklist/days.py)
    has          android.qq                                 what the reader has; "-" for nothing of it

Release 0.1.0 wrote each exposure by itself, the id first: code-given.oq_phone-number.hr.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from checklist.exposures import ExposureState
from core.dates import read_day, write_day

NOTHING_GIVEN = "-"
NOTHING_OWNED = "-"
STEP_COOKIE = "s."


class Origin(StrEnum):
    """Who said so: an answer in a quiz, or the reader's own tick."""

    QUIZ = "quiz"
    READER = "reader"


class TickState(StrEnum):
    """What the reader said of a step. An untouched step is open and has no cookie.

    AGAIN was done once, on its day, for something that was handled since and is open again:
    it is open like any other, and shows that day.
    """

    DONE = "done"
    TONIGHT = "tonight"
    DAY = "day"
    SKIP = "skip"
    AGAIN = "again"
    OPEN = "open"


LETTERS = {TickState.DONE: "d", TickState.TONIGHT: "t", TickState.DAY: "y", TickState.SKIP: "x", TickState.AGAIN: "a"}


@dataclass(frozen=True)
class Given:
    """One exposure of this reader."""

    state: ExposureState
    origin: Origin


#: How the cookie says each.
MARKS = {state[0] + origin[0]: Given(state, origin) for state in ExposureState for origin in Origin}


@dataclass(frozen=True)
class Tick:
    """The state of one step; `on` is the day it was done, skipped, or put off to."""

    state: TickState
    on: dt.date


def read_given(cookie: str, known: Iterable[str]) -> dict[str, Given] | None:
    """The exposures of the cookie, in its order; None where there is no plan yet."""
    if not cookie:
        return None
    known = set(known)
    return {id: one for id, one in parse_given(cookie).items() if id in known}


def parse_given(cookie: str) -> dict[str, Given]:
    """Whatever the cookie names with a mark, known or not: for ids of an older release."""
    given: dict[str, Given] = {}
    for entry in cookie.split("_"):
        first, *rest = entry.split(".")
        if first in MARKS:
            given |= dict.fromkeys(rest, MARKS[first])
        elif len(rest) == 1 and rest[0] in MARKS:
            given[first] = MARKS[rest[0]]
    return given


def write_given(given: Mapping[str, Given]) -> str:
    """The cookie for these exposures: those of one mark together, since a mark for each takes room."""
    ids = {mark: [id for id, one in given.items() if one == meant] for mark, meant in MARKS.items()}
    return "_".join(".".join([mark, *marked]) for mark, marked in ids.items() if marked) or NOTHING_GIVEN


def from_quiz(before: Mapping[str, Given], raised: Mapping[str, ExposureState]) -> dict[str, Given]:
    """`before` after a quiz attempt: what an earlier attempt said goes, what the reader ticked stays."""
    kept = {id: one for id, one in before.items() if one.origin is Origin.READER}
    return kept | {id: Given(state, Origin.QUIZ) for id, state in raised.items() if id not in kept}


def from_reader(
    before: Mapping[str, Given], ticked: Mapping[str, ExposureState], settled: Collection[str] = ()
) -> dict[str, Given]:
    """`before` after the reader's own list: it replaces everything; what did not change stays as it is.

    The list shows what the steps `settled` as handled, so that is what it is compared with.
    """
    return {
        id: before[id] if _shown(before, id, settled) is state else Given(state, Origin.READER)
        for id, state in ticked.items()
    }


def opened(before: Mapping[str, Given], now: Mapping[str, ExposureState], settled: Collection[str] = ()) -> set[str]:
    """The exposures that are open `now`, and were handled before, or settled, or not given at all."""
    return {
        id
        for id, state in now.items()
        if state is ExposureState.OPEN and _shown(before, id, settled) is not ExposureState.OPEN
    }


def _shown(before: Mapping[str, Given], id: str, settled: Collection[str]) -> ExposureState | None:
    if id not in before:
        return None
    return ExposureState.HANDLED if id in settled else before[id].state


def read_has(cookie: str, known: Iterable[str]) -> frozenset[str] | None:
    """What the reader has, of what is known; None where nobody was asked or nothing can be read."""
    if cookie == NOTHING_OWNED:
        return frozenset()
    return frozenset(cookie.split(".")) & frozenset(known) or None


def write_has(has: Iterable[str]) -> str:
    """The cookie for what the reader has."""
    return ".".join(sorted(has)) or NOTHING_OWNED


def read_ticks(cookies: Mapping[str, str], known: Iterable[str]) -> dict[str, Tick]:
    """The ticks among `cookies` (by name), for the steps that are known."""
    ticks = {id: _read_tick(cookies.get(STEP_COOKIE + id, "")) for id in known}
    return {id: tick for id, tick in ticks.items() if tick}


def write_tick(tick: Tick) -> str:
    """The cookie for a tick; empty for a step that is open again."""
    return LETTERS[tick.state] + write_day(tick.on) if tick.state in LETTERS else ""


def _read_tick(value: str) -> Tick | None:
    state = next((state for state, letter in LETTERS.items() if value[:1] == letter), None)
    on = read_day(value[1:])
    return Tick(state, on) if state and on else None
