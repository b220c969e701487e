"""Reminders: which days, and a calendar file that another library reads."""

import datetime as dt

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from checklist.exposures import ExposureState
from checklist.plan.builder import make_plan
from checklist.plan.reminders import CHINA, TITLE, Reminder, ReminderKind, looks, make_calendar, of_steps
from checklist.state.cookies import GivenExposure, Origin, Tick, TickState
from tests.tiny import checklist_library

TODAY = dt.date(2026, 11, 22)
NOON = dt.datetime(2026, 11, 22, 12, 0, tzinfo=CHINA)
SITE = "https://example.org"
LENT = {"key-lent": GivenExposure(ExposureState.OPEN, Origin.READER)}


def reminders(now: dt.datetime = NOON, **ticks: tuple[str, dt.date]) -> list[Reminder]:
    """Those of a plan in which these steps were ticked so, and which has no follow-up of its own."""
    ticked = {"sit-down": Tick(TickState.SKIP, TODAY)} | {
        id.replace("_", "-"): Tick(TickState(state), day) for id, (state, day) in ticks.items()
    }
    return of_steps(make_plan(checklist_library(), LENT, ticked, now.astimezone(CHINA).date()), now)


def events(days: list[Reminder]) -> list[vobject.base.Component]:
    file = vobject.readOne(make_calendar(days, SITE, NOON).decode())
    return list(getattr(file, "vevent_list", []))


def test_reminds_of_tonight_at_eight() -> None:
    [reminder] = reminders(keep_diary=("tonight", TODAY))
    assert (reminder.day, reminder.evening, len(reminder.titles)) == (TODAY, True, 1)
    [event] = events([reminder])
    assert event.dtstart.value == dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC)
    assert event.dtstart.value.astimezone(CHINA).hour == 20


def test_reminds_tomorrow_once_it_is_past_eight() -> None:
    late = NOON.replace(hour=20, minute=1)
    [reminder] = reminders(late, keep_diary=("tonight", TODAY))
    assert (reminder.day, reminder.evening) == (TODAY + dt.timedelta(days=1), False)


def test_reminds_of_a_chosen_day_at_nine() -> None:
    day = TODAY + dt.timedelta(days=40)
    [event] = events(reminders(keep_diary=("day", day)))
    assert event.dtstart.value.astimezone(CHINA) == dt.datetime.combine(day, dt.time(9), CHINA)


def test_no_alarm_comes_after_the_start_of_its_event_or_for_a_whole_day(file: bytes) -> None:
    """Outlook and Android's calendar ignore such an alarm."""
    for event in vobject.readOne(file.decode()).vevent_list:
        assert isinstance(event.dtstart.value, dt.datetime)
        assert event.valarm.trigger.value <= dt.timedelta()


def test_takes_the_day_in_china_not_that_of_the_server() -> None:
    early = dt.datetime(2026, 11, 21, 17, 0, tzinfo=dt.UTC)  # 1 in the morning of the 22nd
    [reminder] = reminders(early, keep_diary=("tonight", TODAY))
    assert (reminder.day, reminder.evening) == (TODAY, True)


def test_makes_one_event_of_the_steps_of_one_day() -> None:
    day = TODAY + dt.timedelta(days=2)
    both = reminders(keep_diary=("day", day), shut_bell=("day", day), walk_again=("day", day + dt.timedelta(days=1)))
    assert [len(reminder.titles) for reminder in both] == [2, 1]
    first, _ = events(both)
    assert all(title in first.description.value for title in both[0].titles)


def test_waits_with_a_step_until_the_one_before_it() -> None:
    sooner, later = TODAY + dt.timedelta(days=1), TODAY + dt.timedelta(days=5)
    days = reminders(keep_diary=("day", later), say_goodbye=("day", sooner))
    assert [(reminder.day, len(reminder.titles)) for reminder in days] == [(later, 2)]


def test_has_nothing_to_remind_of_what_is_done_open_or_due() -> None:
    yesterday = TODAY - dt.timedelta(days=1)
    assert reminders(keep_diary=("done", TODAY), shut_bell=("tonight", yesterday), walk_again=("day", TODAY)) == []


def test_a_follow_up_is_reminded_of_on_its_day() -> None:
    done = {"keep-diary": Tick(TickState.DONE, TODAY - dt.timedelta(days=2))}
    [reminder] = of_steps(make_plan(checklist_library(), LENT, done, TODAY), NOON)
    assert (reminder.day, reminder.evening) == (TODAY + dt.timedelta(days=28), False)


def test_looks_again_after_one_three_and_six_months() -> None:
    assert [look.day for look in looks(dt.date(2026, 8, 31))] == [
        dt.date(2026, 9, 30),
        dt.date(2026, 11, 30),
        dt.date(2027, 2, 28),
    ]
    assert all("https://example.org/quizzes/refresher/" in event.description.value for event in events(looks(TODAY)))


def test_does_not_look_again_on_a_day_that_steps_are_for() -> None:
    taken = [dt.date(2026, 11, 30)]
    assert [look.number for look in looks(dt.date(2026, 8, 31), taken)] == [1, 6]


@given(st.dates(dt.date(2024, 1, 1), dt.date(2090, 1, 1)))
def test_looks_again_within_a_day_of_the_month(today: dt.date) -> None:
    first, second, third = (look.day for look in looks(today))
    assert 28 <= (first - today).days <= 31
    assert today < first < second < third <= today + dt.timedelta(days=184)


@pytest.fixture
def file() -> bytes:
    day = TODAY + dt.timedelta(days=2)
    steps = Reminder(ReminderKind.STEPS, day, ("改密码，再改一次；" * 8, "第二步"))
    return make_calendar(
        [steps, Reminder(ReminderKind.STEPS, TODAY, ("今晚的",), evening=True), *looks(TODAY)], SITE, NOON
    )


def test_writes_lines_as_the_standard_asks(file: bytes) -> None:
    assert file.startswith(b"BEGIN:VCALENDAR\r\n")
    assert file.endswith(b"END:VCALENDAR\r\n")
    lines = file.split(b"\r\n")
    assert not [line for line in lines if b"\n" in line or b"\r" in line or len(line) > 75]
    assert file.decode("utf-8")


def test_keeps_every_word_whole(file: bytes) -> None:
    first = vobject.readOne(file.decode()).vevent_list[0]
    assert "改密码，再改一次；" * 8 in first.description.value.replace("\n", "")


def test_says_the_same_title_for_all_and_rings(file: bytes) -> None:
    found = vobject.readOne(file.decode()).vevent_list
    assert {event.summary.value for event in found} == {TITLE}
    assert {event.valarm.action.value for event in found} == {"DISPLAY"}
    assert {event.valarm.description.value for event in found} == {TITLE}
    assert {event.contents["class"][0].value for event in found} == {"PRIVATE"}


def test_names_events_by_day_and_nobody(file: bytes) -> None:
    ids = [event.uid.value for event in vobject.readOne(file.decode()).vevent_list]
    assert ids == [
        "steps-20261124@example.org",
        "steps-20261122@example.org",
        *(f"look-{count}@example.org" for count in (1, 3, 6)),
    ]
    assert b"ORGANIZER" not in file
    assert b"ATTENDEE" not in file
