"""Reads an answer the way a browser does."""

import re
import struct
import zlib
from typing import Any

from bs4 import BeautifulSoup
from bs4.element import Tag


def read(response: Any) -> BeautifulSoup:
    """The page that an answer holds."""
    return BeautifulSoup(response.content.decode(), "html5lib")


def one(page: BeautifulSoup | Tag, selector: str) -> Tag:
    """Return the first element that a selector finds. There must be one."""
    found = page.select_one(selector)
    assert found, f"nothing is {selector}"
    return found


def is_whole_page(response: Any) -> bool:
    """Whether an answer is a page, not a part of one."""
    return bool(response.content.lstrip().lower().startswith(b"<!doctype html>"))


def pressed(page: BeautifulSoup | Tag, name: str) -> set[str]:
    """The values of the fields called `name` that are chosen: buttons pressed, boxes checked."""
    fields = page.select(f'[name="{name}"]')
    return {str(field["value"]) for field in fields if field.get("aria-pressed") == "true" or field.has_attr("checked")}


def png_pixels(png: bytes) -> Any:
    """Return a picture of black and white, as segno writes it, as an image that another library reads."""
    width, height, depth = struct.unpack(">IIB", png[16:25])
    assert depth == 1, "one bit for each pixel"
    data = png[png.index(b"IDAT") + 4 : png.rindex(b"IEND") - 8]
    rows, step = zlib.decompress(data), 1 + (width + 7) // 8
    line, image = b"", b""
    for at in range(0, len(rows), step):
        filtered, differs = rows[at + 1 : at + step], rows[at] == 2  # 2: from the line above
        line = bytes((one + above) % 256 for one, above in zip(filtered, line, strict=True)) if differs else filtered
        image += bytes(255 * int(bit) for bit in "".join(f"{eight:08b}" for eight in line)[:width])
    return memoryview(image).cast("B", (height, width))


def pixels(svg: str) -> Any:
    """Return a QR code as an image that another library reads: segno draws one path of horizontal strokes."""
    path = re.search(r'<path[^>]*stroke="#000"[^>]* d="([^"]+)"', svg) or re.search(
        r'<path[^>]* d="([^"]+)"[^>]*stroke="#000"', svg
    )
    size = re.search(r'viewBox="0 0 (\d+) \1"', svg, re.IGNORECASE)
    assert path, svg
    assert size, svg
    side, scale = int(size[1]), 4
    rows = [bytearray(b"\xff" * side) for _ in range(side)]
    x, y = 0.0, 0.0
    for command, arguments in re.findall(r"([MmHh])([-\d. ]+)", path[1]):
        numbers = [float(number) for number in re.findall(r"-?[\d.]+", arguments)]
        if command == "M":
            x, y = numbers
        elif command == "m":
            x, y = x + numbers[0], y + numbers[1]
        else:
            for dark in range(int(x), int(x + numbers[0])):
                rows[int(y)][dark] = 0
            x += numbers[0]
    wide = [bytes(dot for dot in row for _ in range(scale)) for row in rows]
    image = b"".join(row for row in wide for _ in range(scale))
    return memoryview(image).cast("B", (side * scale, side * scale))
