"""Load everything about urgent actions, and list them for one reader in words."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from checklist.urgent import cases, given, policy, words
from checklist.urgent.facts import Facts, conditions
from checklist.urgent.table import Action, notes, urgent_actions
from checklist.urgent.words import Told
from core.content.loader import LANGUAGE, Loader


@dataclass(frozen=True)
class UrgentList:
    """The urgent actions of one reader, in order and in words; `notes` stand above them, as HTML."""

    actions: list[words.Told]
    notes: list[str]


@dataclass(frozen=True)
class Urgent:
    """The decision table, what feeds it, its words, and the cases by id in their order."""

    policy: policy.UrgentPolicy
    mapping: given.Mapping
    words: words.UrgentWords
    entry: cases.Entry
    cases: dict[str, cases.Case]

    def list_for(self, exposures: Collection[str], has: Collection[str] = ()) -> UrgentList:
        """Return the urgent actions for somebody with these exposures open, who has these things."""
        facts = given.facts_of(self.mapping, exposures, has)
        holds = conditions(facts)
        actions = urgent_actions(self.policy, facts)
        return UrgentList(
            actions=[words.tell(self.policy, self.words, action, holds) for action in actions],
            notes=[self.words.notes[id] for id in notes(self.policy, facts)],
        )

    def plain(self, action: str) -> Told:
        """Return an action in its plain words, for a page that knows no reader."""
        return words.tell_plain(self.policy, self.words, action)

    def runs(self, has: Collection[str] | None = None) -> "Runs":
        """Return the runs of the table for a reader who `has` these things."""
        return Runs(self, frozenset(has or ()))


class Runs:
    """Run the decision table for one reader's things, once for each set of exposures."""

    def __init__(self, urgent: Urgent, has: Collection[str]) -> None:
        self.urgent, self.has = urgent, has
        self._actions: dict[frozenset[str], list[Action]] = {}

    def actions_for(self, exposures: Collection[str]) -> list[Action]:
        """Return the urgent actions for these exposures, without words."""
        key = frozenset(exposures)
        if key not in self._actions:
            self._actions[key] = urgent_actions(self.urgent.policy, self._facts(key))
        return self._actions[key]

    def brings(self, exposures: Collection[str], action: str) -> bool:
        """Return whether these exposures bring an action."""
        return any(one.id == action for one in self.actions_for(exposures))

    def reasons_of(self, exposures: Collection[str]) -> set[str]:
        """Return the conditions that hold because of these exposures."""
        with_them = conditions(self._facts(exposures))
        return {name for name, holds in with_them.items() if holds and not self._without[name]}

    @cached_property
    def _without(self) -> dict[str, bool]:
        return conditions(self._facts(()))

    def _facts(self, exposures: Collection[str]) -> Facts:
        return given.facts_of(self.urgent.mapping, exposures, self.has)


def load(loader: Loader, table: policy.UrgentPolicy) -> Urgent:
    """Return the urgent part of the loader's tree, with this table. Raise ContentErrors with every fault found."""
    tree, policies, texts = loader.alone(), loader.path / "policy", loader.path / "content" / LANGUAGE
    mapping = given.load(tree.at(policies / "facts.toml"))
    tree = tree.knowing(case=tree.at(policies / "cases.toml").toml())
    spoken = words.load(tree.at(texts / "urgent.toml"), table)
    entry, situations = cases.load(tree.at(policies / "cases.toml"), tree.at(texts / "cases.toml"), mapping)
    tree.raise_if_any()
    return Urgent(table, mapping, spoken, entry, situations)
