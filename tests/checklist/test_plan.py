"""The plan: which steps, in which order and why, and what a tick moves."""

import datetime as dt

import pytest

from checklist.exposures import ExposureState
from checklist.plan.builder import settled, settling
from checklist.plan.changes import due_again, mark_handled
from checklist.plan.plan import Plan
from checklist.state.cookies import SET_ASIDE, GivenExposure, Origin, Tick, TickState
from tests.fixtures.plans import LIBRARY, everything, ids, opened, plan, ticked
from tests.fixtures.readers import DAY, TODAY

#: The steps of a reader with an open bell, in order; the last is for another day.
BELL = ["keep-diary", "shut-bell", "say-goodbye", "walk-again"]


def test_gives_nothing_to_who_gave_nothing() -> None:
    assert everything(plan({})) == []


def test_names_the_answer_that_earned_each_step() -> None:
    because = {item.step.id: [one.id for one in item.because] for item in plan(opened("name-told", "key-lent")).open}
    assert because["ask-neighbour"] == ["key-lent", "name-told"]
    assert because["count-keys"] == ["key-lent"]
    assert because["stand-still"] == ["name-told"]


def test_begins_with_the_urgent_actions_in_the_order_of_the_table() -> None:
    given = opened("name-told", "key-lent")
    made = plan(given)
    told = LIBRARY.urgent.list_for(given).actions
    assert [item.told for item in made.today] == told
    assert [item.title for item in made.today][:2] == ["Stand still", "Call the watch softly"]


def test_puts_the_others_in_the_order_of_their_stages_behind_them() -> None:
    assert ids(plan(opened("map-copied", "bell-open")).open) == [
        "call-watch",
        "burn-copy",
        "keep-diary",
        "shut-bell",
        "say-goodbye",
    ]


def test_puts_a_step_behind_those_that_it_comes_after() -> None:
    order = ids(plan(opened("key-lent")).open)
    assert order.index("call-watch") < order.index("ask-neighbour") < order.index("change-lock")


def test_leaves_out_a_step_whose_place_an_urgent_action_takes() -> None:
    assert "shut-bell" in everything(plan(opened("bell-open")))
    both = plan(opened("bell-open", "key-lent"))
    assert "shut-bell" not in everything(both)
    settle = [step.id for step in settling(LIBRARY, "bell-open", {"bell-open", "key-lent"})]
    assert settle == ["sit-down"]


def test_has_every_urgent_action_today_and_fills_up_to_three() -> None:
    assert ids(plan(opened("key-lent")).today) == ["call-watch", "count-keys", "draw-map"]
    assert ids(plan(opened("map-copied", "bell-open")).today) == ["call-watch", "burn-copy", "keep-diary"]
    four = plan(opened("key-lent", "name-told"))
    assert len(four.today) == 5
    assert four.now is four.today[0]


def test_leaves_what_shows_nothing_yet_for_another_day() -> None:
    assert ids(plan(opened("key-lent")).follow_up) == ["sit-down"]
    assert ids(plan(opened("key-lent", "name-told")).follow_up) == []
    assert ids(plan(opened("bell-open")).follow_up) == ["walk-again"]


def test_a_follow_up_waits_for_its_day_and_is_due_then() -> None:
    given, done = opened("bell-open"), ticked(TickState.DONE, "keep-diary")
    [item] = plan(given, done, TODAY + 29 * DAY).follow_up
    assert (item.step.id, item.until) == ("walk-again", TODAY + 30 * DAY)
    due = plan(given, done, TODAY + 30 * DAY)
    assert due.follow_up == []
    assert "walk-again" in ids(due.open)


def test_the_day_that_a_reader_chose_for_a_follow_up_counts() -> None:
    chosen = ticked(TickState.DAY, "walk-again", on=TODAY + DAY)
    assert ids(plan(opened("bell-open"), chosen).postponed_by_reader) == ["walk-again"]
    assert "walk-again" in ids(plan(opened("bell-open"), chosen, TODAY + DAY).open)


