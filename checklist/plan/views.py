"""The reader's exposures, the plan, and the ticks on its steps."""

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from checklist import library
from checklist.exposures import Exposure, ExposureGroup, ExposureState
from checklist.kit import Piece, PieceKind
from checklist.plan.builder import closed, open_of, settled, to_do_again
from checklist.plan.current import plan_of
from checklist.plan.house import house_of
from checklist.plan.if_then_views import lines_context
from checklist.plan.plan import Item, Plan
from checklist.plan.shown import changes, write_shown
from checklist.state import wire_ids
from checklist.state.cookies import ReaderState, Tick, TickState, from_quiz, from_reader, opened
from checklist.state.request import (
    forget_touched,
    keep_given,
    keep_has,
    keep_tick,
    keep_ticks,
    keep_touched,
    read_touched,
    reader_state,
)
from checklist.steps import Step
from core.http.addresses import HtmxRequest, path_of, redirect_to
from core.http.caching import private
from core.http.cookies import read_cookies

#: The farthest day that a step can be put off to, in days.
FARTHEST = 366
#: A step without a tick.
OPEN = Tick(TickState.OPEN, dt.date.min)
#: The states of a step that is not to be done now.
PUT_OFF = (TickState.TONIGHT, TickState.DAY, TickState.SKIP)
#: The steps whose way depends on the phone.
PHONE_STEPS = {"clean", "see-apps"}


@require_http_methods(["GET", "HEAD", "POST"])
@private
def exposures(request: HttpRequest) -> HttpResponse:
    """Show the list of exposures; POST replaces the reader's and leads to the plan.

    The form has `given` for each exposure, `handled` beside it where it is dealt with,
    and `has` for each thing that the reader has. In a GET, `case` ticks the exposures of
    an emergency case; nothing is kept before the reader posts.
    """
    if request.method == "POST":
        response = _keep_exposures(request)
        if not read_cookies(request):
            response.status_code = 307  # sends the form on to the plan, which is shown even if no cookie is kept
        return response
    checklist = library.current()
    given, ticks, has = reader_state(request)
    done = settled(checklist, given or {}, ticks, has)
    states = {id: ExposureState.HANDLED if id in done else one.state for id, one in (given or {}).items()}
    case = checklist.cases.get(request.GET.get("case", ""))
    if case:
        states |= dict.fromkeys(case.given, ExposureState.OPEN)
    context = {"groups": _groups(states), "kit": _kit(has), "case": case, "answered": has is not None}
    return render(request, "checklist/exposures.html", context)


def _keep_exposures(request: HttpRequest) -> HttpResponse:
    checklist = library.current()
    given, ticks, has = reader_state(request)
    done = settled(checklist, given or {}, ticks, has)
    wanted = _with_those_above(_states(request.POST))
    response = redirect(path_of("checklist:plan") + "?kept")
    after, anew = from_reader(given or {}, wanted, done), opened(given or {}, wanted, done)
    if anew:
        # Their steps become due again: what the same steps settled before stays handled.
        after = closed(after, {id for id in done if wanted.get(id) is ExposureState.HANDLED})
    keep_given(response, after)
    _keep_to_do_again(request, response, anew)
    chosen = frozenset(checklist.kit.keys() & set(request.POST.getlist("has")))
    if chosen or has is not None:
        # Nothing chosen counts as no answer: one step too many is better than one too few.
        keep_has(response, chosen or None)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@private
