"""Reminders as a calendar file, and as lines to send to oneself.

They do not reveal what they are about: all events have the same title, and no exposure is named.
"""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta
from icalendar import Alarm, Calendar, Event, vDuration

from checklist.plan.plan import Plan
from core.content.rendered import Link

CHINA = ZoneInfo("Asia/Shanghai")
EVENING, MORNING = dt.time(20, tzinfo=CHINA), dt.time(9, tzinfo=CHINA)
LASTS = dt.timedelta(minutes=30)
#: When to look again, in months from today.
LOOKS = (1, 3, 6)
#: What the calendar file says.
TITLE = "安心退群：看一眼清单"
STEPS = "今天要做的："
LOOK = "花几分钟，再看一眼。先看清单，再答几个小问题："
PLAN, REFRESHER = Link("checklist", "plan").address, Link("quiz", "refresher").address


class ReminderKind(StrEnum):
    """What a reminder is for: postponed steps, or a review of the accounts."""

    STEPS = "steps"
    LOOK = "look"


@dataclass(frozen=True)
class Reminder:
    """A day with something to do: at nine in the morning, or with `evening` at eight."""

    kind: ReminderKind
    day: dt.date
    titles: tuple[str, ...] = ()
    evening: bool = False
    number: int = 0


def of_steps(plan: Plan, now: dt.datetime) -> list[Reminder]:
    """Return a reminder for each day that steps are for, or for which they ask for one, in order.

    After eight, tonight is tomorrow.
    """
    today = now.astimezone(CHINA).date()
    late = now >= dt.datetime.combine(today, EVENING)
    days: dict[dt.date, list[str]] = {}
    for item in [*plan.postponed_by_reader, *plan.follow_up]:
        if item.until:
            day = item.until + dt.timedelta(days=1) if late and item.until == today else item.until
            days.setdefault(day, []).append(item.title)
    for item in plan.open:
        if item.step.policy.remind_in:
            days.setdefault(today + dt.timedelta(days=item.step.policy.remind_in), []).append(item.title)
    return [Reminder(ReminderKind.STEPS, day, tuple(titles), day == today) for day, titles in sorted(days.items())]


def looks(today: dt.date, taken: Collection[dt.date] = ()) -> list[Reminder]:
    """Return the days of the reviews, after one, three and six months, without those `taken` by steps."""
    days = {count: today + relativedelta(months=count) for count in LOOKS}
    return [Reminder(ReminderKind.LOOK, day, number=count) for count, day in days.items() if day not in taken]


def make_calendar(reminders: Iterable[Reminder], site_url: str, now: dt.datetime) -> bytes:
    """Return the reminders as a calendar file.

    An event's id is made of its day, so that a later file updates the event instead of doubling it, and so that
    no id belongs to a person.
    """
    host = urlsplit(site_url).hostname or ""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//{host}//checklist//ZH")
    calendar.add("method", "PUBLISH")
    for reminder in reminders:
        calendar.add_component(_event(reminder, site_url, host, now))
    return bytes(calendar.to_ical())


def _event(reminder: Reminder, site_url: str, host: str, now: dt.datetime) -> Event:
    event = Event()
    if reminder.kind is ReminderKind.STEPS:
        event.add("uid", f"steps-{reminder.day:%Y%m%d}@{host}")
        listed = [f"{number}. {title}" for number, title in enumerate(reminder.titles, 1)]
        event.add("description", "\n".join([STEPS, *listed, site_url + PLAN]))
        event.add("url", site_url + PLAN)
    else:
        event.add("uid", f"look-{reminder.number}@{host}")
        event.add("description", "\n".join([LOOK, site_url + REFRESHER]))
        event.add("url", site_url + REFRESHER)
    event.add("summary", TITLE)
    event.add("dtstamp", now.astimezone(dt.UTC).replace(microsecond=0))
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")  # it takes no time of a shared calendar
    # In UTC, which needs no table of time zones in the file.
    start = dt.datetime.combine(reminder.day, EVENING if reminder.evening else MORNING).astimezone(dt.UTC)
    event.add("dtstart", start)
    event.add("dtend", start + LASTS)
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", TITLE)
    alarm.add("trigger", vDuration(dt.timedelta()))  # calendars ignore an alarm after the start
    event.add_component(alarm)
    return event
