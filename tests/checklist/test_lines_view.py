"""Keeping if-then lines: a set of boxes, shown again with the plan, and taken back as easily."""

import pytest
from django.test import Client

from tests.reading import is_whole_page, pressed, read

pytestmark = pytest.mark.usefixtures("tiny")

ADDRESS = "/checklist/lines/"
PLAN = "/checklist/plan/"


def test_keeps_the_lines_that_are_ticked_and_goes_back(reader: Client) -> None:
    response = reader.post(ADDRESS, {"line": ["asked-in", "bell-rings"], "next": "/quizzes/lantern/result/"})
    assert (response.status_code, response["Location"]) == (302, "/quizzes/lantern/result/#lines")
    assert response.cookies["lines"].value == "asked-in.bell-rings"
    assert response["Cache-Control"] == "private, no-store"


def test_shows_them_with_the_plan(reader: Client) -> None:
    reader.cookies["exposures"] = "or.key-lent"
    assert not read(reader.get(PLAN)).select("#lines")
    reader.cookies["lines"] = "asked-in"
    page = read(reader.get(PLAN))
    assert "asked in" in page.select_one("#lines li").text  # type: ignore[union-attr]
    assert pressed(page, "line") == {"asked-in"}


def test_forgets_them_where_none_is_ticked(reader: Client) -> None:
    reader.cookies["lines"] = "asked-in"
    response = reader.post(ADDRESS, {"next": PLAN})
    assert (response.cookies["lines"].value, response.cookies["lines"]["max-age"]) == ("", 0)


def test_answers_htmx_with_the_part_alone_and_a_way_back(reader: Client, htmx: dict[str, str]) -> None:
    reader.cookies["lines"] = "bell-rings"
    sent = {"line": ["asked-in"], "offered": ["bell-rings", "asked-in"], "next": PLAN}
    response = reader.post(ADDRESS, sent, headers=htmx)
    assert not is_whole_page(response)
    part = read(response)
    assert part.select_one("[data-focus][data-kept]")
    undo = part.select_one("[data-focus] form")
    assert undo is not None
    assert [field["value"] for field in undo.select("[name=line]")] == ["bell-rings"]
    assert [box["value"] for box in part.select("input[type=checkbox][name=line]")] == ["bell-rings", "asked-in"]


@pytest.mark.parametrize("wanted", ["https://elsewhere.example/", "//elsewhere.example", "", "javascript:alert(1)"])
def test_leads_nobody_out_of_the_site(reader: Client, wanted: str) -> None:
    assert reader.post(ADDRESS, {"line": "asked-in", "next": wanted})["Location"] == f"{PLAN}#lines"


@pytest.mark.parametrize("lines", [["nowhere"], ["<b>"], ["asked-in"] * 9 + ["nowhere"]])
def test_keeps_nothing_that_it_does_not_know(reader: Client, lines: list[str]) -> None:
    response = reader.post(ADDRESS, {"line": lines, "next": PLAN})
    assert response.cookies["lines"].value in ("", "asked-in")


def test_leads_a_reload_to_the_plan(reader: Client) -> None:
    response = reader.get(ADDRESS)
    assert (response.status_code, response["Location"]) == (302, PLAN)


def test_shows_them_too_where_a_step_was_refused(reader: Client) -> None:
    reader.cookies["lines"] = "asked-in"
    response = reader.post("/checklist/steps/change-lock/", {"state": "day"})
    assert read(response).select("#lines li")
