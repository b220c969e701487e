"""Patterns of words, and their places in a message.

A pattern is words as they are typed, `{list}` for any word of a named list, and `…` for up
to ten characters of the same sentence. All words of all patterns are looked for in one pass
(Aho-Corasick); patterns are then put together from the places found. There are no regular
expressions over words, so that no message takes longer than its length.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

from ahocorasick_rs import AhoCorasick, MatchKind

from core.content.files import listed
from quizzes.check.amounts import Span, gains, numbers
from quizzes.check.links import Feature, WebLink
from quizzes.check.normalise import CLAUSE_ENDS, DISGUISES, SENTENCE_ENDS, Normalised, normalise

#: The most characters between two parts that `…` separates.
GAP = 10
#: By how many characters at most a place is widened to whole words.
WIDEN = 4
#: How far a negation reaches.
NEGATION = 6
#: Lists that are found by what they are, not by their words.
COMPUTED = frozenset(
    {"amount", "money", "gain", "number", "digits", "percent", "link", "short-link", "known-link", "apk", "disguised"}
)
_PART = re.compile(r"(\{[a-z0-9-]+\}|…)")


@dataclass(frozen=True)
class Element:
    """One part of a pattern: a list's name or a literal, and how far behind the part before it may begin."""

    name: str
    gap: int


class PatternError(ValueError):
    """A pattern that is written wrongly, and what is allowed instead."""

    def __init__(self, what: str, allowed: str) -> None:
        super().__init__(what)
        self.allowed = allowed


@dataclass
class Vocabulary:
    """Every literal that is looked for, and the names under which its places are kept."""

    lists: Mapping[str, Sequence[str]]
    names: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def __post_init__(self) -> None:
        for name, words in self.lists.items():
            for word in words:
                self.names[self._literal(word)].add(name)

    def parse(self, pattern: str) -> tuple[Element, ...]:
        """Return a pattern's parts. Raise PatternError if it names an unknown list or has no words."""
        parts = [part for part in _PART.split(pattern) if part]
        elements: list[Element] = []
        gap = 0
        for part in parts:
            if part == "…":
                gap = GAP
                continue
            name = part[1:-1] if part.startswith("{") else self._literal(part)
            if part.startswith("{") and name not in self.lists and name not in COMPUTED:
                raise PatternError(f"unknown list {name!r}", listed({*self.lists, *COMPUTED}))
            if not part.startswith("{"):
                self.names[name].add(f"={name}")
                name = f"={name}"
            elements.append(Element(name, gap))
            gap = 0
        if not elements or parts[0] == "…" or gap:
            raise PatternError("begins or ends with …, or is empty", "words, … between words, {list}")
        return tuple(elements)

    def _literal(self, words: str) -> str:
        literal = normalise(words).text
        if not literal:
            raise PatternError(f"nothing to look for in {words!r}", "words that can be seen")
        return literal


