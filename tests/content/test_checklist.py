"""The real checklist: every exposure leads to a step that settles it, every case is five steps."""

import datetime as dt

import pytest

import checklist.library
import guide.library
from checklist.exposures import State
from checklist.plan import make_plan
from checklist.progress import Given, Origin
from tests.content.words import hans

EXPOSURES = list(checklist.library.current().exposures)
TODAY = dt.date(2026, 11, 22)


def test_it_has_fifteen_steps_or_more() -> None:
    assert len(checklist.library.current().steps) >= 15


def test_it_tells_every_procedure_in_a_step_or_on_a_page() -> None:
    in_steps = {step.policy.procedure for step in checklist.library.current().steps.values()}
    on_pages = {id for page in guide.library.current().pages.values() for id in page.procedures}
    assert guide.library.current().procedures.keys() == in_steps | on_pages


def test_it_gives_a_step_the_id_of_its_procedure() -> None:
    assert all(step.policy.procedure == id for id, step in checklist.library.current().steps.items())


@pytest.mark.parametrize("exposure", EXPOSURES)
def test_it_settles_each_exposure_by_a_step_of_its_plan(exposure: str) -> None:
    library = checklist.library.current()
    plan = make_plan(library, {exposure: Given(State.OPEN, Origin.READER)}, {}, TODAY)
    steps = {item.step.id for item in plan.open}
    settling = {step.id for step in library.settling(exposure)}
    assert settling
    assert settling <= steps


@pytest.mark.parametrize("exposure", EXPOSURES)
def test_it_begins_a_reason_with_the_reader(exposure: str) -> None:
    one = checklist.library.current().exposures[exposure]
    assert hans(one.because) <= 24
    assert not one.because.endswith("。")


def test_it_names_every_exposure_differently() -> None:
    exposures = checklist.library.current().exposures.values()
    for name in ("title", "meaning", "because"):
        words = [getattr(one, name) for one in exposures]
        assert len(words) == len(set(words)), name


def test_it_has_five_cases_of_five_steps() -> None:
    cases = checklist.library.current().cases
    assert list(cases) == ["remote-control", "money-gone", "code-given", "unknown-app", "papers-shown"]
    assert all(len(case.steps_html) == 5 for case in cases.values())


def test_it_puts_the_steps_of_a_plan_for_everything_in_the_order_of_their_files() -> None:
    library = checklist.library.current()
    plan = make_plan(library, {id: Given(State.OPEN, Origin.READER) for id in EXPOSURES}, {}, TODAY)
    ranks = [item.step.policy.stage.rank for item in plan.open]
    assert ranks == sorted(ranks)
    assert len(plan.open) == len(library.steps)


def test_it_comes_after_no_step_in_a_circle() -> None:
    steps = checklist.library.current().steps
    placed: set[str] = set()
    while free := [id for id, step in steps.items() if id not in placed and set(step.policy.after) <= placed]:
        placed |= set(free)
    assert placed == steps.keys()
