"""The state in cookies: read as it was written, forged, of release 0.2.0, and in series of step cookies."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklist.exposures import ExposureState
from checklist.plan.changes import given_after_quiz
from checklist.state.cookies import (
    GivenExposure,
    Origin,
    Tick,
    TickState,
    next_series,
    read_given,
    read_has,
    read_ticks,
    write_given,
    write_has,
    write_packed,
    write_tick,
)
from tests.fixtures.readers import TODAY, givens, ticks
from tests.tiny import checklist_library, numbered

WIRE = numbered(checklist_library())
EXPOSURES, STEPS = list(WIRE.exposures.numbers), sorted(WIRE.steps.known)
KEY, BELL, NAME = (WIRE.exposures.numbers[id] for id in ("key-lent", "bell-open", "name-told"))
DIARY, BELL_SHUT = (WIRE.steps.numbers[id] for id in ("keep-diary", "shut-bell"))
OPEN_QUIZ, HANDLED_QUIZ = (
    GivenExposure(ExposureState.OPEN, Origin.QUIZ),
    GivenExposure(ExposureState.HANDLED, Origin.QUIZ),
)
OPEN_READER, HANDLED_READER = (
    GivenExposure(ExposureState.OPEN, Origin.READER),
    GivenExposure(ExposureState.HANDLED, Origin.READER),
)


def test_writes_the_exposures_of_one_mark_together_by_number() -> None:
    given = {"bell-open": HANDLED_READER, "key-lent": OPEN_QUIZ, "name-told": HANDLED_READER}
    first, second = sorted([BELL, NAME])
    assert write_given(given, WIRE.exposures) == f"hr.{first}.{second}_oq.{KEY}"


def test_reads_exposures_as_release_0_2_0_wrote_them_beside_todays() -> None:
    read = read_given(f"oq.key-lent_hr.bell-open.{NAME}", WIRE.exposures)
    assert read == {"key-lent": OPEN_QUIZ, "bell-open": HANDLED_READER, "name-told": HANDLED_READER}


def test_reads_former_ids() -> None:
    table = replace(WIRE.exposures, aliases={"old-key": "key-lent"})
    assert read_given("oq.old-key", table) == {"key-lent": OPEN_QUIZ}
    assert write_given({"key-lent": OPEN_QUIZ}, table) == f"oq.{KEY}"


def test_tells_no_plan_yet_from_a_plan_of_nothing() -> None:
    assert read_given("", WIRE.exposures) is None
    assert read_given(write_given({}, WIRE.exposures), WIRE.exposures) == {}


@pytest.mark.parametrize(
    "entry",
    [
        *("key-lent", "key-lent.oq", "<b>.oq", ".oq", "", "oq", "oq.", "OQ.key-lent", "qo.key-lent", "oqx.key-lent"),
        *("o.key-lent", ".key-lent", "oq.key-lost..<b>.KEY-LENT. key-lent", "oq.999.0.-1.01.１.1\n", "灯.1", "d1xx.1"),
    ],
)
def test_leaves_out_a_forged_exposure_and_keeps_the_rest(entry: str) -> None:
    kept = {"bell-open": OPEN_READER, "name-told": HANDLED_QUIZ}
    assert read_given(f"or.{BELL}_{entry}_hq.name-told", WIRE.exposures) == kept


@given(givens(EXPOSURES))
def test_reads_the_exposures_that_it_wrote(given: dict[str, GivenExposure]) -> None:
    cookie = write_given(given, WIRE.exposures)
    assert read_given(cookie, WIRE.exposures) == given
    assert cookie.isascii()
    assert not set(cookie) & set(' ",;\\')


@given(given=givens(EXPOSURES), data=st.data())
def test_keeps_the_entries_that_an_altered_cookie_left_alone(given: dict[str, GivenExposure], data: Any) -> None:
    cookie = write_given(given, WIRE.exposures)
    at = data.draw(st.integers(0, len(cookie) - 1))
    read = read_given(cookie[:at] + data.draw(st.characters()) + cookie[at + 1 :], WIRE.exposures)
    first = cookie[:at].count("_")
    entries = cookie.split("_")
    alone = entries[:first] + entries[first + (2 if cookie[at] == "_" else 1) :]
    for id, one in (read_given("_".join(alone), WIRE.exposures) or {}).items():
        assert (read or {})[id] == one or cookie[at].isdigit()  # an altered number may be that of another


@given(st.text())
def test_never_raises_on_exposures(cookie: str) -> None:
    read = read_given(cookie, WIRE.exposures)
    assert (read or {}).keys() <= set(EXPOSURES)


def test_puts_a_new_attempt_in_the_place_of_the_last_one() -> None:
    before = {"key-lent": OPEN_QUIZ, "bell-open": OPEN_QUIZ}
    assert given_after_quiz(before, {"bell-open": ExposureState.HANDLED, "name-told": ExposureState.OPEN}) == {
        "bell-open": HANDLED_QUIZ,
        "name-told": OPEN_QUIZ,
    }


@pytest.mark.parametrize("ticked", [OPEN_READER, HANDLED_READER])
@pytest.mark.parametrize("raised", [{}, {"key-lent": ExposureState.OPEN}, {"key-lent": ExposureState.HANDLED}])
def test_never_lets_a_quiz_replace_what_the_reader_ticked(
    ticked: GivenExposure, raised: dict[str, ExposureState]
) -> None:
    assert given_after_quiz({"key-lent": ticked}, raised) == {"key-lent": ticked}


@given(before=givens(EXPOSURES), raised=st.dictionaries(st.sampled_from(EXPOSURES), st.sampled_from(ExposureState)))
def test_keeps_all_of_the_readers_and_only_the_new_attempts(
    before: dict[str, GivenExposure], raised: dict[str, ExposureState]
) -> None:
    after = given_after_quiz(before, raised)
    readers = {id for id, one in before.items() if one.origin is Origin.READER}
    assert {id: after[id] for id in readers} == {id: before[id] for id in readers}
    assert after.keys() == readers | raised.keys()
    assert all(after[id] == GivenExposure(raised[id], Origin.QUIZ) for id in raised.keys() - readers)
    assert given_after_quiz(after, raised) == after


@pytest.mark.parametrize(
    ("state", "letter"),
    [
        (TickState.DONE, "d"),
        (TickState.TONIGHT, "t"),
        (TickState.DAY, "y"),
        (TickState.SKIP, "x"),
        (TickState.AGAIN, "a"),
        (TickState.OPEN, "o"),
    ],
)
def test_writes_a_tick_as_a_letter_and_a_day(state: TickState, letter: str) -> None:
    assert write_tick(Tick(state, dt.date(2026, 3, 4))) == f"{letter}1qm"


def single(ticks: dict[str, Tick], series: str = "") -> dict[str, str]:
    """A cookie for each tick."""
    return {f"s.{WIRE.steps.numbers[id]}": write_tick(tick, series) for id, tick in ticks.items()}


@given(ticks(STEPS))
def test_reads_the_ticks_that_it_wrote(ticks: dict[str, Tick]) -> None:
    assert read_ticks(single(ticks), WIRE.steps) == ticks
    assert read_ticks({"s.all": "b_" + write_packed(ticks, WIRE.steps)}, WIRE.steps) == ticks


def test_reads_ticks_as_release_0_2_0_wrote_them_and_prefers_todays() -> None:
    older = {"s.keep-diary": "d1xx", "s.shut-bell": "x1xx"}
    both = {"keep-diary": Tick(TickState.DONE, TODAY), "shut-bell": Tick(TickState.SKIP, TODAY)}
    assert read_ticks(older, WIRE.steps) == both
    assert read_ticks({f"s.{DIARY}": "t1xx"} | older, WIRE.steps) == both | {
        "keep-diary": Tick(TickState.TONIGHT, TODAY)
    }


@given(packed=ticks(STEPS), later=ticks(STEPS))
def test_lets_step_cookies_override_the_packed_ones(packed: dict[str, Tick], later: dict[str, Tick]) -> None:
    cookies = {"s.all": "b_" + write_packed(packed, WIRE.steps), **single(later, "b")}
    assert read_ticks(cookies, WIRE.steps) == packed | later


DONE, AGAIN, SKIP = (Tick(state, TODAY) for state in (TickState.DONE, TickState.AGAIN, TickState.SKIP))


@pytest.mark.parametrize(
    ("ticks", "now"),
    [
        ({"stop-lending": DONE}, DONE),
        ({"call-smith": DONE}, AGAIN),
        ({"call-smith": SKIP}, None),
        ({"stop-lending": SKIP, "call-smith": DONE}, AGAIN),
        ({"stop-lending": DONE, "call-smith": DONE}, DONE),
        ({"call-watch": SKIP, "stop-lending": DONE}, DONE),
    ],
)
def test_loses_nothing_that_was_done_of_a_step_that_became_a_part_of_another(
    ticks: dict[str, Tick], now: Tick | None
) -> None:
    """stop-lending is call-watch now, call-smith a part of it: a part that was done is to be looked at again."""
    expected = {"call-watch": now} if now else {}
    assert read_ticks(single(ticks), WIRE.steps) == expected
    assert read_ticks({f"s.{id}": write_tick(tick) for id, tick in ticks.items()}, WIRE.steps) == expected
    assert read_ticks({"s.all": "b_" + write_packed(ticks, WIRE.steps)}, WIRE.steps) == expected


def test_prefers_what_was_said_of_the_step_itself_to_older_ticks_of_what_it_was() -> None:
    older = write_packed({"stop-lending": DONE}, WIRE.steps)
    assert read_ticks({"s.all": f"b_{older}", **single({"call-watch": AGAIN}, "b")}, WIRE.steps) == {
        "call-watch": AGAIN
    }


def test_takes_back_a_packed_tick_by_a_step_cookie() -> None:
    packed = write_packed(dict.fromkeys(["keep-diary", "shut-bell"], Tick(TickState.DONE, TODAY)), WIRE.steps)
    cookies = {"s.all": f"b_{packed}", f"s.{DIARY}": "o1xxb"}
    assert read_ticks(cookies, WIRE.steps).keys() == {"shut-bell"}


@pytest.mark.parametrize("series", ["", "a", "c"])
def test_ignores_step_cookies_of_an_earlier_series(series: str) -> None:
    cookies = {"s.all": f"b_d1xx.{BELL_SHUT}", f"s.{DIARY}": f"d1xx{series}", "s.keep-diary": f"d1xx{series}"}
    assert read_ticks(cookies, WIRE.steps).keys() == {"shut-bell"}


@pytest.mark.parametrize("series", ["", "a", "z"])
def test_reads_step_cookies_of_any_series_where_the_packed_one_is_gone(series: str) -> None:
    assert read_ticks({f"s.{DIARY}": f"d1xx{series}"}, WIRE.steps).keys() == {"keep-diary"}


def test_begins_a_series_with_each_packed_cookie() -> None:
    assert [next_series({"s.all": value} if value else {}) for value in ("", "a", "b_d1xx.1", "z", "d1xx.1", "7")] == [
        *("a", "b", "c", "a", "a", "a")
    ]


@pytest.mark.parametrize(
    "value",
    [
        *("", "d", "d26112", "z1xx", "D1xx", "d1x", "d1xx1", "d1XX", "d-1x", "d1xx\n", "1xxd", "d1xxA", "d1xxab"),
        *("d 1x", "d+1x", "d２６１", "d²6b", "d261122"),
    ],
)
def test_takes_a_forged_tick_for_none_and_keeps_the_rest(value: str) -> None:
    read = read_ticks({f"s.{BELL_SHUT}": value, f"s.{DIARY}": "d1xx"}, WIRE.steps)
    assert read == {"keep-diary": Tick(TickState.DONE, TODAY)}
    read = read_ticks({"s.all": f"b_{value}.{BELL_SHUT}_d1xx.{DIARY}"}, WIRE.steps)
    assert read == {"keep-diary": Tick(TickState.DONE, TODAY)}


@given(st.dictionaries(st.sampled_from(["s.all", "s.lost", *(f"s.{id}" for id in [*STEPS, *range(9)])]), st.text()))
def test_never_raises_on_ticks(cookies: dict[str, str]) -> None:
    assert read_ticks(cookies, WIRE.steps).keys() <= set(STEPS)


def test_ignores_the_ticks_of_unknown_steps_and_other_cookies() -> None:
    cookies = {"s.lost-step": "d1xx", "s.999": "d1xx", "shut-bell": "d1xx", "q.shut-bell": "d1xx", "look": "dark"}
    assert read_ticks(cookies, WIRE.steps) == {}


# What the reader has


@pytest.mark.parametrize("has", [frozenset(), frozenset({"cart"}), frozenset({"cart", "lantern"})])
def test_reads_what_the_reader_has_as_it_wrote_it(has: frozenset[str]) -> None:
    assert read_has(write_has(has, WIRE.has), WIRE.has) == has


def test_reads_what_the_reader_has_as_release_0_2_0_wrote_it() -> None:
    assert read_has("cart.lantern", WIRE.has) == frozenset({"cart", "lantern"})


@pytest.mark.parametrize("cookie", ["", "ship", ".", "cart lantern", "CART", "-.-", "999", "01"])
def test_takes_what_it_can_not_read_for_no_answer(cookie: str) -> None:
    assert read_has(cookie, WIRE.has) is None


@given(st.text())
def test_never_raises_on_what_the_reader_has(cookie: str) -> None:
    assert (read_has(cookie, WIRE.has) or set()) <= WIRE.has.numbers.keys()
