"""Search all documents by an index of bigrams.

Chinese is cut into pairs of neighbouring characters, Latin and digits into
words. A passage (the head of an address, or what stands under a heading) scores by
the rarity of the pairs that it shares with the query; titles and headings count
more than text. Words that readers use for one another come from
synonyms.toml, and count less. Latin letters that stand nowhere are read as
pinyin, by a table made beforehand (pinyin.toml).
"""

import math
import re
import unicodedata
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from core.search.documents import ENDS, Document, DocumentKind

#: The shortest query that is looked up, and the longest that is read.
SHORTEST, LONGEST = 2, 60
#: What a token counts for standing in a title, a summary, a heading; a title below its head, that share of it.
TITLE, SUMMARY, HEADING, BELOW = 3.0, 1.0, 2.0, 0.4
#: A token of a synonym, beside one that was typed.
SYNONYM = 0.6
#: The weight of a document that is not a page of the guide: pages tell more.
ABOVE = 0.75
#: The other passages of a page add this share of their scores; pages below that share of the best are left out.
ALSO, WORTH = 0.15, 0.3
#: Pinyin shorter than this stands in too many other words. Characters of a snippet; tokens of a usual passage.
SPOKEN, SNIPPET, USUAL = 4, 60, 150
HAN = "㐀-䶿一-鿿"
WORDS = re.compile(rf"[{HAN}]+|[a-z0-9]+(?:\.[0-9]+)?")
#: The numbers of the passages that have a token, and what it counts in each.
Posting = tuple["array[int]", "array[float]"]


@dataclass(frozen=True)
class SearchPassage:
    """The part of a document under one heading; `anchor` is "" before the first heading."""

    of: Document
    anchor: str
    heading: str
    text: str


@dataclass(frozen=True)
class Hit:
    """A search result: its document, and a snippet in parts that match or do not."""

    found: Document
    address: str
    heading: str
    snippet: list[tuple[str, bool]]


@dataclass
class Index:
    """The index that `search` uses. Postings are arrays, because objects would take most of a worker's memory."""

    passages: list[SearchPassage] = field(default_factory=list)
    #: Where the passages of each address begin, and after them all, where the last one's end.
    starts: list[int] = field(default_factory=list)
    postings: dict[str, Posting] = field(default_factory=dict)
    #: Each word with its group, and the tokens of each in it.
    synonyms: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    pinyin: dict[str, Sequence[str]] = field(default_factory=dict)


def tokens(text: str) -> list[str]:
    """Return the bigrams and words of a text, in order. A lone character is its own token."""
    found: list[str] = []
    for run in WORDS.findall(normal(text)):
        found += [run] if run[0].isascii() or len(run) == 1 else [run[i : i + 2] for i in range(len(run) - 1)]
    return found


def normal(text: str) -> str:
    """Return a text as it is compared: full-width forms and capitals are no difference."""
    return unicodedata.normalize("NFKC", text).lower()


def build(
    entries: Iterable[Document], groups: Iterable[Sequence[str]] = (), pinyin: Mapping[str, Sequence[str]] | None = None
) -> Index:
    """Return the index of `entries`, with groups of synonyms and words by their pinyin."""
    index = Index(pinyin=dict(pinyin or {}))
    for group in groups:
        for word in group:
            index.synonyms.setdefault(word, {}).update({other: tokens(other) for other in group})
    found: dict[str, Posting] = defaultdict(lambda: (array("H"), array("f")))
    for entry in entries:
        index.starts.append(len(index.passages))
        for passage in (SearchPassage(entry, part.anchor, part.heading, part.text) for part in entry.parts):
            for token, weight in _weights(passage).items():
                numbers, weights = found[token]
                numbers.append(len(index.passages))
                weights.append(weight)
            index.passages.append(passage)
    index.starts.append(len(index.passages))
    index.postings = dict(found)
    return index


def search(index: Index, query: str, limit: int = 10) -> list[Hit]:
    """Return the best addresses for a query, best first, one hit each. Empty for a query that is too short."""
    query = normal(query).strip()[:LONGEST]
    if len(query) < SHORTEST:
        return []
    wanted, words = _wanted(index, query)
    scores = [0.0] * len(index.passages)
    for token, weight in wanted.items():
        if token in index.postings:
            numbers, weights = index.postings[token]
            weight *= math.log(1 + len(scores) / len(numbers))
            for number, counts in zip(numbers, weights, strict=True):
                scores[number] += weight * counts
    ranked: list[tuple[float, int]] = []
    for start, end in pairwise(index.starts):
        if any(found := scores[start:end]):
            best = max(found)
            ranked.append((best + ALSO * (sum(found) - best), start + found.index(best)))
    ranked.sort(key=lambda hit: (-hit[0], hit[1]))
    worth = [hit for hit in ranked[:limit] if hit[0] >= WORTH * ranked[0][0]]
    return [_hit(index.passages[number], words) for _, number in worth]


