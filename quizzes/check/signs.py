"""The signs of a message that deceives: what their files hold, and the signs as they are used."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from core.content.files import Id, Model, Text
from core.content.rendered import Link
from guide.sources import Source
from quizzes.check.links import LinkPolicy
from quizzes.check.patterns import Element, Vocabulary

#: Lists that the engine itself uses.
NEGATIONS, NEUTRAL, COUNTERS = "negations", "neutral", "counters"

#: An emergency case, or a case and one of its forms.
CaseId = Annotated[str, Field(pattern=r"^[a-z0-9-]+(/[a-z0-9-]+)?$")]


class SignLevel(StrEnum):
    RED = "red"
    AMBER = "amber"


class Verdict(StrEnum):
    RED = "red"
    AMBER = "amber"
    NONE = "none"
    SHORT = "short"


class MessageSignPolicy(Model):
    """What a sign leads to: a page of the guide (`more`), an emergency case, what to do.

    `also_case` is a second case, for readers who have not done what is asked but are still pressed.

    A sign that `calls` shows the numbers of the police in the verdict. Signs that it `covers`
    are not shown beside it, because it says the same more exactly. Actions in `without` are not
    shown beside it either: nobody should call somebody who threatens.
    `same` are its ids in the group check and in the practice. A sign that one message can't
    show has no `words`. With `stands` it counts in a text that warns against fraud, too.
    """

    more: Id
    case: CaseId | None = None
    also_case: CaseId | None = None
    actions: Annotated[tuple[Id, ...], Field(max_length=3)] = ()
    same: tuple[Annotated[str, Field(pattern=r"^(group-check|practice):[a-z0-9][a-z0-9-]*$")], ...] = ()
    words: bool = True
    stands: bool = False
    calls: bool = False
    covers: tuple[Id, ...] = ()
    without: tuple[Id, ...] = ()

    @property
    def link(self) -> Link:
        return Link("page", self.more)


class MessageRule(Model):
    """The least numbers of red and amber signs for a verdict."""

    verdict: Verdict
    red: Annotated[int, Field(ge=1, le=9)] | None = None
    amber: Annotated[int, Field(ge=1, le=9)] | None = None


class CheckPolicy(Model):
    version: Annotated[int, Field(ge=1)]
    rules: Annotated[tuple[MessageRule, ...], Field(min_length=1)]
    cases: Annotated[tuple[CaseId, ...], Field(min_length=1, max_length=8)]
    signs: Annotated[dict[Id, MessageSignPolicy], Field(min_length=1)]
    examples: Annotated[dict[Id, Text], Field(min_length=1, max_length=4)]
    links: LinkPolicy

    @model_validator(mode="after")
    def _names_each_once(self) -> Self:
        named = [name for sign in self.signs.values() for name in sign.same]
        twice = sorted({name for name in named if named.count(name) > 1})
        if twice:
            raise ValueError(f"{twice[0]!r} is one sign's, and stands in several")
        return self


class Together(Model):
    """Words that are a sign only together: one of each of `all`, within so many characters.

    Each of `all` is a pattern, or several with a | between them. With `least`, so many of
    them are enough. Without `within` they may be anywhere in the message. The rule does
    not hold if the message has a word of a list in `unless`.
    """

    all: Annotated[tuple[Text, ...], Field(min_length=1, max_length=8)]
    least: Annotated[int, Field(ge=2, le=7)] | None = None
    within: Annotated[int, Field(ge=4, le=400)] | None = None
    unless: tuple[Id, ...] = ()
    level: SignLevel = SignLevel.RED


class SignPatterns(Model):
    """The patterns of a sign. One of `phrases` makes it red, one of `hints` amber.

    `match` and `differ` are recorded examples: the sign must be found in the first, and not in the second.
    """

    phrases: tuple[Text, ...] = ()
    hints: tuple[Text, ...] = ()
    together: tuple[Together, ...] = ()
    unless: tuple[Id, ...] = ()
    negated: bool = True
    match: tuple[Text, ...] = ()
    differ: tuple[Text, ...] = ()


class MessageSignWords(Model):
    """What is said of a sign: its name, the harm behind it, and the sources of that.

    `call` says under 110 when to call, for a sign that `calls`.
    """

    title: Annotated[Text, Field(max_length=16)]
    why: Text
    call: Text = ""
    sources: tuple[Id, ...] = ()


class KindWords(Model):
    """What is said of a kind of message in which nothing was found: under the verdict, and what to do."""

    first: Text
    actions: Annotated[tuple[Id, ...], Field(max_length=3)] = ()


class MessageVerdictWords(KindWords):
    """What is said of a verdict: its title, the sentence under it, and what to do."""

    title: Annotated[Text, Field(max_length=20)]


class ExampleWords(Model):
    """A message to try: what the button says, who sends it, and a picture of templates/pictures."""

    title: Annotated[Text, Field(max_length=20)]
    sender: Annotated[Text, Field(max_length=12)]
    picture: Literal["family", "message", "money", "parcel"] = "message"


class CryWords(Model):
    """What is said to somebody who asks for help instead of pasting a message."""

    title: Annotated[Text, Field(max_length=20)]
    first: Text
    more: Text


class PageWords(Model):
    """The words of the pages; `actions` are what a reader can do, `refused` the sentences on bad input."""

    title: Annotated[Text, Field(max_length=10)]
    summary: Text
    verdicts: dict[Verdict, MessageVerdictWords]
    actions: dict[Id, Text]
    cases: dict[CaseId, Text]
    kinds: dict[Id, KindWords] = {}
    cry: CryWords
    examples: dict[Id, ExampleWords]
    refused: dict[Id, Text]
    features: dict[Id, Text]
    passphrase: Text
    limits: Annotated[tuple[Text, ...], Field(min_length=1)]
    method: Text
    signs: dict[Id, MessageSignWords]


@dataclass(frozen=True)
class Combination:
    """A `Together` ready for use: for each group, its patterns, and the names that they begin with."""

    groups: tuple[tuple[tuple[Element, ...], ...], ...]
    begins: tuple[frozenset[str], ...]
    least: int
    within: int
    unless: tuple[str, ...]
    level: SignLevel

    def may_hold(self, present: frozenset[str]) -> bool:
        """Return whether enough groups have a pattern that begins in a text, by the names that are present there."""
        return sum(not begin.isdisjoint(present) for begin in self.begins) >= self.least


@dataclass(frozen=True, kw_only=True)
class Patterns:
    """Patterns ready for use; the fields are those of `SignPatterns`."""

    phrases: tuple[tuple[Element, ...], ...] = ()
    hints: tuple[tuple[Element, ...], ...] = ()
    combinations: tuple[Combination, ...] = ()
    unless: tuple[str, ...] = ()
    negated: bool = True
    match: tuple[str, ...] = ()
    differ: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MessageSign(Patterns):
    """A sign as it is looked for and shown."""

    id: str
    policy: MessageSignPolicy
    title: str = ""
    call: str = ""
    why_html: str = ""
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True)
class Example:
    """A message to try."""

    words: ExampleWords
    text: str


@dataclass(frozen=True)
class SignLibrary:
    """All signs by id, in the order of the policy, with their vocabulary and the words of the pages."""

    policy: CheckPolicy
    page: PageWords
    signs: dict[str, MessageSign]
    vocabulary: Vocabulary
    #: Words that contain a negation and negate nothing (特别), and those within which no word counts.
    neutral: tuple[tuple[Element, ...], ...]
    counters: tuple[tuple[Element, ...], ...]
    #: A text that shows these warns against fraud or reports it.
    warnings: Patterns
    #: Kinds of messages that the page describes if no sign is found.
    kinds: dict[str, Patterns]
    #: By emergency case: a text that shows these asks for help.
    cries: dict[str, Patterns]
    actions_html: dict[str, str]
    verdicts_html: dict[Verdict, str]
    kinds_html: dict[str, str]
    limits_html: tuple[str, ...]
    method_html: str
    sources: tuple[Source, ...]

    @property
    def examples(self) -> list[Example]:
        return [Example(self.page.examples[id], text) for id, text in self.policy.examples.items()]
