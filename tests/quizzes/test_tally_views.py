"""Counted once an attempt, and not at all who says no; an answer never waits for it."""

from collections import Counter
from typing import Any

import pytest
from django.test import Client

import quizzes.statistics.views
from core import scheduler
from quizzes.models import Tally
from quizzes.statistics.counting import RESULT, Tallies
from tests.reading import read

pytestmark = pytest.mark.usefixtures("tiny")

QUIZ = "/quizzes/lantern/"
COUNT = "/quizzes/count/"
COOKIE = "q.lantern"
CALM = "place.outside_key.never_shared.none"
CHOSEN = {("place", "outside"): 1, ("key", "never"): 1, ("shared", "none"): 1}


@pytest.fixture(autouse=True)
def tallies(monkeypatch: pytest.MonkeyPatch) -> Tallies:
    """Counts of this test alone."""
    fresh = Tallies()
    monkeypatch.setattr(quizzes.statistics.views, "tallies", fresh)
    return fresh


def counted(tallies: Tallies) -> dict[tuple[str, str], int]:
    """The options counted, without the result."""
    return {(one.question, one.option): n for one, n in tallies.waiting.items() if one.question != RESULT}


def results(tallies: Tallies) -> dict[str, int]:
    return {one.option: number for one, number in tallies.waiting.items() if one.question == RESULT}


def test_it_counts_an_attempt_once_at_its_result(reader: Client, tallies: Tallies) -> None:
    reader.cookies[COOKIE] = CALM
    for _ in range(3):
        assert reader.get(QUIZ + "result/").status_code == 200
    assert counted(tallies) == CHOSEN
    assert list(results(tallies).values()) == [1]


def test_it_counts_nothing_before_the_result(reader: Client, tallies: Tallies) -> None:
    reader.post(QUIZ + "place/", {"option": "outside"})
    reader.get(QUIZ + "result/")
    assert not tallies.waiting


def test_it_does_not_count_a_changed_answer_again(reader: Client, tallies: Tallies) -> None:
    reader.cookies[COOKIE] = CALM
    reader.get(QUIZ + "result/")
    reader.post(QUIZ + "key/", {"option": "lent"})
    reader.post(QUIZ + "key/", {"option": "never"})
    reader.get(QUIZ + "result/")
    assert counted(tallies) == CHOSEN


def test_it_counts_a_new_attempt_again(reader: Client, tallies: Tallies) -> None:
    reader.cookies[COOKIE] = CALM
    reader.get(QUIZ + "result/")
    reader.post(QUIZ + "again/")
    for question, option in (("place", "outside"), ("key", "never"), ("shared", "none")):
        reader.post(f"{QUIZ}{question}/", {"option": option})
    reader.get(QUIZ + "result/")
    assert counted(tallies) == dict.fromkeys(CHOSEN, 2)


def test_it_counts_the_outcome_that_ended_a_quiz(reader: Client, tallies: Tallies) -> None:
    reader.cookies[COOKIE] = "place.helper"
    reader.get(QUIZ + "result/")
    assert results(tallies) == {"together": 1}


def test_it_does_not_count_who_only_asks_for_the_head(reader: Client, tallies: Tallies) -> None:
    reader.cookies[COOKIE] = CALM
    assert not reader.head(QUIZ + "result/").cookies
    assert not tallies.waiting


@pytest.mark.parametrize("headers", [{"sec-gpc": "1"}, {"dnt": "1"}])
def test_it_never_counts_where_the_browser_says_no(reader: Client, tallies: Tallies, headers: dict[str, str]) -> None:
    reader.cookies[COOKIE] = CALM
    response = reader.get(QUIZ + "result/", headers=headers)
    assert not tallies.waiting
    assert not response.cookies


def test_it_counts_nobody_who_stays_out(reader: Client, tallies: Tallies) -> None:
    response = reader.post(COUNT, {"tally": "no", "quiz": "lantern"}, follow=True)
    assert reader.cookies["tally"].value == "no"
    page = read(response)
    assert page.h1.text == "不数你的了"  # type: ignore[union-attr]
    assert page.select(f'main a[href="{QUIZ}place/"]')
    reader.cookies[COOKIE] = CALM
    assert not reader.get(QUIZ + "result/").cookies
    assert not tallies.waiting


def test_it_counts_again_who_changes_their_mind(reader: Client, tallies: Tallies) -> None:
    reader.post(COUNT, {"tally": "no"})
    page = read(reader.post(COUNT, {"tally": "yes"}, follow=True))
    assert "tally" not in reader.cookies
    assert page.h1.text == "现在会数一次"  # type: ignore[union-attr]
    reader.cookies[COOKIE] = CALM
    reader.get(QUIZ + "result/")
    assert counted(tallies) == CHOSEN


@pytest.mark.parametrize("data", [{}, {"tally": "maybe"}, {"tally": "<b>", "quiz": "../x"}])
def test_it_asks_again_where_nothing_fitting_was_sent(reader: Client, data: dict[str, str]) -> None:
    response = reader.post(COUNT, data)
    assert response.status_code == 200
    assert read(response).select("[role=alert].notice")
    assert "tally" not in reader.cookies


def test_it_says_when_the_cookie_did_not_come_back(client: Client) -> None:
    assert "没有让我们记东西" in client.get(f"{COUNT}?kept=no").content.decode()


def test_it_says_that_the_browser_said_it_already(client: Client) -> None:
    page = read(client.get(COUNT, headers={"sec-gpc": "1"}))
    assert page.h1.text == "本来就不数你的"  # type: ignore[union-attr]
    assert not page.select("main form[method=post]")


@pytest.mark.django_db
def test_it_writes_down_what_was_counted(reader: Client) -> None:
    reader.cookies[COOKIE] = CALM
    reader.get(QUIZ + "result/")
    for _ in range(2):
        quizzes.statistics.views.flush()
    written = Counter({(row.question, row.option): row.count for row in Tally.objects.exclude(question=RESULT)})
    assert written == CHOSEN


def test_it_answers_without_a_database(reader: Client, tallies: Tallies) -> None:
    # This test has no mark for the database: a query would raise.
    reader.cookies[COOKIE] = CALM
    assert reader.get(QUIZ + "result/").status_code == 200
    assert tallies.waiting


def test_it_is_among_the_work_of_a_server() -> None:
    assert quizzes.statistics.views.task in scheduler.tasks


def test_it_keeps_its_cookie_under_the_prefix_of_https(reader: Client, settings: Any) -> None:
    settings.COOKIE_PREFIX = "__Host-"
    response = reader.post(COUNT, {"tally": "no"})
    assert set(response.cookies) == {"__Host-tally"}
