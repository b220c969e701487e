"""The page with reminders, and the calendar file that it answers with."""

import datetime as dt

import pytest
import vobject
from django.conf import settings
from django.test import Client
from django.utils import timezone

from checklist.plan.reminders import CHINA
from core.dates import write_day
from tests.reading import read

pytestmark = pytest.mark.usefixtures("tiny")

ADDRESS = "/checklist/reminders/"


@pytest.fixture
def day() -> dt.date:
    return timezone.localdate() + dt.timedelta(days=3)


@pytest.fixture
def planning(reader: Client, day: dt.date) -> Client:
    reader.cookies.load(
        {"exposures": "or.key-lent.name-told", "s.keep-diary": "y" + write_day(day), "s.sit-down": "x1xx"}
    )
    return reader


def test_shows_the_days_and_the_lines_to_send(planning: Client, day: dt.date) -> None:
    page = read(planning.get(ADDRESS))
    written = f"{day.year}年{day.month}月{day.day}日"
    assert written in page.select(".dates")[0].text
    lines = page.select("textarea")[0].text.strip().splitlines()
    assert any(line.startswith(f"{written}上午9点：") for line in lines)
    assert lines[-1].endswith(f"{settings.SITE_URL}/checklist/plan/")


def test_answers_with_a_calendar_file(planning: Client, day: dt.date) -> None:
    response = planning.post(ADDRESS)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="anxin.ics"'
    assert response["Cache-Control"] == "private, no-store"
    assert not response.cookies
    events = vobject.readOne(response.content.decode()).vevent_list
    assert events[0].dtstart.value.astimezone(CHINA) == dt.datetime.combine(day, dt.time(9), CHINA)
    assert len(events) == 4
    assert all(f"{settings.SITE_URL}/quizzes/refresher/" in event.description.value for event in events[1:])


def test_names_no_exposure_in_the_file(planning: Client) -> None:
    text = planning.post(ADDRESS).content.decode().replace("\r\n ", "")
    events = vobject.readOne(text).vevent_list
    assert {event.summary.value for event in events} == {"安心退群：看一眼清单"}
    assert "key-lent" not in text
    assert "钥匙" not in "".join(event.summary.value for event in events)


def test_still_offers_the_later_looks_without_a_plan(reader: Client) -> None:
    page = read(reader.get(ADDRESS))
    assert len(page.select(".dates li")) == 3
    assert "还没有清单" in page.select("main")[0].text
    assert len(vobject.readOne(reader.post(ADDRESS).content.decode()).vevent_list) == 3


def test_shows_the_way_out_of_an_app_that_downloads_nothing(planning: Client) -> None:
    assert read(planning.get(ADDRESS)).select('main a[href="/checklist/carry/"]')
