"""Report on the content for editors: gaps, ages, and claims without sources."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from guide.editorial import citations
from guide.editorial.extraction import Extract, extract
from guide.editorial.freshness import Aged, pages_by_age, procedures_by_age
from guide.editorial.readability import TERM
from guide.library import GuideLibrary
from guide.pages import Page
from guide.procedures import Procedure
from guide.sources import Certainty, Source

#: Sections whose pages may lean on one source, or on our view.
LIGHTER = frozenset({"questions", "limits"})
FEWEST = 2
SURE = frozenset({Certainty.HIGH, Certainty.MEDIUM_HIGH})


def overview(
    library: GuideLibrary, roots: Iterable[Path], today: dt.date, elsewhere: Mapping[str, Iterable[Source]]
) -> dict[str, Any]:
    """Return the report by heading, ready to be printed or turned into JSON.

    `roots` are the content folders of all apps; `elsewhere` is what cites sources in the other apps, by a name to
    show (an emergency case).
    """
    texts, procedures = extract(*roots), library.procedures.values()
    citing = {
        **{f"page {page.id}": page.sources for page in library.pages.values()},
        **{f"procedure {procedure.id}": procedure.sources for procedure in procedures},
        **{f"channel {channel.id}": channel.sources for channel in library.channels.values()},
        **{name: tuple(sources) for name, sources in elsewhere.items()},
    }
    cited = {source.id for sources in citing.values() for source in sources}
    marked = {id for text in texts for id in TERM.findall(text.text)}
    covered = {topic for page in library.pages.values() for topic in page.front.topics}
    examples = {page.id: list(page.front.examples) for page in library.pages.values()}
    return {
        "topics": len(library.topics),
        "topics not covered": [f"{id} {title}" for id, title in library.topics.items() if id not in covered],
        "claims without source": list(claims_without_source(library, texts, citing)),
        "procedures of advice alone": [it.id for it in procedures if not it.sources and not it.legs],
        "unused sources": sorted(library.sources.keys() - cited),
        "unused terms": sorted(library.terms.keys() - marked),
        "percentages of our own": {id: percentages for id, percentages in examples.items() if percentages},
        "pages by age": [{"page": aged.it.id, **age(aged, today)} for aged in pages_by_age(library)],
        "procedures by age and certainty": [
            {"procedure": aged.it.id, **age(aged, today), "certainty": aged.it.certainty, "seen": list(aged.it.seen)}
            for aged in procedures_by_age(library)
        ],
        "paths": sum(bool(it.legs) for it in procedures),
        "paths seen on a real phone": [it.id for it in procedures if it.legs and it.seen],
    }


def claims_without_source(
    library: GuideLibrary, texts: Sequence[Extract], citing: Mapping[str, Collection[Source]]
) -> Iterator[str]:
    for error in citations.faults(texts, library.sources, library.channels.values()):
        yield f"{error.path.name} {error.where}: {error.what}"
    yield from (name for name, sources in citing.items() if not sources and not name.startswith(("page", "procedure")))
    for page in library.pages.values():
        if leans_on_little(page):
            yield f"page {page.id} ({page.section.id}): {len(page.sources)} source"
    for procedure in library.procedures.values():
        if is_sure_of_nothing(procedure):
            yield f"procedure {procedure.id}: {procedure.certainty.value}, no source"


def age(aged: Aged[Any], today: dt.date) -> dict[str, Any]:
    return {"checked": aged.checked.isoformat(), "days": aged.days(today)}


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