def nearest(index: Index, query: str, limit: int = 3) -> list[Document]:
    """Return the documents that share single characters with a query that found nothing, the closest first."""
    asked = set("".join(re.findall(rf"[{HAN}]", normal(query))))
    entries = [passage.of for passage in index.passages if not passage.anchor]
    shared = [(2 * len(asked & set(entry.title)) + len(asked & set(entry.line)), entry) for entry in entries]
    close = sorted((pair for pair in shared if pair[0]), key=lambda pair: (-pair[0], pair[1].address))
    return [entry for _, entry in close[:limit]]


def _wanted(index: Index, query: str) -> tuple[dict[str, float], set[str]]:
    """Return the tokens to look up, each with its weight, and the words to mark in a snippet."""
    for run in re.findall(r"[a-z][a-z' ]*", query):
        unknown = [word for word in tokens(run) if word not in index.postings and word not in index.synonyms]
        query += " " + " ".join(_spoken(index, "".join(unknown)))
    own = dict.fromkeys(tokens(query), 1.0)
    words, others = set(own), dict[str, float]()
    for word, group in index.synonyms.items():
        if _names(query, word):
            words |= group.keys()
            # A word that the guide never uses (a slip, a nickname) is taken for those that it does use.
            share = SYNONYM if all(token in index.postings for token in group[word]) else 1.0
            for parts in group.values():
                for token in parts:
                    # The pairs of a long word count together what a short one counts.
                    others[token] = max(others.get(token, 0.0), share / len(parts))
    return others | own, words


def _names(query: str, word: str) -> bool:
    """Return whether a word stands in a query; Latin letters and digits only as a word of their own."""
    alone = rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])"
    return word in query and (not word.isascii() or bool(re.search(alone, query)))


def _spoken(index: Index, letters: str) -> list[str]:
    """Return the words that letters spell as pinyin, or begin to spell, the longest first from the left."""
    if letters in index.pinyin:
        return list(index.pinyin[letters])
    words, start = list[str](), 0
    while start < len(letters):
        ends = range(len(letters), start + SPOKEN - 1, -1)
        end = next((end for end in ends if letters[start:end] in index.pinyin), 0)
        words += index.pinyin[letters[start:end]] if end else ()
        start = end or start + 1
    if not words and len(letters) >= SPOKEN:
        begun = sorted((key for key in index.pinyin if key.startswith(letters)), key=lambda key: (len(key), key))
        words = [word for key in begun[:3] for word in index.pinyin[key]]
    return words


def _weights(passage: SearchPassage) -> dict[str, float]:
    """Return the weight of each token of a passage: more if repeated, less in a long passage."""
    said = Counter(tokens(passage.text))
    usual = 0.5 + 0.5 * said.total() / USUAL
    weights = {token: times * 2 / (times + usual) for token, times in said.items()}
    entry, head = passage.of, not passage.anchor
    share = 1.0 if entry.kind is DocumentKind.PAGE else ABOVE
    placed = [(entry.title, TITLE if head else TITLE * BELOW), (passage.heading, HEADING)]
    for words, weight in [*placed, (entry.line, SUMMARY)] if head else placed:
        for token in set(tokens(words)):
            weights[token] = weights.get(token, 0.0) + weight
    return {token: weight * share for token, weight in weights.items()}


def _hit(passage: SearchPassage, words: Iterable[str]) -> Hit:
    address = passage.of.address + (f"#{passage.anchor}" if passage.anchor else "")
    return Hit(passage.of, address, passage.heading, _snippet(passage.text, words))


def _snippet(text: str, words: Iterable[str]) -> list[tuple[str, bool]]:
    """Return the excerpt of `text` with most of the words, cut into parts that match and parts that do not."""
    lowered = text.lower()
    matching: set[int] = set()
    for word in words:
        start = lowered.find(word)
        while start >= 0:
            matching.update(range(start, start + len(word)))
            start = lowered.find(word, start + 1)
    places = sorted(matching)
    within = [bisect_left(places, start + SNIPPET) - number for number, start in enumerate(places)]
    begin = places[within.index(max(within))] if places else 0
    # From the beginning of the clause, where that is near.
    near = range(begin, max(-1, begin - 16), -1)
    begin = next((at for at in near if at == 0 or text[at - 1] in ENDS), begin)
    shown = range(begin, min(begin + SNIPPET, len(text)))
    runs = ((mark, list(run)) for mark, run in groupby(shown, matching.__contains__))
    parts = [(text[run[0] : run[-1] + 1], mark) for mark, run in runs]
    return [("…", False)] * (begin > 0) + parts + [("…", False)] * (shown.stop < len(text))
