"""The symbols of the sprites in static/img, which content names by their ids."""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator

from core.content.files import listed

IMAGES = Path(__file__).parents[2] / "static" / "img"
#: People, hands and things.
DRAWINGS = IMAGES / "drawings.svg"
#: Emergencies and their actions. A file of its own, because their pages have to be light.
EMERGENCY = IMAGES / "emergency.svg"


@cache
def symbols(sprite: Path) -> frozenset[str]:
    """Return the ids of the symbols in a sprite."""
    return frozenset(re.findall(r'<symbol id="([a-z0-9-]+)"', sprite.read_text(encoding="utf-8")))


def _known_in(sprite: Path) -> Callable[[str], str]:
    def check(id: str) -> str:
        if id not in symbols(sprite):
            raise ValueError(f"no symbol of {sprite.name}; allowed: {listed(symbols(sprite))}")
        return id

    return check


Symbol = Annotated[str, AfterValidator(_known_in(DRAWINGS))]
EmergencySymbol = Annotated[str, AfterValidator(_known_in(EMERGENCY))]
