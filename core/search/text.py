"""Normalise text for search and cut it into tokens.

Chinese is not written with spaces. A domain dictionary (titles, terms, synonyms,
phrases of the intents) splits a text into words by longest match; stretches that the
dictionary does not know are cut into pairs of neighbouring characters (bigrams).
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

HAN = "㐀-䶿一-鿿"
#: A run of 汉字, or a Latin word or number.
RUN = re.compile(rf"[{HAN}]+|[a-z]+|[0-9]+(?:\.[0-9]+)?")
HYPHEN_IN_NUMBER = re.compile(r"(?<=\d)-(?=\d{3})")
#: 汉字 typed one by one with spaces between them, as in 验 证 码.
SPACED = re.compile(rf"(?:(?<=\s)|^)[{HAN}](?:\s+[{HAN}])+(?=\s|$)")
#: Characters that nobody sees, which come along with what is pasted.
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
#: Marks a bigram among the tokens, so that it is not taken for a word of two characters.
BIGRAM = "~"


#: The table of traditional characters, made with OpenCC's t2s conversion (Apache License 2.0).
TRADITIONAL = str.maketrans(*(Path(__file__).parent / "traditional.txt").read_text(encoding="utf-8").split())


def normalise(text: str) -> str:
    """Return text in the form in which it is compared.

    Full-width forms, capitals and traditional characters are unified, invisible characters,
    hyphens inside telephone numbers and spaces between single 汉字 are removed.
    """
    text = INVISIBLE.sub("", text)
    text = unicodedata.normalize("NFKC", text).lower().translate(TRADITIONAL)
    text = SPACED.sub(lambda spaced: "".join(spaced[0].split()), text)
    return HYPHEN_IN_NUMBER.sub("", text)


def bigrams(run: str) -> list[str]:
    """Return the pairs of neighbouring characters of a run; a lone character is its own token."""
    return [BIGRAM + run[at : at + 2] for at in range(len(run) - 1)] or [BIGRAM + run]


class Segmenter:
    """Cut text into words of a dictionary, and into bigrams where the dictionary ends."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = {run for word in words for run in re.findall(rf"[{HAN}]{{2,}}", normalise(word))}

    @cached_property
    def longest(self) -> int:
        return max(map(len, self.words), default=0)

    def split(self, run: str) -> list[tuple[str, bool]]:
        """Return the pieces of a run of 汉字, each with whether the dictionary knows it.

        The best split leaves the fewest characters unknown, and then has the fewest pieces.
        """
        # best[end]: (unknown characters, pieces, start of the last piece), from the left.
        best: list[tuple[int, int, int]] = [(0, 0, 0)]
        for end in range(1, len(run) + 1):
            unknown, pieces, _ = best[end - 1]
            choice = (unknown + 1, pieces + 1, end - 1)
            for start in range(max(0, end - self.longest), end - 1):
                if run[start:end] in self.words:
                    choice = min(choice, (best[start][0], best[start][1] + 1, start))
            best.append(choice)
        cuts: list[tuple[str, bool]] = []
        end = len(run)
        while end:
            start = best[end][2]
            piece, known = run[start:end], end - start > 1
            if not known and cuts and not cuts[-1][1]:
                cuts[-1] = (piece + cuts[-1][0], False)
            else:
                cuts.append((piece, known))
            end = start
        return cuts[::-1]

    def inner(self, word: str) -> list[str]:
        """Return the shorter words that the dictionary knows within a word."""
        spans = ((a, b) for a in range(len(word)) for b in range(a + 2, len(word) + 1) if b - a < len(word))
        return [word[a:b] for a, b in spans if word[a:b] in self.words]

    def document_tokens(self, text: str) -> list[str]:
        """Return every token under which a text is found: its words, the words in them, and all its bigrams."""
        found: list[str] = []
        for run in RUN.findall(normalise(text)):
            if run.isascii():
                found.append(run)
                continue
            found += bigrams(run)
            for piece, known in self.split(run):
                if known:
                    found += [piece, *self.inner(piece)]
        return found
