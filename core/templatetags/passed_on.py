"""What templates need to pass a page on."""

from django import template

from core.qr import qr_svg

register = template.Library()


@register.filter
def qr(address: str) -> str:
    """The QR code of an address, as SVG."""
    return qr_svg(address)


@register.simple_block_tag
def once(content: str) -> str:
    """`{% once as name %}…{% endonce %}` keeps what stands inside: a block can be written only once, and said twice."""
    return content
