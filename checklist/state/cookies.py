"""Read and write the reader's state: exposures, ticks, and what the reader has.

The cookies and the resume link hold the same text, with ids as numbers
(`policy/numbers.toml`):

    exposures   oq.1.21_hr.11.29      open or handled, said by a quiz or the reader; then exposures. "-" for none
    has         1.3.5                 what the reader has. "-" for none of it
    s.17        d1xx                  one step: its state and day (core/dates.py)
    s.all       b_d1xx.1.17_y1y6.20   many steps at once, by state and day
    touched     17                    the step that was ticked just before, until the plan was shown

A step cookie overrides `s.all`. Whatever writes `s.all` begins a new series (here `b`),
so that step cookies of earlier series (`d1xx`, `d1xxa`) no longer count, and need not be
deleted in the same answer.

Cookies are parsed strictly and are not signed, because a forged cookie affects only the
browser that sends it. Unreadable entries are skipped; valid ones are kept. Release 0.2.0
wrote ids instead of numbers (`oq.code-given`, `s.wx-leave`), which are read as well.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from string import ascii_lowercase
from typing import NamedTuple

from checklist.exposures import ExposureState
from checklist.state.wire_ids import WireIds, WireTable
from core.dates import read_day, write_day

EMPTY = "-"
EXPOSURES = "exposures"
HAS = "has"
STEP_PREFIX = "s."
ALL_STEPS = "s.all"
TOUCHED = "touched"
SERIES = re.compile(r"[a-z]?")


class Origin(StrEnum):
    """Who named an exposure: an answer in a quiz, or the reader's own list."""

    QUIZ = "quiz"
    READER = "reader"


class TickState(StrEnum):
    """What the reader said about a step. An untouched step is open and has no cookie.

    AGAIN was done on its day, and REOPENED was set aside, before an exposure was opened that makes the step due
    again. Both count as open.
    """

    DONE = "done"
    TONIGHT = "tonight"
    DAY = "day"
    SKIP = "skip"
    AGAIN = "again"
    REOPENED = "reopened"
    OPEN = "open"


#: The states of a step that is not to be done now.
SET_ASIDE = (TickState.TONIGHT, TickState.DAY, TickState.SKIP)
#: The letter of each state in a cookie. OPEN is written only if a step cookie must override `s.all`.
LETTERS = dict(zip(TickState, "dtyxaro", strict=True))
STATES = {letter: state for state, letter in LETTERS.items()}


@dataclass(frozen=True)
class GivenExposure:
    """An exposure in the reader's plan."""

    state: ExposureState
    origin: Origin


#: The mark of each in a cookie.
MARKS = {state[0] + origin[0]: GivenExposure(state, origin) for state in ExposureState for origin in Origin}


@dataclass(frozen=True)
class Tick:
    """The state of one step; `on` is the day it was done, skipped, or put off to."""

    state: TickState
    on: dt.date


class ReaderState(NamedTuple):
    """The exposures (None: no plan yet), the ticks by step, and the phone and apps that one has (None: not asked)."""

    given: dict[str, GivenExposure] | None
    ticks: dict[str, Tick]
    has: frozenset[str] | None

    @property
    def is_plan(self) -> bool:
        """Whether there is a plan to show."""
        return self.given is not None or bool(self.ticks)


def read_state(cookies: Mapping[str, str], wire: WireIds) -> ReaderState:
    """Return the state that these cookies hold."""
    return ReaderState(
        read_given(cookies.get(EXPOSURES, ""), wire.exposures),
        read_ticks(cookies, wire.steps),
        read_has(cookies.get(HAS, ""), wire.has),
    )


# Exposures


def read_given(cookie: str, exposures: WireTable) -> dict[str, GivenExposure] | None:
    """Return the exposures by id, or None if there is no plan yet."""
    if not cookie:
        return None
    return {id: MARKS[mark] for mark, id in _read_marked(cookie, exposures.id_of) if mark in MARKS}


def write_given(given: Mapping[str, GivenExposure], exposures: WireTable) -> str:
    """Return the cookie for these exposures."""
    marks = {one: mark for mark, one in MARKS.items()}
    return _write_marked({id: marks[one] for id, one in given.items()}, exposures) or EMPTY


# What the reader has


def read_has(cookie: str, has: WireTable) -> frozenset[str] | None:
    """Return the things that the reader has, None where nobody asked or nothing can be read."""
    if cookie == EMPTY:
        return frozenset()
    return frozenset(has.id_of[name] for name in cookie.split(".") if name in has.id_of) or None


