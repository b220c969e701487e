"""Models of what a reader has: a phone, apps, and perhaps another phone nearby."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from core.content.files import Id, Model, Text


class KitItemKind(StrEnum):
    """Everybody has a phone; nobody must have an app. NEARBY says whether another phone can be reached."""

    PHONE = "phone"
    APP = "app"
    NEARBY = "nearby"


class KitItemPolicy(Model):
    """The part of a kit item that no language changes."""

    id: Id
    kind: KitItemKind


class KitItemWords(Model):
    """The part that a reader sees: `title` on a checkbox, `short` in a line."""

    id: Id
    title: Annotated[Text, Field(max_length=30)]
    short: Annotated[Text, Field(max_length=8)]


class KitItem(KitItemPolicy, KitItemWords):
    """A phone, an app, or an answer about another phone."""


def answers_for_own(kit: Mapping[str, KitItem], has: Collection[str]) -> bool:
    """Return whether somebody who has these said something of the own phone or its apps."""
    return any(id in has for id, item in kit.items() if item.kind is not KitItemKind.NEARBY)


def owned(kit: Mapping[str, KitItem], has: Collection[str] | None) -> frozenset[str]:
    """Return the ids of what counts as owned.

    None (not asked) means everything. If the only answer is about another phone, the reader counts as having all
    phones and apps. If no phone is named, any phone counts.
    """
    if has is None:
        return frozenset(kit)
    phones = {id for id, item in kit.items() if item.kind is KitItemKind.PHONE}
    named = {id for id in kit if id in has}
    if not answers_for_own(kit, has):
        return frozenset(named | {id for id, item in kit.items() if item.kind is not KitItemKind.NEARBY})
    if "harmony" in named:
        named.add("android")  # its menus are those of Android
    return frozenset(named if named & phones else named | phones)
