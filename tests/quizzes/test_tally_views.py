"""An attempt is counted once, by the POST that ends it, and not for a reader who opts out."""

import datetime as dt
import threading
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from quizzes.engine.answers import is_counted
from quizzes.engine.attempt import replay
from quizzes.models import Tally
from quizzes.statistics import views
from quizzes.statistics.counting import RESULT, Counted, counted_in
from tests.reading import one, read
from tests.tiny import lantern

pytestmark = pytest.mark.usefixtures("tiny")

QUIZ = "/quizzes/lantern/"
COUNT = "/quizzes/count/"
COOKIE = "q.lantern"
ANSWERS = {"place": "outside", "key": "never", "shared": "none"}
#: The cookie before the last answer.
ALMOST = "place.outside_key.never"
#: Longer than any machine needs.
SOON = 10
DATABASE = pytest.mark.django_db


@pytest.fixture(autouse=True)
def breaker(monkeypatch: pytest.MonkeyPatch) -> views.Breaker:
    """A breaker that has seen no error."""
    fresh = views.Breaker()
    monkeypatch.setattr("quizzes.views.breaker", fresh)
    return fresh


def counts() -> dict[tuple[str, str], int]:
    """The counts of options, without the results."""
    return {(row.question, row.option): row.count for row in Tally.objects.exclude(question=RESULT)}


def results() -> dict[str, int]:
    return {row.option: row.count for row in Tally.objects.filter(question=RESULT)}


def answer(reader: Client, question: str = "", **options: Any) -> Any:
    """Answer one question, or else the whole quiz."""
    asked = {question: ANSWERS[question]} if question else ANSWERS
    response = None
    for id, option in asked.items():
        response = reader.post(f"{QUIZ}{id}/", {"option": option}, **options)
    return response


def test_counts_each_option_and_the_result_and_nothing_of_the_attempt() -> None:
    quiz = lantern()
    attempt = replay(quiz, {"place": ("outside",), "key": ("never",), "shared": ("name", "map"), "name-since": ("x",)})
    chosen = [("place", "outside"), ("key", "never"), ("shared", "map"), ("shared", "name"), (RESULT, "calm")]
    day = dt.date(2026, 11, 22)
    counted = counted_in(attempt, "calm", day)
    assert sorted(counted) == sorted(Counted(quiz.id, quiz.policy.version, *one, day) for one in chosen)


@DATABASE
@pytest.mark.parametrize("htmx", [{}, {"headers": {"hx-request": "true"}}])
def test_counts_an_attempt_once_when_its_last_question_is_answered(reader: Client, htmx: dict[str, Any]) -> None:
    answer(reader, "place", **htmx)
    answer(reader, "key", **htmx)
    assert not counts()
    for _ in range(2):
        answer(reader, "shared", **htmx)
        assert counts() == dict.fromkeys(ANSWERS.items(), 1)
        assert list(results().values()) == [1]


@pytest.mark.parametrize("way", ["get", "head"])
def test_counts_nothing_by_looking_at_the_result(reader: Client, way: str) -> None:
    # Without the mark for the database a query raises.
    reader.cookies[COOKIE] = ALMOST + "_shared.none"
    response = getattr(reader, way)(QUIZ + "result/")
    assert response.status_code == 200
    assert not response.cookies


@DATABASE
def test_does_not_count_a_changed_answer_again(reader: Client) -> None:
    answer(reader)
    reader.post(QUIZ + "key/", {"option": "lent"})
    assert reader.get(QUIZ + "result/").status_code == 302
    answer(reader, "key")
    assert counts() == dict.fromkeys(ANSWERS.items(), 1)


@DATABASE
def test_counts_a_new_attempt_again(reader: Client) -> None:
    answer(reader)
    reader.post(QUIZ + "again/")
    answer(reader)
    assert counts() == dict.fromkeys(ANSWERS.items(), 2)


@DATABASE
def test_counts_the_outcome_that_ends_a_quiz(reader: Client) -> None:
    reader.post(QUIZ + "place/", {"option": "helper"})
    assert results() == {"together": 1}


