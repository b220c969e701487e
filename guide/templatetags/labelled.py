"""The names of buttons and menus in a sentence."""

import re

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

LABEL = re.compile("「([^」<]+)」")


@register.filter
def labelled(html: str) -> SafeString:
    """Mark what stands in corner brackets in trusted HTML: it is drawn as what one taps, without the brackets."""
    return mark_safe(LABEL.sub(r'<b class="label"><i>「</i>\1<i>」</i></b>', html))  # noqa: S308
