"""Read the words of the urgent actions, and choose those that fit one reader.

The words stand in content/…/urgent.toml. An action has variants for readers to whom its plain words do not
apply: the first one whose conditions hold, and whose calls are those of the action, takes their place.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from checklist.urgent.facts import CONDITIONS
from checklist.urgent.policy import Institution, UrgentPolicy
from checklist.urgent.table import Action
from core.content.files import Id, Model, Text
from core.content.loader import Loader
from core.content.symbols import EmergencySymbol
from guide.sources import Channel, Source

#: Where the reasons of a call stand in the words to say.
REASONS = "{reasons}"
#: What stands between the situation of a reader and what to say in it.
SAY_SO = "，这样说："
#: What stands in their place where nobody's reasons are known.
BLANK = "（　）"
#: The question about a postponed action that has none of its own.
DOUBT = "这一样，现在做得了吗？"
#: How many reasons a call lists, the gravest first, and what it says of the others.
MOST_REASONS = 4
OTHERS = "；还有别的事"


class Phrases(Model):
    """Words that a variant may replace.

    `before` is a sentence above the action, never folded. `doubt` is asked when the reader postpones the
    action: yes means that it is to be done now. `more` is said after `say` if the action has reasons that these
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
    """Words for readers for whom these conditions hold, and whose calls are these, in place of the plain ones."""

    when: tuple[Id, ...] = ()
    calls: tuple[Institution, ...] = ()


class ActionWords(Phrases):
    """The words of an action.

    `adds` are sentences of the detail for reasons that the chosen words do not cover. `leads` are sentences above
    the action for reasons that stand beside others.
    """

    id: Id
    title: Text
    detail: Text
    fallback: Text
    variants: tuple[VariantWords, ...] = ()
    adds: dict[Id, Text] = {}
    leads: dict[Id, Text] = {}
    sources: tuple[Id, ...] = ()


class WordsFile(Model):
    """The tables of urgent.toml before their entries are built."""

    actions: dict[str, Any]
    reasons: dict[str, Text]
    notes: dict[str, Text]


@dataclass(frozen=True)
class Told:
    """An action in the words for one reader; `detail` and `fallback` are HTML, `channels` the numbers to dial."""

    action: Action
    title: str
    before: str
    doubt: str
    detail: str
    fallback: str
    say: tuple[str, ...]
    channels: tuple[Channel, ...]
    cuts: bool
    sources: tuple[Source, ...]
    drawing: str | None

    @property
    def id(self) -> str:
        return self.action.id

    @property
    def by_situation(self) -> list[tuple[str, str]]:
        """Return whom each sentence to say is for, and the sentence; nothing if they are all for one reader."""
        parted = [line.partition(SAY_SO) for line in self.say]
        apart = len(parted) > 1 and all(words for _, _, words in parted)
        return [(whom, words) for whom, _, words in parted] if apart else []


@dataclass(frozen=True)
class UrgentWords:
    """The variants of each action, the plain words last; the phrases of the reasons; the notes as HTML.

    `adds` are what each action says of a reason beside its detail, as HTML, `leads` what it says above itself of
    one that stands beside others. `channels` are those of the guide, `sources` those of each action.
    """

    actions: dict[str, tuple[VariantWords, ...]]
    adds: dict[str, dict[str, str]]
    leads: dict[str, dict[str, str]]
    reasons: dict[str, str]
    notes: dict[str, str]
    channels: Mapping[str, Channel]
    sources: dict[str, tuple[Source, ...]]


def tell(policy: UrgentPolicy, words: UrgentWords, action: Action, holds: Mapping[str, bool]) -> Told:
    """Return an action in the words that fit these conditions."""
    chosen = _choose(words, action, holds)
    say = _say_to_each(policy, words, action, holds) or _say(words, action, chosen)
    return _told(policy, words, action, chosen, say)


def _say_to_each(
    policy: UrgentPolicy, words: UrgentWords, action: Action, holds: Mapping[str, bool]
) -> tuple[str, ...]:
    """Return what to say to each institution of a call if their reasons differ, otherwise nothing."""
    if len(set(action.reasons_for.values())) < 2:
        return ()
    lines = []
    for institution, reasons in action.reasons_for.items():
        own = replace(action, reasons=reasons, calls=(institution,))
        number = words.channels[policy.channels[institution][0]].number
        lines.append(f"打{number}说：{''.join(_say(words, own, _choose(words, own, holds)))}")
    return tuple(lines)