def test_says_enough_while_only_follow_ups_are_left() -> None:
    left = plan(opened("bell-open"), ticked(TickState.DONE, "shut-bell", "keep-diary", "say-goodbye"))
    assert ids(left.undone) == ["walk-again"]
    assert left.enough


@pytest.mark.parametrize("done", range(5))
def test_keeps_the_count_of_a_day_whatever_is_done(done: int) -> None:
    given = opened("key-lent", "name-told")
    order = ids(plan(given).today)
    after = plan(given, ticked(TickState.DONE, *order[:done]))
    assert after.done_today == done
    assert after.today_total == 5
    assert ids(after.today) == order[done:]


def test_says_enough_once_today_is_done_and_something_is_left() -> None:
    given = opened("bell-open", "name-told")
    order = ids(plan(given).today)
    assert not plan(given).enough
    after = plan(given, ticked(TickState.DONE, *order))
    assert after.enough
    assert after.today == []
    assert after.more


def test_never_says_enough_while_an_urgent_action_is_put_off() -> None:
    given = opened("bell-open", "name-told")
    put_off = ticked(TickState.TONIGHT, "stand-still")
    done = put_off | ticked(TickState.DONE, *ids(plan(given, put_off).open))
    assert not plan(given, done).today
    assert not plan(given, done).enough


def test_has_nothing_to_do_now_when_all_is_done() -> None:
    finished = plan(opened("bell-open"), ticked(TickState.DONE, *BELL))
    assert finished.now is None
    assert finished.open == []
    assert not finished.enough
    assert finished.total == 4


def test_counts_what_was_done_yesterday_to_no_day() -> None:
    after = plan(opened("bell-open"), ticked(TickState.DONE, "keep-diary", on=TODAY - DAY))
    assert after.done_today == 0
    assert ids(after.done) == ["keep-diary"]


def test_keeps_what_was_done_for_something_that_is_not_open_any_more() -> None:
    done = ticked(TickState.DONE, "call-watch") | ticked(TickState.AGAIN, "shut-bell")
    assert ids(plan({}, done).done) == ["call-watch", "shut-bell"]


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
def test_moves_a_step_to_where_its_tick_says(state: TickState, on: dt.date, place: str) -> None:
    moved = plan(opened("bell-open"), ticked(state, "shut-bell", on=on))
    places = {"done": moved.done, "skipped": moved.skipped, "later": moved.postponed, "open": moved.open}
    assert [name for name, items in places.items() if "shut-bell" in ids(items)] == [place]


def test_opens_a_step_again() -> None:
    given = opened("bell-open")
    assert (
        plan(given, ticked(TickState.OPEN, "shut-bell")).open != plan(given, ticked(TickState.DONE, "shut-bell")).open
    )
    assert ids(plan(given, ticked(TickState.OPEN, "shut-bell")).open) == ids(plan(given).open)


def test_asks_again_on_the_morning_after_tonight() -> None:
    put_off, given = ticked(TickState.TONIGHT, "keep-diary"), opened("bell-open")
    assert ids(plan(given, put_off).postponed_by_reader) == ["keep-diary"]
    tomorrow = plan(given, put_off, TODAY + DAY)
    assert tomorrow.postponed == []
    assert tomorrow.now is not None
    assert tomorrow.now.step.id == "keep-diary"


def test_asks_again_on_the_day_that_was_chosen() -> None:
    put_off, given = ticked(TickState.DAY, "shut-bell", on=TODAY + 3 * DAY), opened("bell-open")
    assert {item.until for item in plan(given, put_off, TODAY + 2 * DAY).postponed} == {TODAY + 3 * DAY}
    assert plan(given, put_off, TODAY + 3 * DAY).postponed == []


