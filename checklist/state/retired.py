"""Ids of exposures and steps that were renamed, split or retired: what a reader kept under them still counts.

Works on cookie strings, before anything else reads them, so that no other
module has to know an older id.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from checklist import library
from checklist.state.cookies import STEP_COOKIE, Given, parse_given, write_given
from core.content.files import Faults, Id, Model
from core.content.loader import check_known, read_table
from core.content.store import ContentStore

Names = Mapping[str, tuple[str, ...]]


class RetiredFile(Model):
    """Each old id with the ids that stand for it now."""

    exposures: dict[Id, tuple[Id, ...]] = {}
    steps: dict[Id, tuple[Id, ...]] = {}


@dataclass(frozen=True)
class Retired:
    """Each old id with the living ids that stand for it, however often it changed in between."""

    exposures: Names = field(default_factory=dict)
    steps: Names = field(default_factory=dict)

    def renew(self, cookies: Mapping[str, str]) -> dict[str, str]:
        """The cookies under today's ids. What is kept under a new id already stays as it is."""
        renewed = {name: value for name, value in cookies.items() if name not in self._old_names()}
        for old, parts in self.steps.items():
            for part in parts:
                if STEP_COOKIE + old in cookies:
                    renewed.setdefault(STEP_COOKIE + part, cookies[STEP_COOKIE + old])
        if "exposures" in cookies:
            renewed["exposures"] = self._renew_exposures(cookies["exposures"])
        return renewed

    def replaced(self, cookies: Mapping[str, str], step: str) -> dict[str, str]:
        """What to keep, and with "" to forget, when `step` is written: its older cookies go, their other parts stay."""
        kept: dict[str, str] = {}
        for old, parts in self.steps.items():
            if step in parts and STEP_COOKIE + old in cookies:
                names = [STEP_COOKIE + part for part in parts if part != step]
                kept |= {name: cookies[STEP_COOKIE + old] for name in names if name not in cookies}
                kept[STEP_COOKIE + old] = ""
        return kept

    def _old_names(self) -> set[str]:
        return {STEP_COOKIE + old for old in self.steps}

    def _renew_exposures(self, cookie: str) -> str:
        given = parse_given(cookie)
        renewed: dict[str, Given] = {}
        for id, one in given.items():
            for now in self.exposures.get(id, (id,)):
                if now == id or now not in given:
                    renewed.setdefault(now, one)
        # Nothing left of a list is a list of nothing, not the absence of one.
        return write_given(renewed)


def load(path: Path, exposures: Collection[str], steps: Collection[str]) -> Retired:
    """What is retired by the file at `path`. Raises ContentErrors with every fault found."""
    faults = Faults()
    file = read_table(path, RetiredFile, faults)
    faults.raise_if_any()
    assert file is not None  # else there was a fault
    resolved = Retired(
        _resolve(path, "exposures", file.exposures, exposures, faults),
        _resolve(path, "steps", file.steps, steps, faults),
    )
    faults.raise_if_any()
    return resolved


def _resolve(path: Path, table: str, retired: Names, alive: Collection[str], faults: Faults) -> Names:
    for old, parts in retired.items():
        if old in alive:
            faults.add(path, f"{table}.{old}", f"{old!r} is still in use", "an id that is no more")
        check_known(parts, {*alive, *retired}, path, f"{table}.{old}", table.removesuffix("s"), faults)
    try:
        TopologicalSorter(retired).prepare()
    except CycleError as error:
        way = " → ".join(error.args[1])
        faults.add(path, table, f"ids stand for one another: {way}", "an end that is in use")
        return {}
    return {old: tuple(dict.fromkeys(_ends(old, retired))) for old in retired}


def _ends(id: str, retired: Names) -> Iterator[str]:
    """The living ids that stand for `id` in the end."""
    if id not in retired:
        yield id
    for part in retired.get(id, ()):
        yield from _ends(part, retired)


def _load() -> Retired:
    checklist = library.current()
    return load(library.ROOT / "policy" / "retired.toml", checklist.exposures, checklist.steps)


#: What is really retired. `current()` gives it.
current = ContentStore(_load)
