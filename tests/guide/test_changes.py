"""What changed, day by day."""

import datetime as dt
from dataclasses import replace

from guide.changes import by_day
from guide.pages import Change, Page
from tests.tiny import guide_library


def changed(slug: str, **days: str) -> Page:
    """A page with changes: the day of February, as `d3`, and what changed."""
    page = guide_library().pages[slug]
    changes = [{"date": dt.date(2026, 2, int(day[1:])), "what": what} for day, what in days.items()]
    return replace(page, front=page.front.model_validate(page.front.model_dump() | {"changes": changes}))


def told(site: list[Change], *pages: Page) -> list[tuple[int, list[tuple[str, list[str]]]]]:
    return [
        (day.date.day, [(entry.what, [page.id for page in entry.pages]) for entry in day.entries])
        for day in by_day(site, pages)
    ]


def own(day: int, what: str) -> Change:
    return Change(date=dt.date(2026, 2, day), what=what)


def test_puts_the_newest_day_first() -> None:
    pages = changed("walk-the-yard", d3="First words", d9="A gate"), changed("lend-a-key", d5="First words")
    assert told([own(7, "Opened")], *pages) == [
        (9, [("A gate", ["walk-the-yard"])]),
        (7, [("Opened", [])]),
        (5, [("First words", ["lend-a-key"])]),
        (3, [("First words", ["walk-the-yard"])]),
    ]


def test_tells_once_what_several_pages_say_of_a_day() -> None:
    pages = changed("walk-the-yard", d3="First words"), changed("lend-a-key", d3="First words")
    assert told([], *pages) == [(3, [("First words", ["walk-the-yard", "lend-a-key"])])]


def test_puts_the_sites_own_changes_first_on_a_day() -> None:
    site = [own(3, "Opened"), own(3, "Opened wider")]
    assert told(site, changed("lend-a-key", d3="Opened")) == [
        (3, [("Opened", []), ("Opened wider", []), ("Opened", ["lend-a-key"])])
    ]


def test_has_nothing_to_tell_of_nothing() -> None:
    assert told([], guide_library().pages["walk-the-yard"]) == []
