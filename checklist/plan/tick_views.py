"""The ticks on the steps of the plan."""

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone

from checklist import library
from checklist.plan.current import plan_of
from checklist.plan.plan import Plan
from checklist.plan.plan_views import FARTHEST, plan_context, touched_context
from checklist.plan.shown import differences
from checklist.state import wire_ids
from checklist.state.cookies import SET_ASIDE, ReaderState, Tick, TickState
from checklist.state.request import keep_tick, keep_touched, reader_state
from core.http.addresses import HtmxRequest, path_of, redirect_to


def tick(request: HtmxRequest, step: str) -> HttpResponse:
    """Keep the wanted `state` of a step, with `on` for a chosen day, and show the plan.

    An urgent action is put off only by a form with `sure`, which is shown in answer to one without it. `shown` has
    the steps of the page: if the plan has others by now, the answer says which.
    """
    checklist = library.current()
    step = checklist.step_aliases.get(step, step)
    if step not in checklist.steps:
        raise Http404
    state, wanted = reader_state(request), _read_tick(request.POST, timezone.localdate())
    if isinstance(wanted, Tick) and wanted.state is TickState.DONE and checklist.may_follow_up(step):
        wanted = _too_early(plan_of(state), step) or wanted
    if isinstance(wanted, str):
        refused: dict[str, object] = {"error": wanted, "refused": step, "day": request.POST.get("on", "")}
        return _show_plan(request, state, plan_of(state), step, refused)
    if wanted.state in SET_ASIDE and "sure" not in request.POST and (asked := _question(plan_of(state), step)):
        asked |= {"asked_state": wanted.state, "asked_on": request.POST.get("on", "")}
        return _show_plan(request, state, plan_of(state), step, asked)
    after = state._replace(ticks=state.ticks | {step: wanted})
    new = plan_of(after) if state.is_plan and (request.htmx or request.POST.get("shown")) else None
    if new and (request.htmx or _changed(request, new, step)):
        response = _show_plan(request, after, new, step, touched_context(new, checklist.steps[step]) | {"tick": wanted})
    else:
        kept = "" if wanted.state is TickState.OPEN else "?kept"
        response = redirect_to(request, path_of("checklist:plan") + f"{kept}#plan")
        keep_touched(response, step)
    keep_tick(request, response, step, wanted)
    return response


def _changed(request: HttpRequest, plan: Plan, step: str) -> dict[str, list[str]]:
    """Return what differs between the plan and the page that the step was ticked on. A tick moves no other step."""
    return differences(library.current(), plan, request.POST.get("shown", ""), wire_ids.current().steps, step)


def _show_plan(
    request: HtmxRequest, state: ReaderState, plan: Plan, step: str, more: dict[str, object]
) -> HttpResponse:
    """Show the plan, or only its fragment to a script, in answer to a form of this step.

    A plan that is not there was erased in another tab, or the browser keeps no cookies: nothing is compared.
    """
    page = "checklist/_plan.html" if request.htmx else "checklist/plan.html"
    changed = _changed(request, plan, step) if state.is_plan else {}
    return render(request, page, plan_context(request, state, plan) | changed | more)


def _too_early(plan: Plan, step: str) -> str:
    """Return why a follow-up can't be ticked before its day, or nothing for any other step."""
    day = next((item.until for item in plan.follow_up if item.step.id == step), None)
    return f"这一步要到{day.month}月{day.day}日才看得出来，到那天做完再打勾。" if day else ""


def _question(plan: Plan, step: str) -> dict[str, object]:
    """Return what is asked before an open urgent action is set aside; of other steps nothing is asked.

    The question names what waits for the action, directly or for something that waits for it.
    """
    asked = next((item for item in plan.urgent if item.step.id == step), None)
    if asked is None:
        return {}
    behind, titles = {step}, []
    for item in plan.urgent:
        if not behind.isdisjoint(item.step.policy.after):
            behind.add(item.step.id)
            titles.append(item.title)
    return {"asked": asked, "asked_waiting": titles}


def _read_tick(data: QueryDict, today: dt.date) -> Tick | str:
    """Return the tick that a form asks for, or a sentence that says what is wrong with it."""
    wanted = data.get("state", "")
    if wanted not in list(TickState) or wanted in (TickState.AGAIN, TickState.REOPENED):
        return "刚才那一下没看懂，什么都没有改。请再点一次。"
    state = TickState(wanted)
    if state is not TickState.DAY:
        return Tick(state, today)
    try:
        day = dt.date.fromisoformat(data.get("on", ""))
    except ValueError:
        return "还没有选日子。选一天，再点“到那天再做”。"
    if not today < day <= today + dt.timedelta(days=FARTHEST):
        return "请选明天以后、一年以内的一天。"
    return Tick(state, day)
