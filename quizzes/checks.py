"""`manage.py check` reads all content: the top floor is the one that sees the others."""

from typing import Any

from django.core.checks import CheckMessage, Error, register

import quizzes.library
from guide.contentfile import ContentError, ContentErrors


@register()
def content_is_sound(**kwargs: Any) -> list[CheckMessage]:
    """An error for each fault in a content file, floor by floor: those of a lower one come first, alone."""
    try:
        quizzes.library.current()
    except ContentErrors as found:
        return [Error(str(error), id="content.E001") for error in found.errors]
    except ContentError as error:
        return [Error(str(error), id="content.E001")]
    return []
