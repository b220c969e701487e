"""The people and things of the drawings stand on the pages that have no other picture."""

import re
from pathlib import Path

import pytest
from django.conf import settings

import checklist.library
from tests.collecting import for_each
from tests.site.visits import ERRORS, EVERY, SEARCHES, Visit, attributes

ROOT = Path(settings.BASE_DIR)
RESULTS = {str(visit): visit for visit in EVERY if "/practice/result" in visit.address}
CHECKLIST = checklist.library.current()
URGENT = {id: CHECKLIST.urgent.plain(id) for id, step in CHECKLIST.steps.items() if step.is_urgent}


def drawn(visit: Visit) -> list[str]:
    return attributes(visit, "main [data-drawing]", "data-drawing")


@pytest.mark.parametrize(
    ("address", "symbols"),
    [
        ("/poster/", ["mother", "code", "card", "phone"]),
        ("/quizzes/practice/", ["mother-calm"]),
        ("/offline/", ["phone"]),
        ("/checklist/plan/", ["paper"]),
    ],
)
def test_a_page_opens_with_a_drawing(address: str, symbols: list[str]) -> None:
    assert drawn(Visit(address)) == symbols


@for_each(RESULTS)
def test_the_practice_ends_with_people(name: str) -> None:
    [symbol] = drawn(RESULTS[name])
    assert symbol.startswith("mother")


@for_each(ERRORS)
def test_a_fault_is_told_by_the_mother(visit: Visit) -> None:
    assert drawn(visit) == ["mother"]


@pytest.mark.parametrize("name", ["429.html", "500.html", "503.html"])
def test_a_page_without_a_template_engine_has_her_too(name: str) -> None:
    page = (ROOT / "templates" / name).read_text(encoding="utf-8")
    [file, symbol] = re.findall(r'href="/(static/img/\S+\.svg)#(\w+)"', page)[0]
    assert f'<symbol id="{symbol}"' in (ROOT / file).read_text(encoding="utf-8")


def test_a_search_that_finds_nothing_has_a_drawing() -> None:
    assert any(drawn(visit) == ["mother-calm"] for visit in SEARCHES)


@for_each([id for id, told in URGENT.items() if told.drawing])
def test_the_page_of_an_urgent_action_shows_what_the_hand_does(id: str) -> None:
    assert drawn(Visit(f"/checklist/steps/{id}/"))[0] == URGENT[id].drawing
