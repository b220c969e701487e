"""What this reader's browser keeps of the checklist: exposures and ticks, as cookie strings.

Cookies are parsed strictly and not signed: forging one harms the forger only.
What can't be read is left out, and the rest is kept.

    exposures    code-given.oq_phone-number.hr    id . (open|handled) (quiz|reader); "-" for none
    s.<step>     d261122                          state and date (yymmdd)
    has          android.qq                       what the reader has; "-" for nothing of it
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from checklist.exposures import State

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

    state: State
    origin: Origin


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
    given = {}
    for entry in cookie.split("_"):
        id, _, marks = entry.partition(".")
        state = next((state for state in State if marks[:1] == state[0]), None)
        origin = next((origin for origin in Origin if marks[1:] == origin[0]), None)
        if id in known and state and origin:
            given[id] = Given(state, origin)
    return given


def write_given(given: Mapping[str, Given]) -> str:
    """The cookie for these exposures."""
    return "_".join(f"{id}.{one.state[0]}{one.origin[0]}" for id, one in given.items()) or NOTHING_GIVEN


def from_quiz(before: Mapping[str, Given], raised: Mapping[str, State]) -> dict[str, Given]:
    """`before` after a quiz attempt: what an earlier attempt said goes, what the reader ticked stays."""
    kept = {id: one for id, one in before.items() if one.origin is Origin.READER}
    return kept | {id: Given(state, Origin.QUIZ) for id, state in raised.items() if id not in kept}


def from_reader(
    before: Mapping[str, Given], ticked: Mapping[str, State], settled: Collection[str] = ()
) -> dict[str, Given]:
    """`before` after the reader's own list: it replaces everything; what did not change stays as it is.

    The list shows what the steps `settled` as handled, so that is what it is compared with.
    """
    return {
        id: before[id] if _shown(before, id, settled) is state else Given(state, Origin.READER)
        for id, state in ticked.items()
    }


def opened(before: Mapping[str, Given], now: Mapping[str, State], settled: Collection[str] = ()) -> set[str]:
    """The exposures that are open `now`, and were handled before, or settled, or not given at all."""
    return {id for id, state in now.items() if state is State.OPEN and _shown(before, id, settled) is not State.OPEN}


def _shown(before: Mapping[str, Given], id: str, settled: Collection[str]) -> State | None:
    if id not in before:
        return None
    return State.HANDLED if id in settled else before[id].state


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
    return f"{LETTERS[tick.state]}{tick.on:%y%m%d}" if tick.state in LETTERS else ""


def _read_tick(value: str) -> Tick | None:
    state = next((state for state, letter in LETTERS.items() if value[:1] == letter), None)
    if not state or len(value) != 7 or not (value[1:].isascii() and value[1:].isdigit()):
        return None
    try:
        return Tick(state, dt.date(2000 + int(value[1:3]), int(value[3:5]), int(value[5:7])))
    except ValueError:
        return None
