"""The card: one screen with the first step, three more, the lines kept and whom to call; no figure."""

import pytest
from django.test import Client

from tests.reading import one, read

pytestmark = pytest.mark.usefixtures("tiny")

QUIZ = "/quizzes/lantern/"
ADDRESS = QUIZ + "card/"
COOKIE = "q.lantern"
LENT = "place.outside_key.lent_key-since.waiting_shared.name_shared-since.not-yet"


def test_names_the_first_step_three_more_and_a_number(client: Client) -> None:
    client.cookies[COOKIE] = LENT
    response = client.get(ADDRESS)
    page = read(response)
    assert response["Cache-Control"] == "private, no-store"
    assert "Stand still" in one(page, "h1").text
    assert len(page.select(".one-screen ol li")) == 3
    assert page.select('.one-screen a[href^="tel:"]')
    assert not page.select("#value, .scale, progress")


def test_shows_the_lines_kept(client: Client) -> None:
    client.cookies[COOKIE] = LENT
    assert not read(client.get(ADDRESS)).select(".one-screen ul")
    client.cookies["lines"] = "asked-in.bell-rings"
    lines = read(client.get(ADDRESS)).select(".one-screen ul li")
    assert [one(line, "b").text for line in lines] == ["I stay outside", "I look first"]


@pytest.mark.parametrize(
    ("answers", "instead"),
    [("", "place/"), ("place.outside", "key/"), ("place.helper", "result/")],
)
def test_leads_elsewhere_where_there_is_nothing_to_show(reader: Client, answers: str, instead: str) -> None:
    if answers:
        reader.cookies[COOKIE] = answers
    assert reader.get(ADDRESS)["Location"].partition("?")[0] == QUIZ + instead
