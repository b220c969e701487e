"""Read the words of the urgent actions, and choose those that fit one reader.

The words stand in content/…/urgent.toml. An action has variants for readers to whom its plain words do not
apply: the first one whose conditions hold, and whose calls are those of the action, takes their place.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from checklist.urgent.facts import CONDITIONS
from checklist.urgent.policy import Device, Institution, UrgentPolicy
from checklist.urgent.table import Action
from core.content.files import Id, Model, Text
from core.content.loader import Loader
from core.content.symbols import EmergencySymbol
from guide.sources import Channel, Source

#: Where the reasons of a call stand in the words to say.
REASONS = "{reasons}"
#: What stands in their place where nobody's reasons are known.
BLANK = "（　）"
#: What is asked of whoever puts an action off that has no question of its own.
DOUBT = "这一样，现在做得了吗？"
#: How many reasons a call lists before it says 等: the gravest come first.
MOST_REASONS = 4


class Phrases(Model):
    """Words that a variant may replace.

    `before` is a sentence that stands above the action, never folded. `doubt` is asked of whoever puts the action
    off: yes means that it is to be done now. `more` is said after `say` where the action has reasons that these
    words do not cover; `covers` names those that they do. `channels` are numbers to dial beside those of the
    calls, `drawing` shows what the hand does.
    """

    title: str = ""
    before: str = ""
    doubt: str = ""
    detail: str = ""
    fallback: str = ""
    say: tuple[Text, ...] = ()
    more: str = ""
    covers: tuple[Id, ...] = ()
    channels: tuple[Id, ...] = ()
    drawing: EmergencySymbol | None = None


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
    before: str
    doubt: str
    detail: str
    fallback: str
    say: tuple[str, ...]
    more: str
    covers: tuple[str, ...]
    channels: tuple[str, ...]
    drawing: str | None


@dataclass(frozen=True)
class Told:
    """An action in the words for one reader; `detail` and `fallback` are HTML, `channels` the numbers to dial.

    `reasons`, `waiting` and `later` are those of the action.
    """

    id: str
    title: str
    before: str
    doubt: str
    detail: str
    fallback: str
    say: tuple[str, ...]
    channels: tuple[Channel, ...]
    device: Device
    cuts: bool
    sources: tuple[Source, ...]
    drawing: str | None
    reasons: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    later: bool = False


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
    listed = "；".join(rest[:MOST_REASONS]) + ("等" if len(rest) > MOST_REASONS else "")
    say = tuple(line.replace(REASONS, listed) for line in chosen.say)
    if chosen.more and rest:
        say = (*say, chosen.more.replace(REASONS, listed))
    own = policy.actions[action.id]
    called = [id for institution in action.calls for id in policy.channels[institution]]
    return Told(
        id=action.id,
        title=chosen.title,
        before=chosen.before,
        doubt=chosen.doubt,
        detail=chosen.detail,
        fallback=chosen.fallback,
        say=say,
        channels=tuple(words.channels[id] for id in dict.fromkeys([*called, *own.channels, *chosen.channels])),
        device=action.device,
        cuts=own.cuts,
        sources=words.sources[action.id],
        drawing=chosen.drawing,
        reasons=action.reasons,
        waiting=action.waiting,
        later=action.later,
    )


def tell_plain(policy: UrgentPolicy, words: UrgentWords, id: str) -> Told:
    """Return an action in its plain words, for a page that knows no reader.

    Blanks stand in place of the reasons, and the numbers are those of everybody that the action may call.
    """
    own, plain = policy.actions[id], words.actions[id][-1]
    called = [number for row in policy.rows if id in row.do for one in row.calls for number in policy.channels[one]]
    return Told(
        id=id,
        title=plain.title,
        before=plain.before,
        doubt=plain.doubt,
        detail=plain.detail,
        fallback=plain.fallback,
        say=tuple(line.replace(REASONS, BLANK) for line in plain.say),
        channels=tuple(words.channels[channel] for channel in dict.fromkeys([*called, *own.channels, *plain.channels])),
        device=own.device,
        cuts=own.cuts,
        sources=words.sources[id],
        drawing=plain.drawing,
    )


def _fits(variant: Variant, action: Action, holds: Mapping[str, bool]) -> bool:
    same_calls = not variant.calls or set(variant.calls) == set(action.calls)
    return same_calls and all(holds[name] for name in variant.when)


def load(loader: Loader, policy: UrgentPolicy) -> UrgentWords:
    """Return the words in the loader's file; faults are collected."""
    file = loader.read(WordsFile)
    actions = loader.below("actions").entries(ActionWords, file.actions)
    check_pairs(file.actions, policy.actions, loader, "actions", "action")
    check_pairs(file.notes, policy.notes, loader, "notes", "note")
    used = {name for row in policy.rows for name in (*row.any, *row.all)}
    check_pairs(file.reasons, used, loader, "reasons", "condition of a row")
    for id, action in actions.items():
        _check_action(action, loader.below(f"actions.{id}"))
    return UrgentWords(
        actions={id: tuple(_variants(action, loader.below(f"actions.{id}"))) for id, action in actions.items()},
        reasons=file.reasons,
        notes={id: loader.html(note, f"notes.{id}") for id, note in file.notes.items()},
        channels=loader.lexicon.channels,
        sources={id: loader.below(f"actions.{id}").cited(action.sources) for id, action in actions.items()},
    )


def _check_action(action: ActionWords, loader: Loader) -> None:
    loader.check_known(action.channels, loader.lexicon.channels, "channels", "channel")
    for variant in action.variants:
        loader.check_known(variant.channels, loader.lexicon.channels, "variants", "channel")
        loader.check_known([*variant.when, *variant.covers], CONDITIONS, "variants", "condition")


def check_pairs(told: Collection[str], known: Collection[str], loader: Loader, where: str, kind: str) -> None:
    """Words without a thing to name, and things without words, are faults."""
    loader.check_known(told, known, where, kind)
    for id in known:
        if id not in told:
            loader.fault(where, f"no words for the {kind} {id!r}", f"{where}.{id}")


def _variants(action: ActionWords, loader: Loader) -> Iterator[Variant]:
    """Yield the variants with what they leave out filled in, then the plain words."""
    for variant in (*action.variants, VariantWords()):
        yield Variant(
            when=variant.when,
            calls=variant.calls,
            title=variant.title or action.title,
            before=variant.before or action.before,
            doubt=variant.doubt or action.doubt or DOUBT,
            detail=loader.html(variant.detail or action.detail, "detail"),
            fallback=loader.html(variant.fallback or action.fallback, "fallback"),
            say=variant.say or action.say,
            more=variant.more or ("" if variant.say else action.more),
            covers=variant.covers or action.covers,
            channels=variant.channels or action.channels,
            drawing=variant.drawing or action.drawing,
        )
