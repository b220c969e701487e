"""Draw an address as a QR code, for a second phone."""

import segno

#: One of the eight mask patterns of the standard. Readers accept each; to compare all takes five times as long.
MASK = 2


def qr_svg(address: str) -> str:
    """Return an SVG for a page, without style attributes and ids. The stylesheet sets its size, the page its name.

    Its light squares are drawn, because dark themes and printers that leave out backgrounds would make it unreadable.
    """
    code = segno.make_qr(address, mask=MASK)
    return str(code.svg_inline(omitsize=True, light="#fff", svgclass="qr", lineclass=None))
