"""The sheet for a trial on real phones: five people, eight paths each, as the procedures have them today."""

from bs4 import BeautifulSoup

import guide.library
from tools.trial import PATHS, PEOPLE, SHEET, sheets


def test_it_is_the_sheet_of_the_present_paths() -> None:
    assert SHEET.read_text(encoding="utf-8") == sheets(), "run python -m tools.trial"


def test_it_asks_each_of_five_for_eight_paths_in_another_order() -> None:
    pages = BeautifulSoup(sheets(), "html.parser").select("section")
    asked = [[row.select_one("b").text.partition(". ")[2] for row in page.select("tr")[1:]] for page in pages]  # type: ignore[union-attr]
    assert len(asked) == PEOPLE == len({tuple(paths) for paths in asked})
    procedures = guide.library.current().procedures
    assert {title for paths in asked for title in paths} == {procedures[id].title for id in PATHS}
    assert all(len(paths) == 8 for paths in asked)
    assert all(procedures[id].legs for id in PATHS)
