"""Show the plan on paper: the open steps with boxes to tick, and the numbers to call."""

import re
from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

import guide.library
from checklist.plan.current import plan_in
from checklist.plan.plan import Item
from checklist.resume.context import link_context
from checklist.state.request import reader_state
from core.http.addresses import absolute_url
from core.http.caching import private
from guide.procedures import Procedure
from guide.sources import Channel

#: Stands on every sheet, whatever its steps name.
POLICE = "110"


@require_safe
@private
def print_plan(request: HttpRequest) -> HttpResponse:
    """Show one A4 sheet: numbers, steps with boxes, and the site's address.

    `?long` shows how each step is done, too. `?code` puts the resume link's QR code on it: only where asked for,
    because anybody can pick up a sheet of paper.
    """
    plan = plan_in(request)
    items = plan.undone if plan else []
    context = {
        "plan": plan,
        "items": items,
        "later": len(items) - len(plan.today) if plan else 0,
        "channels": numbers_to_call(items, guide.library.current().channels.values()),
        "today": timezone.localdate(),
        "long": "long" in request.GET,
        "home": absolute_url("/"),
    }
    if plan and "code" in request.GET:
        context |= link_context(reader_state(request))
    return render(request, "checklist/print.html", context)


def numbers_to_call(items: Iterable[Item], channels: Iterable[Channel]) -> list[Channel]:
    """Return the channels whose number a step on the sheet names, and the police."""
    items = list(items)
    text = " ".join(_text(procedure) for item in items for procedure in item.procedures)
    named = set(re.findall(r"(?<![\d-])\d+(?:-\d+)*(?![\d-])", text)) | {POLICE}
    named |= {channel.number for item in items if item.told for channel in item.told.channels}
    return [channel for channel in channels if channel.number in named]


def _text(procedure: Procedure) -> str:
    legs = [leg.start + leg.then for leg in procedure.legs]
    return " ".join([*legs, *procedure.actions, procedure.missing, procedure.in_person])