def test_lets_a_step_wait_with_the_one_that_it_comes_after() -> None:
    waiting = plan(opened("bell-open"), ticked(TickState.TONIGHT, "keep-diary"))
    assert {item.step.id: item.until for item in waiting.postponed} == {"keep-diary": TODAY, "say-goodbye": TODAY}


def test_lets_a_whole_chain_wait() -> None:
    day = TODAY + 2 * DAY
    waiting = plan(opened("key-lent"), ticked(TickState.DAY, "call-watch", on=day))
    assert {item.step.id: item.until for item in waiting.postponed} == {
        "call-watch": day,
        "count-keys": day,
        "ask-neighbour": day,
        "change-lock": day,
    }


def test_lets_a_step_wait_for_the_latest_of_its_days() -> None:
    late, early = TODAY + 5 * DAY, TODAY + 2 * DAY
    put_off = {"keep-diary": Tick(TickState.DAY, late), "say-goodbye": Tick(TickState.DAY, early)}
    later = plan(opened("bell-open"), put_off).postponed
    assert {item.step.id: item.until for item in later} == {"keep-diary": late, "say-goodbye": late}


@pytest.mark.parametrize("state", [TickState.DONE, TickState.SKIP])
def test_waits_for_nothing_that_is_done_or_skipped(state: TickState) -> None:
    after = plan(opened("bell-open"), ticked(state, "keep-diary", "shut-bell", on=TODAY - DAY))
    assert after.postponed == []
    assert ids(after.today) == ["say-goodbye"]


def test_leaving_comes_before_tidying_up_unless_something_critical_is_open() -> None:
    def leaves_first(made: Plan) -> bool:
        order = ids(made.open)
        return order.index("say-goodbye") < order.index("ask-forget")

    told = opened("name-told")
    assert leaves_first(plan(told))
    assert not leaves_first(plan(opened("name-told", "key-lent")))
    assert leaves_first(plan(told | {"key-lent": GivenExposure(ExposureState.HANDLED, Origin.QUIZ)}))
    assert not leaves_first(plan(opened("name-told", "map-copied")))
    assert leaves_first(plan(opened("name-told", "map-copied"), ticked(TickState.DONE, "call-watch", "burn-copy")))


@pytest.mark.parametrize(
    ("call", "burn", "handled"),
    [
        (TickState.DONE, TickState.DONE, True),
        (TickState.DONE, TickState.SKIP, True),
        (TickState.SKIP, TickState.DONE, True),
        (TickState.SKIP, TickState.SKIP, False),
        (TickState.DONE, TickState.OPEN, False),
        (TickState.DONE, TickState.TONIGHT, False),
    ],
)
def test_settles_an_exposure_once_its_steps_are_done_or_do_not_apply(
    call: TickState, burn: TickState, handled: bool
) -> None:
    ticks = ticked(call, "call-watch") | ticked(burn, "burn-copy")
    assert ("map-copied" in settled(LIBRARY, opened("map-copied"), ticks)) is handled


def test_settles_each_exposure_by_the_actions_that_are_due_for_its_own_reasons() -> None:
    both = {"key-lent", "name-told"}
    assert [step.id for step in settling(LIBRARY, "name-told", both)] == ["stand-still", "ask-forget"]
    assert {"call-watch", "count-keys", "draw-map", "sit-down"} <= {s.id for s in settling(LIBRARY, "key-lent", both)}


def test_settles_what_was_told_more_precisely_by_the_steps_for_both() -> None:
    given = opened("key-lent", "map-copied")
    steps = {step.id for step in settling(LIBRARY, "key-lent", given)}
    assert steps == {"call-watch", "count-keys", "draw-map", "sit-down", "change-lock", "burn-copy"}
    assert settled(LIBRARY, given, ticked(TickState.DONE, *steps)) == {"key-lent", "map-copied"}


def test_settles_only_what_was_given() -> None:
    assert settled(LIBRARY, {}, ticked(TickState.DONE, "shut-bell")) == set()
    assert settled(LIBRARY, {"key-lent": GivenExposure(ExposureState.HANDLED, Origin.READER)}, {}) == {"key-lent"}


