"""Read the words of the urgent actions, and choose those that fit one reader.

The words stand in content/…/urgent.toml. An action has variants for readers to whom its plain words do not
apply: the first one whose conditions hold, and whose calls are those of the action, takes their place.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checklist.urgent.facts import CONDITIONS
from checklist.urgent.policy import Device, Institution, UrgentPolicy
from checklist.urgent.table import Action
from core.content.files import Faults, Id, Model, Text, build, read_toml
from core.content.loader import build_entries, check_known
from core.content.markup import Channel, Lexicon
from guide.sources import Source, cited

#: Where the reasons of a call stand in the words to say.
REASONS = "{reasons}"

#: Turns a line of words into HTML: the text, and the place where it stands.
Render = Callable[[str, str], str]


class Phrases(Model):
    """Words that a variant may replace.

    `more` is said after `say` where the action has reasons that these words do not cover; `covers` names those
    that they do. `channels` are numbers to dial beside those of the calls.
    """

    title: str = ""
    detail: str = ""
    fallback: str = ""
    say: tuple[Text, ...] = ()
    more: str = ""
    covers: tuple[Id, ...] = ()
    channels: tuple[Id, ...] = ()


class VariantWords(Phrases):
    when: tuple[Id, ...] = ()
    calls: tuple[Institution, ...] = ()


class ActionWords(Phrases):
    id: Id
    title: Text
    detail: Text
    fallback: Text
    variants: tuple[VariantWords, ...] = ()
    sources: tuple[Id, ...] = ()


class WordsFile(Model):
    """The tables of urgent.toml before their entries are built."""

    actions: dict[str, Any]
    reasons: dict[str, Text]
    notes: dict[str, Text]


@dataclass(frozen=True)
class Variant:
    """Words with when they fit; `detail` and `fallback` are HTML."""

    when: tuple[str, ...]
    calls: tuple[str, ...]
    title: str
    detail: str
    fallback: str
    say: tuple[str, ...]
    more: str
    covers: tuple[str, ...]
    channels: tuple[str, ...]


@dataclass(frozen=True)
class Told:
    """An action in the words for one reader; `detail` and `fallback` are HTML, `channels` the numbers to dial."""

    id: str
    title: str
    detail: str
    fallback: str
    say: tuple[str, ...]
    channels: tuple[Channel, ...]
    device: Device
    cuts: bool
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class UrgentWords:
    """The variants of each action, the plain words last; the phrases of the reasons; the notes as HTML.

    `channels` are those of the guide, `sources` those of each action.
    """

    actions: dict[str, tuple[Variant, ...]]
    reasons: dict[str, str]
    notes: dict[str, str]
    channels: Mapping[str, Channel]
    sources: dict[str, tuple[Source, ...]]


def tell(policy: UrgentPolicy, words: UrgentWords, action: Action, holds: Mapping[str, bool]) -> Told:
    """Return an action in the words that fit these conditions."""
    chosen = next(variant for variant in words.actions[action.id] if _fits(variant, action, holds))
    rest = [words.reasons[reason] for reason in action.reasons if reason not in chosen.covers]
    say = tuple(line.replace(REASONS, "；".join(rest)) for line in chosen.say)
    if chosen.more and rest:
        say = (*say, chosen.more.replace(REASONS, "；".join(rest)))
    own = policy.actions[action.id]
    called = [id for institution in action.calls for id in policy.channels[institution]]
    return Told(
        id=action.id,
        title=chosen.title,
        detail=chosen.detail,
        fallback=chosen.fallback,
        say=say,
        channels=tuple(words.channels[id] for id in dict.fromkeys([*called, *own.channels, *chosen.channels])),
        device=action.device,
        cuts=own.cuts,
        sources=words.sources[action.id],
    )


def _fits(variant: Variant, action: Action, holds: Mapping[str, bool]) -> bool:
    same_calls = not variant.calls or set(variant.calls) == set(action.calls)
    return same_calls and all(holds[name] for name in variant.when)


def load(path: Path, policy: UrgentPolicy, lexicon: Lexicon, render: Render, faults: Faults) -> UrgentWords:
    """Return the words at `path`; faults are collected."""
    file = build(WordsFile, read_toml(path), path)
    actions = build_entries(file.actions, ActionWords, path, faults, "actions")
    check_pairs(file.actions, policy.actions, path, "actions", "action", faults)
    check_pairs(file.notes, policy.notes, path, "notes", "note", faults)
    used = {name for row in policy.rows for name in (*row.any, *row.all)}
    check_pairs(file.reasons, used, path, "reasons", "condition of a row", faults)
    for id, action in actions.items():
        for variant in action.variants:
            check_known(
                [*variant.when, *variant.covers], CONDITIONS, path, f"actions.{id}.variants", "condition", faults
            )
    return UrgentWords(
        actions={id: tuple(_variants(action, render)) for id, action in actions.items()},
        reasons=file.reasons,
        notes={id: render(note, f"notes.{id}") for id, note in file.notes.items()},
        channels=lexicon.channels,
        sources={
            id: cited(action.sources, lexicon.sources, path, f"actions.{id}.sources", faults)
            for id, action in actions.items()
        },
    )


def check_pairs(
    told: Collection[str], known: Collection[str], path: Path, where: str, kind: str, faults: Faults
) -> None:
    """Words without a thing to name, and things without words, are faults."""
    check_known(told, known, path, where, kind, faults)
    for id in known:
        if id not in told:
            faults.add(path, where, f"no words for the {kind} {id!r}", f"{where}.{id}")


def _variants(action: ActionWords, render: Render) -> Iterator[Variant]:
    """Yield the variants with what they leave out filled in, then the plain words."""
    for variant in (*action.variants, VariantWords()):
        where = f"actions.{action.id}"
        yield Variant(
            when=variant.when,
            calls=variant.calls,
            title=variant.title or action.title,
            detail=render(variant.detail or action.detail, f"{where}.detail"),
            fallback=render(variant.fallback or action.fallback, f"{where}.fallback"),
            say=variant.say or action.say,
            more=variant.more or ("" if variant.say else action.more),
            covers=variant.covers or action.covers,
            channels=variant.channels or action.channels,
        )
