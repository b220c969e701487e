"""Which procedures several readers found different on their phones, kept in memory.

Public pages ask no database. So a thread of each worker looks now and then, and
pages ask `current()`. While the database is down or silent, what was known stays.
"""

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType

from django.utils import timezone

from core.http.page_cache import drop_stored_pages
from core.scheduler import every
from guide.feedback.models import Report

#: So many reports within so many days make a doubt.
ENOUGH, DAYS = 3, 60
#: Seconds between two looks.
EVERY = 5 * 60

_current: Mapping[str, int] = MappingProxyType({})


def current() -> Mapping[str, int]:
    """How many reports each doubted procedure has. The same object until something changes."""
    return _current


def put(doubted: Mapping[str, int]) -> None:
    """Takes over what is doubted now."""
    global _current  # one assignment: a request sees the old one or the new one, whole
    if doubted != _current:
        _current = MappingProxyType(dict(doubted))
        drop_stored_pages()


def in_queue() -> dict[str, int]:
    """What the queue says now. Raises what the database raises."""
    return Report.objects.doubted(timezone.localdate() - dt.timedelta(days=DAYS), ENOUGH)


def refresh() -> None:
    """Looks into the queue. Raises what the database raises."""
    put(in_queue())


task = every(EVERY, refresh, "doubts")
