"""Models of exposures: what a reader gave away or did, open until it is handled."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from core.content.files import Id, Model, Text
from core.content.labels import Labelled


class ExposureState(StrEnum):
    """Open until the reader, or the steps that settle it, handled it."""

    OPEN = "open"
    HANDLED = "handled"


class ExposureGroup(Labelled):
    """The groups of the list of exposures, in order: what is most urgent, then the rest by what it is about."""

    FIRST = "first", "先看最急的"
    CODES = "codes", "码和密码"
    MONEY = "money", "钱和卡"
    PHONE = "phone", "手机"
    PEOPLE = "people", "人和群"
    MILD = "mild", "轻一点的"


class ExposurePolicy(Model):
    """The part of an exposure that no language changes.

    A `critical` one sets a minimum of the risk score while it is open. One `under` another is more specific:
    a reader who gave it gave the other, too. `aliases` are former ids.
    """

    id: Id
    group: ExposureGroup
    critical: bool = False
    under: Id | None = None
    aliases: tuple[Id, ...] = ()


class ExposureWords(Model):
    """The part of an exposure that a reader sees.

    `title` names it on a checkbox, `meaning` says in a line what it can lead to,
    `because` begins a reason in the plan (你说出过验证码).
    """

    id: Id
    title: Annotated[Text, Field(max_length=20)]
    meaning: Text
    because: Annotated[Text, Field(max_length=24)]


class Exposure(ExposurePolicy, ExposureWords):
    """Something that the reader gave or did."""
