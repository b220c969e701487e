"""The drawing at the top of a page: a trick in four frames, or one picture."""

from typing import Annotated, Any

from pydantic import Field

from core.content.files import Id, Model, Text
from core.content.symbols import Symbol

#: The most Chinese characters of a caption, which stands in half the width of a phone.
LONGEST_CAPTION = 12
Caption = Annotated[Text, Field(max_length=LONGEST_CAPTION)]


class Said(Model):
    """The first frame: what `who`, called `name`, says, in one or two lines of `words`."""

    who: Symbol
    name: Caption
    words: Annotated[tuple[Caption, ...], Field(min_length=1, max_length=2)]


class Seen(Model):
    """The second frame: one or two `things` on a phone, and who looks at it."""

    things: Annotated[tuple[Symbol, ...], Field(min_length=1, max_length=2)]
    who: Symbol = "mother"
    caption: Caption


class Wanted(Model):
    """The third frame: the `thing` that the other side reaches for."""

    thing: Symbol
    caption: Caption


class Strip(Model):
    """A trick in four frames. `alt` describes it in one sentence, `stop` says what not to do."""

    id: Id
    alt: Text
    said: Said
    seen: Seen
    wanted: Wanted
    stop: Caption


class Picture(Model):
    """One to three symbols side by side, with a caption. `alt` says what they mean, `crossed` strikes each out."""

    id: Id
    alt: Text
    symbols: Annotated[tuple[Symbol, ...], Field(min_length=1, max_length=3)]
    crossed: bool = False
    caption: Text


class DrawingsFile(Model):
    """The two tables of drawings.toml before their entries are built."""

    strips: dict[str, Any] = {}
    pictures: dict[str, Any] = {}


Drawing = Strip | Picture
