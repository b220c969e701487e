"""The plan: which steps, in which order and why, and what a tick moves."""

import datetime as dt
from pathlib import Path

import pytest

from checklist.exposures import ExposureState
from checklist.plan.builder import make_plan, settled, to_do_again
from checklist.state.cookies import Given, Origin, Tick, TickState
from tests.fixtures.plans import ALWAYS, LIBRARY, everything, ids, opened, plan, ticked
from tests.fixtures.readers import DAY, TODAY
from tests.tiny import copy


def test_it_gives_the_steps_for_everybody_to_who_gave_nothing() -> None:
    empty = plan({})
    assert set(everything(empty)) == ALWAYS
    assert not empty.pressing
    assert all(item.because == () for item in empty.open)


def test_it_says_why_a_step_is_there() -> None:
    because = {item.step.id: [one.id for one in item.because] for item in plan(opened("name-told", "key-lent")).open}
    assert because["ask-neighbour"] == ["key-lent", "name-told"]
    assert because["call-smith"] == ["key-lent"]
    assert because["keep-diary"] == []


def test_it_puts_the_stages_in_order_and_the_quickest_first() -> None:
    assert ids(plan(opened("map-copied", "bell-open")).open) == [
        "stop-lending",
        "burn-copy",
        "count-copies",
        "shut-bell",
        "keep-diary",
        "say-goodbye",
        "walk-again",
    ]


def test_it_puts_a_step_behind_those_that_it_comes_after() -> None:
    order = ids(plan(opened("key-lent")).open)
    assert order[:4] == ["stop-lending", "call-smith", "ask-neighbour", "change-lock"]


def test_it_shows_three_today_and_five_this_week() -> None:
    full = plan(opened(*LIBRARY.exposures))
    assert (len(full.today), len(full.week), len(full.more)) == (3, 2, 4)
    assert full.now is full.today[0]
    assert full.total == len(LIBRARY.steps) - len(["change-lock", "call-smith"]), "the map says more of the key"


def test_it_has_nothing_to_do_now_when_all_is_done() -> None:
    finished = plan({}, ticked(TickState.DONE, *ALWAYS))
    assert finished.now is None
    assert finished.open == []
    assert finished.total == len(ALWAYS)


@pytest.mark.parametrize(("done", "left"), [(0, 3), (1, 2), (2, 1), (3, 1), (4, 1)])
def test_it_counts_what_was_done_today_but_always_offers_one_more(done: int, left: int) -> None:
    order = ids(plan(opened(*LIBRARY.exposures)).open)
    after = plan(opened(*LIBRARY.exposures), ticked(TickState.DONE, *order[:done]))
    assert after.done_today == done
    assert ids(after.today) == order[done : done + left]
    assert after.today_total == (done + left if done < 3 else done)


def test_it_counts_what_was_done_yesterday_to_no_day() -> None:
    after = plan(opened(*LIBRARY.exposures), ticked(TickState.DONE, "stop-lending", on=TODAY - DAY))
    assert after.done_today == 0
    assert len(after.today) == 3
    assert ids(after.done) == ["stop-lending"]


@pytest.mark.parametrize(
    ("state", "on", "place"),
    [
        (TickState.DONE, TODAY, "done"),
        (TickState.DONE, TODAY - DAY, "done"),
        (TickState.SKIP, TODAY, "skipped"),
        (TickState.TONIGHT, TODAY, "later"),
        (TickState.TONIGHT, TODAY - DAY, "open"),
        (TickState.DAY, TODAY + DAY, "later"),
        (TickState.DAY, TODAY, "open"),
        (TickState.DAY, TODAY - DAY, "open"),
        (TickState.OPEN, TODAY, "open"),
    ],
)
def test_it_moves_a_step_to_where_its_tick_says(state: TickState, on: dt.date, place: str) -> None:
    moved = plan({}, ticked(state, "shut-bell", on=on))
    places = {"done": moved.done, "skipped": moved.skipped, "later": moved.later, "open": moved.open}
    assert [name for name, items in places.items() if "shut-bell" in ids(items)] == [place]


def test_it_opens_a_step_again() -> None:
    given = opened("bell-open")
    assert (
        plan(given, ticked(TickState.OPEN, "shut-bell")).open != plan(given, ticked(TickState.DONE, "shut-bell")).open
    )
    assert ids(plan(given, ticked(TickState.OPEN, "shut-bell")).open) == ids(plan(given).open)


