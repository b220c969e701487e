"""Build the in-memory search index of everything public.

A passage is the head of an address, or the text under one heading. Titles and headings count more than text.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from core.search.documents import Document, DocumentKind
from core.search.intents import Intent, QueryWords
from core.search.text import Segmenter, normalise

#: What a token counts in a title, a summary, a heading; the share of the title for passages below the head.
TITLE, SUMMARY, HEADING, BELOW = 3.0, 1.0, 2.0, 0.4
#: What documents other than guide pages count: a page of the guide tells more.
ABOVE = 0.75
#: Tokens of a usual passage.
USUAL = 150

Posting = tuple["array[int]", "array[float]"]


@dataclass(frozen=True)
class SearchPassage:
    """A stretch of a document under one heading; `anchor` is "" at its head."""

    document: Document
    anchor: str
    heading: str


@dataclass(frozen=True)
class SearchLexicon:
    """What the content knows about words: synonyms, pinyin, intents, and words without meaning in a query."""

    synonyms: Sequence[Sequence[str]] = ()
    pinyin: Mapping[str, Sequence[str]] = field(default_factory=dict)
    #: The characters of each syllable.
    syllables: Mapping[str, str] = field(default_factory=dict)
    intents: Sequence[Intent] = ()
    query_words: QueryWords = field(default_factory=QueryWords)


@dataclass
class Index:
    """The tables that `query.search` reads. Postings are arrays, because objects would dominate a worker's memory."""

    lexicon: SearchLexicon
    segmenter: Segmenter
    #: The address of each intent's `to` and `then`.
    intents: list[tuple[Intent, list[str]]] = field(default_factory=list)
    passages: list[SearchPassage] = field(default_factory=list)
    #: Where the passages of each document begin, and after them all, where the last one's end.
    starts: list[int] = field(default_factory=list)
    #: The number of the document of each passage.
    owners: list[int] = field(default_factory=list)
    postings: dict[str, Posting] = field(default_factory=dict)
    #: The words of each word's synonym group.
    synonyms: dict[str, set[str]] = field(default_factory=dict)
    syllable: dict[str, str] = field(default_factory=dict)
    #: The address of each whole title.
    titles: dict[str, str] = field(default_factory=dict)


def build(entries: Iterable[Document], lexicon: SearchLexicon, addresses: Mapping[str, str] | None = None) -> Index:
    """Return the index of documents. `addresses` maps the links of intents to addresses."""
    documents = list(entries)
    known = [word for group in lexicon.synonyms for word in group]
    known += [phrase for intent in lexicon.intents for phrase in intent.phrases]
    known += [document.title for document in documents if len(document.title) <= 8]
    known += [word for words in lexicon.pinyin.values() for word in words]
    index = Index(lexicon, Segmenter(known))
    for group in lexicon.synonyms:
        for word in map(normalise, group):
            index.synonyms.setdefault(word, set()).update(map(normalise, group))
    index.syllable = {char: spelt for spelt, characters in lexicon.syllables.items() for char in characters}
    for intent in lexicon.intents:
        index.intents.append((intent, [(addresses or {}).get(link, link) for link in (intent.to, intent.then) if link]))
    found: dict[str, Posting] = defaultdict(lambda: (array("H"), array("f")))
    for number, document in enumerate(documents):
        index.starts.append(len(index.passages))
        index.titles.setdefault(normalise(document.title).replace(" ", ""), document.address)
        for part in document.parts:
            passage = SearchPassage(document, part.anchor, part.heading)
            for token, weight in _weights(index.segmenter, passage, part.text).items():
                passages, weights = found[token]
                passages.append(len(index.passages))
                weights.append(weight)
            index.passages.append(passage)
            index.owners.append(number)
    index.starts.append(len(index.passages))
    index.postings = dict(found)
    return index


def _weights(segmenter: Segmenter, passage: SearchPassage, text: str) -> dict[str, float]:
    """Return what each token of a passage counts. Repetition counts a little more, in a long passage a little less."""
    said = Counter(segmenter.document_tokens(text))
    usual = 0.5 + 0.25 * said.total() / USUAL
    weights = {token: times * 2 / (times + usual) for token, times in said.items()}
    document, head = passage.document, not passage.anchor
    share = document.share * (1.0 if document.kind is DocumentKind.PAGE else ABOVE)
    placed = [(document.title, TITLE if head else TITLE * BELOW), (passage.heading, HEADING)]
    placed += [(document.line, SUMMARY), (document.words, SUMMARY)] if head else []
    for words, weight in placed:
        for token in set(segmenter.document_tokens(words)):
            weights[token] = weights.get(token, 0.0) + weight
    return {token: weight * share for token, weight in weights.items()}
