"""Answer a query from the search index: the documents that say most of what it means, best first.

A passage scores by the rarity of the tokens that it shares with the query. A page that covers more
of the query's meaningful words wins. Synonyms count less than what was typed. Latin letters, and
汉字 that occur nowhere, are read as pinyin with a prepared table, so that typing errors (坎价群) find
the word that sounds the same. Intents (core/search/intents.py) come before all scores.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from core.search.documents import Document, DocumentKind
from core.search.index import Index, SearchPassage
from core.search.intents import Intent
from core.search.text import BIGRAM, RUN, bigrams, normalise

#: The shortest query that is looked up, and the longest that is read, in characters.
SHORTEST, LONGEST = 2, 60
#: The weight of a synonym, and of a bigram inside a known word, next to 1 for what was typed.
SYNONYM, INNER = 0.6, 0.35
#: A number (96110, 12315) says more than any word.
NUMBER = 2.5
#: The share that the other passages of a page add; results below this share of the best are left out.
ALSO, WORTH = 0.15, 0.3
#: The least share of a query that a result must cover, and how much of the score depends on coverage.
LEAST, COVERAGE = 0.3, 0.75
#: The mass of a piece that occurs nowhere, and what a stretch of bigrams counts next to a known word.
UNSEEN, LOOSE = 3.0, 0.7
#: A section is opened instead of the top of its page when it scores this many times as much.
SECTION = 1.6
#: Results that follow an emergency case: whoever is in one has no time for more.
AFTER_A_CASE = 3
#: Pinyin shorter than this occurs in too many other words.
SPOKEN = 4


@dataclass(frozen=True)
class Hit:
    """A result: its document, where to go, and the line that answers, in parts marked as matching or not."""

    document: Document
    address: str
    heading: str
    line: list[tuple[str, bool]]


@dataclass
class Unit:
    """One meaningful piece of a query: the tokens that satisfy it, each with its weight, and the words to mark.

    Any token satisfies a word. A `loose` unit is a stretch of bigrams, and each of them is a part of it.
    """

    tokens: dict[str, float]
    words: set[str]
    loose: bool = False


def search(index: Index, query: str, limit: int = 10) -> list[Hit]:
    """Return the best results for a query, best first, one for each document; none for a query that is too short."""
    query = normalise(query).strip()[:LONGEST]
    if len(query) < SHORTEST:
        return []
    meaningful = _meaningful(index, query)
    units = _units(index, meaningful)
    words = {word for unit in units for word in unit.words}
    intent, intended = _intended(index, query)
    meant = _titled(index, query) or _titled(index, meaningful) or intended
    ranked = [] if not units else _ranked(index, units)
    if not (meant or ranked):
        meant = _near(index, query)
    ahead = [number for address in meant for number in _documents(index, address)]
    rest = [(score, number, passage) for score, number, passage in ranked if number not in ahead]
    landing = {number: passage for _, number, passage in ranked}
    order = [(number, index.starts[number]) for number in ahead]
    best = rest[0][0] if rest else 0.0
    order += [(number, landing[number]) for score, number, _ in rest if score >= WORTH * best]
    if order and index.passages[order[0][1]].document.kind is DocumentKind.CASE:
        limit = min(limit, 1 + AFTER_A_CASE)
    elif intent and intent.say:
        limit = min(limit, len(ahead))
    return [_hit(index.passages[passage], words) for _, passage in _folded(index, order)[:limit]]


def intent_of(index: Index, query: str) -> Intent | None:
    """Return the first intent that a query has."""
    return _intended(index, normalise(query).strip()[:LONGEST])[0]


def _titled(index: Index, query: str) -> list[str]:
    """Return the address of the document whose title was typed, letter by letter."""
    joined = query.replace(" ", "")
    return [index.titles[joined]] if joined in index.titles else []


def _intended(index: Index, query: str) -> tuple[Intent | None, list[str]]:
    """Return the first intent that the query has, and its addresses."""
    joined = _spelt(index, query)
    return next(((intent, addresses) for intent, addresses in index.intents if intent.matches(joined)), (None, []))


def _near(index: Index, query: str) -> list[str]:
    """Return the addresses of the intent of which a query has the most, for words that no text has."""
    joined, questions = _spelt(index, query), index.lexicon.query_words.questions
    nearness = [(intent.nearness(joined, questions), addresses) for intent, addresses in index.intents]
    best, addresses = max(nearness, key=lambda one: one[0], default=(0, []))
    return addresses if best else []


def _spelt(index: Index, query: str) -> str:
    """Return the query without spaces, its words in their plain form."""
    return index.lexicon.query_words.spelt(query.replace(" ", ""))


def _documents(index: Index, address: str) -> list[int]:
    """Return the number of the document at an address, or nothing."""
    return [n for n, start in enumerate(index.starts[:-1]) if index.passages[start].document.address == address]


def _meaningful(index: Index, query: str) -> str:
    """Return the query without question phrases and particles, unless nothing else is left."""
    words, rest = index.lexicon.query_words, query
    for phrase in sorted(words.questions, key=len, reverse=True):
        rest = rest.replace(phrase, " ")
    rest = "".join(" " if char in words.particles else char for char in rest)
    # 退了群 is 退群: what a particle parted belongs together, if the dictionary knows it so.
    parts = rest.split()
    joined = "".join(parts)
    if len(parts) > 1 and joined in index.segmenter.words:
        rest = joined
    return rest if len(rest.replace(" ", "")) >= SHORTEST else query


def _units(index: Index, query: str) -> list[Unit]:
    """Return the meaningful pieces of a query with everything that satisfies each."""
    units: list[Unit] = []
    unknown: list[str] = []
    for run in dict.fromkeys(RUN.findall(query)):
        if run.isascii():
            known = run in index.synonyms or run in index.postings
            if known or run[0].isdigit():
                units += _latin(index, run)
            elif len(run) >= SHORTEST:
                unknown.append(run)
        else:
            for piece, known in index.segmenter.split(run):
                units += [_word(index, piece)] if known else _unknown(index, piece)
    # Pinyin is typed with spaces or without: what no text has is read as one.
    letters = "".join(unknown)
    spoken = _spoken(index, letters)
    return units + ([_word(index, word) for word in spoken] or [Unit({letters: 1.0}, set())] * bool(letters))


def _latin(index: Index, run: str) -> list[Unit]:
    if run in index.synonyms:
        return [_word(index, run)]
    if run[0].isdigit():
        # An amount that occurs nowhere says nothing about the page that is wanted.
        return [Unit({run: NUMBER}, {run})] if run in index.postings else []
    return [Unit({run: 1.0}, {run})]


def _word(index: Index, word: str) -> Unit:
    """Return a known word with its bigrams, the words within it and its synonyms."""
    tokens = dict.fromkeys(bigrams(word), INNER) if not word.isascii() else {}
    if word not in index.postings:
        tokens = dict.fromkeys(tokens, 1.0)
    tokens |= dict.fromkeys(index.segmenter.inner(word), SYNONYM)
    group = index.synonyms.get(word, set())
    # A word that the content never uses (a nickname) is taken for those that it does use.
    share = SYNONYM if word in index.postings else 1.0
    tokens |= {other: share for other in group if other in index.postings}
    tokens[word] = 1.0
    return Unit(tokens, {word} | group)


def _unknown(index: Index, run: str) -> list[Unit]:
    """Return a stretch that the dictionary does not know: as words that sound the same, else as bigrams."""
    pairs = bigrams(run)
    missing = [pair for pair in pairs if pair not in index.postings]
    if missing and all(char in index.syllable for char in run):
        spoken = _spoken(index, "".join(index.syllable[char] for char in run), whole=True)
        if spoken:
            return [_word(index, word) for word in spoken]
    return [Unit(dict.fromkeys(pairs, 1.0), {pair.removeprefix(BIGRAM) for pair in pairs}, loose=True)]


def _spoken(index: Index, letters: str, whole: bool = False) -> list[str]:
    """Return the words that letters spell as pinyin, the longest first from the left.

    With `whole`, the letters must be one word. Otherwise, while one types, letters also
    stand for the words that they begin.
    """
    pinyin = index.lexicon.pinyin
    if letters in pinyin:
        return [normalise(word) for word in pinyin[letters]][:1]
    words, start = list[str](), 0
    while start < len(letters):
        ends = range(len(letters), start + SPOKEN - 1, -1)
        end = next((end for end in ends if letters[start:end] in pinyin), 0)
        words += pinyin[letters[start:end]][:1] if end else ()
        start = end or start + 1
    if whole:
        return [normalise(word) for word in words]
    if not words and len(letters) >= SPOKEN:
        begun = sorted((key for key in pinyin if key.startswith(letters)), key=lambda key: (len(key), key))
        words = [word for key in begun[:3] for word in pinyin[key]]
    return [normalise(word) for word in words]


def _ranked(index: Index, units: Sequence[Unit]) -> list[tuple[float, int, int]]:
    """Return (score, document, passage to open) for every document that covers enough, best first."""
    scores = [0.0] * len(index.passages)
    covered: dict[int, float] = defaultdict(float)
    total = 0.0
    for unit in units:
        gains, reached, mass = _reach(index, unit)
        total += mass
        for number, gain in gains.items():
            scores[number] += gain
        for owner, share in reached.items():
            covered[owner] += mass * share
    ranked = []
    for number, mass in covered.items():
        share = mass / total
        if share < LEAST:
            continue
        start, end = index.starts[number], index.starts[number + 1]
        found = scores[start:end]
        top = max(found)
        opened = start + found.index(top) if top > SECTION * found[0] else start
        score = (top + ALSO * (sum(found) - top)) * (1 - COVERAGE + COVERAGE * share)
        ranked.append((score, number, opened))
    return sorted(ranked, key=lambda one: (-one[0], one[1]))


def _reach(index: Index, unit: Unit) -> tuple[dict[int, float], dict[int, float], float]:
    """Return what a unit gives to each passage, the share of it that each document reaches, and its mass (rarity)."""
    count = len(index.passages)
    gains: dict[int, float] = {}
    reached: dict[int, float] = {}
    rarities = []
    for token, weight in unit.tokens.items():
        if token not in index.postings:
            continue
        numbers, weights = index.postings[token]
        rare = math.log(1 + count / len(numbers))
        rarities.append(rare * min(weight, 1.0))
        owners = set()
        for number, counts in zip(numbers, weights, strict=True):
            gain = weight * rare * counts
            gains[number] = gains.get(number, 0.0) + gain if unit.loose else max(gains.get(number, 0.0), gain)
            owners.add(index.owners[number])
        for owner in owners:
            if unit.loose:
                reached[owner] = reached.get(owner, 0.0) + 1 / len(unit.tokens)
            else:
                reached[owner] = max(reached.get(owner, 0.0), min(weight, 1.0))
    mass = max(rarities, default=UNSEEN)
    return gains, reached, mass * (LOOSE if unit.loose else 1.0)


def _folded(index: Index, order: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the order with one document of each family: five sheets with the same paragraph are one result."""
    seen: set[str] = set()
    kept = []
    for number, passage in order:
        family = index.passages[passage].document.family
        if family and family in seen:
            continue
        seen.add(family)
        kept.append((number, passage))
    return kept


def _hit(passage: SearchPassage, words: Iterable[str]) -> Hit:
    address = passage.document.address + (f"#{passage.anchor}" if passage.anchor else "")
    return Hit(passage.document, address, passage.heading, _marked(passage.document.line, words))


def _marked(line: str, words: Iterable[str]) -> list[tuple[str, bool]]:
    """Return a line cut into parts that match one of the words and parts that do not."""
    lowered, matching = line.lower(), set[int]()
    for word in words:
        start = lowered.find(word) if len(word) > 1 else -1
        while start >= 0:
            matching.update(range(start, start + len(word)))
            start = lowered.find(word, start + 1)
    runs = ((mark, list(run)) for mark, run in groupby(range(len(line)), matching.__contains__))
    return [(line[run[0] : run[-1] + 1], mark) for mark, run in runs]
