"""Keep in memory which procedures are disputed by readers or by an editor.

Public pages query no database. A scheduled task queries it, and pages call `current()`. The last result stays while
the database does not answer.
"""

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType

from django.utils import timezone

from core.http.page_cache import drop_stored_pages
from core.scheduler import every
from guide.feedback.models import Report

#: Reports on ENOUGH different days within DAYS days put a banner on a procedure without an editor.
ENOUGH = 3
DAYS = 60
#: Procedures that have such a banner at most: more at once are an attack, or need an editor.
MAX_DISPUTED = 5
#: Seconds between two queries.
EVERY = 5 * 60

_current: Mapping[str, int] = MappingProxyType({})


def current() -> Mapping[str, int]:
    """Return how many reports each disputed procedure has. The object stays the same until something changes."""
    return _current


def replace_current(disputed: Mapping[str, int]) -> None:
    """Replace the disputed procedures, and drop all stored pages if any changed."""
    global _current  # one assignment: a request sees the old one or the new one, whole
    if disputed != _current:
        _current = MappingProxyType(dict(disputed))
        drop_stored_pages()


def query_disputed() -> dict[str, int]:
    """Query the disputed procedures. Raise what the database raises."""
    return Report.objects.disputed(timezone.localdate() - dt.timedelta(days=DAYS), ENOUGH, MAX_DISPUTED)


def refresh() -> None:
    """Query and replace them. Raise what the database raises."""
    replace_current(query_disputed())


task = every(EVERY, refresh, "disputed procedures")
