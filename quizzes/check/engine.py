"""Judge a message by its signs: find their places, and derive the verdict."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from quizzes.check.amounts import Span
from quizzes.check.links import Feature, LinkReader, WebLink
from quizzes.check.normalise import Normalised, is_han, normalise
from quizzes.check.patterns import Element, Matcher, Places
from quizzes.check.signs import (
    NEGATIONS,
    Combination,
    MessageRule,
    MessageSign,
    Patterns,
    SignLevel,
    SignLibrary,
    Verdict,
)
from quizzes.marks import Piece, cut, letter

#: Places that are kept for one sign.
MOST_PLACES = 3
#: A message with fewer letters, digits and 汉字 is too short to judge.
SHORTEST = 4
#: Lists of words and figures that speak of money.
MONEY = ("amount", "money", "number", "digits", "pay", "link", "short-link")
#: Signs that links show.
LOOK_ALIKE, DOWNLOAD = "link-lookalike", "install-app"


@dataclass(frozen=True)
class Found:
    """A sign that was found: its number in the order of the marks (0 without a mark), and its level."""

    number: int
    sign: MessageSign
    level: SignLevel

    @property
    def letter(self) -> str:
        return letter(self.number)


@dataclass(frozen=True)
class MessageJudgement:
    """The result for the messages of one request.

    `nature` is the kind of text, if the page has a sentence for it: a kind of the library
    (a notice of a bank), or emoji, a file, a link. `cry` is the emergency case of
    somebody who asks for help. Both are "" otherwise.
    """

    verdict: Verdict
    messages: tuple[tuple[Piece, ...], ...]
    found: tuple[Found, ...]
    links: tuple[WebLink, ...]
    more_links: int
    passphrase: bool
    nature: str
    cry: str = ""
    #: Whether a number, an amount or paying is spoken of.
    money: bool = True

    @property
    def signs(self) -> list[str]:
        return [found.sign.id for found in self.found]


@dataclass
class _Seen:
    """A sign while it is looked for: its worst level, and its places by message, in the original."""

    level: SignLevel
    places: list[tuple[int, Span]] = field(default_factory=list)


@dataclass
class _Evidence:
    """What is gathered from the messages, one by one."""

    texts: list[Normalised]
    seen: dict[str, _Seen] = field(default_factory=dict)
    links: list[WebLink] = field(default_factory=list)
    more_links: int = 0
    passphrase: bool = False
    cry: str = ""
    kind: str = ""
    money: bool = False


class Engine:
    """Judges messages by a library of signs."""

    def __init__(self, library: SignLibrary) -> None:
        self.library = library
        self.matcher = Matcher(library.vocabulary)
        self.reader = LinkReader(library.policy.links)
        #: The patterns of all signs by the name of their first part: only those that begin in a text are tried.
        self.patterns: dict[str, list[tuple[MessageSign, SignLevel, tuple[Element, ...]]]] = defaultdict(list)
        for sign in library.signs.values():
            for level, patterns in ((SignLevel.RED, sign.phrases), (SignLevel.AMBER, sign.hints)):
                for pattern in patterns:
                    self.patterns[pattern[0].name].append((sign, level, pattern))

    def judge(self, messages: Sequence[str]) -> MessageJudgement:
        """Return what the messages show together; each is read by itself."""
        evidence = _Evidence([normalise(message) for message in messages])
        for number, (message, text) in enumerate(zip(messages, evidence.texts, strict=True)):
            links, more = self.reader.read(message)
            evidence.links += links
            evidence.more_links += more
            evidence.passphrase |= _has_passphrase(message)
            places = self.matcher.read(text, links)
            evidence.money |= any(places.places.get(name) for name in MONEY)
            warns = self._warns(places)
            self._prepare(places)
            evidence.kind = evidence.kind or next(self._named(self.library.kinds, places), ("", []))[0]
            cry, spans = next(self._named(self.library.cries, places), ("", []))
            evidence.cry = evidence.cry or cry
            # The reader's own words are no signs of a deceiver.
            places.drop_within(places.whole_clauses(spans))
            for id, level, spans in self._signs(text, links, places, warns):
                one = evidence.seen.setdefault(id, _Seen(level))
                one.level = min(one.level, level, key=list(SignLevel).index)
                one.places += [(number, span) for span in spans]
        return self._concluded(messages, evidence)

    def _concluded(self, messages: Sequence[str], evidence: _Evidence) -> MessageJudgement:
        """Return what the evidence comes to, the signs in the order of their marks."""
        seen, links = evidence.seen, evidence.links
        nature = "link" if evidence.more_links else _nature(evidence.texts, links, evidence.passphrase) or evidence.kind
        covered = {other for id in seen for other in self.library.signs[id].policy.covers}
        ordered = [id for id in self.library.signs if id in seen and id not in covered]
        verdict = _verdict(self.library.policy.rules, [seen[id].level for id in ordered])
        if verdict is Verdict.NONE and nature in ("empty", "emoji", "file", "short"):
            verdict = Verdict.SHORT
        # A false address is marked as such, whatever else it is part of.
        ordered.sort(key=lambda id: id != LOOK_ALIKE)
        pieces, marked = cut(messages, {id: seen[id].places for id in ordered})
        numbered = [*enumerate(marked, 1), *((0, id) for id in ordered if id not in marked)]
        return MessageJudgement(
            verdict=verdict,
            messages=pieces,
            found=tuple(Found(number, self.library.signs[id], seen[id].level) for number, id in numbered),
            links=tuple({(link.before, link.domain, link.after): link for link in links}.values()),
            more_links=evidence.more_links,
            passphrase=evidence.passphrase,
            nature=nature,
            cry=evidence.cry,
            money=evidence.money,
        )

    def _warns(self, places: Places) -> bool:
        """Return whether a message warns against fraud or reports it. One with an unknown link does not."""
        return not places.places.get("link") and bool(_shown(self.library.warnings, places))

    def _named(self, patterns: Mapping[str, Patterns], places: Places) -> Iterator[tuple[str, list[Span]]]:
        """Yield the name of each of these patterns that a text shows, with its places."""
        for name, one in patterns.items():
            spans = _shown(one, places)
            if spans:
                yield name, spans

    def _prepare(self, places: Places) -> None:
        """Take out what counts for nothing, and find the negations."""
        for patterns, names in ((self.library.neutral, {NEGATIONS}), (self.library.counters, None)):
            covers = [span for pattern in patterns for span in places.find(pattern, negatable=False)]
            places.drop_within(covers, names)
        places.negate(NEGATIONS)

    def _signs(
        self, text: Normalised, links: Sequence[WebLink], places: Places, warns: bool
    ) -> Iterable[tuple[str, SignLevel, list[Span]]]:
        """Yield the signs of one message with their places in the original."""
        for link in links:
            if link.false or Feature.PORT in link.features:
                yield LOOK_ALIKE, SignLevel.RED if link.false else SignLevel.AMBER, [link.domain_span]
            if Feature.APK in link.features:
                yield DOWNLOAD, SignLevel.RED, [(link.domain_span[1], link.end)]
        if len(links) == 1 and Feature.SHORT in links[0].features and _is_all(text, links[0]):
            yield LOOK_ALIKE, SignLevel.AMBER, [links[0].domain_span]
        # In a warning against fraud only signs with `stands` count, and no sign counts beside a list of its `unless`.
        kept = {id for id, sign in self.library.signs.items() if sign.policy.stands or not warns}
        kept -= {id for id in kept if any(places.places.get(name) for name in self.library.signs[id].unless)}
        for id, level, spans in self._find(places):
            if id in kept:
                yield id, level, [text.span(*places.whole_words(span)) for span in spans]

    def _find(self, places: Places) -> Iterable[tuple[str, SignLevel, list[Span]]]:
        """Yield the signs in a text and their places, phrases before hints."""
        begun = [name for name, found in places.places.items() if found]
        present = frozenset(begun)
        tried = [
            (sign, level, pattern)
            for name in begun
            for sign, level, pattern in self.patterns.get(name, ())
            if present.issuperset(part.name for part in pattern)
        ]
        marks: dict[str, int] = defaultdict(int)
        for sign, level, pattern in sorted(tried, key=lambda one: one[1] is SignLevel.AMBER):
            spans = places.find(pattern, sign.negated) if marks[sign.id] < MOST_PLACES else []
            if spans:
                marks[sign.id] += len(spans) if level is SignLevel.RED else 0
                yield sign.id, level, spans[:MOST_PLACES]
        for sign in self.library.signs.values():
            for rule in sign.combinations if marks[sign.id] < MOST_PLACES else ():
                spans = _combined(rule, places, sign.negated) if rule.may_hold(present) else []
                if spans:
                    yield sign.id, rule.level, spans


def _shown(patterns: Patterns, places: Places) -> list[Span]:
    """Return the places of the first of these patterns that a text shows; [] if it shows none."""
    if any(places.places.get(name) for name in patterns.unless):
        return []
    present = frozenset(name for name, found in places.places.items() if found)
    phrases = (places.find(phrase, patterns.negated) for phrase in patterns.phrases)
    rules = (_combined(rule, places, patterns.negated) for rule in patterns.combinations if rule.may_hold(present))
    return next((spans for spans in chain(phrases, rules) if spans), [])


def _combined(rule: Combination, places: Places, negated: bool) -> list[Span]:
    if any(places.places.get(name) for name in rule.unless):
        return []
    groups = []
    for place, patterns in enumerate(rule.groups):
        group = [span for pattern in patterns for span in places.find(pattern, negated)]
        if group:
            groups.append(sorted(group))
        elif place + 1 - len(groups) > len(rule.groups) - rule.least:
            return []
    return places.together(groups, rule.within, rule.least)


def _verdict(rules: Sequence[MessageRule], levels: Sequence[SignLevel]) -> Verdict:
    for rule in rules:
        wanted = {SignLevel.RED: rule.red, SignLevel.AMBER: rule.amber}
        if all(levels.count(level) >= count for level, count in wanted.items() if count):
            return rule.verdict
    return Verdict.NONE


def _is_all(text: Normalised, link: WebLink) -> bool:
    """Return whether a message is a link and nothing else."""
    return sum(not link.start <= at < link.end for at in text.origin) == 0


def _has_passphrase(message: str) -> bool:
    """Return whether a message holds a passphrase: letters and digits between two ¥."""
    parts = message.replace("￥", "¥").split("¥")
    return any(8 <= len(part) <= 40 and part.isascii() and part.isalnum() for part in parts[1:-1])


def _nature(texts: Sequence[Normalised], links: Sequence[WebLink], passphrase: bool) -> str:
    """Return the kind of text that the messages are, if the page has a sentence for it; "" otherwise."""
    text = "".join(one.text for one in texts)
    letters = sum(char.isalnum() for char in text)
    if not letters:
        return "emoji" if text.strip() else "empty"
    if links and len(text) <= 2 + sum(link.end - link.start for link in links):
        return "link"
    name, dot, ending = text.strip().rpartition(".")
    if dot and name and ending in ("jpg", "jpeg", "png", "gif", "webp", "heic", "bmp", "mp4") and "\n" not in text:
        return "file"
    if passphrase:
        return "passphrase"
    if letters < SHORTEST:
        return "short"
    han = sum(map(is_han, text))
    return "" if han else "foreign" if any(char.isalpha() for char in text) else "short"
