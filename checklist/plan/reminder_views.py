"""Show reminders, as lines to copy and as a calendar file."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from checklist.plan.current import plan_in
from checklist.plan.reminders import Reminder, ReminderKind, looks, make_calendar, of_steps
from core.http.addresses import absolute_url, path_of
from core.http.caching import private


@require_http_methods(["GET", "HEAD", "POST"])
@private
def reminders(request: HttpRequest) -> HttpResponse:
    """Show the days (GET), or answer with the calendar file (POST). Nothing is stored."""
    plan, now = plan_in(request), timezone.now()
    steps = of_steps(plan, now) if plan else []
    days = [*steps, *looks(timezone.localdate(), [reminder.day for reminder in steps])]
    if request.method == "POST":
        response = HttpResponse(
            make_calendar(days, settings.SITE_URL, now), content_type="text/calendar; charset=utf-8"
        )
        response["Content-Disposition"] = 'attachment; filename="anxin.ics"'
        return response
    return render(request, "checklist/reminders.html", {"plan": plan, "days": days, "lines": _lines(days)})


def _lines(days: list[Reminder]) -> str:
    """Return the reminders as lines to send to oneself, with the address to come back to."""
    lines = ["给自己的提醒"]
    for reminder in days:
        when = f"{reminder.day.year}年{reminder.day.month}月{reminder.day.day}日"
        when += "晚上8点" if reminder.evening else "上午9点"
        what = "、".join(reminder.titles) if reminder.kind is ReminderKind.STEPS else "再看一眼清单"
        lines.append(f"{when}：{what}")
    lines.append("清单在这里：" + absolute_url(path_of("checklist:plan")))
    return "\n".join(lines)
