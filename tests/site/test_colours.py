"""Colours can be told apart: each pair of the style guide keeps its contrast, by day and by night."""

import re

import pytest

from core.stylesheets import parts
from quizzes.styleguide import SWATCHES
from tests.collecting import for_each

STYLES = "".join(file.read_text(encoding="utf-8") for file in parts("styleguide"))
TOKEN = re.compile(r"--([a-z-]+): (?:var\(--day, (#\w+)\) var\(--night, (#\w+)\)|(#\w+));")
GROUND = re.compile(r"\.on-([a-z-]+) \{ background: var\(--([a-z-]+)\); color: var\(--([a-z-]+)\); \}")
#: By day and by night, by name; print comes after and is black on white.
COLOURS = {name: (day or both, night or both) for name, day, night, both in reversed(TOKEN.findall(STYLES))}
TIMES = {"day": 0, "night": 1}
#: What has to be seen, though nothing is written on it: edges of what is chosen, filled in or pressed.
EDGES = [("edge", "paper"), ("edge", "sheet"), ("leaf-fill", "paper"), ("brick-fill", "brick-wash")]


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_knows_black_from_white() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)


def test_shows_each_swatch_as_the_stylesheet_has_it() -> None:
    grounds = {ground: words for ground, _, words in GROUND.findall(STYLES)}
    assert {ground: words for ground, words, _ in SWATCHES} == grounds


@for_each([(*swatch, time) for swatch in SWATCHES for time in TIMES])
def test_can_be_read(swatch: tuple[str, str, float, str]) -> None:
    ground, words, least, time = swatch
    [behind] = [behind for name, behind, _ in GROUND.findall(STYLES) if name == ground]
    assert contrast(COLOURS[behind][TIMES[time]], COLOURS[words][TIMES[time]]) >= least


@for_each([(*pair, time) for pair in EDGES for time in TIMES])
def test_can_be_seen(pair: tuple[str, str, str]) -> None:
    edge, ground, time = pair
    assert contrast(COLOURS[edge][TIMES[time]], COLOURS[ground][TIMES[time]]) >= 3
