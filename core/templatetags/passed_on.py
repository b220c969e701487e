"""Template tags for addresses, telephone numbers and repeated blocks."""

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

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


_rendered: dict[tuple[str, int], tuple[object, SafeString]] = {}


@register.simple_tag
def rendered(partial: str, thing: object) -> SafeString:
    """Return a partial that depends on one content object alone, as `thing`. Each is rendered once per process."""
    key = partial, id(thing)
    if key not in _rendered:
        # The object is kept beside its HTML, so that no other object gets its id.
        _rendered[key] = thing, render_to_string(partial, {"thing": thing})
    return _rendered[key][1]