class Matcher:
    """Finds the places of all words of a vocabulary in one pass."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.literals = sorted(vocabulary.names)
        self.names = [tuple(sorted(vocabulary.names[literal])) for literal in self.literals]
        #: Literals that Latin letters or digits around them would make part of another word.
        self.edged = frozenset(
            at for at, literal in enumerate(self.literals) if literal[0].isascii() or literal[-1].isascii()
        )
        self.automaton = AhoCorasick(self.literals, matchkind=MatchKind.Standard)

    def read(self, text: Normalised, links: Sequence[WebLink]) -> "Places":
        """Return the places of words, amounts and links in a text. Words inside an address are none."""
        places: dict[str, list[Span]] = defaultdict(list)
        covered = [(bisect_left(text.origin, link.start), bisect_left(text.origin, link.end)) for link in links]
        starts = [start for start, _ in covered]
        for index, start, end in self.automaton.find_matches_as_indexes(text.text, overlapping=True):
            if index in self.edged and _inside_a_word(text, self.literals[index], start, end):
                continue
            if covered and (at := bisect_right(starts, start) - 1) >= 0 and start < covered[at][1]:
                continue
            for name in self.names[index]:
                places[name].append((start, end))
        for name, span in (*numbers(text.text), *gains(text.text)):
            at = bisect_right(starts, span[0]) - 1
            if not (at >= 0 and span[0] < covered[at][1]):
                places[name].append(span)
        for start, end in places.get("wechat", ()):
            first, last = text.span(start, end)
            if any(char in DISGUISES for char in text.original[first:last]):
                places["disguised"].append((start, end))
        for link in links:
            start, end = (bisect_left(text.origin, at) for at in link.domain_span)
            for name in _kinds(link):
                places[name].append((start, end))
        for spans in places.values():
            spans.sort()
        return Places(text, dict(places))


class Places:
    """The places of the words of every list in one text."""

    def __init__(self, text: Normalised, places: dict[str, list[Span]]) -> None:
        self.text = text.text
        self.places = places
        self.sentences = _numbered(text.text, SENTENCE_ENDS)
        self.clauses = _numbered(text.text, CLAUSE_ENDS, text.breaks)
        self._negators: list[Span] = []
        self._found: dict[tuple[Sequence[Element], bool], list[Span]] = {}

    def drop_within(self, covers: Iterable[Span], names: Collection[str] | None = None) -> None:
        """Drop the places that overlap one of `covers`: those of the lists `names`, or of all lists."""
        spans = sorted(covers)
        if not spans:
            return
        self._found.clear()
        starts = [start for start, _ in spans]
        reach = 0
        reaches = [reach := max(reach, end) for _, end in spans]
        for name, found in self.places.items():
            if names is None or name in names:
                self.places[name] = [
                    (start, end)
                    for start, end in found
                    if not ((at := bisect_left(starts, end) - 1) >= 0 and start < reaches[at])
                ]

    def whole_clauses(self, spans: Sequence[Span]) -> list[Span]:
        """Return one span of whole clauses that contains these spans; [] for no spans."""
        if not spans:
            return []
        first = bisect_left(self.clauses, self.clauses[min(start for start, _ in spans)])
        last = bisect_right(self.clauses, self.clauses[max(end for _, end in spans) - 1])
        return [(first, last)]

    @cached_property
    def _inside(self) -> bytearray:
        """For each character, whether a word or a number begins before it and ends behind it."""
        inside = bytearray(len(self.text) + 1)
        for start, end in set(chain.from_iterable(self.places.values())):
            inside[start + 1 : end] = b"\1" * (end - start - 1)
        return inside

    def whole_words(self, span: Span) -> Span:
        """Return a place widened so that it begins and ends between words, as far as that is near."""
        start, end = span
        first = next((at for at in range(start, max(start - WIDEN, 0) - 1, -1) if not self._inside[at]), start)
        last = next((at for at in range(end, min(end + WIDEN, len(self.text)) + 1) if not self._inside[at]), end)
        return first, last

    def negate(self, name: str) -> None:
        """Take the words of a list as negations of what follows them in the same clause."""
        self._found.clear()
        self._negators = sorted(self.places.get(name, ()))

    def negated(self, start: int) -> bool:
        """Return whether a negation is shortly before `start` in the same clause."""
        at = bisect_left(self._negators, (start, 0)) - 1
        if at < 0:
            return False
        first, end = self._negators[at]
        return start - end <= NEGATION and self.clauses[first] == self.clauses[start]

    def find(self, elements: Sequence[Element], negatable: bool = True) -> list[Span]:
        """Return the places of a pattern, each from its first to its last part."""
        key = (elements, negatable)
        if key not in self._found:
            self._found[key] = self._put_together(elements, negatable)
        return self._found[key]

    def _put_together(self, elements: Sequence[Element], negatable: bool) -> list[Span]:
        for element in elements:
            if not self.places.get(element.name):
                return []
        first, *rest = elements
        negatable = negatable and bool(self._negators)
        found = [(end, start) for start, end in self.places[first.name] if not (negatable and self.negated(start))]
        for element in rest:
            found.sort()
            ends = [end for end, _ in found]
            following = []
            for start, end in self.places[element.name]:
                at = bisect_right(ends, start) - 1
                if at < 0 or start - ends[at] > element.gap:
                    continue
                if element.gap and self.sentences[ends[at] - 1] != self.sentences[start]:
                    continue
                following.append((end, found[at][1]))
            found = following
        return [(start, end) for end, start in found]

    def together(self, groups: Sequence[Sequence[Span]], within: int, least: int) -> list[Span]:
        """Return one place each of `least` groups, all within so many characters; [] if there are none.

        Groups are not empty. `within` is 0 for the whole text.
        """
        if not within:
            return [group[0] for group in groups]
        merged = sorted((start, end, number) for number, group in enumerate(groups) for start, end in group)
        last: dict[int, Span] = {}
        for start, end, number in merged:
            last[number] = (start, end)
            near = [span for span in last.values() if end - span[0] <= within]
            if len(near) >= least:
                return sorted(near)
        return []


def _inside_a_word(text: Normalised, literal: str, start: int, end: int) -> bool:
    """Return whether Latin letters or digits of the original go on before or after the place of a literal."""
    first, last = text.span(start, end)
    before = text.original[first - 1] if first else " "
    after = text.original[last] if last < len(text.original) else " "
    return _same_kind(literal[0], before) or _same_kind(literal[-1], after)


def _same_kind(one: str, other: str) -> bool:
    if not (one.isascii() and other.isascii()):
        return False
    return (one.isalpha() and other.isalpha()) or (one.isdigit() and other.isdigit())


def _kinds(link: WebLink) -> Iterator[str]:
    if Feature.SHORT in link.features:
        yield "short-link"
    elif link.trusted:
        yield "known-link"
    else:
        yield "link"
    if Feature.APK in link.features:
        yield "apk"


def _numbered(text: str, ends: frozenset[str], breaks: Collection[int] = ()) -> list[int]:
    """Return for each character the number of the sentence or clause that it is in."""
    numbers = []
    number = 0
    for at, char in enumerate(text):
        number += at in breaks
        numbers.append(number)
        number += char in ends
    return numbers