def write_has(things: Iterable[str], has: WireTable) -> str:
    """Return the cookie for what the reader has."""
    return ".".join(map(str, sorted(has.numbers[id] for id in things))) or EMPTY


# Ticks


def read_ticks(cookies: Mapping[str, str], steps: WireTable) -> dict[str, Tick]:
    """Return the ticks by step: those of `s.all`, overridden by the step cookies of its series."""
    series = read_series(cookies)
    packed = _read_packed(cookies.get(ALL_STEPS, ""), steps)
    # The number after the names, because 0.2.0 may have left a cookie by name beside it.
    names = sorted((name for name in cookies if name.startswith(STEP_PREFIX)), key=lambda name: name[2:].isdigit())
    single: dict[str, Tick] = {}
    for name in names:
        id, tick = steps.former_of.get(name.removeprefix(STEP_PREFIX)), _read_tick(cookies[name][:4])
        if id and tick and SERIES.fullmatch(cookies[name][4:]) and series in (None, cookies[name][4:]):
            single[id] = tick
    newer = {id for id in single if id in steps.known}
    older = {id: tick for id, tick in packed.items() if steps.id_of[id] not in newer}
    return {id: tick for id, tick in merged(older | single, steps).items() if tick.state is not TickState.OPEN}


def merged(ticks: Mapping[str, Tick], steps: WireTable) -> dict[str, Tick]:
    """Return the ticks of present and former ids by present id: nothing that was done is lost.

    Where several stand for one step, done counts most. A part that was done leaves the whole step open, to be
    looked at again; another state of a part says nothing about the whole.
    """
    found: dict[str, Tick] = {}
    for id, tick in sorted(ticks.items(), key=lambda item: item[0] not in steps.known):
        if id in steps.parts:
            if tick.state not in (TickState.DONE, TickState.AGAIN):
                continue
            tick = Tick(TickState.AGAIN, tick.on)
        present = steps.id_of[id]
        if present not in found or _weight(tick) > _weight(found[present]):
            found[present] = tick
    return found


def _weight(tick: Tick) -> int:
    return {TickState.DONE: 2, TickState.AGAIN: 1}.get(tick.state, 0)


def read_series(cookies: Mapping[str, str]) -> str | None:
    """Return the letter of the series that counts, None where there is no `s.all`: then every series counts."""
    letter = cookies.get(ALL_STEPS, "").split("_")[0]
    return letter if letter and SERIES.fullmatch(letter) else None


def next_series(cookies: Mapping[str, str]) -> str:
    """Return the letter after that of the series that counts."""
    before = read_series(cookies)
    return ascii_lowercase[(ascii_lowercase.index(before) + 1) % 26] if before else "a"


def write_tick(tick: Tick, series: str = "") -> str:
    """Return the cookie for one step."""
    return LETTERS[tick.state] + write_day(tick.on) + series


def read_packed(text: str, steps: WireTable) -> dict[str, Tick]:
    """Return the ticks that `write_packed` wrote, whatever stands before them."""
    return merged(_read_packed(text, steps), steps)


def _read_packed(text: str, steps: WireTable) -> dict[str, Tick]:
    """Return the ticks by present or former id."""
    read = {id: _read_tick(mark) for mark, id in _read_marked(text, steps.former_of)}
    return {id: tick for id, tick in read.items() if tick}


def write_packed(ticks: Mapping[str, Tick], steps: WireTable) -> str:
    """Return many ticks as one text, without the series letter that `s.all` has before them."""
    return _write_marked({id: write_tick(tick) for id, tick in ticks.items()}, steps)


def _read_tick(text: str) -> Tick | None:
    state, on = STATES.get(text[:1]), read_day(text[1:])
    return Tick(state, on) if state and on else None


# Lists of ids, each list after a mark


def _read_marked(text: str, ids: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield each id that `ids` names with its mark."""
    for entry in text.split("_"):
        mark, *names = entry.split(".")
        yield from ((mark, ids[name]) for name in names if name in ids)


def _write_marked(marks: Mapping[str, str], table: WireTable) -> str:
    """Return ids by number, those of one mark together."""
    by_mark: dict[str, list[int]] = {}
    for id, mark in marks.items():
        by_mark.setdefault(mark, []).append(table.numbers[id])
    return "_".join(".".join([mark, *map(str, sorted(by_mark[mark]))]) for mark in sorted(by_mark))
