"""An address as a QR code, for a second phone. Pure."""

import segno


def qr_svg(address: str) -> str:
    """An SVG to stand in a page: no style attribute, no id. Its size comes from the stylesheet, its name from the page.

    Its light squares are drawn: a dark theme, and a printer that leaves backgrounds
    out, must not make it unreadable.
    """
    code = segno.make_qr(address)
    return str(code.svg_inline(omitsize=True, light="#fff", svgclass="qr", lineclass=None))
