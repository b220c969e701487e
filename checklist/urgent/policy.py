"""Read the decision table of urgent actions, and reject an incomplete one."""

from collections.abc import Collection, Iterable
from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field

from checklist.urgent.facts import CONDITIONS
from core.content.files import Id, Model, Text, listed
from core.content.loader import Loader


class Institution(StrEnum):
    """Whom an action calls. Each institution is called once."""

    POLICE = "police"
    BANK = "bank"
    LENDER = "lender"
    WECHAT_PAY = "wechat-pay"
    ALIPAY = "alipay"
    CARRIER = "carrier"


class ActionPolicy(Model):
    """An action, as the policy file states it.

    `channels` are numbers of the guide to dial beside those of the institutions that it calls.
    Each action is a step of the plan. `stands_for` are the ids of the former steps that it replaces, `parts`
    those of former steps that were only a part of it. `procedures` say in detail how it is done, in the opposite
    order where one of the conditions in `backwards_if` holds. `only_if` names the conditions of which one must hold
    for a procedure to be shown.
    `minutes` is a fair guess. It is for a later day unless one of the conditions in `later_unless` holds.
    `after` names the actions that must be done first where both are in a list: it waits for one that is put off.
    `spared_by` is an action that makes it unnecessary once that one is done, if both are in a list.
    `cuts` marks an action after which this phone can't send a form; `leaves_page` one that takes the page away.
    """

    id: Id
    channels: tuple[Id, ...] = ()
    stands_for: tuple[Id, ...] = ()
    parts: tuple[Id, ...] = ()
    procedures: tuple[Id, ...] = ()
    backwards_if: tuple[Id, ...] = ()
    only_if: dict[Id, tuple[Id, ...]] = {}
    minutes: Annotated[int, Field(ge=1, le=120)] = 5
    later_unless: tuple[Id, ...] = ()
    after: tuple[Id, ...] = ()
    spared_by: Id = ""
    cuts: bool = False
    leaves_page: bool = False


class Rule(Model):
    """When something applies: one of `any`, each of `all` and none of `none` holds. An empty list is ignored."""

    any: tuple[Id, ...] = ()
    all: tuple[Id, ...] = ()
    none: tuple[Id, ...] = ()


class Row(Rule):
    """A row of the table. `calls` are the institutions that its action calls, `why` explains it to editors."""

    number: Text
    do: Annotated[tuple[Id, ...], Field(min_length=1)]
    calls: tuple[Institution, ...] = ()
    why: str = ""


class NoteTime(StrEnum):
    """Whether a note is shown before the urgent actions are done, after that, or always."""

    BEFORE = "before"
    AFTER = "after"
    ALWAYS = "always"


class Note(Rule):
    """A sentence beside the list that is no action."""

    id: Id
    shown: NoteTime = NoteTime.BEFORE


class UrgentFile(Model):
    """The tables of urgent.toml before their entries are built."""

    channels: dict[Institution, tuple[Id, ...]]
    actions: dict[str, Any]
    rows: tuple[dict[str, Any], ...]
    notes: dict[str, Any] = {}


class UrgentPolicy(Model):
    """The decision table with its actions and notes by id, and the numbers of each institution."""

    channels: dict[Institution, tuple[Id, ...]]
    actions: dict[str, ActionPolicy]
    rows: tuple[Row, ...]
    notes: dict[str, Note]

    def may_call(self, action: str) -> list[Institution]:
        """Return the institutions that an action calls in any row, for whichever reader, in the order of the rows."""
        return [institution for row in self.rows if action in row.do for institution in row.calls]


def load(loader: Loader) -> UrgentPolicy:
    """Return the decision table of the loader's file. Raise ContentErrors with every fault found."""
    file = loader.read(UrgentFile)
    actions = loader.below("actions").entries(ActionPolicy, file.actions)
    notes = loader.below("notes").entries(Note, file.notes)
    for institution in Institution:
        if institution not in file.channels:
            loader.fault("channels", f"nothing says how to reach the {institution}", f"{institution} = []")
    for institution, channels in file.channels.items():
        loader.check_known(channels, loader.lexicon.channels, f"channels.{institution}", "channel")
    for id, action in actions.items():
        own = loader.below(f"actions.{id}")
        own.check_known(action.channels, loader.lexicon.channels, "channels", "channel")
        own.check_known(action.after, actions, "after", "action")
        own.check_known([action.spared_by] if action.spared_by else [], actions, "spared_by", "action")
        own.check_known(action.later_unless, CONDITIONS, "later_unless", "condition")
        own.check_known(action.backwards_if, CONDITIONS, "backwards_if", "condition")
        own.check_known(action.only_if, action.procedures, "only_if", "procedure")
        own.check_known(
            {name for names in action.only_if.values() for name in names}, CONDITIONS, "only_if", "condition"
        )
    for id, note in notes.items():
        _check_rule(note, loader.below(f"notes.{id}"))
    rows = _rows(file.rows, actions, loader)
    _check_whole(rows, actions, loader)
    loader.raise_if_any()
    return UrgentPolicy(channels=file.channels, actions=actions, rows=rows, notes=notes)


def _rows(tables: Iterable[dict[str, Any]], actions: Collection[str], loader: Loader) -> tuple[Row, ...]:
    rows = []
    for place, table in enumerate(tables, 1):
        own = loader.below(f"row {table.get('number', f'in place {place}')}")
        with own.collect():
            row = own.build(Row, table)
            rows.append(row)
            _check_rule(row, own)
            own.check_known(row.do, actions, "do", "action")
            if row.calls and len(row.do) > 1:
                own.fault("do", f"{len(row.do)} actions make one call", "one action beside calls")
    return tuple(rows)


def _check_rule(rule: Rule, loader: Loader) -> None:
    for key in ("any", "all", "none"):
        loader.check_known(getattr(rule, key), CONDITIONS, key, "condition")
    if not (rule.any or rule.all):
        loader.fault("", "applies to everybody", "conditions under any or all")


def _check_whole(rows: Iterable[Row], actions: Iterable[str], loader: Loader) -> None:
    """Check that each row has its own number, and that each action has a row."""
    numbers = [row.number for row in rows]
    for number in sorted({number for number in numbers if numbers.count(number) > 1}):
        loader.fault(f"row {number}", "the number stands twice", "a number of its own for each row")
    done = {action for row in rows for action in row.do}
    for action in actions:
        if action not in done:
            loader.fault(f"actions.{action}", "stands in no row", listed(done))
