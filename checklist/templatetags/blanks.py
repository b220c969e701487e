"""Blanks in words to say."""

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def blanks(words: str) -> SafeString:
    """Return words with a line to fill in where they have empty brackets."""
    return mark_safe(escape(words).replace("（　）", '<span class="gap">＿＿</span>'))  # noqa: S308 (escaped just before)
