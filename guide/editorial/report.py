"""Report on the content for editors: gaps, ages, and claims without sources."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guide.editorial import citations
from guide.editorial.extraction import Extract, extract
from guide.editorial.freshness import pages_by_age, procedures_by_age
from guide.editorial.readability import TERM
from guide.library import GuideLibrary
from guide.pages import Page
from guide.procedures import Procedure
from guide.sources import Certainty, Source

#: Sections whose pages may lean on one source, or on our view.
LIGHTER = frozenset({"questions", "limits"})
FEWEST = 2
SURE = frozenset({Certainty.HIGH, Certainty.MEDIUM_HIGH})


@dataclass(frozen=True)
class Content:
    """What is reported on: the guide, the texts of all apps, and what cites sources, by a name to show."""

    library: GuideLibrary
    texts: list[Extract]
    citing: dict[str, tuple[Source, ...]]
    today: dt.date


def overview(
    library: GuideLibrary, roots: Iterable[Path], today: dt.date, elsewhere: Mapping[str, Iterable[Source]]
) -> dict[str, Any]:
    """Return the report by heading, ready to be printed or turned into JSON.

    `roots` are the content folders of all apps; `elsewhere` is what cites sources in the other apps.
    """
    citing = {
        **{f"page {page.id}": page.sources for page in library.pages.values()},
        **{f"procedure {procedure.id}": procedure.sources for procedure in library.procedures.values()},
        **{f"channel {channel.id}": channel.sources for channel in library.channels.values()},
        **{name: tuple(sources) for name, sources in elsewhere.items()},
    }
    content = Content(library, extract(*roots), citing, today)
    return {heading: report(content) for heading, report in HEADINGS.items()}


def topics_not_covered(content: Content) -> list[str]:
    covered = {topic for page in content.library.pages.values() for topic in page.front.topics}
    return [f"{id} {title}" for id, title in content.library.topics.items() if id not in covered]


def claims_without_source(content: Content) -> list[str]:
    library = content.library
    unvouched = citations.faults(content.texts, library.sources, library.channels.values())
    uncited = [name for name, sources in content.citing.items() if not sources]
    little = [page for page in library.pages.values() if leans_on_little(page)]
    unsure = [procedure for procedure in library.procedures.values() if is_sure_of_nothing(procedure)]
    return [
        *(f"{error.path.name} {error.where}: {error.what}" for error in unvouched),
        *(name for name in uncited if not name.startswith(("page", "procedure"))),
        *(f"page {page.id} ({page.section.id}): {len(page.sources)} source" for page in little),
        *(f"procedure {procedure.id}: {procedure.certainty.value}, no source" for procedure in unsure),
    ]


def unused_sources(content: Content) -> list[str]:
    cited = {source.id for sources in content.citing.values() for source in sources}
    return sorted(content.library.sources.keys() - cited)


def unused_terms(content: Content) -> list[str]:
    marked = {id for text in content.texts for id in TERM.findall(text.text)}
    return sorted(content.library.terms.keys() - marked)


def pages_with_ages(content: Content) -> list[dict[str, Any]]:
    return [
        {"page": aged.it.id, "checked": aged.checked.isoformat(), "days": aged.days(content.today)}
        for aged in pages_by_age(content.library)
    ]


def procedures_with_ages(content: Content) -> list[dict[str, Any]]:
    return [
        {
            "procedure": aged.it.id,
            "checked": aged.checked.isoformat(),
            "days": aged.days(content.today),
            "certainty": aged.it.certainty.value,
            "seen": list(aged.it.seen),
        }
        for aged in procedures_by_age(content.library)
    ]


def menu_paths(content: Content) -> list[Procedure]:
    return [procedure for procedure in content.library.procedures.values() if procedure.legs]


HEADINGS: dict[str, Callable[[Content], Any]] = {
    "topics": lambda content: len(content.library.topics),
    "topics not covered": topics_not_covered,
    "claims without source": claims_without_source,
    "procedures of advice alone": lambda content: [
        procedure.id
        for procedure in content.library.procedures.values()
        if not procedure.sources and not procedure.legs
    ],
    "unused sources": unused_sources,
    "unused terms": unused_terms,
    "percentages of our own": lambda content: {
        page.id: list(page.front.examples) for page in content.library.pages.values() if page.front.examples
    },
    "pages by age": pages_with_ages,
    "procedures by age and certainty": procedures_with_ages,
    "paths": lambda content: len(menu_paths(content)),
    "paths seen on a real phone": lambda content: [path.id for path in menu_paths(content) if path.seen],
}


def leans_on_little(page: Page) -> bool:
    """Return whether a page has too few sources: two for facts, one for an answer or an opinion."""
    return len(page.sources) < (1 if page.section.id in LIGHTER else FEWEST)


def is_sure_of_nothing(procedure: Procedure) -> bool:
    """Return whether a menu path claims certainty without a source. Advice needs none."""
    return bool(procedure.legs) and procedure.certainty in SURE and not procedure.sources


def lines(report: Mapping[str, Any]) -> list[str]:
    """Return the report as lines of text."""
    printed = []
    for name, value in report.items():
        if isinstance(value, int):
            printed.append(f"{name}: {value}")
        elif not value:
            printed.append(f"{name}: none")
        else:
            items = value.items() if isinstance(value, dict) else value
            printed += [f"{name}:", *(f"  {_line(item)}" for item in items)]
    return printed


def _line(item: Any) -> str:
    if isinstance(item, tuple):
        return f"{item[0]}: {', '.join(item[1])}"
    if isinstance(item, dict):
        return "  ".join(f"{value} days" if key == "days" else str(value) for key, value in item.items() if value != [])
    return str(item)
