"""Lines of a text that are numbered by hand."""

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

NUMBERS = "①②③④⑤⑥⑦⑧⑨⑩"


@register.filter
def ordered(html: str) -> SafeString:
    """Return the lines of trusted HTML as paragraphs, and those that begin with ①, ②, … as an ordered list."""
    blocks: list[str] = []
    for line in (line.strip() for line in html.split("<br>")):
        if line[:1] not in NUMBERS:
            blocks.append(f"<p>{line}</p>")
        elif blocks and blocks[-1].endswith("</ol>"):
            blocks[-1] = f"{blocks[-1].removesuffix('</ol>')}<li>{line[1:]}</li></ol>"
        else:
            blocks.append(f'<ol class="actions-list"><li>{line[1:]}</li></ol>')
    return mark_safe("".join(blocks))  # noqa: S308
