"""Map ids to the permanent numbers that stand for them in cookies and resume links.

A number is never reused, so that an id can be renamed at any time: `policy/numbers.toml`
names the new id beside the number, and `aliases` in the policy of the exposure or step
keep the former id readable. An id that became a part of another one keeps its number.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Annotated, NamedTuple

from pydantic import Field

from checklist import library
from core.content.files import Id, Model
from core.content.loader import Loader
from core.content.store import ContentStore

Number = Annotated[int, Field(ge=1, le=255)]


class NumbersFile(Model):
    """The number of each exposure, step, and thing that a reader may have. Gaps are allowed."""

    exposures: dict[Id, Number]
    steps: dict[Id, Number]
    has: dict[Id, Number]


@dataclass(frozen=True)
class WireTable:
    """The numbers of one kind of id. Ids that are not `known` are removed or still to come.

    `aliases` are former ids with the present one, `parts` those of what is a part of the present one.
    """

    numbers: Mapping[str, int]
    known: Collection[str]
    aliases: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def former_of(self) -> dict[str, str]:
        """Map what a cookie may contain (a number, or in 0.2.0 an id) to the id, present or former."""
        ids = {*self.known, *self.aliases, *self.parts}
        return {str(number): id for id, number in self.numbers.items() if id in ids} | {id: id for id in ids}

    @cached_property
    def id_of(self) -> dict[str, str]:
        """Map what a cookie may contain to the present id."""
        present = {**self.parts, **self.aliases}
        return {text: present.get(id, id) for text, id in self.former_of.items()}

    @cached_property
    def names_of(self) -> dict[str, list[str]]:
        """Map each present id to what a cookie may contain for it."""
        names: dict[str, list[str]] = {}
        for name, id in self.id_of.items():
            names.setdefault(id, []).append(name)
        return names

    @cached_property
    def issued(self) -> frozenset[str]:
        """Every number that was ever given out, as text."""
        return frozenset(str(number) for number in self.numbers.values())


class WireIds(NamedTuple):
    """The tables that the state format needs."""

    exposures: WireTable
    steps: WireTable
    has: WireTable


def load(path: Path, checklist: library.ChecklistLibrary) -> WireIds:
    """Return the numbers in `path`. Raise ContentErrors where an id of the checklist has none, or two share one."""
    loader = Loader(path)
    file = loader.read(NumbersFile)
    _check(loader, "exposures", file.exposures, checklist.exposures)
    _check(loader, "steps", file.steps, checklist.steps)
    _check(loader, "has", file.has, checklist.kit)
    loader.raise_if_any()
    return WireIds(
        WireTable(file.exposures, frozenset(checklist.exposures), checklist.exposure_aliases),
        WireTable(file.steps, frozenset(checklist.steps), checklist.whole_steps, checklist.step_parts),
        WireTable(file.has, frozenset(checklist.kit)),
    )


def _check(loader: Loader, table: str, numbers: Mapping[str, int], ids: Collection[str]) -> None:
    first: dict[int, str] = {}
    for id, number in numbers.items():
        if number in first:
            loader.fault(f"{table}.{id}", f"number {number} is that of {first[number]!r}", "a number of its own")
        first.setdefault(number, id)
    free = max(first, default=0) + 1
    for id in ids:
        if id.isdigit():
            loader.fault(table, f"{id!r} reads like a number", "an id with a letter in it")
        if id not in numbers:
            loader.fault(table, f"no number for {id!r}", f"{id} = {free}, appended")


#: The real numbers. `current()` gives them.
current = ContentStore(lambda: load(library.ROOT / "policy" / "numbers.toml", library.current()))
