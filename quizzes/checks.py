"""`manage.py check` reads all content: the top floor is the one that sees the others."""

from collections.abc import Collection
from typing import Any

from django.core.checks import CheckMessage, Error

import quizzes.library
from guide.contentfile import ContentError, ContentErrors


def content_is_sound(databases: Collection[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """An error for each fault in a content file, floor by floor: those of a lower one come first, alone.

    `migrate` names databases, and must not be stopped by a typo in a page.
    """
    if databases:
        return []
    try:
        quizzes.library.current()
    except ContentErrors as found:
        return [Error(str(error), id="content.E001") for error in found.errors]
    except ContentError as error:
        return [Error(str(error), id="content.E001")]
    return []
