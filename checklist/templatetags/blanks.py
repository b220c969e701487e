"""Blanks in words to say."""

from django import template

register = template.Library()


@register.filter
def blanks(words: str) -> str:
    """Return words with a line to fill in for each pair of empty brackets. A word joiner keeps it on one line."""
    return words.replace("（　）", "＿\u2060＿")
