"""Recognise common worries in a query before any word is looked up.

An intent leads from a way of speaking (被骗了3000, 验证码念给他了) to the page that helps first. Intents are content:
guide/content/<language>/intents.toml.
"""

import re
from collections.abc import Iterable
from typing import Annotated, Self

from pydantic import Field, model_validator

from core.content.files import Id, Model, Text

#: Stands for an amount of money in a phrase.
MONEY = "{money}"
LETTERS = re.compile(r"[a-z]+")
AMOUNT = r"[\d.一二两三四五六七八九十百千几]+[多来几]?[元块万千百w]|\d{3,}"


class Intent(Model):
    """A way of speaking and the addresses that answer it.

    `all` holds groups of alternatives: a query must contain one phrase of each group.
    `none` are phrases that rule the intent out. `to` comes first in the results and `then`
    second; both are links such as `case:money-gone`. `say` stands above the results, with
    the numbers of the channels `calls`.
    """

    id: Id
    to: Text
    then: str = ""
    all: Annotated[tuple[tuple[Text, ...], ...], Field(min_length=1)]
    none: tuple[Text, ...] = ()
    say: str = ""
    calls: tuple[Id, ...] = ()

    @model_validator(mode="after")
    def _groups_are_not_empty(self) -> Self:
        if not all(self.all):
            raise ValueError("each group of `all` needs a phrase")
        return self

    def matches(self, query: str) -> bool:
        """Return whether a normalised query (60 characters at most) has this intent."""
        if any(_holds(query, phrase) for phrase in self.none):
            return False
        return all(any(_holds(query, phrase) for phrase in group) for group in self.all)

    def nearness(self, query: str, without: Iterable[str]) -> int:
        """Return the length of the longest phrase of this intent in a query, 0 where it is ruled out.

        A phrase that has less than two characters beside those of `without` says too little.
        """
        if any(_holds(query, phrase) for phrase in self.none):
            return 0
        held = [phrase for phrase in self.phrases if phrase in query]
        for words in without:
            held = [phrase.replace(words, "") for phrase in held]
        return max((len(phrase) for phrase in held if len(phrase) > 1), default=0)

    @property
    def phrases(self) -> list[str]:
        return [phrase for group in self.all for phrase in group if phrase != MONEY]


class QueryWords(Model):
    """Words of a query that mean little or something else.

    `questions` are phrases that carry no meaning (怎么办), `particles` single characters
    (了). Phrases of `happened` tell of something that has happened. `spellings` are what is
    typed for a word (yzm), with the word. `spoken` are the pinyin of words (gei) with the
    word.
    """

    questions: tuple[Text, ...] = ()
    particles: str = ""
    happened: tuple[Text, ...] = ()
    spellings: dict[Text, Text] = {}
    spoken: dict[Text, Text] = {}

    def tell_of_something(self, query: str) -> bool:
        """Return whether a query tells of something that has happened, and so may be an emergency."""
        return any(phrase in query for phrase in self.happened)

    def spelt(self, query: str) -> str:
        """Return a query with the plain form of each word of `spellings`."""
        for typed, plain in self.spellings.items():
            query = query.replace(typed, plain)
        return LETTERS.sub(lambda run: self._said(run[0]), query)

    def _said(self, letters: str) -> str:
        """Return the words that letters spell as a whole, in as few words as possible, or else the letters."""
        #: For each number of letters read: the number of words so far, and the words.
        read: dict[int, tuple[int, str]] = {0: (0, "")}
        longest = max(map(len, self.spoken), default=0)
        for end in range(1, len(letters) + 1):
            starts = (start for start in range(max(0, end - longest), end) if start in read)
            ways = [
                (read[start][0] + 1, read[start][1] + self.spoken[letters[start:end]])
                for start in starts
                if letters[start:end] in self.spoken
            ]
            if ways:
                read[end] = min(ways, key=lambda way: way[0])
        return read.get(len(letters), (0, letters))[1]


def _holds(query: str, phrase: str) -> bool:
    return bool(re.search(AMOUNT, query)) if phrase == MONEY else phrase in query
