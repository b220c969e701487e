"""Each urgent action knows which steps of the plan it takes the place of."""

import tomllib

import checklist.library
from checklist.state import wire_ids
from checklist.state.cookies import TickState, read_ticks
from tests.tiny import FIXTURES

RELEASED = tomllib.loads((FIXTURES / "released" / "numbers.toml").read_text(encoding="utf-8"))["steps"]
TABLE = checklist.library.current().urgent.policy

#: Actions that no step of the plan did before.
NEW = {
    "touch-nothing", "get-adult", "cut-restart", "cut-pull", "cut-flight", "cut-data", "pay-cancel", "call-110",
    "go-out", "family-card-off", "carrier-loss", "call-lender", "call-wallet", "qq-freeze", "look-bills",
    "legal-12348", "delete-file", "recall", "credit-report",
}  # fmt: skip


def test_takes_the_place_of_released_steps_each_once() -> None:
    replaced = [step for action in TABLE.actions.values() for step in (*action.stands_for, *action.parts)]
    assert set(replaced) <= RELEASED.keys()
    assert len(replaced) == len(set(replaced))


def test_knows_which_actions_are_new() -> None:
    assert {id for id, action in TABLE.actions.items() if not action.stands_for} == NEW


def test_every_released_step_is_a_step_or_a_part_of_one() -> None:
    """The sender of a code is a question now."""
    library = checklist.library.current()
    assert RELEASED.keys() - library.steps.keys() - library.step_aliases.keys() == {"code-sender"}


def test_nothing_that_was_done_in_a_released_version_is_lost() -> None:
    """Each former step leaves its own day behind, as done or to be looked at again."""
    steps = wire_ids.current().steps
    for id, number in RELEASED.items():
        for name in (id, str(number)):
            ticks = read_ticks({f"s.{name}": "d1xx"}, steps)
            assert [tick.state for tick in ticks.values()] in ([TickState.DONE], [TickState.AGAIN]) or (
                id == "code-sender" and not ticks
            )
