"""Write docs/plans.md: told readers, the plan expected for each, and the plan that the site gives.

python -m tools.plans            write the page
python -m tools.plans --check    exit code 1 where it is not that of the present steps
"""

import datetime as dt
import sys
import tomllib
from pathlib import Path
from typing import Any

import checklist.library
from checklist.exposures import ExposureState
from checklist.plan.builder import Item, Plan, make_plan
from checklist.state.cookies import Given, Origin

ROOT = Path(__file__).parent.parent
STORIES = ROOT / "tests" / "content" / "stories_plans.toml"
PAGE = ROOT / "docs" / "plans.md"
HEAD = """# Told readers and their plans

Twelve readers, each with the plan that somebody who counsels people after fraud would write: told in
`tests/content/stories_plans.toml` before the plan's code. Beside it stands what the site gives. What must stand in
a plan, must not stand in it, and must come before what, holds for all of them (`tests/content/test_plans_told.py`).
Where the first five steps differ, the last column says why.

Made by `python -m tools.plans`; nobody edits it by hand.

| Reader | Expected this week | Given | Why they differ |
|---|---|---|---|
"""


def main(argv: list[str]) -> int:
    made = page()
    if argv == ["--check"]:
        if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == made:
            return 0
        print(f"{PAGE.relative_to(ROOT)} is not that of the present steps: run python -m tools.plans")
        return 1
    PAGE.write_text(made, encoding="utf-8")
    return 0


def page() -> str:
    rows = []
    for id, reader in stories().items():
        plan = plan_of(reader)
        expected, given = ", ".join(reader["week"]), ", ".join(ids([*plan.today, *plan.week]))
        why = "" if expected == given else reader.get("settled", "")
        rows.append(
            f"| {id}: {reader['story']} | {expected} | {'the same' if expected == given else given} | {why} |\n"
        )
    return HEAD + "".join(rows)


def stories() -> dict[str, dict[str, Any]]:
    """The told readers by id."""
    readers: dict[str, dict[str, Any]] = tomllib.loads(STORIES.read_text(encoding="utf-8"))["readers"]
    return readers


def plan_of(reader: dict[str, Any]) -> Plan:
    """The plan that the site gives a told reader on the first day."""
    given = {id: Given(ExposureState(state), Origin.READER) for id, state in reader["exposures"].items()}
    return make_plan(checklist.library.current(), given, {}, dt.date(2026, 11, 22), reader["has"])


def ids(items: list[Item]) -> list[str]:
    return [item.step.id for item in items]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
