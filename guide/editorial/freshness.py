"""Editorial checks: faults in the texts of all apps, and content that is due for review.

The loaders decide whether content can be shown, these checks whether it should be. `manage.py check_content` runs them.
"""

import calendar
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

from core.content.files import ContentError
from guide.editorial import citations, readability
from guide.editorial.extraction import extract
from guide.library import GuideLibrary
from guide.pages import Page
from guide.procedures import Procedure
from guide.sources import Certainty

#: Days without a review after which a page or a procedure is a fault, and after which it is a warning.
STALE, AGEING = 365, 300

Thing = TypeVar("Thing", bound=Page | Procedure)


@dataclass(frozen=True)
class Reviews:
    """The result of a check: faults fail a build, warnings do not."""

    faults: list[ContentError] = field(default_factory=list)
    warnings: list[ContentError] = field(default_factory=list)


def words(library: GuideLibrary, roots: Iterable[Path]) -> list[ContentError]:
    """Return the faults in the texts below `roots`: figures without a source, and hard or blaming words."""
    texts = extract(*roots)
    return [
        *citations.faults(texts, library.sources, library.channels.values()),
        *readability.faults(texts, library.terms),
    ]


@dataclass(frozen=True)
class Aged(Generic[Thing]):
    """A page or a procedure, and the day of its last review: `where` in which `file`."""

    it: Thing
    file: Path
    where: str
    checked: dt.date

    def days(self, today: dt.date) -> int:
        return (today - self.checked).days

    @property
    def due(self) -> dt.date:
        """Return the first day on which a review is due."""
        return self.checked + dt.timedelta(days=AGEING + 1)


def pages_by_age(library: GuideLibrary) -> list[Aged[Page]]:
    """Return all pages, the longest unreviewed first."""
    pages = sorted(library.pages.values(), key=lambda page: (page.front.checked, page.id))
    return [Aged(page, file_of(page), "front matter.checked", page.front.checked) for page in pages]


def procedures_by_age(library: GuideLibrary) -> list[Aged[Procedure]]:
    """Return all procedures, the longest unreviewed first, and of these the least certain."""
    sure = list(Certainty)
    procedures = sorted(library.procedures.values(), key=lambda it: (it.checked, -sure.index(it.certainty), it.id))
    return [Aged(it, file_of(it), f"procedures.{it.id}.checked", it.checked) for it in procedures]


def by_age(library: GuideLibrary) -> list[Aged[Page] | Aged[Procedure]]:
    """Return all pages, then all procedures, the longest unreviewed first."""
    return [*pages_by_age(library), *procedures_by_age(library)]


def ages(library: GuideLibrary, today: dt.date) -> Reviews:
    """Return the pages and procedures that are overdue for review on the day `today`."""
    reviews = Reviews()
    for aged in by_age(library):
        days = aged.days(today)
        if today >= aged.due:
            error = ContentError(
                aged.file, aged.where, f"looked at {days} days ago, on {aged.checked}", f"{STALE} days at most"
            )
            (reviews.faults if days > STALE else reviews.warnings).append(error)
        elif days < -1:  # one day of tolerance: the build may run in another time zone
            reviews.faults.append(
                ContentError(aged.file, aged.where, f"{aged.checked} has not come yet", "today or earlier")
            )
    return reviews


def month_end(day: dt.date) -> dt.date:
    """Return the last day of a day's month. Reviews due by then are this month's work."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def file_of(it: Page | Procedure) -> Path:
    """Return the file of a page or a procedure, below the language."""
    if isinstance(it, Page):
        return Path("pages") / it.section.id / it.path.name
    return Path("procedures") / f"{it.app.id}.toml"
