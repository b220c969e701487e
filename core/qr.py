"""Draw an address as a QR code."""

from io import BytesIO

import segno

#: One of the eight mask patterns of the standard. Scanners accept each; comparing all takes five times as long.
MASK = 2


#: Pixels of a picture for each square of the code: enough for paper.
SCALE = 8


def qr_png(address: str) -> bytes:
    """Return a PNG for readers. Chat apps offer to read a code only in an image."""
    picture = BytesIO()
    segno.make_qr(address, mask=MASK).save(picture, kind="png", scale=SCALE)
    return picture.getvalue()


def qr_svg(address: str) -> str:
    """Return an SVG for pages of staff, without style attributes and ids. The stylesheet sets its size.

    The light squares are drawn too, because dark themes and printers without backgrounds would make it
    unreadable.
    """
    code = segno.make_qr(address, mask=MASK)
    return str(code.svg_inline(omitsize=True, light="#fff", svgclass="qr", lineclass=None))
