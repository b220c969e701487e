"""Template tags for telephone numbers."""

import re
from functools import lru_cache

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from core.content.telephone import spoken
from guide import library
from guide.sources import ANTI_FRAUD, Channel

register = template.Library()


@register.simple_tag
def anti_fraud() -> Channel | None:
    """Return the channel to call when one is not sure."""
    return library.current().channels.get(ANTI_FRAUD)


@register.filter
def dial(words: str) -> SafeString:
    """Return words with each number of a channel as a link, because `format-detection` turns off the phone's own."""
    pattern = _pattern(tuple(channel.number for channel in library.current().channels.values() if channel.number))
    return mark_safe(pattern.sub(_link, escape(words)))  # noqa: S308 (escaped just before)


@lru_cache(maxsize=8)
def _pattern(numbers: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = "|".join(map(re.escape, sorted(numbers, key=len, reverse=True)))
    return re.compile(rf"(?<![\d.#-])(?:{longest_first})(?![\d.-])" if numbers else r"(?!)")


def _link(found: re.Match[str]) -> str:
    number = found[0]
    return format_html('<a class="tel" href="tel:{}" aria-label="{}">{}</a>', number, spoken(number, number), number)
