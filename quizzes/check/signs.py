"""The signs of a message that deceives: their files, strictly read."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, model_validator

from core.content.files import Faults, Id, Model, Text, build, listed, read_toml
from core.content.loader import LANGUAGE, check_id, check_known, check_links, read_line, read_table
from core.content.markup import Lexicon, Link, render
from guide.sources import Source, cited
from quizzes.check.links import LinkPolicy
from quizzes.check.patterns import COMPUTED, Element, PatternError, Vocabulary

FOLDER = "check"
POLICY = "check/signs"
#: Files of the folder that are no sign.
WORDS, PAGE = "words", "page"
#: Lists that the engine itself uses.
NEGATIONS, WARNINGS, COUNTERS = "negations", "warnings", "counters"


class Level(StrEnum):
    RED = "red"
    AMBER = "amber"


class Verdict(StrEnum):
    RED = "red"
    AMBER = "amber"
    NONE = "none"
    SHORT = "short"


class SignPolicy(Model):
    """What a sign leads to: a page of the guide (`more`), an emergency case, what to do.

    `same` are the ids under which the group check and the practice know it. A sign that
    can't be seen in one message has no `words`. One that `stands` is kept in a text that
    warns against fraud.
    """

    more: Id
    case: Id | None = None
    actions: Annotated[tuple[Id, ...], Field(max_length=3)] = ()
    same: tuple[Annotated[str, Field(pattern=r"^(group-check|practice):[a-z0-9][a-z0-9-]*$")], ...] = ()
    words: bool = True
    stands: bool = False

    @property
    def link(self) -> Link:
        return Link("page", self.more)


class Rule(Model):
    """A verdict that holds from so many signs of a level on."""

    verdict: Verdict
    red: Annotated[int, Field(ge=1, le=9)] | None = None
    amber: Annotated[int, Field(ge=1, le=9)] | None = None


class CheckPolicy(Model):
    version: Annotated[int, Field(ge=1)]
    rules: Annotated[tuple[Rule, ...], Field(min_length=1)]
    cases: Annotated[tuple[Id, ...], Field(min_length=1, max_length=5)]
    signs: Annotated[dict[Id, SignPolicy], Field(min_length=1)]
    links: LinkPolicy

    @model_validator(mode="after")
    def _names_each_once(self) -> Self:
        named = [name for sign in self.signs.values() for name in sign.same]
        twice = sorted({name for name in named if named.count(name) > 1})
        if twice:
            raise ValueError(f"{twice[0]!r} is one sign's, and stands in several")
        return self


class Together(Model):
    """Words that tell something only together: one of each of `all`, within so many characters.

    Each of `all` is a pattern, or several with a | between them. Without `within` they may
    stand anywhere in the message; words of `unless` anywhere in it keep the rule from holding.
    """

    all: Annotated[tuple[Text, ...], Field(min_length=1, max_length=4)]
    within: Annotated[int, Field(ge=4, le=400)] | None = None
    unless: tuple[Id, ...] = ()
    level: Level = Level.RED


class SignWords(Model):
    """A sign's words. `phrases` are telling alone, `hints` are a reason to be careful.

    `match` and `differ` are told examples: the first must be found, the second must not.
    """

    title: Annotated[Text, Field(max_length=16)]
    why: Text
    sources: tuple[Id, ...] = ()
    phrases: tuple[Text, ...] = ()
    hints: tuple[Text, ...] = ()
    together: tuple[Together, ...] = ()
    unless: tuple[Id, ...] = ()
    negated: bool = True
    match: tuple[Text, ...] = ()
    differ: tuple[Text, ...] = ()


class VerdictWords(Model):
    title: Annotated[Text, Field(max_length=20)]
    first: Text
    actions: Annotated[tuple[Id, ...], Field(max_length=3)] = ()


class ExampleWords(Model):
    """A message to try: what the button says, and who sends it."""

    title: Annotated[Text, Field(max_length=20)]
    sender: Annotated[Text, Field(max_length=12)]
    text: Text


class PageWords(Model):
    """All that the pages say; `actions` are what one can do, `refused` what is said of bad input."""

    title: Annotated[Text, Field(max_length=10)]
    summary: Text
    verdicts: dict[Verdict, VerdictWords]
    actions: dict[Id, Text]
    cases: dict[Id, Text]
    examples: Annotated[tuple[ExampleWords, ...], Field(min_length=1, max_length=4)]
    refused: dict[Id, Text]
    features: dict[Id, Text]
    passphrase: Text
    limits: Annotated[tuple[Text, ...], Field(min_length=1)]
    method: Text


@dataclass(frozen=True)
class Combination:
    """A `Together` ready for use: for each group, its patterns, and the names that they begin with."""

    groups: tuple[tuple[tuple[Element, ...], ...], ...]
    begins: tuple[frozenset[str], ...]
    within: int
    unless: tuple[str, ...]
    level: Level

    def may_hold(self, present: frozenset[str]) -> bool:
        """Return whether each group has a pattern that begins in a text, by the names that are present there."""
        return not any(begin.isdisjoint(present) for begin in self.begins)


@dataclass(frozen=True)
class Sign:
    """A sign as it is looked for and shown."""

    id: str
    policy: SignPolicy
    title: str
    why_html: str
    sources: tuple[Source, ...]
    phrases: tuple[tuple[Element, ...], ...] = ()
    hints: tuple[tuple[Element, ...], ...] = ()
    combinations: tuple[Combination, ...] = ()
    unless: tuple[str, ...] = ()
    negated: bool = True
    match: tuple[str, ...] = ()
    differ: tuple[str, ...] = ()


@dataclass(frozen=True)
class SignLibrary:
    """All signs by id, in the order of the policy, with their vocabulary and the words of the pages."""

    policy: CheckPolicy
    page: PageWords
    signs: dict[str, Sign]
    vocabulary: Vocabulary
    counters: tuple[tuple[Element, ...], ...]
    actions_html: dict[str, str]
    verdicts_html: dict[Verdict, str]
    limits_html: tuple[str, ...]
    method_html: str
    sources: tuple[Source, ...]


def load(
    root: Path, lexicon: Lexicon, known: Mapping[str, Collection[str]], same: Mapping[str, Collection[str]]
) -> SignLibrary:
    """Return the signs under `root`. Raises ContentErrors with every fault.

    `known` are the ids that a link may name, `same` those of the group check and the practice.
    """
    faults = Faults()
    path = root / "policy" / f"{POLICY}.toml"
    folder = root / "content" / LANGUAGE / FOLDER
    policy = read_table(path, CheckPolicy, faults)
    page = read_table(folder / f"{PAGE}.toml", PageWords, faults)
    lists: dict[str, tuple[str, ...]] = {}
    with faults.collect():
        lists = _lists(folder / f"{WORDS}.toml")
    files = {file.stem: file for file in sorted(folder.glob("*.toml")) if file.stem not in (WORDS, PAGE)}
    told: dict[str, SignWords] = {}
    for id, file in files.items():
        with faults.collect():
            check_id(file)
            told[id] = build(SignWords, read_toml(file), file)
    faults.raise_if_any()
    assert policy is not None
    assert page is not None
    _check_policy(policy, path, known, same, page, faults)
    for missing in [id for id, sign in policy.signs.items() if sign.words and id not in files]:
        faults.add(path, f"signs.{missing}", "no words for it", f"a file {FOLDER}/{missing}.toml")
    for id in sorted(files.keys() - policy.signs.keys()):
        faults.add(files[id], "file", f"no policy for the sign {id!r}", f"[signs.{id}] in {path.name}")
    vocabulary = Vocabulary({name: words for name, words in lists.items() if name != COUNTERS})
    counters = _patterns(lists[COUNTERS], vocabulary, folder / f"{WORDS}.toml", COUNTERS, faults)
    signs = {}
    for id, words in told.items():
        if id in policy.signs:
            signs[id] = _sign(id, policy.signs[id], words, vocabulary, files[id], lexicon, known, faults)
    page_path = folder / f"{PAGE}.toml"
    actions = {
        id: read_line(text, lexicon, known, page_path, f"actions.{id}", faults).html for id, text in page.actions.items()
    }
    verdicts = {
        id: read_line(one.first, lexicon, known, page_path, f"verdicts.{id}", faults).html
        for id, one in page.verdicts.items()
    }
    limits = tuple(
        read_line(text, lexicon, known, page_path, f"limits.{number}", faults).html
        for number, text in enumerate(page.limits)
    )
    method = render(page.method, lexicon)
    for what, allowed in method.faults:
        faults.add(page_path, "method", what, allowed)
    check_links(method.links, known, page_path, "method", faults)
    faults.raise_if_any()
    ordered = {id: signs[id] for id in policy.signs if id in signs}
    sources = tuple(lexicon.sources[id] for id in method.citations)
    return SignLibrary(policy, page, ordered, vocabulary, counters, actions, verdicts, limits, method.html, sources)


def _lists(path: Path) -> dict[str, tuple[str, ...]]:
    """Return the lists of words by name. Raises ContentErrors where one is no list of words."""
    faults = Faults()
    lists: dict[str, tuple[str, ...]] = {}
    for name, words in read_toml(path).items():
        if name in COMPUTED:
            faults.add(path, name, "the name is the engine's", f"any but {listed(COMPUTED)}")
        elif not isinstance(words, list) or not words or not all(isinstance(word, str) and word.strip() for word in words):
            faults.add(path, name, f"not a list of words, saw {words!r}"[:120], '["word", "word"]')
        else:
            lists[name] = tuple(words)
            for word in sorted({word for word in words if words.count(word) > 1}):
                faults.add(path, name, f"{word!r} stands twice")
    for name in sorted({NEGATIONS, WARNINGS, COUNTERS} - lists.keys()):
        faults.add(path, name, "missing", "a list of words")
    faults.raise_if_any()
    return lists


def _check_policy(
    policy: CheckPolicy,
    path: Path,
    known: Mapping[str, Collection[str]],
    same: Mapping[str, Collection[str]],
    page: PageWords,
    faults: Faults,
) -> None:
    """Every id that the policy names exists, and every sign of the group check and tactic of the practice has its own."""
    named = {name for sign in policy.signs.values() for name in sign.same}
    wanted = {f"{kind}:{id}" for kind, ids in same.items() for id in ids}
    check_known(sorted(named), wanted, path, "signs.same", "sign", faults)
    for missing in sorted(wanted - named):
        faults.add(path, "signs", f"no sign is the same as {missing!r}")
    check_known(policy.cases, known["case"], path, "cases", "case", faults)
    check_known(policy.cases, page.cases, path, "cases", "case of the page", faults)
    for id, sign in policy.signs.items():
        check_links([sign.link], known, path, f"signs.{id}.more", faults)
        check_known([sign.case] if sign.case else [], policy.cases, path, f"signs.{id}.case", "case", faults)
        check_known(sign.actions, page.actions, path, f"signs.{id}.actions", "action", faults)
    for verdict in Verdict:
        if verdict not in page.verdicts:
            faults.add(path, "verdicts", f"no words for {verdict}")
        else:
            check_known(page.verdicts[verdict].actions, page.actions, path, f"verdicts.{verdict}", "action", faults)


def _sign(
    id: str,
    policy: SignPolicy,
    words: SignWords,
    vocabulary: Vocabulary,
    path: Path,
    lexicon: Lexicon,
    known: Mapping[str, Collection[str]],
    faults: Faults,
) -> Sign:
    why = read_line(words.why, lexicon, known, path, "why", faults)
    if why.citations:
        faults.add(path, "why", "cites a source", "the key sources")
    combinations = []
    for number, rule in enumerate(words.together):
        where = f"together.{number}"
        check_known(rule.unless, vocabulary.lists, path, f"{where}.unless", "list", faults)
        groups = [_patterns(group.split("|"), vocabulary, path, f"{where}.all", faults) for group in rule.all]
        begins = tuple(frozenset(pattern[0].name for pattern in group) for group in groups)
        combinations.append(Combination(tuple(groups), begins, rule.within or 0, rule.unless, rule.level))
    check_known(words.unless, vocabulary.lists, path, "unless", "list", faults)
    return Sign(
        id=id,
        policy=policy,
        title=words.title,
        why_html=why.html,
        sources=cited(words.sources, lexicon.sources, path, "sources", faults),
        phrases=_patterns(words.phrases, vocabulary, path, "phrases", faults),
        hints=_patterns(words.hints, vocabulary, path, "hints", faults),
        combinations=tuple(combinations),
        unless=words.unless,
        negated=words.negated,
        match=words.match,
        differ=words.differ,
    )


def _patterns(
    texts: Collection[str], vocabulary: Vocabulary, path: Path, where: str, faults: Faults
) -> tuple[tuple[Element, ...], ...]:
    patterns = []
    for text in texts:
        try:
            patterns.append(vocabulary.parse(text.strip()))
        except PatternError as error:
            faults.add(path, f"{where} {text!r}", str(error), error.allowed)
    return tuple(patterns)
