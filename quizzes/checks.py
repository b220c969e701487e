"""Check all content in `manage.py check`. This app can import the others.

Invalid content also aborts startup. Editorial faults fail only a build (`manage.py check_content`), because a site
with outdated pages still helps its readers.
"""

from collections.abc import Collection
from typing import Any

from django.core.checks import CheckMessage, Error

import checklist.state.wire_ids  # noqa: F401 (each of these has a store)
import quizzes.answer_codes
import quizzes.check.library
import quizzes.library  # noqa: F401
from core.content.files import Faults
from core.content.store import load_all


def content_is_sound(databases: Collection[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Return an error for each fault in a content file. Faults of a lower app come first, alone.

    `migrate` names databases, and must not be stopped by a typo in a page.
    """
    if databases:
        return []
    faults = Faults()
    with faults.collect():
        load_all()
    return [Error(str(error), id="content.E001") for error in faults.errors]
