"""The editors' desk: what is wrong with the words of all floors, and what is growing old.

The loaders say whether content can be shown; this says whether it should be.
`manage.py check` and `tools.content` ask it.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from guide import plain, truth
from guide.contentfile import ContentError
from guide.library import Library
from guide.procedures import Procedure
from guide.texts import told

#: Days after which a page or a procedure must have been looked at again, and those after which one is reminded.
STALE, AGEING = 365, 300


@dataclass(frozen=True)
class Found:
    """What the desk found: faults fail a build, warnings do not."""

    faults: list[ContentError] = field(default_factory=list)
    warnings: list[ContentError] = field(default_factory=list)


def words(library: Library, roots: Iterable[Path]) -> list[ContentError]:
    """What is wrong with the texts below `roots`: numbers that nobody vouches for, and hard or blaming words."""
    texts = told(*roots)
    return [
        *truth.faults(texts, library.sources, library.channels.values()),
        *plain.faults(texts, library.terms),
    ]


def ages(library: Library, today: dt.date) -> Found:
    """The pages and procedures that were not looked at for too long on the day `today`."""
    found = Found()
    checked = [(page.path, "front matter.checked", page.front.checked) for page in library.pages.values()]
    checked += [(file_of(it), f"procedures.{it.id}.checked", it.checked) for it in library.procedures.values()]
    for path, where, date in checked:
        days = (today - date).days
        if days > AGEING:
            error = ContentError(path, where, f"looked at {days} days ago, on {date}", f"{STALE} days at most")
            (found.faults if days > STALE else found.warnings).append(error)
        elif days < -1:  # a day of grace: the build's clock may stand in another zone
            found.faults.append(ContentError(path, where, f"{date} has not come yet", "today or earlier"))
    return found


def file_of(procedure: Procedure) -> Path:
    """The file of a procedure, below the language."""
    return Path("procedures") / f"{procedure.app.id}.toml"
