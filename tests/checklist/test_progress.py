"""What a browser keeps of the checklist: cookies there and back, forged ones, and who said what."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklist.exposures import ExposureState
from checklist.state.cookies import (
    Given,
    Origin,
    Tick,
    TickState,
    from_quiz,
    from_reader,
    read_given,
    read_has,
    read_ticks,
    write_given,
    write_has,
    write_tick,
)
from tests.fixtures.readers import TODAY, givens, ticks
from tests.tiny import checklist_library

EXPOSURES = list(checklist_library().exposures)
STEPS = list(checklist_library().steps)
OPEN_QUIZ, HANDLED_QUIZ = Given(ExposureState.OPEN, Origin.QUIZ), Given(ExposureState.HANDLED, Origin.QUIZ)
OPEN_READER, HANDLED_READER = Given(ExposureState.OPEN, Origin.READER), Given(ExposureState.HANDLED, Origin.READER)


def test_it_writes_the_exposures_of_one_mark_together() -> None:
    given = {"bell-open": HANDLED_READER, "key-lent": OPEN_QUIZ, "name-told": HANDLED_READER}
    assert write_given(given) == "oq.key-lent_hr.bell-open.name-told"


def test_it_reads_exposures_as_an_older_release_wrote_them() -> None:
    assert read_given("key-lent.oq_bell-open.hr", EXPOSURES) == {"key-lent": OPEN_QUIZ, "bell-open": HANDLED_READER}


def test_it_tells_no_plan_yet_from_a_plan_of_nothing() -> None:
    assert read_given("", EXPOSURES) is None
    assert read_given(write_given({}), EXPOSURES) == {}


@pytest.mark.parametrize(
    "entry",
    [
        "key-lent",
        "key-lent.",
        "key-lent.o",
        "key-lent.oqx",
        "key-lent.qo",
        "key-lent.OQ",
        "key-lent.oq.oq",
        "key-lost.oq",
        "KEY-LENT.oq",
        " key-lent.oq",
        "",
        "<b>.oq",
        ".oq",
        "灯.oq",
        "oq",
        "oq.",
        "OQ.key-lent",
        "qo.key-lent",
        "oqx.key-lent",
        "o.key-lent",
        ".key-lent",
        "oq.key-lost..<b>.KEY-LENT. key-lent",
    ],
)
def test_it_leaves_out_a_forged_exposure_and_keeps_the_rest(entry: str) -> None:
    kept = {"bell-open": OPEN_READER, "name-told": HANDLED_QUIZ}
    assert read_given(f"or.bell-open_{entry}_hq.name-told", EXPOSURES) == kept
    assert read_given(f"bell-open.or_{entry}_name-told.hq", EXPOSURES) == kept


@given(givens(EXPOSURES))
def test_it_reads_the_exposures_that_it_wrote(given: dict[str, Given]) -> None:
    cookie = write_given(given)
    assert read_given(cookie, EXPOSURES) == given
    assert cookie.isascii()
    assert not set(cookie) & set(' ",;\\')


@given(given=givens(EXPOSURES), data=st.data())
def test_it_keeps_the_whole_ids_of_truncated_exposures(given: dict[str, Given], data: Any) -> None:
    cookie = write_given(given)
    cut = data.draw(st.integers(1, len(cookie)))
    whole = {id for id in given if id in cookie[: max(cookie[:cut].rfind("."), cookie[:cut].rfind("_"), 0)]}
    read = read_given(cookie[:cut], EXPOSURES)
    assert read is not None
    assert whole <= read.keys()
    assert read.items() <= given.items()


@given(given=givens(EXPOSURES), data=st.data())
def test_it_keeps_the_entries_that_an_altered_cookie_left_alone(given: dict[str, Given], data: Any) -> None:
    cookie = write_given(given)
    at = data.draw(st.integers(0, len(cookie) - 1))
    read = read_given(cookie[:at] + data.draw(st.characters()) + cookie[at + 1 :], EXPOSURES)
    first = cookie[:at].count("_")
    touched = cookie.split("_")[first : first + (2 if cookie[at] == "_" else 1)]
    alone = {id: one for id, one in given.items() if not any(id in entry for entry in touched)}
    assert alone.items() <= (read or {}).items()


@given(st.text())
def test_it_never_raises_on_exposures(cookie: str) -> None:
    read = read_given(cookie, EXPOSURES)
    assert (read or {}).keys() <= set(EXPOSURES)


def test_it_puts_a_new_attempt_in_the_place_of_the_last_one() -> None:
    before = {"key-lent": OPEN_QUIZ, "bell-open": OPEN_QUIZ}
    assert from_quiz(before, {"bell-open": ExposureState.HANDLED, "name-told": ExposureState.OPEN}) == {
        "bell-open": HANDLED_QUIZ,
        "name-told": OPEN_QUIZ,
    }


@pytest.mark.parametrize("ticked", [OPEN_READER, HANDLED_READER])
@pytest.mark.parametrize("raised", [{}, {"key-lent": ExposureState.OPEN}, {"key-lent": ExposureState.HANDLED}])
def test_it_never_lets_a_quiz_replace_what_the_reader_ticked(ticked: Given, raised: dict[str, ExposureState]) -> None:
    assert from_quiz({"key-lent": ticked}, raised) == {"key-lent": ticked}


@given(before=givens(EXPOSURES), raised=st.dictionaries(st.sampled_from(EXPOSURES), st.sampled_from(ExposureState)))
def test_it_keeps_all_of_the_readers_and_only_the_new_attempts(
    before: dict[str, Given], raised: dict[str, ExposureState]
) -> None:
    after = from_quiz(before, raised)
    readers = {id for id, one in before.items() if one.origin is Origin.READER}
    assert {id: after[id] for id in readers} == {id: before[id] for id in readers}
    assert after.keys() == readers | raised.keys()
    assert all(after[id] == Given(raised[id], Origin.QUIZ) for id in raised.keys() - readers)
    assert from_quiz(after, raised) == after


def test_it_takes_the_readers_list_for_the_whole() -> None:
    before = {"key-lent": OPEN_QUIZ, "bell-open": OPEN_QUIZ, "name-told": HANDLED_READER}
    assert from_reader(
        before, {"key-lent": ExposureState.OPEN, "bell-open": ExposureState.HANDLED, "map-copied": ExposureState.OPEN}
    ) == {
        "key-lent": OPEN_QUIZ,
        "bell-open": HANDLED_READER,
        "map-copied": OPEN_READER,
    }


@pytest.mark.parametrize(
    ("state", "letter"),
    [
        (TickState.DONE, "d"),
        (TickState.TONIGHT, "t"),
        (TickState.DAY, "y"),
        (TickState.SKIP, "x"),
        (TickState.AGAIN, "a"),
    ],
)
def test_it_writes_a_tick_as_a_letter_and_a_day(state: TickState, letter: str) -> None:
    assert write_tick(Tick(state, dt.date(2026, 3, 4))) == f"{letter}1qm"


def test_it_forgets_a_step_that_is_open_again() -> None:
    assert write_tick(Tick(TickState.OPEN, TODAY)) == ""


@given(ticks(STEPS))
def test_it_reads_the_ticks_that_it_wrote(ticks: dict[str, Tick]) -> None:
    assert read_ticks({f"s.{id}": write_tick(tick) for id, tick in ticks.items()}, STEPS) == ticks


@pytest.mark.parametrize(
    "value",
    [
        "",
        "d",
        "d26112",
        "d2611220",
        "z261122",
        "D261122",
        "d261322",
        "d260230",
        "d260000",
        "d26-1-2",
        "d 61122",
        "d+61122",
        "d２６１１２２",
        "d²61122",
        "261122d",
        "d261122 ",
        "d261122\n",
        "d191231",
        "d1x",
        "d1xx1",
        "z1xx",
        "D1xx",
        "d1XX",
        "d-1x",
        "d1xx\n",
        "1xxd",
    ],
)
@pytest.mark.parametrize("diary", ["d1xx", "d261122"])
def test_it_takes_a_forged_tick_for_none_and_keeps_the_rest(value: str, diary: str) -> None:
    read = read_ticks({"s.shut-bell": value, "s.keep-diary": diary}, STEPS)
    assert read == {"keep-diary": Tick(TickState.DONE, dt.date(2026, 11, 22))}


@pytest.mark.parametrize("cut", range(4))
def test_it_takes_a_truncated_tick_for_none(cut: int) -> None:
    assert read_ticks({"s.shut-bell": "d1xx"[:cut]}, STEPS) == {}


@given(st.dictionaries(st.sampled_from([f"s.{id}" for id in [*STEPS, "lost"]]), st.text(max_size=9)))
def test_it_never_raises_on_ticks(cookies: dict[str, str]) -> None:
    assert read_ticks(cookies, STEPS).keys() <= set(STEPS)


def test_it_ignores_the_ticks_of_unknown_steps_and_other_cookies() -> None:
    cookies = {"s.lost-step": "d261122", "shut-bell": "d261122", "q.shut-bell": "d261122", "look": "dark"}
    assert read_ticks(cookies, STEPS) == {}


# What the reader has


@pytest.mark.parametrize("has", [frozenset(), frozenset({"cart"}), frozenset({"cart", "lantern"})])
def test_it_reads_what_the_reader_has_as_it_wrote_it(has: frozenset[str]) -> None:
    assert read_has(write_has(has), checklist_library().kit) == has


@pytest.mark.parametrize("cookie", ["", "ship", ".", "cart lantern", "CART", "-.-"])
def test_it_takes_what_it_can_not_read_for_no_answer(cookie: str) -> None:
    assert read_has(cookie, checklist_library().kit) is None


@given(st.text())
def test_it_never_raises_on_what_the_reader_has(cookie: str) -> None:
    assert (read_has(cookie, checklist_library().kit) or set()) <= checklist_library().kit.keys()
