"""Run the decision table of urgent actions.

The rows of checklist/policy/urgent.toml are run from top to bottom, once. A row that applies appends its
actions. An action that is already in the list keeps its place and adds the reasons of the row. An institution
is called once: later reasons are added to the first call.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from checklist.urgent.facts import Facts, conditions
from checklist.urgent.policy import Institution, Note, Rule, UrgentPolicy


@dataclass(frozen=True)
class Action:
    """One urgent action of one reader.

    `reasons` are the conditions because of which it stands here, the gravest first, `calls` the
    institutions that it rings, and `reasons_for` the reasons to give each of them. `later` marks one that is
    for another day, `backwards` one whose procedures are done in the opposite order.
    """

    id: str
    reasons: tuple[str, ...]
    calls: tuple[Institution, ...]
    later: bool = False
    backwards: bool = False
    left_out: tuple[str, ...] = ()
    reasons_for: Mapping[Institution, tuple[str, ...]] = field(default_factory=dict)


@dataclass
class _Entry:
    reasons: list[str] = field(default_factory=list)
    calls: dict[Institution, list[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Run:
    """A run of the table: which conditions hold, the urgent actions in order, and the sentences beside them."""

    holds: Mapping[str, bool]
    actions: tuple[Action, ...]
    notes: tuple[Note, ...]


def run_table(policy: UrgentPolicy, facts: Facts) -> Run:
    """Run the table for these facts."""
    holds = conditions(facts)
    entries: dict[str, _Entry] = {}
    called_by: dict[Institution, str] = {}
    for row in policy.rows:
        if not applies(row, holds):
            continue
        reasons = [name for name in (*row.any, *row.all) if holds[name]]
        for action in row.do:
            for institution in row.calls or [None]:
                caller = called_by.setdefault(institution, action) if institution else action
                _append(entries.setdefault(caller, _Entry()), reasons, institution)
    actions = tuple(_action(policy, id, entries, holds) for id in entries)
    return Run(holds, actions, tuple(note for note in policy.notes.values() if applies(note, holds)))


def applies(rule: Rule, holds: Mapping[str, bool]) -> bool:
    """Return whether a rule applies where these conditions hold."""
    return (
        (not rule.any or any(holds[name] for name in rule.any))
        and all(holds[name] for name in rule.all)
        and not any(holds[name] for name in rule.none)
    )


def _append(entry: _Entry, reasons: list[str], institution: Institution | None) -> None:
    entry.reasons += [reason for reason in reasons if reason not in entry.reasons]
    if institution:
        own = entry.calls.setdefault(institution, [])
        own += [reason for reason in reasons if reason not in own]


def _action(policy: UrgentPolicy, id: str, entries: Mapping[str, _Entry], holds: Mapping[str, bool]) -> Action:
    own = policy.actions[id]
    return Action(
        id=id,
        reasons=tuple(entries[id].reasons),
        calls=tuple(entries[id].calls),
        later=bool(own.later_unless) and not any(holds[name] for name in own.later_unless),
        backwards=any(holds[name] for name in own.backwards_if),
        left_out=tuple(it for it, names in own.only_if.items() if not any(holds[name] for name in names)),
        reasons_for={institution: tuple(reasons) for institution, reasons in entries[id].calls.items()},
    )
