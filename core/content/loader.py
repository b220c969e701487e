"""Build content models from files, and collect every fault with its file and place."""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from core.content.files import ID, AnyModel, ContentError, Faults, build, listed, read_toml
from core.content.markup import Lexicon, Link, Rendered, render_line

LANGUAGE = "zh-hans"


def fingerprint(*roots: Path) -> str:
    """Eight characters that change when any content file under `roots` does."""
    digest = hashlib.sha256()
    for root in roots:
        for path in sorted(path for path in root.rglob("*") if path.is_file()):
            digest.update(f"{path.relative_to(root)}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:8]


def read_entries(path: Path, model: type[AnyModel], faults: Faults) -> dict[str, AnyModel]:
    """The tables of a TOML file as models by id."""
    with faults.collect():
        return build_entries(read_toml(path), model, path, faults)
    return {}


def read_table(path: Path, model: type[AnyModel], faults: Faults) -> AnyModel | None:
    """A whole TOML file as one model; None where it has a fault."""
    with faults.collect():
        return build(model, read_toml(path), path)
    return None


def build_entries(
    tables: Mapping[str, Any], model: type[AnyModel], path: Path, faults: Faults, under: str = ""
) -> dict[str, AnyModel]:
    """Tables as models by id; `under` is the key that they stand under in their file."""
    entries: dict[str, AnyModel] = {}
    for id, table in tables.items():
        where = f"{under}.{id}" if under else id
        with faults.collect():
            if not isinstance(table, dict):
                raise ContentError(path, where, f"not a table, saw {table!r}", f"[{where}] and its keys")
            if "id" in table:
                raise ContentError(path, f"{where}.id", f"the id is the table's name, saw {table['id']!r}", "no id key")
            entries[id] = build(model, {"id": id, **table}, path, where)
    return entries


def check_id(path: Path) -> None:
    """Raises ContentError for a file whose name can't stand in an address."""
    if not ID.fullmatch(path.stem):
        raise ContentError(path, "file", f"the name {path.stem!r} is no id", "a-z, 0-9 and hyphens")


def check_known(ids: Iterable[str], known: Iterable[str], path: Path, where: str, kind: str, faults: Faults) -> None:
    """A fault for each of `ids` that is not among the `known` ones of its kind."""
    for id in ids:
        if id not in known:
            faults.add(path, where, f"unknown {kind} {id!r}", listed(set(known)))


def check_links(
    links: Iterable[Link], known: Mapping[str, Collection[str]], path: Path, where: str, faults: Faults
) -> None:
    """A fault for each link of a kind in `known` to an id that is not there; other kinds are for the floors above."""
    for link in links:
        if link.kind in known:
            check_known([link.id], known[link.kind], path, where, link.kind, faults)


def read_line(
    text: str,
    lexicon: Lexicon,
    known: Mapping[str, Collection[str]],
    path: Path,
    where: str,
    faults: Faults,
    glossed: Sequence[str] = (),
) -> Rendered:
    """One line of words: its marks read, its links checked as `check_links` does; `glossed` as in `render`."""
    rendered = render_line(text, lexicon, glossed)
    for what, allowed in rendered.faults:
        faults.add(path, where, what, allowed)
    check_links(rendered.links, known, path, where, faults)
    return rendered


def line_html(
    text: str, lexicon: Lexicon, known: Mapping[str, Collection[str]], path: Path, where: str, faults: Faults
) -> str:
    """One line of words as HTML, read by `read_line`."""
    return read_line(text, lexicon, known, path, where, faults).html