def _say(words: UrgentWords, action: Action, chosen: VariantWords) -> tuple[str, ...]:
    """Return what to say in these words, with the reasons of the action that they do not cover."""
    rest = [words.reasons[reason] for reason in action.reasons if reason not in chosen.covers]
    listed = "；".join(rest[:MOST_REASONS]) + (OTHERS if len(rest) > MOST_REASONS else "")
    say = (*chosen.say, chosen.more) if chosen.more and rest else chosen.say
    return tuple(line.replace(REASONS, listed) for line in say)


def _choose(words: UrgentWords, action: Action, holds: Mapping[str, bool]) -> VariantWords:
    """Return the first words of an action that fit these conditions."""
    return next(variant for variant in words.actions[action.id] if _fits(variant, action, holds))


def tell_plain(policy: UrgentPolicy, words: UrgentWords, id: str) -> Told:
    """Return an action in its plain words, for a page that knows no reader.

    Blanks stand in place of the reasons, and the numbers are those of everybody that the action may call.
    """
    plain = words.actions[id][-1]
    action = Action(id=id, reasons=(), calls=tuple(policy.may_call(id)))
    return _told(policy, words, action, plain, [line.replace(REASONS, BLANK) for line in plain.say])


def _told(policy: UrgentPolicy, words: UrgentWords, action: Action, chosen: VariantWords, say: Iterable[str]) -> Told:
    own = policy.actions[action.id]
    called = [channel for institution in action.calls for channel in policy.channels[institution]]
    added = [
        sentence
        for reason, sentence in words.adds[action.id].items()
        if reason in action.reasons and reason not in chosen.covers
    ]
    beside_others = len(action.reasons) > 1
    leads = [lead for reason, lead in words.leads[action.id].items() if beside_others and reason in action.reasons]
    return Told(
        action=action,
        title=chosen.title,
        before="".join([*leads, chosen.before]),
        doubt=chosen.doubt,
        detail="".join([chosen.detail, *added]),
        fallback=chosen.fallback,
        say=tuple(say),
        channels=tuple(
            words.channels[channel] for channel in dict.fromkeys([*called, *own.channels, *chosen.channels])
        ),
        cuts=own.cuts,
        sources=words.sources[action.id],
        drawing=chosen.drawing,
    )


def _fits(variant: VariantWords, action: Action, holds: Mapping[str, bool]) -> bool:
    same_calls = not variant.calls or set(variant.calls) == set(action.calls)
    return same_calls and all(holds[name] for name in variant.when)


def load(loader: Loader, policy: UrgentPolicy) -> UrgentWords:
    """Return the words in the loader's file; faults are collected."""
    file = loader.read(WordsFile)
    actions = loader.below("actions").entries(ActionWords, file.actions)
    loader.check_words(file.actions, policy.actions, "actions", "action")
    loader.check_words(file.notes, policy.notes, "notes", "note")
    used = {name for row in policy.rows for name in (*row.any, *row.all)}
    loader.check_words(file.reasons, used, "reasons", "condition of a row")
    for id, action in actions.items():
        _check_action(action, loader.below(f"actions.{id}"))
    return UrgentWords(
        actions={id: tuple(_variants(action, loader.below(f"actions.{id}"))) for id, action in actions.items()},
        adds={id: _adds(action, loader.below(f"actions.{id}")) for id, action in actions.items()},
        leads={id: action.leads for id, action in actions.items()},
        reasons=file.reasons,
        notes={id: loader.html(note, f"notes.{id}") for id, note in file.notes.items()},
        channels=loader.lexicon.channels,
        sources={id: loader.below(f"actions.{id}").cited(action.sources) for id, action in actions.items()},
    )


def _adds(action: ActionWords, loader: Loader) -> dict[str, str]:
    return {reason: loader.html(sentence, f"adds.{reason}") for reason, sentence in action.adds.items()}


def _check_action(action: ActionWords, loader: Loader) -> None:
    loader.check_known(action.channels, loader.lexicon.channels, "channels", "channel")
    loader.check_known(action.adds, CONDITIONS, "adds", "condition")
    loader.check_known(action.leads, CONDITIONS, "leads", "condition")
    for variant in action.variants:
        loader.check_known(variant.channels, loader.lexicon.channels, "variants", "channel")
        loader.check_known([*variant.when, *variant.covers], CONDITIONS, "variants", "condition")


def _variants(action: ActionWords, loader: Loader) -> Iterator[VariantWords]:
    """Yield the variants, complete and with `detail` and `fallback` as HTML, then the plain words."""
    for variant in (*action.variants, VariantWords()):
        own = {name: getattr(variant, name) or getattr(action, name) for name in Phrases.model_fields}
        own["doubt"] = own["doubt"] or DOUBT
        own["more"] = variant.more or ("" if variant.say else action.more)
        own |= {name: loader.html(own[name], name) for name in ("detail", "fallback")}
        yield variant.model_copy(update=own)