def test_it_asks_again_on_the_morning_after_tonight() -> None:
    put_off = ticked(TickState.TONIGHT, "stop-lending")
    given = opened("map-copied")
    assert ids(plan(given, put_off).later) == ["stop-lending"]
    tomorrow = plan(given, put_off, TODAY + DAY)
    assert tomorrow.later == []
    assert tomorrow.now is not None
    assert tomorrow.now.step.id == "stop-lending"


def test_it_asks_again_on_the_day_that_was_chosen() -> None:
    put_off = ticked(TickState.DAY, "stop-lending", on=TODAY + 3 * DAY)
    given = opened("map-copied")
    assert [item.until for item in plan(given, put_off, TODAY + 2 * DAY).later] == [TODAY + 3 * DAY]
    assert plan(given, put_off, TODAY + 3 * DAY).later == []


def test_it_lets_a_step_wait_with_the_one_that_it_comes_after() -> None:
    waiting = plan({}, ticked(TickState.TONIGHT, "keep-diary"))
    assert {item.step.id: item.until for item in waiting.later} == {"keep-diary": TODAY, "say-goodbye": TODAY}


def test_it_lets_a_whole_chain_wait() -> None:
    day = TODAY + 2 * DAY
    waiting = plan(opened("key-lent"), ticked(TickState.DAY, "call-smith", on=day))
    assert {item.step.id: item.until for item in waiting.later} == {
        "call-smith": day,
        "ask-neighbour": day,
        "change-lock": day,
    }


def test_it_lets_a_step_wait_for_the_latest_of_its_days() -> None:
    late, early = TODAY + 5 * DAY, TODAY + 2 * DAY
    put_off = {"keep-diary": Tick(TickState.DAY, late), "say-goodbye": Tick(TickState.DAY, early)}
    assert {item.step.id: item.until for item in plan({}, put_off).later} == {"keep-diary": late, "say-goodbye": late}


@pytest.mark.parametrize("state", [TickState.DONE, TickState.SKIP])
def test_it_waits_for_nothing_that_is_done_or_skipped(state: TickState) -> None:
    after = plan({}, ticked(state, "keep-diary", "shut-bell", on=TODAY - DAY))
    assert after.later == []
    assert ids(after.today) == ["say-goodbye", "walk-again"]


def test_it_presses_while_something_critical_is_open() -> None:
    assert plan(opened("key-lent")).pressing
    assert not plan(opened("bell-open")).pressing
    assert not plan({"key-lent": Given(ExposureState.HANDLED, Origin.QUIZ)}).pressing
    assert not plan(opened("map-copied"), ticked(TickState.DONE, "burn-copy", "count-copies")).pressing


@pytest.mark.parametrize(
    ("burn", "count", "handled"),
    [
        (TickState.DONE, TickState.DONE, True),
        (TickState.DONE, TickState.SKIP, True),
        (TickState.SKIP, TickState.DONE, True),
        (TickState.SKIP, TickState.SKIP, False),
        (TickState.DONE, TickState.OPEN, False),
        (TickState.DONE, TickState.TONIGHT, False),
    ],
)
def test_it_settles_an_exposure_once_its_steps_are_done_or_do_not_apply(
    burn: TickState, count: TickState, handled: bool
) -> None:
    ticks = ticked(burn, "burn-copy") | ticked(count, "count-copies")
    assert (settled(LIBRARY, opened("map-copied"), ticks) == {"map-copied"}) is handled


def test_it_does_not_ask_again_what_was_told_more_precisely() -> None:
    assert {"change-lock", "call-smith"} <= set(everything(plan(opened("key-lent"))))
    told = plan(opened("key-lent", "map-copied"))
    assert {"change-lock", "call-smith"}.isdisjoint(everything(told))
    assert {"stop-lending", "ask-neighbour", "burn-copy"} <= set(everything(told)), "what does not settle it stays"
    done = plan(opened("key-lent", "map-copied"), ticked(TickState.DONE, "change-lock"))
    assert "change-lock" in ids(done.done), "what was ticked stays"


def test_it_settles_what_was_told_more_precisely_by_the_steps_for_that() -> None:
    given = opened("key-lent", "map-copied")
    asked = ticked(TickState.DONE, "change-lock", "call-smith")
    assert settled(LIBRARY, given, asked) == set()
    assert settled(LIBRARY, given, ticked(TickState.DONE, "burn-copy", "count-copies")) == {"key-lent", "map-copied"}
    half = given | {"map-copied": Given(ExposureState.HANDLED, Origin.READER)}
    assert settled(LIBRARY, half, asked) == {"key-lent", "map-copied"}, "another one may still be open"


