"""Titles that break after a comma."""

import re

from django import template
from django.utils.html import format_html_join

register = template.Library()


@register.filter
def at_commas(title: str) -> str:
    """Return a title whose parts, each with the comma that ends it, keep to a line of their own where they fit."""
    if "，" not in title:
        return title
    return format_html_join("", '<span class="line-word">{}</span>', ((part,) for part in re.split("(?<=，)", title)))
