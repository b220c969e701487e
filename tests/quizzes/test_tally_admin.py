"""The page of totals: for staff who may see it, and never a row of a day."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from quizzes.models import Tally
from quizzes.statistics.counting import RESULT
from tests.reading import one, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tiny")]
TOTALS = "/admin/quizzes/tally/"


@pytest.fixture
def looker(staff: Callable[..., Client]) -> Client:
    return staff("view_tally")


@pytest.fixture(autouse=True)
def rows() -> None:
    today = timezone.localdate()
    counts = {("key", "lent", 0): 25, ("key", "never", 0): 19, (RESULT, "calm", 0): 44, ("key", "lent", 20): 30}
    for (question, option, ago), count in counts.items():
        day = today - dt.timedelta(days=ago)
        Tally.objects.create(quiz="lantern", version=1, question=question, option=option, day=day, count=count)


def cells(response: Any) -> dict[str, list[str]]:
    return {
        row.select("th")[0].text: [cell.text for cell in row.select("td")]
        for row in read(response).select("#content tbody tr")
    }


def test_shows_counts_and_shares_over_a_span(looker: Client) -> None:
    week, month = (cells(looker.get(f"{TOTALS}?of=lantern.1&days={days}")) for days in (7, 30))
    lent = next(words for words, found in week.items() if found[0] == "20+")
    assert week[lent] == ["20+", "50%"]
    assert month[lent][0] == "50+"


def test_hides_what_is_below_twenty(looker: Client) -> None:
    response = looker.get(f"{TOTALS}?of=lantern.1")
    assert "少于20" in response.content.decode()
    assert not {"19", "25", "44", "25+", "44+"} & {cell for found in cells(response).values() for cell in found}
    assert one(read(response), "#finished").text.strip().endswith("40次以上")


@pytest.mark.parametrize("query", ["?of=nowhere.9", "?days=1", "?days=x&of=%00", "?of=lantern"])
def test_takes_what_it_knows_where_it_is_asked_for_something_else(looker: Client, query: str) -> None:
    assert looker.get(TOTALS + query).status_code == 200


def test_shows_a_version_whose_words_are_gone(looker: Client) -> None:
    day = timezone.localdate()
    Tally.objects.create(quiz="lantern", version=7, question="older", option="gone", day=day, count=40)
    assert cells(looker.get(f"{TOTALS}?of=lantern.7"))["gone"] == ["40+", "–"]


def test_refuses_staff_without_the_permission(staff: Callable[..., Client]) -> None:
    assert staff("view_report").get(TOTALS).status_code == 403


def test_refuses_readers(client: Client) -> None:
    response = client.get(TOTALS)
    assert response.status_code == 302
    assert response["Location"].startswith("/admin/login/")


@pytest.mark.parametrize("address", ["add/", "1/change/", "1/delete/", "1/history/"])
def test_has_no_page_of_a_row(admin_client: Client, address: str) -> None:
    assert admin_client.get(TOTALS + address).status_code == 404
    assert admin_client.get(TOTALS).status_code == 200
    assert admin_client.get("/admin/").status_code == 200


def test_asks_the_database_little(looker: Client, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(10):
        looker.get(TOTALS)
