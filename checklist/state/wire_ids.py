"""The numbers that stand for ids in a resume link: each is used once, for ever."""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Annotated

from pydantic import Field

from checklist import library
from core.content.files import Faults, Id, Model
from core.content.loader import read_table
from core.content.store import ContentStore

Number = Annotated[int, Field(ge=1, le=255)]


class WireIds(Model):
    """The number of each exposure, step, and thing that a reader may have. Gaps are allowed."""

    exposures: dict[Id, Number]
    steps: dict[Id, Number]
    has: dict[Id, Number]


def load(path: Path, exposures: Collection[str], steps: Collection[str], has: Collection[str]) -> WireIds:
    """The numbers in `path`, where each of these ids must have one. Raises ContentErrors with every fault found.

    A number may stand for an id that is not there: it is still to come, or was retired.
    """
    faults = Faults()
    numbers = read_table(path, WireIds, faults)
    faults.raise_if_any()
    assert numbers is not None  # else there was a fault
    for table, ids in (("exposures", exposures), ("steps", steps), ("has", has)):
        _check(path, table, getattr(numbers, table), ids, faults)
    faults.raise_if_any()
    return numbers


def _check(path: Path, table: str, numbers: Mapping[str, int], ids: Collection[str], faults: Faults) -> None:
    first: dict[int, str] = {}
    for id, number in numbers.items():
        if number in first:
            faults.add(path, f"{table}.{id}", f"number {number} is that of {first[number]!r}", "a number of its own")
        first.setdefault(number, id)
    free = max(first, default=0) + 1
    for id in ids:
        if id not in numbers:
            faults.add(path, table, f"no number for {id!r}", f"{id} = {free}, appended")


def _load() -> WireIds:
    checklist = library.current()
    return load(library.ROOT / "policy" / "numbers.toml", checklist.exposures, checklist.steps, checklist.kit)


#: The real numbers. `current()` gives them.
current = ContentStore(_load)
