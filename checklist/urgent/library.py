"""Everything that the urgent part knows, read together, and one reader's list in words."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from checklist.urgent import cases, given, policy, words
from checklist.urgent.facts import conditions
from checklist.urgent.table import notes, urgent_actions
from core.content.files import Faults, read_toml
from core.content.loader import LANGUAGE, check_known, line_html
from core.content.markup import Lexicon


@dataclass(frozen=True)
class UrgentList:
    """What one reader does first, in words; `notes` stand above it, as HTML."""

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


def load(root: Path, lexicon: Lexicon, known: Mapping[str, Collection[str]]) -> Urgent:
    """Return the urgent part under `root`; `known` are the ids by kind that its words may link to beside cases.

    Raise ContentErrors with every fault found.
    """
    table = policy.load(root / "policy" / "urgent.toml")
    mapping = given.load(root / "policy" / "facts.toml")
    faults = Faults()
    known = {**known, "case": read_toml(root / "policy" / "cases.toml")}
    told = root / "content" / LANGUAGE / "urgent.toml"
    texts = root / "content" / LANGUAGE / "cases.toml"
    html = {
        path: lambda text, where, path=path: line_html(text, lexicon, known, path, where, faults)
        for path in (told, texts)
    }
    path = root / "policy" / "urgent.toml"
    for institution, channels in table.channels.items():
        check_known(channels, lexicon.channels, path, f"channels.{institution}", "channel", faults)
    for id, action in table.actions.items():
        check_known(action.channels, lexicon.channels, path, f"actions.{id}.channels", "channel", faults)
    spoken = words.load(told, table, lexicon, html[told], faults)
    entry, situations = cases.load(root / "policy" / "cases.toml", texts, mapping, lexicon, html[texts], faults)
    faults.raise_if_any()
    return Urgent(table, mapping, spoken, entry, situations)
