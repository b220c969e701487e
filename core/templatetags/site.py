"""Template tags for addresses, telephone numbers and repeated blocks."""

from django import template

from core.content.telephone import one_by_one
from core.http.addresses import path_of

register = template.Library()


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
