"""Each urgent action knows which steps of the plan it takes the place of."""

import checklist.library

TABLE = checklist.library.current().urgent.policy

#: Actions that no step of the plan did before.
NEW = {
    "touch-nothing", "get-adult", "cut-restart", "cut-pull", "cut-flight", "cut-data", "pay-cancel", "call-110",
    "go-out", "family-card-off", "carrier-loss", "call-lender", "call-wallet", "qq-freeze", "look-bills",
    "legal-12348", "delete-file", "recall", "credit-report",
}  # fmt: skip


def test_it_takes_the_place_of_steps_that_exist_each_once() -> None:
    replaced = [step for action in TABLE.actions.values() for step in action.stands_for]
    assert set(replaced) <= checklist.library.current().steps.keys()
    assert len(replaced) == len(set(replaced))


def test_it_knows_which_actions_are_new() -> None:
    assert {id for id, action in TABLE.actions.items() if not action.stands_for} == NEW


def test_every_urgent_step_of_today_has_an_action_or_belongs_to_the_rest_of_the_plan() -> None:
    """The sender of a code is a question now, and stop-paying stays for tasks where nobody presses."""
    replaced = {step for action in TABLE.actions.values() for step in action.stands_for}
    urgent = {
        id for id, step in checklist.library.current().steps.items() if step.policy.stage in ("stop", "money", "phone")
    }
    assert urgent - replaced == {"stop-paying", "code-sender"}