def test_keeps_what_was_settled_as_handled() -> None:
    kept = mark_handled(opened("key-lent", "bell-open"), {"bell-open"})
    assert kept["bell-open"] == GivenExposure(ExposureState.HANDLED, Origin.READER)
    assert kept["key-lent"].state is ExposureState.OPEN


def test_shows_the_latest_done_first() -> None:
    done = ticked(TickState.DONE, "keep-diary", on=TODAY - DAY) | ticked(TickState.DONE, "shut-bell")
    assert ids(plan({}, done).done) == ["shut-bell", "keep-diary"]


# What the reader has


@pytest.mark.parametrize(
    ("apps", "shown"),
    [
        ((), ["burn-copy", "count-copies"]),
        (("cart", "cart"), ["burn-copy", "count-copies"]),
        (("lantern", "cart"), ["burn-copy"]),
    ],
)
def test_shows_the_ways_for_what_the_reader_has_and_all_where_none_fits(
    apps: tuple[str, ...], shown: list[str]
) -> None:
    step = LIBRARY.steps["burn-copy"]
    made_for = tuple(
        one.model_copy(update={"app": one.app.model_copy(update={"id": app})})
        for one, app in zip(step.procedures, apps, strict=False)
    )
    own = step.model_copy(update={"procedures": made_for or step.procedures})
    assert [one.id for one in own.procedures_for(LIBRARY.kit, {"lantern"})] == shown


# Opened anew


def test_does_not_count_what_was_done_for_an_earlier_time() -> None:
    done = ticked(TickState.DONE, "call-watch", "burn-copy", "keep-diary", on=TODAY - DAY)
    again = due_again(LIBRARY, {"map-copied"}, done, TODAY)
    assert again == ticked(TickState.AGAIN, "call-watch", "burn-copy", on=TODAY - DAY)
    made = plan(opened("map-copied"), done | again)
    assert made.unsettled == {"map-copied"}
    assert ids(made.again) == ["call-watch", "burn-copy"]
    assert ids(made.done) == ["keep-diary"]


def test_counts_what_was_done_the_same_day() -> None:
    assert due_again(LIBRARY, {"map-copied"}, ticked(TickState.DONE, "burn-copy"), TODAY) == {}


@pytest.mark.parametrize("state", SET_ASIDE)
def test_urgent_actions_that_were_set_aside_are_due_again(state: TickState) -> None:
    again = due_again(LIBRARY, {"map-copied"}, ticked(state, "call-watch", on=TODAY + DAY), TODAY)
    assert again == ticked(TickState.REOPENED, "call-watch")
    made = plan(opened("map-copied"), again)
    assert "call-watch" in ids(made.today)
    assert ids(made.again) == ["call-watch"]


def test_a_reopened_step_is_dropped_with_the_exposure_that_it_is_for() -> None:
    assert everything(plan({}, ticked(TickState.REOPENED, "call-watch"))) == []


@pytest.mark.parametrize("state", [*SET_ASIDE, TickState.AGAIN, TickState.REOPENED])
def test_asks_again_only_of_what_was_done_and_of_urgent_actions(state: TickState) -> None:
    assert due_again(LIBRARY, {"map-copied"}, ticked(state, "burn-copy", on=TODAY - DAY), TODAY) == {}


# How far it is


def test_says_how_far_each_part_is() -> None:
    made = plan(opened("bell-open"), ticked(TickState.DONE, "keep-diary"))
    assert [(one.part.value, one.left, one.total) for one in made.parts] == [
        ("traces", 0, 1),
        ("group", 2, 2),
        ("after", 1, 1),
    ]


def test_counts_no_step_that_does_not_apply() -> None:
    made = plan(opened("bell-open"), ticked(TickState.SKIP, "keep-diary"))
    assert "traces" not in [one.part.value for one in made.parts]
