"""The steps that a page has shown, which its forms send back, and what changed in the plan since."""

from checklist.library import ChecklistLibrary
from checklist.plan.plan import Plan
from checklist.state.wire_ids import WireTable


def write_shown(plan: Plan, steps: WireTable) -> str:
    """Return the steps of a plan as their numbers, which are short: each form has them."""
    return ".".join(str(steps.numbers[id]) for id in plan.titles)


def differences(
    library: ChecklistLibrary, plan: Plan, shown: str, steps: WireTable, ticked: str
) -> dict[str, list[str]]:
    """Return the titles of the steps that the plan has and the page did not show (`come`), and the reverse (`gone`).

    Such a page is older than the plan, or of an older release. Empty where nothing differs but the step `ticked`.
    """
    before = {id: library.steps[id].title for id in map(steps.id_of.get, shown.split(".")) if id and id != ticked}
    now = {id: title for id, title in plan.titles.items() if id != ticked}
    if not shown or before.keys() == now.keys():
        return {}
    return {
        "come": [title for id, title in now.items() if id not in before],
        "gone": [title for id, title in before.items() if id not in now],
    }