def test_it_settles_only_what_was_given() -> None:
    assert settled(LIBRARY, {}, ticked(TickState.DONE, "shut-bell")) == set()
    assert settled(LIBRARY, {"key-lent": Given(ExposureState.HANDLED, Origin.READER)}, {}) == {"key-lent"}


def test_it_shows_the_latest_done_first() -> None:
    done = ticked(TickState.DONE, "keep-diary", on=TODAY - DAY) | ticked(TickState.DONE, "shut-bell")
    assert ids(plan({}, done).done) == ["shut-bell", "keep-diary"]


# What the reader has


def test_it_leaves_out_what_the_reader_has_nothing_for() -> None:
    given = opened("map-copied")
    assert {"burn-copy", "count-copies"} <= set(everything(plan(given)))
    with_lantern = everything(plan(given, has={"lantern"}))
    assert "burn-copy" in with_lantern
    assert "count-copies" not in with_lantern


def test_it_takes_any_of_what_a_step_needs() -> None:
    assert "count-copies" in everything(plan(opened("map-copied"), has={"lantern", "cart"}))


@pytest.mark.parametrize("has", [set(), {"cart"}])
def test_it_takes_one_who_names_no_phone_to_have_any(has: set[str]) -> None:
    assert {"burn-copy", "count-copies"} <= set(everything(plan(opened("map-copied"), has=has)))


def test_it_waits_for_nothing_that_the_reader_has_nothing_for() -> None:
    done = ticked(TickState.DONE, "burn-copy")
    assert settled(LIBRARY, opened("map-copied"), done) == set()
    assert settled(LIBRARY, opened("map-copied"), done, {"lantern"}) == {"map-copied"}


# What comes of something given, and what everybody does


def test_it_puts_what_everybody_does_behind_what_was_given() -> None:
    order = ids(plan(opened("bell-open")).open)
    assert order == ["shut-bell", "keep-diary", "say-goodbye", "walk-again"]


def test_it_takes_forward_what_a_step_waits_for() -> None:
    order = ids(plan(opened("name-told")).open)
    assert order.index("keep-diary") < order.index("ask-forget") < order.index("shut-bell")


def test_it_holds_a_calm_step_back_while_something_critical_is_open(tmp_path: Path) -> None:
    tree = copy(tmp_path)
    tree.change("checklist/policy/steps.toml", "[shut-bell]\n", "[shut-bell]\ncalm = true\n")
    library = tree.load_checklist()
    pressed = make_plan(library, opened("key-lent"), {}, TODAY)
    assert ids(pressed.held) == ["shut-bell"]
    assert "shut-bell" not in ids(pressed.open)
    assert "shut-bell" in ids(make_plan(library, opened("bell-open"), {}, TODAY).open)


# Opened anew


def test_it_does_not_count_what_was_done_for_an_earlier_time() -> None:
    done = ticked(TickState.DONE, "burn-copy", "count-copies", "keep-diary", on=TODAY - DAY)
    again = to_do_again(LIBRARY, {"map-copied"}, done, TODAY)
    assert again == ticked(TickState.AGAIN, "burn-copy", "count-copies", on=TODAY - DAY)
    made = plan(opened("map-copied"), done | again)
    assert made.unsettled == {"map-copied"}
    assert ids(made.again) == ["burn-copy", "count-copies"]
    assert ids(made.done) == ["keep-diary"]


def test_it_counts_what_was_done_the_same_day() -> None:
    assert to_do_again(LIBRARY, {"map-copied"}, ticked(TickState.DONE, "burn-copy"), TODAY) == {}


@pytest.mark.parametrize("state", [TickState.SKIP, TickState.TONIGHT, TickState.DAY, TickState.AGAIN])
def test_it_asks_again_only_of_what_was_done(state: TickState) -> None:
    assert to_do_again(LIBRARY, {"map-copied"}, ticked(state, "burn-copy", on=TODAY - DAY), TODAY) == {}


# How far it is


def test_it_says_how_far_each_part_is() -> None:
    made = plan(opened("bell-open"), ticked(TickState.DONE, "keep-diary"))
    assert [(one.part.value, one.done, one.total) for one in made.parts] == [
        ("traces", 1, 1),
        ("group", 0, 2),
        ("after", 0, 1),
    ]
    assert [part.value for part in made.finished_today] == ["traces"]
    assert plan({}, ticked(TickState.DONE, "keep-diary", on=TODAY - DAY)).finished_today == []


def test_it_counts_no_step_that_does_not_apply() -> None:
    made = plan({}, ticked(TickState.SKIP, "keep-diary"))
    assert "traces" not in [one.part.value for one in made.parts]
