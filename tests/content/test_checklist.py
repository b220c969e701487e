"""The real checklist: every exposure is settled by steps of its plan, and every step is earned by an answer."""

import datetime as dt
from collections.abc import Collection, Iterable

from hypothesis import given, settings

import checklist.library
import guide.library
from checklist.exposures import ExposureState
from checklist.plan.builder import make_plan, settling
from checklist.plan.plan import Item, Plan
from checklist.state.cookies import GivenExposure, Origin, Tick
from core.search.documents import plain
from tests.collecting import for_each
from tests.content.words import hans
from tests.fixtures.readers import givens, kits, ticks

EXPOSURES = list(checklist.library.current().exposures)
TODAY = dt.date(2026, 11, 22)


#: Short names of what a reader may have, as the kit names it.
HAS: list[set[str] | None] = [
    None,
    set(),
    {"android"},
    {"iphone"},
    {"harmony"},
    {"iphone", "another-phone"},
    {"android", "no-other-phone"},
]


def plan_of(exposures: Iterable[str], has: Collection[str] | None = None) -> Plan:
    given = {id: GivenExposure(ExposureState.OPEN, Origin.READER) for id in exposures}
    return make_plan(checklist.library.current(), given, {}, TODAY, has)


def ids(items: Iterable[Item]) -> list[str]:
    return [item.step.id for item in items]


def test_tells_every_procedure_in_a_step_or_on_a_page() -> None:
    in_steps = {id for step in checklist.library.current().steps.values() for id in step.policy.procedures}
    on_pages = {id for page in guide.library.current().pages.values() for id in page.procedures}
    assert guide.library.current().procedures.keys() == in_steps | on_pages


@for_each(EXPOSURES)
def test_settles_each_exposure_by_steps_of_its_plan(exposure: str) -> None:
    library = checklist.library.current()
    for has in HAS:
        above = library.exposures[exposure].under
        given = {exposure, above} if above else {exposure}
        steps = set(ids(plan_of(given, has).everything))
        settling_it = {step.id for step in settling(library, exposure, given, library.urgent.runs(has))}
        assert settling_it, has
        assert settling_it <= steps, has


@for_each(EXPOSURES)
def test_begins_a_reason_with_the_reader(exposure: str) -> None:
    one = checklist.library.current().exposures[exposure]
    assert hans(one.because) <= 24
    assert not one.because.endswith("。")


def test_names_every_exposure_differently() -> None:
    exposures = checklist.library.current().exposures.values()
    for name in ("title", "meaning", "because"):
        words = [getattr(one, name) for one in exposures]
        assert len(words) == len(set(words)), name


def test_puts_the_steps_of_a_plan_for_everything_in_the_order_of_the_stages() -> None:
    for has in HAS:
        order = [item.step.policy.stage.rank for item in plan_of(EXPOSURES, has).open]
        assert order == sorted(order)


@for_each(["tapped-links", "nickname-avatar", "phone-number", "open-adding", "autopay", "owns-group"])
def test_has_nothing_urgent_for_something_mild(exposure: str) -> None:
    plan = plan_of([exposure])
    assert plan.now is not None
    assert not plan.now.step.is_urgent
    assert not any(checklist.library.current().exposures[id].critical for id in plan.unsettled)


def test_says_first_what_must_be_true_where_a_step_waits_for_others() -> None:
    for step in checklist.library.current().steps.values():
        assert not step.policy.after or "/checklist/steps/" in step.first, step.id
        assert not step.first or (step.first.endswith("。") and hans(plain(step.first)) <= 40), step.id
        assert not step.note or "不适合我" in step.note


@given(
    given=givens(EXPOSURES), ticked=ticks(checklist.library.current().steps), has=kits(checklist.library.current().kit)
)
@settings(max_examples=40)
def test_keeps_its_promises_to_generated_readers(
    given: dict[str, GivenExposure], ticked: dict[str, Tick], has: frozenset[str] | None
) -> None:
    library = checklist.library.current()
    given = {
        id: one for id, one in given.items() if not (above := library.exposures[id].under) or given.get(above) == one
    }
    plan = make_plan(library, given, ticked, TODAY, has)
    places = ids([*plan.everything, *plan.skipped])
    assert len(places) == len(set(places))
    still_open = {id for id, one in given.items() if one.state is ExposureState.OPEN}
    for id in still_open:
        assert {step.id for step in settling(library, id, still_open, library.urgent.runs(has))} <= set(places), id
    order = ids(item for item in plan.open if not item.step.is_urgent)
    for number, id in enumerate(order):
        assert not set(library.steps[id].policy.after) & set(order[number:])
    assert plan == make_plan(library, dict(reversed(given.items())), ticked, TODAY, has)


def test_comes_after_no_step_in_a_circle() -> None:
    steps = checklist.library.current().steps
    placed: set[str] = set()
    while free := [id for id, step in steps.items() if id not in placed and set(step.policy.after) <= placed]:
        placed |= set(free)
    assert placed == steps.keys()


def test_draws_each_situation_differently() -> None:
    drawn = [case.drawing for case in checklist.library.current().urgent.cases.values()]
    assert len(drawn) == len(set(drawn))
