"""List what changed on the site, day by day, newest first."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from core.content.files import Model
from guide.pages import Change, Page


class ChangesFile(Model):
    """The tables of changes.toml: changes of the site itself."""

    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class DatedChange:
    """One change, with the pages that it changed; none if it was a change of the site itself."""

    date: dt.date
    what: str
    pages: tuple[Page, ...] = ()


@dataclass(frozen=True)
class Day:
    date: dt.date
    entries: tuple[DatedChange, ...]


def by_day(site: Iterable[Change], pages: Iterable[Page]) -> list[Day]:
    """Return all changes, newest day first; within a day, those of the site come first.

    Pages that changed on one day in the same words (首次发布) share one entry.
    """
    days: dict[dt.date, dict[tuple[str, bool], list[Page]]] = defaultdict(dict)
    for change in site:
        days[change.date][change.what, False] = []
    for page in pages:
        for change in page.front.changes:
            days[change.date].setdefault((change.what, True), []).append(page)
    return [
        Day(date, tuple(DatedChange(date, what, tuple(changed)) for (what, _), changed in days[date].items()))
        for date in sorted(days, reverse=True)
    ]
