"""What a plan says of a tick that came from a page of an older plan."""

import pytest
from bs4 import Tag
from django.test import Client

from tests.checklist.test_plan_view import ADDRESS
from tests.fixtures.readers import step_cookie
from tests.reading import read

pytestmark = pytest.mark.usefixtures("tiny")

STEP = "/checklist/steps/keep-diary/"


@pytest.fixture
def shown(reader: Client) -> str:
    """What the forms of a page say that they have shown, before another tab changed the plan."""
    reader.cookies["exposures"] = "or.bell-open"
    fields = read(reader.get(ADDRESS)).select("#plan form:has(button[name=state]) input[name=shown]")
    assert len({str(field["value"]) for field in fields}) == 1
    assert len(fields) == len(read(reader.get(ADDRESS)).select("#plan form:has(button[name=state])"))
    return str(fields[0]["value"])


def said(reader: Client, shown: str, htmx: bool, **form: str) -> Tag | None:
    headers = {"HX-Request": "true"} if htmx else {}
    response = reader.post(STEP, {"state": "done", "shown": shown} | form, follow=True, headers=headers)
    return read(response).select_one("#changed")


@pytest.mark.parametrize("htmx", [True, False])
@pytest.mark.parametrize("form", [{}, {"state": "day", "on": ""}], ids=["kept", "refused"])
def test_names_the_steps_that_came_and_that_left(reader: Client, shown: str, htmx: bool, form: dict[str, str]) -> None:
    reader.cookies["exposures"] = "or.key-lent"
    words = said(reader, shown, htmx, **form)
    assert words is not None
    come, gone = [line.text for line in words.select("p")][1:]
    assert "多了" in come
    assert "Call the watch" in come
    assert "少了" in gone
    assert "Shut the bell" in gone
    assert (step_cookie("keep-diary") in reader.cookies) is not bool(form)


@pytest.mark.parametrize("htmx", [True, False])
def test_says_nothing_of_a_plan_that_is_the_same(reader: Client, shown: str, htmx: bool) -> None:
    assert said(reader, shown, htmx) is None


@pytest.mark.parametrize("older", ["", "no.numbers", "250"])
def test_takes_whatever_a_form_says(reader: Client, shown: str, older: str) -> None:
    assert (said(reader, older, htmx=True) is None) == (older == "")


def test_compares_nothing_with_a_plan_that_is_gone(reader: Client, shown: str) -> None:
    reader.cookies["exposures"] = ""
    assert said(reader, shown, htmx=True) is None
