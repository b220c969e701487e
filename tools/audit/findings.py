"""What an audit found, and the one table that tells it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

#: Where package.json and node_modules lie.
HERE = Path(__file__).resolve().parent
MODULES = HERE / "node_modules"


@dataclass(frozen=True)
class Finding:
    """One fault: on which page, against which rule, at which element or figure."""

    page: str
    rule: str
    element: str

    def __str__(self) -> str:
        return f"{self.page}\n    {self.rule}\n    {self.element}"


@dataclass(frozen=True)
class Check:
    """One row of the table. It fails if there are findings."""

    name: str
    over: str
    figure: str
    limit: str
    findings: Sequence[Finding] = field(default=(), compare=False)


def table(checks: Sequence[Check]) -> str:
    """The checks as a table in Markdown."""
    rows = [(check.name, check.over, check.figure, check.limit) for check in checks]
    lines = ["| check | over | measured | limit |", "|---|---|---|---|"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


def faults(checks: Sequence[Check], most: int = 40) -> str:
    """What is wrong, check by check; of each the first `most`."""
    parts = []
    for check in checks:
        if check.findings:
            more = len(check.findings) - most
            parts += [f"{check.name}:", *(f"  {finding}" for finding in check.findings[:most])]
            parts += [f"  and {more} more"] if more > 0 else []
    return "\n".join(parts)
