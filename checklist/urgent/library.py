"""Load everything about urgent actions, and list them for one reader in words."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from checklist.urgent import cases, policy, words
from checklist.urgent.implied import ImpliedFacts, facts_of
from checklist.urgent.implied import load as load_implied
from checklist.urgent.policy import NoteTime
from checklist.urgent.table import Action, Run, run_table
from checklist.urgent.words import Told
from core.content.loader import LANGUAGE, Loader

#: How many exposures at most a run has that is kept for other readers.
FEW = 2


@dataclass(frozen=True)
class UrgentList:
    """The urgent actions of one reader, in order and in words.

    `notes` stand above them, and `lasting_notes` in a plan after they are done, as HTML.
    """

    actions: list[words.Told]
    notes: list[str]
    lasting_notes: list[str]


@dataclass(frozen=True, eq=False)
class Urgent:
    """The decision table, what feeds it, its words, and the cases by id in their order."""

    policy: policy.UrgentPolicy
    implied: ImpliedFacts
    words: words.UrgentWords
    entry: cases.StartPage
    cases: dict[str, cases.Case]

    def list_for(self, exposures: Collection[str], has: Collection[str] = ()) -> UrgentList:
        """Return the urgent actions for somebody with these exposures open, who has these things."""
        return self.runs(has).list_for(exposures)

    def plain(self, action: str) -> Told:
        """Return an action in its plain words, for a page that knows no reader."""
        return words.tell_plain(self.policy, self.words, action)

    def runs(self, has: Collection[str] | None = None) -> "Runs":
        """Return the runs of the table for a reader who `has` these things."""
        return Runs(self, frozenset(has or ()))


class Runs:
    """Run the decision table for one reader's things, once for each set of exposures."""

    def __init__(self, urgent: Urgent, has: frozenset[str]) -> None:
        self.urgent, self.has = urgent, has
        self._runs: dict[frozenset[str], Run] = {}

    def actions_for(self, exposures: Collection[str]) -> tuple[Action, ...]:
        """Return the urgent actions for these exposures, without words."""
        return self._run(exposures).actions

    def list_for(self, exposures: Collection[str]) -> UrgentList:
        """Return the urgent actions for these exposures in words, and the sentences beside them."""
        run, policy, texts = self._run(exposures), self.urgent.policy, self.urgent.words
        return UrgentList(
            actions=[words.tell(policy, texts, action, run.holds) for action in run.actions],
            notes=[texts.notes[note.id] for note in run.notes if note.shown is not NoteTime.AFTER],
            lasting_notes=[texts.notes[note.id] for note in run.notes if note.shown is not NoteTime.BEFORE],
        )

    def brings(self, exposures: Collection[str], action: str) -> bool:
        """Return whether these exposures bring an action."""
        return any(one.id == action for one in self.actions_for(exposures))

    def reasons_of(self, exposures: Collection[str]) -> frozenset[str]:
        """Return the conditions that hold because of these exposures."""
        usual = self._run(()).holds
        return frozenset(name for name, holds in self._run(exposures).holds.items() if holds and not usual[name])

    def _run(self, exposures: Collection[str]) -> Run:
        key = frozenset(exposures)
        if key not in self._runs:
            make = _run_of_few if len(key) <= FEW else _run
            self._runs[key] = make(self.urgent, key, self.has)
        return self._runs[key]


def _run(urgent: Urgent, exposures: frozenset[str], has: frozenset[str]) -> Run:
    return run_table(urgent.policy, facts_of(urgent.implied, exposures, has))


#: A plan runs the table for each of its exposures alone: these runs are the same for all readers of such a phone.
#: The runs of larger sets are not kept, because such a set is that of one reader.
_run_of_few = lru_cache(maxsize=500)(_run)


def load(loader: Loader, table: policy.UrgentPolicy) -> Urgent:
    """Return the urgent part of the loader's tree, with this table. Raise ContentErrors with every fault found."""
    tree, policies, texts = loader.alone(), loader.path / "policy", loader.path / "content" / LANGUAGE
    implied = load_implied(tree.at(policies / "facts.toml"))
    tree = tree.knowing(case=tree.at(policies / "cases.toml").toml())
    spoken = words.load(tree.at(texts / "urgent.toml"), table)
    entry, situations = cases.load(tree.at(policies / "cases.toml"), tree.at(texts / "cases.toml"), implied)
    tree.raise_if_any()
    return Urgent(table, implied, spoken, entry, situations)