def plan(request: HttpRequest) -> HttpResponse:
    """Show the plan; POST takes over the exposures that a quiz raised, in the fields of `exposures`."""
    if request.method == "POST" and "kept" in request.GET:
        return _plan_as_sent(request)
    state = reader_state(request)
    if request.method == "POST":
        before = state.given or {}
        raised = _states(request.POST)
        done = settled(library.current(), before, state.ticks, state.has) - raised.keys()
        after = from_quiz(closed(before, done), raised)
        response = redirect(path_of("checklist:plan") + "?kept")
        keep_given(response, after)
        _keep_to_do_again(request, response, opened(before, {id: one.state for id, one in after.items()}))
        return response
    blocked = "kept" in request.GET and not read_cookies(request)
    if not state.is_plan:
        return render(request, "checklist/no_plan.html", {"cookies_blocked": blocked})
    context = _plan_context(request, state, plan_of(state))
    touched = read_touched(request)
    if touched is None:
        return render(request, "checklist/plan.html", context)
    context |= _touched(context["plan"], library.current().steps[touched])
    context |= {"tick": state.ticks.get(touched, OPEN)}
    shown = render(request, "checklist/plan.html", context)
    forget_touched(shown)
    return shown


def _plan_as_sent(request: HttpRequest) -> HttpResponse:
    """Go on to the plan, or show it from the form that `exposures` sent on, where the browser kept no cookie."""
    if read_cookies(request):
        return redirect(path_of("checklist:plan") + "?kept")
    given = from_reader({}, _with_those_above(_states(request.POST)), set())
    has = frozenset(library.current().kit.keys() & set(request.POST.getlist("has"))) or None
    state = ReaderState(given, {}, has)
    context = _plan_context(request, state, plan_of(state))
    return render(request, "checklist/plan.html", context | {"cookies_blocked": True})


@require_POST
@private
def tick(request: HtmxRequest, step: str) -> HttpResponse:
    """Keep the wanted `state` of a step, with `on` for a chosen day, and show the plan.

    An urgent action is put off only by a form with `sure`, which is shown in answer to one without it. `shown` has
    the steps of the page: where the plan has others by now, the answer says which.
    """
    checklist = library.current()
    step = checklist.step_aliases.get(step, step)
    if step not in checklist.steps:
        raise Http404
    state, wanted = reader_state(request), _read_tick(request.POST, timezone.localdate())
    if isinstance(wanted, str):
        refused: dict[str, object] = {"error": wanted, "refused": step, "day": request.POST.get("on", "")}
        return _show_plan(request, state, plan_of(state), step, refused)
    if wanted.state in PUT_OFF and "sure" not in request.POST:
        made = plan_of(state)
        if (waiting := _waiting(made, step)) is not None:
            asked, titles = waiting
            fields = {"asked": asked, "asked_state": wanted.state, "asked_on": request.POST.get("on", "")}
            return _show_plan(request, state, made, step, fields | {"asked_waiting": titles})
    after = state._replace(ticks=state.ticks | {step: wanted})
    new = plan_of(after) if state.is_plan and (request.htmx or request.POST.get("shown")) else None
    if new and (request.htmx or _changed(request, new, step)):
        response = _show_plan(request, after, new, step, _touched(new, checklist.steps[step]) | {"tick": wanted})
    else:
        kept = "" if wanted.state is TickState.OPEN else "?kept"
        response = redirect_to(request, path_of("checklist:plan") + f"{kept}#plan")
        keep_touched(response, step)
    keep_tick(request, response, step, wanted)
    return response


def _touched(made: Plan, step: Step) -> dict[str, object]:
    """Return the step that was just ticked, and its title as the plan calls it for this reader."""
    return {"touched": step, "touched_title": made.titles.get(step.id, step.title)}


def _changed(request: HttpRequest, made: Plan, step: str) -> dict[str, list[str]]:
    """Return what differs between the plan and the page that the step was ticked on. A tick moves no other step."""
    return changes(library.current(), made, request.POST.get("shown", ""), wire_ids.current().steps, step)


def _show_plan(
    request: HtmxRequest, state: ReaderState, made: Plan, step: str, more: dict[str, object]
) -> HttpResponse:
    """Show the plan, or only its fragment to a script, in answer to a form of this step.

    A plan that is not there was erased in another tab, or the browser keeps no cookies: nothing is compared.
    """
    page = "checklist/_plan.html" if request.htmx else "checklist/plan.html"
    changed = _changed(request, made, step) if state.is_plan else {}
    return render(request, page, _plan_context(request, state, made) | changed | more)


