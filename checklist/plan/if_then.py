"""If-then lines: what the reader means to do when it comes again, chosen from a few ready ones and kept.

lines    ask-for-code.family-first    the ids of those kept, joined by dots
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Annotated, Self

from pydantic import Field, model_validator

from core.content.files import Id, Model, Text

#: How many are offered and kept: more are not remembered when it counts.
MOST = 3


class LinePolicy(Model):
    """A line is offered to readers who gave one of the exposures in `when`, open or handled.

    With `always`, it is offered to everybody.
    """

    id: Id
    when: tuple[Id, ...] = ()
    always: bool = False

    @model_validator(mode="after")
    def _is_for_somebody(self) -> Self:
        if not self.when and not self.always:
            raise ValueError("a line needs exposures under when, or always = true")
        return self


class LineWords(Model):
    """`cue` is what happens (如果…), `act` what the reader then does (就…)."""

    id: Id
    cue: Annotated[Text, Field(max_length=20)]
    act: Annotated[Text, Field(max_length=25)]


class Line(LinePolicy, LineWords):
    """A line as it is offered: 如果 `cue`，`act`。"""


def read_lines(cookie: str, known: Collection[str]) -> list[str]:
    """Return the lines kept, in the cookie's order. Unknown ones, and those above the limit, are left out."""
    return list(dict.fromkeys(id for id in cookie.split(".") if id in known))[:MOST]


def write_lines(kept: Iterable[str]) -> str:
    return ".".join(kept)


def offered(lines: Mapping[str, Line], given: Collection[str], kept: Collection[str]) -> list[Line]:
    """Return the lines kept, then those that fit the exposures, then those for everybody: `MOST` in all."""
    fitting = [id for id, line in lines.items() if set(line.when) & set(given)]
    general = [id for id, line in lines.items() if line.always]
    return [lines[id] for id in dict.fromkeys([*kept, *fitting, *general])][:MOST]
