"""What a reader has: a phone of one kind or the other, and apps. Some steps need one of them."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from core.content.files import Id, Model, Text


class PieceKind(StrEnum):
    """Everybody has a phone; nobody must have an app."""

    PHONE = "phone"
    APP = "app"


class PiecePolicy(Model):
    """The part of a piece of kit that no language changes."""

    id: Id
    kind: PieceKind


class PieceWords(Model):
    """The part that a reader sees: `title` on a checkbox, `short` in a line."""

    id: Id
    title: Annotated[Text, Field(max_length=30)]
    short: Annotated[Text, Field(max_length=8)]


class Piece(Model):
    """A phone or an app that a step may need."""

    id: Id
    kind: PieceKind
    title: str
    short: str


def owned(kit: Mapping[str, Piece], has: Collection[str] | None) -> frozenset[str]:
    """The ids of what counts as owned.

    Without an answer (None) that is everything. Who names no phone has one all
    the same, and we don't know which: then any phone counts.
    """
    if has is None:
        return frozenset(kit)
    phones = {id for id, piece in kit.items() if piece.kind is PieceKind.PHONE}
    named = {id for id in kit if id in has}
    return frozenset(named if named & phones else named | phones)