@DATABASE
def test_counts_on_rows_that_are_there(reader: Client) -> None:
    answer(reader)
    Tally.objects.update(count=40)
    reader.post(QUIZ + "again/")
    answer(reader)
    assert set(counts().values()) == {41}


@pytest.mark.parametrize("headers", [{"sec-gpc": "1"}, {"dnt": "1"}])
def test_never_counts_where_the_browser_opts_out(reader: Client, headers: dict[str, str]) -> None:
    reader.cookies[COOKIE] = ALMOST
    answer(reader, "shared", headers=headers)
    assert not is_counted(reader.cookies[COOKIE].value)


def test_counts_nobody_who_opts_out(reader: Client) -> None:
    response = reader.post(COUNT, {"tally": "no", "quiz": "lantern"}, follow=True)
    assert reader.cookies["tally"].value == "no"
    page = read(response)
    assert one(page, "h1").text == "不数你的了"
    assert page.select(f'main a[href="{QUIZ}place/"]')
    answer(reader)


@DATABASE
def test_counts_again_who_changes_their_mind(reader: Client) -> None:
    reader.post(COUNT, {"tally": "no"})
    page = read(reader.post(COUNT, {"tally": "yes"}, follow=True))
    assert "tally" not in reader.cookies
    assert one(page, "h1").text == "现在会数一次"
    answer(reader)
    assert counts() == dict.fromkeys(ANSWERS.items(), 1)


class Failing:
    """Wraps a connection whose statements all fail. Each waits for `until` first."""

    def __init__(self, until: threading.Event | None = None) -> None:
        self.asked, self.until, self.waits = 0, until, threading.Event()

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.asked += 1
        self.waits.set()
        if self.until:
            self.until.wait(SOON)
        raise OperationalError("13800138000")


@DATABASE
@pytest.mark.parametrize(("pause", "asked"), [(views.PAUSE, 1), (0, 3)])
def test_pauses_after_an_error(
    reader: Client, breaker: views.Breaker, caplog: pytest.LogCaptureFixture, pause: float, asked: int
) -> None:
    breaker.pause, failing = pause, Failing()
    with connection.execute_wrapper(failing):
        for _ in range(3):
            answer(reader)
            assert reader.get(QUIZ + "result/").status_code == 200
            reader.post(QUIZ + "again/")
    assert failing.asked == asked
    assert "OperationalError" in caplog.text
    assert "13800138000" not in caplog.text
    answer(reader)
    assert bool(counts()) is (pause == 0)


@pytest.mark.django_db(transaction=True)
def test_does_not_wait_for_the_request_that_waits_for_the_database(reader: Client, breaker: views.Breaker) -> None:
    failing = Failing(until=threading.Event())

    def wait() -> None:
        with connection.execute_wrapper(failing):
            breaker.add([Counted("lantern", 1, "key", "lent", dt.date(2026, 11, 22))])
        connection.close()

    first = threading.Thread(target=wait)
    first.start()
    assert failing.waits.wait(SOON)
    answer(reader)
    assert first.is_alive()
    failing.until.set()  # type: ignore[union-attr]
    first.join(SOON)
    assert not Tally.objects.exists()


@pytest.mark.parametrize("data", [{}, {"tally": "maybe"}, {"tally": "<b>", "quiz": "../x"}])
def test_asks_again_where_nothing_fitting_was_sent(reader: Client, data: dict[str, str]) -> None:
    response = reader.post(COUNT, data)
    assert response.status_code == 200
    assert read(response).select("[role=alert].notice")
    assert "tally" not in reader.cookies


def test_says_when_the_cookie_did_not_come_back(client: Client) -> None:
    assert "没记住你刚才点的" in client.get(f"{COUNT}?kept=no").content.decode()


def test_says_that_the_browser_said_it_already(client: Client) -> None:
    page = read(client.get(COUNT, headers={"sec-gpc": "1"}))
    assert one(page, "h1").text == "本来就不数你的"
    assert not page.select("main form[method=post]")


def test_keeps_its_cookie_under_the_prefix_of_https(reader: Client, settings: Any) -> None:
    settings.COOKIE_PREFIX = "__Host-"
    response = reader.post(COUNT, {"tally": "no"})
    assert set(response.cookies) == {"__Host-tally"}
