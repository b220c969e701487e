"""What a reader gave away or did: exposures, open until they are handled."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from guide.contentfile import Id, Model, Text


class State(StrEnum):
    """Open until the reader, or the steps that settle it, handled it."""

    OPEN = "open"
    HANDLED = "handled"


class ExposurePolicy(Model):
    """The part of an exposure that no language changes.

    A `critical` one sets a floor under the risk value while it is open, and its
    steps come first in the plan.
    """

    id: Id
    critical: bool = False


class ExposureWords(Model):
    """The part of an exposure that a reader sees.

    `title` names it on a checkbox, `meaning` says in a line what it can lead to,
    `because` begins a reason in the plan (你说出过验证码).
    """

    id: Id
    title: Annotated[Text, Field(max_length=20)]
    meaning: Text
    because: Annotated[Text, Field(max_length=24)]


class Exposure(Model):
    """Something that the reader gave or did."""

    id: Id
    critical: bool
    title: str
    meaning: str
    because: str
