"""The real checklist: every exposure leads to a step that settles it, every case is five steps."""

import datetime as dt

import pytest
from hypothesis import given, settings

import checklist.library
import guide.library
from checklist.exposures import ExposureState
from checklist.plan.builder import make_plan, settling
from checklist.state.cookies import Given, Origin, Tick
from tests.collecting import for_each
from tests.content.words import hans
from tests.fixtures.readers import givens, kits, ticks

EXPOSURES = list(checklist.library.current().exposures)
TODAY = dt.date(2026, 11, 22)


def test_it_has_forty_five_steps_or_more() -> None:
    assert len(checklist.library.current().steps) >= 45


def test_it_tells_every_procedure_in_a_step_or_on_a_page() -> None:
    in_steps = {step.policy.procedure for step in checklist.library.current().steps.values()}
    on_pages = {id for page in guide.library.current().pages.values() for id in page.procedures}
    assert guide.library.current().procedures.keys() == in_steps | on_pages


def test_it_gives_a_step_the_id_of_its_procedure() -> None:
    assert all(step.policy.procedure == id for id, step in checklist.library.current().steps.items())


@for_each(EXPOSURES)
def test_it_settles_each_exposure_by_a_step_of_its_plan(exposure: str) -> None:
    library = checklist.library.current()
    plan = make_plan(library, {exposure: Given(ExposureState.OPEN, Origin.READER)}, {}, TODAY)
    steps = {item.step.id for item in plan.open}
    settling = {step.id for step in library.settling([exposure])}
    assert settling
    assert settling <= steps


@for_each(EXPOSURES)
def test_it_begins_a_reason_with_the_reader(exposure: str) -> None:
    one = checklist.library.current().exposures[exposure]
    assert hans(one.because) <= 24
    assert not one.because.endswith("。")


def test_it_names_every_exposure_differently() -> None:
    exposures = checklist.library.current().exposures.values()
    for name in ("title", "meaning", "because"):
        words = [getattr(one, name) for one in exposures]
        assert len(words) == len(set(words)), name


def test_it_puts_the_steps_of_a_plan_for_everything_in_the_order_of_the_stages() -> None:
    library = checklist.library.current()
    plan = make_plan(library, {id: Given(ExposureState.OPEN, Origin.READER) for id in EXPOSURES}, {}, TODAY)
    order = [item.step for item in plan.open]
    asked = {step.id for step in order} | {item.step.id for item in plan.held}
    assert asked == library.steps.keys() - {"code-sender"}, "all but what this reader has told already"
    # What comes of something given in its stages; then what only everybody does; then looking back.
    assert [step.id for step in order[-4:]] == ["qq-leave", "lookup-bank-cards", "lookup-sim-cards", "look-again"]
    ranks = [step.policy.stage.rank for step in order[:-4]]
    assert ranks == sorted(ranks)


@for_each(EXPOSURES)
def test_it_has_a_step_that_settles_each_exposure_whatever_one_has(exposure: str) -> None:
    library = checklist.library.current()
    for has in (set(), {"android"}, {"iphone"}, {"iphone", "mailbox"}):
        plan = make_plan(library, {exposure: Given(ExposureState.OPEN, Origin.READER)}, {}, TODAY, has)
        steps = {item.step.id for item in plan.open}
        assert steps & {step.id for step in library.settling([exposure], has)}, has


def test_it_sets_no_password_for_the_card_while_something_critical_is_open() -> None:
    library = checklist.library.current()
    given = {id: Given(ExposureState.OPEN, Origin.READER) for id in ("code-carrier", "password-told")}
    plan = make_plan(library, given, {}, TODAY)
    assert [item.step.id for item in plan.held] == ["sim-pin"]
    calm = make_plan(library, {"code-carrier": given["code-carrier"]}, {}, TODAY)
    assert "sim-pin" in {item.step.id for item in calm.open}


@pytest.mark.parametrize(
    ("given", "asks", "calls"),
    [
        (["code-given"], True, True),
        (["code-given", "code-bank"], False, True),
        (["code-given", "code-wechat"], False, False),
        (["code-given", "code-carrier"], False, False),
    ],
)
def test_it_asks_whose_code_it_was_only_who_has_not_said_so(given: list[str], asks: bool, calls: bool) -> None:
    plan = make_plan(
        checklist.library.current(), dict.fromkeys(given, Given(ExposureState.OPEN, Origin.QUIZ)), {}, TODAY
    )
    steps = [item.step.id for item in plan.open]
    assert steps[0] == "stop-now"
    assert ("code-sender" in steps, "call-bank" in steps) == (asks, calls)
    assert {"wx-report", "evidence"} <= set(steps)


@for_each(["tapped-links", "nickname-avatar", "phone-number", "open-adding", "autopay"])
def test_it_gives_no_order_to_stop_for_something_mild(exposure: str) -> None:
    plan = make_plan(checklist.library.current(), {exposure: Given(ExposureState.OPEN, Origin.READER)}, {}, TODAY)
    assert plan.now is not None
    assert plan.now.step.id != "stop-now"
    assert not plan.pressing


def test_it_says_to_everybody_why() -> None:
    for step in checklist.library.current().steps.values():
        assert bool(step.because) == step.policy.always, step.id
        assert not step.because or (step.because.endswith("。") and hans(step.because) <= 30)
        assert not step.note or "不适合我" in step.note


@given(
    given=givens(EXPOSURES), ticked=ticks(checklist.library.current().steps), has=kits(checklist.library.current().kit)
)
@settings(max_examples=40)
def test_it_keeps_its_promises_to_generated_readers(
    given: dict[str, Given], ticked: dict[str, Tick], has: frozenset[str] | None
) -> None:
    library = checklist.library.current()
    plan = make_plan(library, given, ticked, TODAY, has)
    places = [item.step.id for item in [*plan.open, *plan.later, *plan.held, *plan.done, *plan.skipped]]
    assert len(places) == len(set(places))
    still_open = {id for id, one in given.items() if one.state is ExposureState.OPEN}
    for id in still_open:
        assert set(places) & {step.id for step in settling(library, id, still_open, has)}
    order = [item.step.id for item in plan.open]
    for number, id in enumerate(order):
        assert not set(library.steps[id].policy.after) & set(order[number:])
    assert len(plan.today) <= 3
    assert len(plan.today) + len(plan.week) <= 5
    assert plan == make_plan(library, dict(reversed(given.items())), ticked, TODAY, has)


def test_it_comes_after_no_step_in_a_circle() -> None:
    steps = checklist.library.current().steps
    placed: set[str] = set()
    while free := [id for id, step in steps.items() if id not in placed and set(step.policy.after) <= placed]:
        placed |= set(free)
    assert placed == steps.keys()


def test_it_draws_each_situation_differently() -> None:
    drawn = [case.drawing for case in checklist.library.current().urgent.cases.values()]
    assert len(drawn) == len(set(drawn))
