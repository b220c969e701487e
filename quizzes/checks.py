"""Check all content in `manage.py check`. This app can import the others.

Invalid content (tag `content`) also aborts startup. Editorial faults (tag `desk`) only
fail a build, because a site with outdated pages still helps its readers.
"""

from collections.abc import Collection
from typing import Any

from django.core import checks
from django.core.checks import CheckMessage, Error
from django.utils import timezone

import checklist.state.wire_ids
import guide.editorial.freshness
import guide.library
import quizzes.answer_codes
import quizzes.check.library
import quizzes.library
from core.content.files import ContentError, ContentErrors


def content_is_sound(databases: Collection[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Return an error for each fault in a content file. Faults of a lower app come first, alone.

    `migrate` names databases, and must not be stopped by a typo in a page.
    """
    if databases:
        return []
    try:
        quizzes.library.current()
        quizzes.check.library.current()
        checklist.state.wire_ids.current()
        quizzes.answer_codes.current()
    except ContentErrors as found:
        return [Error(str(error), id="content.E001") for error in found.errors]
    except ContentError as error:
        return [Error(str(error), id="content.E001")]
    return []


def desk_is_clear(databases: Collection[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Return editorial faults and overdue reviews, or nothing while content can't be read."""
    if databases or content_is_sound():
        return []
    library = guide.library.current()
    ages = guide.editorial.freshness.ages(library, timezone.localdate())
    return [
        *(
            Error(str(error), id="desk.E001")
            for error in guide.editorial.freshness.words(library, quizzes.library.content_roots())
        ),
        *(Error(str(error), id="desk.E002") for error in ages.faults),
        *(checks.Warning(str(error), id="desk.W001") for error in ages.warnings),
    ]