def _waiting(made: Plan, step: str) -> tuple[Item, list[str]] | None:
    """Return an urgent action that is to do and the titles of what waits for it, None where the step is no such action.

    What waits for something that waits for it waits, too.
    """
    asked = next((item for item in made.urgent if item.step.id == step), None)
    if asked is None:
        return None
    behind, titles = {step}, []
    for item in made.urgent:
        if not behind.isdisjoint(item.step.policy.after):
            behind.add(item.step.id)
            titles.append(item.title)
    return asked, titles


def _keep_to_do_again(request: HttpRequest, response: HttpResponse, exposures: set[str]) -> None:
    """Mark the steps that were done for an earlier time of these exposures, which are open anew."""
    given, ticks, has = reader_state(request)
    today, before = timezone.localdate(), open_of(given or {})
    keep_ticks(request, response, to_do_again(library.current(), exposures, ticks, today, has, before))


def _groups(
    states: dict[str, ExposureState],
) -> list[tuple[ExposureGroup, list[tuple[Exposure, ExposureState | str]], int]]:
    """Return the exposures by group, each with its state, and how many of the group are given."""
    rows: dict[ExposureGroup, list[tuple[Exposure, ExposureState | str]]] = {group: [] for group in ExposureGroup}
    for exposure in library.current().exposures.values():
        rows[exposure.group].append((exposure, states.get(exposure.id, "")))
    return [(group, of_it, sum(state != "" for _, state in of_it)) for group, of_it in rows.items() if of_it]


def _kit(has: frozenset[str] | None) -> list[tuple[Piece, bool]]:
    return [(piece, has is not None and id in has) for id, piece in library.current().kit.items()]


def _with_those_above(wanted: dict[str, ExposureState]) -> dict[str, ExposureState]:
    """Add the exposure that another one makes more precise: a bank's code that was given is a code given."""
    exposures = library.current().exposures
    above = {exposures[id].under or id: state for id, state in wanted.items()}
    with_them = above | wanted
    return {id: with_them[id] for id in exposures if id in with_them}


def _states(data: QueryDict) -> dict[str, ExposureState]:
    """Return the exposures that a form names: `given` for each, `handled` beside it where it is dealt with."""
    checklist = library.current()
    given, handled = (
        {checklist.exposure_aliases.get(id, id) for id in data.getlist(field)} for field in ("given", "handled")
    )
    return {
        id: ExposureState.HANDLED if id in handled else ExposureState.OPEN for id in checklist.exposures if id in given
    }


def _read_tick(data: QueryDict, today: dt.date) -> Tick | str:
    """Return the tick that a form asks for, or a sentence that says what is wrong with it."""
    wanted = data.get("state", "")
    if wanted not in list(TickState) or wanted == TickState.AGAIN:
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


def _asks_for_phone(made: Plan, has: frozenset[str] | None) -> bool:
    """Return whether the plan depends on which phone it is, and the reader has not said so."""
    phones = {id for id, piece in library.current().kit.items() if piece.kind is PieceKind.PHONE}
    return bool(PHONE_STEPS & {item.step.id for item in made.open}) and not phones & (has or set())


def _plan_context(request: HttpRequest, state: ReaderState, made: Plan) -> dict[str, Any]:
    checklist, today, has = library.current(), timezone.localdate(), state.has
    return lines_context(request, state.given or {}) | {
        "plan": made,
        "shown": write_shown(made, wire_ids.current().steps),
        "house": house_of(made),
        "unsettled": [exposure for id, exposure in checklist.exposures.items() if id in made.unsettled],
        "has": [piece for id, piece in checklist.kit.items() if id in has] if has is not None else None,
        "phone_asked": _asks_for_phone(made, has),
        "tomorrow": today + dt.timedelta(days=1),
        "farthest": today + dt.timedelta(days=FARTHEST),
        "in_a_month": today + dt.timedelta(days=30),
    }
