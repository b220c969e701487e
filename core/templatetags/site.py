"""Template tags for addresses, telephone numbers, headings and repeated blocks."""

import re

from django import template
from django.utils.html import strip_tags

from core.content.telephone import one_by_one
from core.http.addresses import path_of

register = template.Library()

HEADING = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>', re.DOTALL)
#: A page with fewer headings has no contents, and contents have no more lines than stand beside a page.
FEWEST, MOST = 4, 9


@register.filter
def digits(number: str) -> str:
    """Return a telephone number as a screen reader says it, digit by digit."""
    return one_by_one(number)


@register.simple_tag
def path(view: str, *ids: str) -> str:
    """Return the path of a view, as `url` does, from a cache. For the header and footer, which every page has."""
    return path_of(view, *ids)


@register.simple_block_tag
def once(content: str) -> str:
    """`{% once as name %}…{% endonce %}` keeps its content, because a block can be defined only once in a template."""
    return content


@register.filter
def contents(html: str) -> list[tuple[str, str]]:
    """Return the id and the words of each second-level heading, or nothing where they are few."""
    found = [(id, " ".join(strip_tags(words).split())) for id, words in HEADING.findall(html)]
    return found[:MOST] if len(found) >= FEWEST else []
