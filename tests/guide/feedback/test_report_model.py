"""Readers' reports as the database keeps them."""

import datetime as dt

import pytest
from django.utils import timezone
from pytest_django import Settings

from core.redaction import STRUCK
from guide.feedback.models import Budget, BudgetError, Rating, Report, ReportState

pytestmark = pytest.mark.django_db
SAID = {"page": "lend-a-key", "rating": "wrong", "release": "0.1.0", "content_version": "abcdef01"}
NOON = dt.datetime(2026, 11, 22, 12, 59, tzinfo=dt.UTC)


def take(sentence: str = "") -> Report | None:
    try:
        return Report.objects.submit(sentence=sentence, **SAID)
    except BudgetError:
        return None


def at(monkeypatch: pytest.MonkeyPatch, now: dt.datetime) -> None:
    monkeypatch.setattr(timezone, "now", lambda: now)


def test_keeps_what_was_said_and_the_day() -> None:
    take("第3步没有这个按钮")
    report = Report.objects.get()
    assert (report.page, report.rating, report.sentence) == ("lend-a-key", Rating.WRONG, "第3步没有这个按钮")
    assert (report.release, report.content_version, report.state) == ("0.1.0", "abcdef01", ReportState.NEW)
    assert report.on == timezone.localdate()
    assert str(report) == "lend-a-key · 这里不对"


def test_has_no_place_for_who_or_when() -> None:
    fields = {field.name for field in Report._meta.get_fields()}
    about = {"id", "page", "procedure", "rating", "sentence", "app_version"}
    assert fields == about | {"on", "release", "content_version", "state"}
    assert type(Report._meta.get_field("on").to_python("2026-11-22")) is dt.date


def test_takes_the_day_of_its_readers(monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, dt.datetime(2026, 11, 22, 16, 30, tzinfo=dt.UTC))
    take()
    assert Report.objects.get().on == dt.date(2026, 11, 23)


def test_strikes_out_numbers_whatever_way_they_come_in() -> None:
    take("打13800138000")
    Report(sentence="写a@b.cn", **SAID).save()
    assert {report.sentence for report in Report.objects.all()} == {f"打{STRUCK}", f"写{STRUCK}"}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("8.0.50", "8.0.50"),
        ("微信 8.0.50，鸿蒙", "微信 8.0.50，鸿蒙"),
        ("V5.0.0.102", "V5.0.0.102"),
        ("iOS 17.5.1 / 8.0.5", "iOS 17.5.1 / 8.0.5"),
        ("13800138000", STRUCK),
        ("138.0013.8000", STRUCK),
        ("138 0013 8000", STRUCK),
        ("我的13800138000", f"我的{STRUCK}"),
        ("a@b.cn", STRUCK),
        ("", ""),
    ],
)
def test_keeps_a_version_and_no_number_of_a_person(typed: str, kept: str) -> None:
    Report(app_version=typed, **SAID).save()
    assert Report.objects.get().app_version == kept


# What is in doubt

TODAY = dt.date(2026, 11, 22)
LONG_AGO = TODAY - dt.timedelta(days=60)


def said_of(procedure: str, *states: str, on: dt.date = TODAY) -> None:
    words = {"rating": "wrong", "release": "0.1.0", "content_version": "abcdef01"}
    for state in states:
        Report.objects.create(procedure=procedure, state=state, on=on, **words)


def days_ago(days: int) -> dt.date:
    return TODAY - dt.timedelta(days=days)


def test_counts_open_reports_of_a_procedure_that_has_enough_days() -> None:
    for days, state in enumerate(("new", "seen", "new")):
        said_of("wx-leave", state, on=days_ago(days))
    said_of("wx-leave", "new")
    said_of("wx-report", *["new"] * 5)
    assert Report.objects.disputed(LONG_AGO, 3, 9) == {"wx-leave": 4}


def test_counts_none_that_was_settled_or_is_old() -> None:
    for days, state in enumerate(("new", "new", "mended", "declined")):
        said_of("wx-leave", state, on=days_ago(days))
    for days in (0, 1, 61):
        said_of("wx-report", "new", on=days_ago(days))
    assert Report.objects.disputed(LONG_AGO, 3, 9) == {}
    said_of("wx-report", "new", on=LONG_AGO)
    assert Report.objects.disputed(LONG_AGO, 3, 9) == {"wx-report": 4}


def test_counts_those_with_the_most_days_and_all_that_an_editor_confirmed() -> None:
    for procedure, days in (("a", 1), ("b", 3), ("c", 2), ("d", 2)):
        for ago in range(days):
            said_of(procedure, "new", on=days_ago(ago + (procedure == "d")))
    assert Report.objects.disputed(LONG_AGO, 2, 2) == {"b": 3, "d": 2}
    said_of("a", "confirmed")
    assert Report.objects.disputed(LONG_AGO, 2, 2) == {"a": 2, "b": 3, "d": 2}


def test_counts_no_reports_on_pages() -> None:
    for _ in range(4):
        take()
    assert Report.objects.disputed(dt.date(2000, 1, 1), 1, 9) == {}


def test_tells_what_waits_and_puts_reports_into_a_state() -> None:
    for _ in range(3):
        take()
    assert Report.objects.filter(pk=Report.objects.all()[0].pk).update(state=ReportState.MENDED) == 1
    assert Report.objects.waiting().count() == 2
    assert [report.state for report in Report.objects.all()] == ["mended", "new", "new"]


# The limit


def test_takes_so_many_an_hour_and_no_more(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    settings.REPORTS_PER_HOUR = 3
    at(monkeypatch, NOON)
    assert [take() is not None for _ in range(5)] == [True, True, True, False, False]
    assert Report.objects.count() == 3


def test_takes_reports_again_in_the_next_hour(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    settings.REPORTS_PER_HOUR = 1
    at(monkeypatch, NOON)
    assert take()
    at(monkeypatch, NOON + dt.timedelta(minutes=1))
    assert take()
    assert not take()


def test_keeps_one_hour_only_and_nothing_finer(monkeypatch: pytest.MonkeyPatch) -> None:
    for hours in range(3):
        at(monkeypatch, NOON + dt.timedelta(hours=hours))
        take()
    hour = Budget.objects.get()
    assert (hour.name, hour.period, hour.taken) == ("pages", dt.datetime(2026, 11, 22, 14, tzinfo=dt.UTC), 1)
    assert str(hour) == "pages 11-22 22:00 1"


def test_counts_no_report_that_was_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(report: Report, **kwargs: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(Report, "save", refuse)
    with pytest.raises(RuntimeError):
        take()
    assert not Budget.objects.exists()
