"""Build content models from files, and collect every fault with its file and place."""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from core.content.converter import Lexicon
from core.content.files import ID, AnyModel, ContentError, Faults, build, listed, read_toml
from core.content.markup import render_line
from core.content.rendered import Link, Rendered

LANGUAGE = "zh-hans"


def fingerprint(*roots: Path) -> str:
    """Return eight characters that change when any content file under `roots` does."""
    digest = hashlib.sha256()
    for root in roots:
        for path in sorted(path for path in root.rglob("*") if path.is_file()):
            digest.update(f"{path.relative_to(root)}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:8]


@dataclass(frozen=True)
class Loader:
    """Read the file at `path`, below the key `under` if given, and collect its faults.

    Marks may name what the `lexicon` has, and links the ids in `known`, by kind. Links of
    other kinds are checked by the apps that know them. All loaders of a tree share `faults`.
    """

    path: Path
    lexicon: Lexicon = field(default_factory=Lexicon)
    known: Mapping[str, Collection[str]] = field(default_factory=dict)
    faults: Faults = field(default_factory=Faults)
    under: str = ""

    def at(self, path: Path, under: str = "") -> "Loader":
        """Return the loader of another file of the same tree."""
        return replace(self, path=path, under=under)

    def below(self, where: str) -> "Loader":
        """Return the loader of one key of this file."""
        return replace(self, under=self._place(where))

    def knowing(self, **known: Collection[str]) -> "Loader":
        """Return a loader whose links may also name these ids, by kind."""
        return replace(self, known={**self.known, **known})

    def alone(self) -> "Loader":
        """Return a loader with faults of its own, for a thing that can't be built while it has one."""
        return replace(self, faults=Faults())

    def collect(self) -> AbstractContextManager[None]:
        """Return a context that keeps the faults raised in it and continues after it."""
        return self.faults.collect()

    def fault(self, where: str, what: str, allowed: str = "") -> None:
        self.faults.add(self.path, self._place(where), what, allowed)

    def error(self, where: str, what: str, allowed: str = "") -> ContentError:
        """Return a fault to raise if the file can't be read any further."""
        return ContentError(self.path, self._place(where), what, allowed)

    def raise_if_any(self) -> None:
        """Raise ContentErrors with all faults so far."""
        self.faults.raise_if_any()

    def toml(self) -> dict[str, Any]:
        return read_toml(self.path)

    def build(self, model: type[AnyModel], data: Mapping[str, Any], where: str = "") -> AnyModel:
        """Return `data` as a model. Raise ContentErrors."""
        return build(model, data, self.path, self._place(where))

    def read(self, model: type[AnyModel]) -> AnyModel:
        """Return the whole file as a model. Raise ContentErrors."""
        return self.build(model, self.toml())

    def try_read(self, model: type[AnyModel]) -> AnyModel | None:
        """Return the whole file as a model, or None after collecting its faults."""
        with self.collect():
            return self.read(model)
        return None

    def entries(self, model: type[AnyModel], tables: Mapping[str, Any] | None = None) -> dict[str, AnyModel]:
        """Return the file's tables, or these, as models by id. Faulty ones are left out, and their faults collected."""
        entries: dict[str, AnyModel] = {}
        with self.collect():
            for id, table in (self.toml() if tables is None else tables).items():
                with self.collect():
                    entries[id] = self._entry(model, id, table)
        return entries

    def _entry(self, model: type[AnyModel], id: str, table: Any) -> AnyModel:
        if not isinstance(table, dict):
            raise self.error(id, f"not a table, saw {table!r}", f"[{self._place(id)}] and its keys")
        if "id" in table:
            raise self.error(f"{id}.id", f"the id is the table's name, saw {table['id']!r}", "no id key")
        return self.build(model, {"id": id, **table}, id)

    def check_id(self) -> None:
        """Raise ContentError if the file's name can't be part of an address."""
        if not ID.fullmatch(self.path.stem):
            raise self.error("file", f"the name {self.path.stem!r} is no id", "a-z, 0-9 and hyphens")

    def check_known(self, ids: Iterable[str | None], known: Iterable[str], where: str, kind: str) -> None:
        """Collect a fault for each of `ids` that is not among the `known` ones of its kind. None is no id."""
        for id in ids:
            if id is not None and id not in known:
                self.fault(where, f"unknown {kind} {id!r}", listed(set(known)))

    def check_words(self, words: Collection[str], policy: Collection[str], where: str, kind: str = "id") -> None:
        """Collect a fault for each id of a policy that has no words in this file, and for each that has no policy."""
        for id in policy:
            if id not in words:
                self.fault(where, f"no words for the {kind} {id!r}")
        self.check_known(words, policy, where, kind)

    def check_links(self, links: Iterable[Link], where: str) -> None:
        """Collect a fault for each link of a known kind whose id is not known."""
        for link in links:
            if link.kind in self.known:
                self.check_known([link.id], self.known[link.kind], where, link.kind)

    def check_marks(self, rendered: Rendered, where: str) -> None:
        """Collect the faults that `render` found in a text."""
        for what, allowed in rendered.faults:
            self.fault(where, what, allowed)

    def line(self, text: str, where: str = "", glossed: Sequence[str] = ()) -> Rendered:
        """Return a line of text with its marks rendered and its links checked; `glossed` as in `render`."""
        rendered = render_line(text, self.lexicon, glossed)
        self.check_marks(rendered, where)
        self.check_links(rendered.links, where)
        return rendered

    def html(self, text: str, where: str = "") -> str:
        """Return a line of text as HTML."""
        return self.line(text, where).html

    def cited(self, ids: Iterable[str], where: str = "sources") -> tuple[Any, ...]:
        """Return the sources of these ids, and collect a fault for each unknown one."""
        ids = tuple(ids)
        self.check_known(ids, self.lexicon.sources, where, "source")
        return tuple(self.lexicon.sources[id] for id in ids if id in self.lexicon.sources)

    def _place(self, where: str) -> str:
        return ".".join(part for part in (self.under, where) if part)
