"""String enums whose members have a label for readers."""

from enum import StrEnum


class Labelled(StrEnum):
    """A string enum that gives each member a label: `FIRST = "first", "先处理"`."""

    label: str

    def __new__(cls, value: str, label: str = "") -> "Labelled":
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member
