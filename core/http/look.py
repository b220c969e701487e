"""The look of pages: large type (大字版) and theme, kept in one cookie."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from django.http import HttpRequest

from core.http.cookies import read_cookies


class Theme(StrEnum):
    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True)
class Look:
    """The look of pages for one reader: large type (大字版) and theme. It varies public pages."""

    large: bool = False
    theme: Theme = Theme.AUTO

    @classmethod
    def parse(cls, value: str) -> Self:
        """Return the look that a cookie names, such as `large.dark`; unknown parts are ignored."""
        parts = value.split(".")
        theme = next((theme for theme in Theme if theme in parts), Theme.AUTO)
        return cls(large="large" in parts, theme=theme)

    def __str__(self) -> str:
        theme = "" if self.theme is Theme.AUTO else self.theme.value
        return ".".join(part for part in ("large" if self.large else "", theme) if part)


def look_of(request: HttpRequest) -> Look:
    return Look.parse(read_cookies(request).get("look", ""))
