"""What a scene shows as a QR code is a drawing: no reader of codes finds one in it."""

import re
from pathlib import Path
from typing import Any

import zxingcpp

DRAWN = Path(__file__).parent.parent.parent / "templates" / "quizzes" / "_drawn_code.html"
SIDE, SCALE = 72, 4


def drawn() -> Any:
    """The drawing as an image: dots of four, and the outlines of its corners."""
    svg = DRAWN.read_text(encoding="utf-8")
    rows = [bytearray(b"\xff" * SIDE) for _ in range(SIDE)]

    def fill(left: float, top: float, right: float, bottom: float, ink: int) -> None:
        for row in rows[int(top) : int(bottom)]:
            row[int(left) : int(right)] = bytes([ink]) * (int(right) - int(left))

    for x, y in re.findall(r"M(\d+) (\d+)h0", svg):
        fill(int(x) - 2, int(y) - 2, int(x) + 2, int(y) + 2, 0)
    for x, y in re.findall(r"M([\d.]+) ([\d.]+)h15v15h-15z", svg):
        fill(float(x) - 2.5, float(y) - 2.5, float(x) + 17.5, float(y) + 17.5, 0)
        fill(float(x) + 2.5, float(y) + 2.5, float(x) + 12.5, float(y) + 12.5, 255)
    wide = [bytes(dot for dot in row for _ in range(SCALE)) for row in rows]
    image = b"".join(row for row in wide for _ in range(SCALE))
    return memoryview(image).cast("B", (SIDE * SCALE, SIDE * SCALE))


def test_draws_something() -> None:
    assert len(set(drawn().tobytes())) == 2


def test_has_two_corners_where_a_real_code_has_three() -> None:
    assert len(re.findall(r"h15v15h-15z", DRAWN.read_text(encoding="utf-8"))) == 2


def test_cannot_be_scanned() -> None:
    assert zxingcpp.read_barcodes(drawn()) == []
