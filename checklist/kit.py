"""Models of what a reader has: a phone, apps, and perhaps another phone nearby."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from core.content.files import Id, Model, Text


class PieceKind(StrEnum):
    """Everybody has a phone; nobody must have an app. NEARBY says whether another phone can be reached."""

    PHONE = "phone"
    APP = "app"
    NEARBY = "nearby"


class PiecePolicy(Model):
    """The part of a piece of kit that no language changes."""

    id: Id
    kind: PieceKind


class PieceWords(Model):
    """The part that a reader sees: `title` on a checkbox, `short` in a line."""

    id: Id
    title: Annotated[Text, Field(max_length=30)]
    short: Annotated[Text, Field(max_length=8)]


class Piece(PiecePolicy, PieceWords):
    """A phone, an app, or an answer about another phone."""


def answers_for_own(kit: Mapping[str, Piece], has: Collection[str]) -> bool:
    """Return whether somebody who has these said something of the own phone or its apps."""
    return any(id in has for id, piece in kit.items() if piece.kind is not PieceKind.NEARBY)


def owned(kit: Mapping[str, Piece], has: Collection[str] | None) -> frozenset[str]:
    """Return the ids of what counts as owned.

    Without an answer (None) that is everything, and with one about another phone alone everything beside it. If
    no phone is named, any phone counts.
    """
    if has is None:
        return frozenset(kit)
    phones = {id for id, piece in kit.items() if piece.kind is PieceKind.PHONE}
    named = {id for id in kit if id in has}
    if not answers_for_own(kit, has):
        return frozenset(named | {id for id, piece in kit.items() if piece.kind is not PieceKind.NEARBY})
    if "harmony" in named:
        named.add("android")  # its menus are those of Android
    return frozenset(named if named & phones else named | phones)
