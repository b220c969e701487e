"""The plan."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from checklist import library
from checklist.kit import KitItemKind
from checklist.plan.begun import show_begun
from checklist.plan.builder import open_of
from checklist.plan.changes import from_list, from_quiz
from checklist.plan.current import plan_of
from checklist.plan.exposure_views import read_exposures, read_has, read_list
from checklist.plan.if_then_views import lines_context
from checklist.plan.plan import Plan
from checklist.plan.shown import write_shown
from checklist.state import wire_ids
from checklist.state.cookies import ReaderState, Tick, TickState
from checklist.state.request import forget_touched, keep_changes, read_touched, reader_state
from checklist.steps import Step
from core.http.addresses import path_of
from core.http.caching import private
from core.http.cookies import read_cookies

#: The farthest day that a step can be put off to, in days.
FARTHEST = 366
#: A step without a tick.
OPEN = Tick(TickState.OPEN, dt.date.min)


@require_http_methods(["GET", "HEAD", "POST"])
@private
def plan(request: HttpRequest) -> HttpResponse:
    """Show the plan; POST takes over the exposures that a quiz raised, in the fields of `exposures`."""
    if request.method == "POST" and "kept" in request.GET:
        return _plan_as_sent(request)
    state = reader_state(request)
    if request.method == "POST":
        after = from_quiz(library.current(), state, read_exposures(request.POST), timezone.localdate())
        response = redirect(path_of("checklist:plan") + "?kept")
        keep_changes(request, response, after)
        return response
    blocked = "kept" in request.GET and not read_cookies(request)
    if not state.is_plan:
        return render(request, "checklist/no_plan.html", {"cookies_blocked": blocked, "begun": show_begun(request)})
    context = plan_context(request, state, plan_of(state))
    touched = read_touched(request)
    if touched is None:
        return render(request, "checklist/plan.html", context)
    context |= touched_context(context["plan"], library.current().steps[touched])
    context |= {"tick": state.ticks.get(touched, OPEN)}
    shown = render(request, "checklist/plan.html", context)
    forget_touched(shown)
    return shown


def _plan_as_sent(request: HttpRequest) -> HttpResponse:
    """Go on to the plan, or show it from the form that `exposures` sent on, if the browser kept no cookie."""
    if read_cookies(request):
        return redirect(path_of("checklist:plan") + "?kept")
    wanted, has = read_list(request.POST), read_has(request.POST)
    state = from_list(library.current(), ReaderState(None, {}, None), wanted, has, timezone.localdate())
    context = plan_context(request, state, plan_of(state))
    return render(request, "checklist/plan.html", context | {"cookies_blocked": True})


def touched_context(plan: Plan, step: Step) -> dict[str, object]:
    """Return the step that was just ticked, and its title as the plan calls it for this reader."""
    return {"touched": step, "touched_title": plan.titles.get(step.id, step.title)}


def _asks_for_phone(plan: Plan, has: frozenset[str] | None) -> bool:
    """Return whether the plan depends on which phone it is, and the reader has not said so."""
    phones = {id for id, item in library.current().kit.items() if item.kind is KitItemKind.PHONE}
    return not phones & (has or set()) and any(item.step.asks_phone for item in plan.open)


def plan_context(request: HttpRequest, state: ReaderState, plan: Plan) -> dict[str, Any]:
    checklist, today, has, given = library.current(), timezone.localdate(), state.has, state.given or {}
    return lines_context(request, given) | {
        "plan": plan,
        "shown": write_shown(plan, wire_ids.current().steps),
        "unsettled": [exposure for id, exposure in checklist.exposures.items() if id in plan.unsettled],
        "handled": [exposure for id, exposure in checklist.exposures.items() if id in given.keys() - open_of(given)],
        "has": [item for id, item in checklist.kit.items() if id in has] if has is not None else None,
        "phone_asked": _asks_for_phone(plan, has),
        "tomorrow": today + dt.timedelta(days=1),
        "farthest": today + dt.timedelta(days=FARTHEST),
        "in_a_month": today + dt.timedelta(days=30),
    }
