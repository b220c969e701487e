"""Models of the small tables of the guide: sources, channels, terms, synonyms, pinyin, sections."""

from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from core.content.files import Id, Model, Text
from core.content.labels import Labelled
from core.search.intents import QueryWords

#: An address on the web, or none. Never javascript: or the like: it goes into a link as it stands.
Url = Annotated[str, StringConstraints(pattern=r"^(https?://\S+)?$")]


def _is_lower(text: str) -> str:
    if text != text.lower():
        raise ValueError("Latin letters are written in lower case")
    return text


#: A word as it is looked up. One character stands in too many others.
Lower = Annotated[Text, Field(min_length=2), AfterValidator(_is_lower)]
#: The channels to call: when money is gone, and when one is not sure.
POLICE, ANTI_FRAUD = "police-110", "anti-fraud-96110"


class Certainty(Labelled):
    """How certain a fact or a path is.

    High: a primary text, or two good sources. Medium: one good source, or several
    weak ones that agree. Low: weak sources only.
    """

    HIGH = "high", "有把握"
    MEDIUM_HIGH = "medium-high", "比较有把握"
    MEDIUM = "medium", "大致如此"
    LOW = "low", "没查实"


class Source(Model):
    """A publication that a page cites.

    `date` is the day, month, year or span that the source itself gives. `url` is set only if the site may send
    readers there. `says` are the telephone numbers, domains, law articles and percentages that it supports
    beside those in its title; a text that cites it may use them (guide/editorial/citations.py).
    """

    id: Id
    publisher: Text
    title: Text
    date: Text
    url: Url = ""
    certainty: Certainty
    says: tuple[Text, ...] = ()


class Channel(Model):
    """A contact for help: a telephone number, a site, or both.

    `purpose` is what it is for, `asks` what it will want to know, `cannot` what
    it can't do. `number` is dialled as it stands.
    """

    id: Id
    name: Text
    number: Annotated[str, StringConstraints(pattern=r"^[0-9-]*$")] = ""
    url: Url = ""
    purpose: Text
    asks: Text
    cannot: Text
    note: str = ""
    sources: tuple[Source, ...] = ()

    @model_validator(mode="after")
    def _can_be_reached(self) -> Self:
        if not self.number and not self.url:
            raise ValueError("a channel needs a number or a url")
        return self


class Term(Model):
    """A technical word with an explanation of a dozen characters."""

    id: Id
    word: Text
    gloss: Text


class Synonyms(Model):
    """Words that readers use for one another, in groups."""

    groups: dict[Id, Annotated[tuple[Lower, ...], Field(min_length=2)]]


Spelling = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+$")]


class Pinyin(Model):
    """Words by their pinyin and characters by their syllable, as `make pinyin` writes them.

    `made_from` is a digest of the words that it read.
    """

    made_from: Text
    words: dict[Spelling, tuple[Text, ...]]
    syllables: dict[Spelling, Text] = {}


class IntentsFile(Model):
    """The tables of intents.toml, before each intent gets its id."""

    words: QueryWords = QueryWords()
    intents: dict[Id, dict[str, Any]] = {}


class Section(Model):
    """A part of the guide. Sections and their pages stand in the order of `order`.

    `picture` is the template of templates/pictures beside its title.
    """

    id: Id
    title: Text
    summary: Text
    picture: Id = "list"
    order: int
