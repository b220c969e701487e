"""Map what a reader gave away and has to the facts of the decision table."""

from collections.abc import Collection, Iterable
from typing import Any

from checklist.urgent.facts import Facts
from core.content.files import Id, Model
from core.content.loader import Loader

#: What some exposures or things say of some facts, by the names of the facts.
Says = dict[str, Any]


class Mapping(Model):
    """The facts that exposures and things imply, by id, and which exposure replaces which.

    `milder` are specific exposures that make the general one less urgent.
    """

    milder: tuple[Id, ...] = ()
    exposures: dict[Id, Says]
    replaces: dict[Id, Id]
    has: dict[Id, Says]


def facts_of(mapping: Mapping, exposures: Collection[str], has: Collection[str] = ()) -> Facts:
    """Return the facts for somebody with these exposures open, who has these things.

    Sets of a fact are joined. Of two values for one fact, the first in the file counts, which is the more
    urgent one. Two contradicting phones imply nothing.
    """
    phones = [id for id in has if "os" in mapping.has.get(id, {})]
    things = [id for id in mapping.has if id in has and not (id in phones and len(phones) > 1)]
    said = [
        *(_not_replaced(mapping, id, exposures) for id in mapping.exposures if id in exposures),
        *(mapping.has[id] for id in things),
    ]
    return Facts.model_validate(_joined(said))


def outdated(mapping: Mapping, chosen: Collection[str]) -> set[str]:
    """Return the milder exposures that no longer hold where these are opened anew: the cautious answer counts."""
    return {id for id in mapping.milder if mapping.replaces[id] in chosen and id not in chosen}


def cautious(mapping: Mapping, one: Collection[str], other: Collection[str]) -> set[str]:
    """Return two sets of open exposures together, without a milder one where the other has the general one alone."""
    return ({*one} - outdated(mapping, other)) | ({*other} - outdated(mapping, one))


def _not_replaced(mapping: Mapping, id: str, exposures: Collection[str]) -> Says:
    """Return what an exposure implies about facts that no more specific one covers."""
    precise = [
        mapping.exposures[other] for other, whole in mapping.replaces.items() if whole == id and other in exposures
    ]
    return {fact: value for fact, value in mapping.exposures[id].items() if not any(fact in says for says in precise)}


def _joined(said: Iterable[Says]) -> Says:
    facts: Says = {}
    for says in said:
        for fact, value in says.items():
            if isinstance(value, list):
                facts[fact] = [*facts.get(fact, []), *value]
            else:
                facts.setdefault(fact, value)
    return facts


def load(loader: Loader) -> Mapping:
    """Return the mapping of the loader's file. Raise ContentErrors with every fault found."""
    mapping = loader.read(Mapping)
    for table in ("exposures", "has"):
        for id, says in getattr(mapping, table).items():
            with loader.collect():
                loader.build(Facts, says, f"{table}.{id}")
    loader.check_known(mapping.replaces, mapping.exposures, "replaces", "exposure")
    loader.check_known(mapping.replaces.values(), mapping.exposures, "replaces", "exposure")
    loader.check_known(mapping.milder, mapping.replaces, "milder", "exposure under [replaces]")
    loader.raise_if_any()
    return mapping
