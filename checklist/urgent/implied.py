"""Find the facts of the decision table that follow from what a reader gave away and has."""

from collections.abc import Collection, Iterable
from typing import Any

from checklist.urgent.facts import Facts
from core.content.files import Id, Model
from core.content.loader import Loader

#: What some exposures or things say of some facts, by the names of the facts.
Says = dict[str, Any]


class ImpliedFacts(Model):
    """The facts that exposures and things imply, by id, and which exposure replaces which.

    `milder` are specific exposures that make the general one less urgent.
    """

    milder: tuple[Id, ...] = ()
    exposures: dict[Id, Says]
    replaces: dict[Id, Id]
    has: dict[Id, Says]


def facts_of(implied: ImpliedFacts, exposures: Collection[str], has: Collection[str] = ()) -> Facts:
    """Return the facts for somebody with these exposures open, who has these things.

    Sets of a fact are joined. Of two values for one fact, the first in the file counts, which is the more
    urgent one. Two contradicting phones imply nothing.
    """
    phones = [id for id in has if "os" in implied.has.get(id, {})]
    things = [id for id in implied.has if id in has and not (id in phones and len(phones) > 1)]
    said = [
        *(_not_replaced(implied, id, exposures) for id in implied.exposures if id in exposures),
        *(implied.has[id] for id in things),
    ]
    return Facts.model_validate(_joined(said))


def outdated(implied: ImpliedFacts, chosen: Collection[str]) -> set[str]:
    """Return the milder exposures that no longer hold if these are opened anew: the cautious answer counts."""
    return {id for id in implied.milder if implied.replaces[id] in chosen and id not in chosen}


def cautious(implied: ImpliedFacts, one: Collection[str], other: Collection[str]) -> set[str]:
    """Return the union of two sets of open exposures.

    A milder exposure is dropped if the other set has only its general one.
    """
    return ({*one} - outdated(implied, other)) | ({*other} - outdated(implied, one))


def _not_replaced(implied: ImpliedFacts, id: str, exposures: Collection[str]) -> Says:
    """Return what an exposure implies about facts that no more specific one covers."""
    precise = [
        implied.exposures[other] for other, whole in implied.replaces.items() if whole == id and other in exposures
    ]
    return {fact: value for fact, value in implied.exposures[id].items() if not any(fact in says for says in precise)}


def _joined(said: Iterable[Says]) -> Says:
    facts: Says = {}
    for says in said:
        for fact, value in says.items():
            if isinstance(value, list):
                facts[fact] = [*facts.get(fact, []), *value]
            else:
                facts.setdefault(fact, value)
    return facts


def load(loader: Loader) -> ImpliedFacts:
    """Return the implied facts in the loader's file. Raise ContentErrors with every fault found."""
    implied = loader.read(ImpliedFacts)
    for table in ("exposures", "has"):
        for id, says in getattr(implied, table).items():
            with loader.collect():
                loader.build(Facts, says, f"{table}.{id}")
    loader.check_known(implied.replaces, implied.exposures, "replaces", "exposure")
    loader.check_known(implied.replaces.values(), implied.exposures, "replaces", "exposure")
    loader.check_known(implied.milder, implied.replaces, "milder", "exposure under [replaces]")
    loader.raise_if_any()
    return implied
