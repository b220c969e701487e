"""A clock that is wrong opens nothing: a link from the future is refused. Budgets: test_feedback_abuse.py."""

import datetime as dt

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from checklist.resume.link import LinkFault, ResumeError, make_link, read_link
from checklist.state import wire_ids
from checklist.state.cookies import read_state

NOW = dt.datetime(2026, 11, 22, 4, tzinfo=dt.UTC)
PLAN = read_state({"exposures": "or.code-given"}, wire_ids.current())


def link(made: dt.datetime) -> str:
    return make_link(PLAN, wire_ids.current(), settings.SECRET_KEY, made)


def test_a_link_from_more_than_a_day_ahead_is_refused() -> None:
    token = link(NOW + dt.timedelta(days=1, seconds=1))
    with pytest.raises(ResumeError) as refused:
        read_link(token, wire_ids.current(), [settings.SECRET_KEY], NOW)
    assert refused.value.fault is LinkFault.AHEAD


def test_a_link_from_less_than_a_day_ahead_opens() -> None:
    token = link(NOW + dt.timedelta(hours=23))
    assert read_link(token, wire_ids.current(), [settings.SECRET_KEY], NOW).state == PLAN


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_reader_is_told_and_nothing_is_taken_over(reader: Client, method: str) -> None:
    response = getattr(reader, method)(f"/checklist/resume/{link(timezone.now() + dt.timedelta(days=2))}/")
    assert response.status_code == 200
    assert "日期不对" in response.content.decode()
    assert not response.cookies
