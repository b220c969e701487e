"""The symbols of the sprite, static/img/drawings.svg, which content names by their ids."""

import re
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator

from core.content.files import listed

SPRITE = Path(__file__).parents[2] / "static" / "img" / "drawings.svg"


@cache
def symbols() -> frozenset[str]:
    """Return the ids of the symbols in the sprite."""
    return frozenset(re.findall(r'<symbol id="([a-z0-9-]+)"', SPRITE.read_text(encoding="utf-8")))


def _check_symbol(id: str) -> str:
    if id not in symbols():
        raise ValueError(f"no symbol of {SPRITE.name}; allowed: {listed(symbols())}")
    return id


Symbol = Annotated[str, AfterValidator(_check_symbol)]
