"""What the reader gave, the plan, and its steps."""

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from checklist import library
from checklist.exposures import Exposure, ExposureGroup, ExposureState
from checklist.kit import Piece
from checklist.plan.builder import make_plan, settled, to_do_again
from checklist.plan.if_then_views import lines_context
from checklist.state import retired
from checklist.state.cookies import (
    STEP_COOKIE,
    Given,
    Tick,
    TickState,
    from_quiz,
    from_reader,
    opened,
    write_given,
    write_has,
    write_tick,
)
from checklist.state.request import reader_state
from core.http.addresses import HtmxRequest, path_of
from core.http.caching import private, public
from core.http.cookies import read_cookies, set_cookie

#: The farthest day that a step can be put off to, in days.
FARTHEST = 366


@require_safe
@public
def index(request: HttpRequest) -> HttpResponse:
    return render(request, "checklist/index.html", {"steps": len(library.current().steps)})


@require_http_methods(["GET", "HEAD", "POST"])
@private
def exposures(request: HttpRequest) -> HttpResponse:
    """What the reader gave and has: fields `given`, `handled` and `has`, one each; POST makes the plan.

    `case`, an emergency case, ticks what the case speaks of; nothing of it is kept before the reader posts.
    """
    checklist = library.current()
    given, ticks, has = reader_state(request)
    done = settled(checklist, given or {}, ticks, has)
    if request.method == "POST":
        wanted = _with_those_above(_states(request.POST))
        response = redirect(path_of("checklist:plan") + "?kept")
        set_cookie(response, "exposures", write_given(from_reader(given or {}, wanted, done)))
        _keep_to_do_again(response, opened(given or {}, wanted, done), ticks)
        chosen = [id for id in checklist.kit if id in request.POST.getlist("has")]
        if chosen or has is not None:
            # Nothing chosen is no answer: then every step stays, rather than one that is needed gone.
            set_cookie(response, "has", write_has(chosen) if chosen else "")
        return response
    states = {id: ExposureState.HANDLED if id in done else one.state for id, one in (given or {}).items()}
    case = checklist.cases.get(request.GET.get("case", ""))
    if case:
        states |= dict.fromkeys(case.given, ExposureState.OPEN)
    context = {"groups": _groups(states), "kit": _kit(has), "case": case, "answered": has is not None}
    return render(request, "checklist/exposures.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@private
def plan(request: HttpRequest) -> HttpResponse:
    """GET shows the plan; POST takes over the exposures that a quiz raised, same fields as above."""
    given, ticks, has = reader_state(request)
    if request.method == "POST":
        after = from_quiz(given or {}, _states(request.POST))
        response = redirect(path_of("checklist:plan") + "?kept")
        set_cookie(response, "exposures", write_given(after))
        now = {id: one.state for id, one in after.items()}
        _keep_to_do_again(response, opened(given or {}, now), ticks)
        return response
    blocked = "kept" in request.GET and not read_cookies(request)
    if given is None and not ticks:
        return render(request, "checklist/no_plan.html", {"cookies_blocked": blocked})
    context = _plan_context(given or {}, ticks, has) | lines_context(request, given or {})
    return render(request, "checklist/plan.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@public
def step(request: HtmxRequest, step: str) -> HttpResponse:
    """GET explains a step to anybody; POST keeps the wanted `state` of it, with `on` for a chosen day."""
    checklist = library.current()
    if step not in checklist.steps:
        raise Http404
    shown = checklist.steps[step]
    if request.method != "POST":
        return render(request, "checklist/step.html", {"step": shown, "letters": checklist.letters_for(step)})
    tick = _tick(request.POST, timezone.localdate())
    if isinstance(tick, str):
        given, ticks, has = reader_state(request)
        page = "checklist/_plan.html" if request.htmx else "checklist/plan.html"
        refused = {"error": tick, "refused": step, "day": request.POST.get("on", "")}
        context = _plan_context(given or {}, ticks, has) | lines_context(request, given or {})
        return render(request, page, context | refused)
    if request.htmx:
        given, ticks, has = reader_state(request)
        context = _plan_context(given or {}, ticks | {step: tick}, has)
        response = render(request, "checklist/_plan.html", context | {"touched": shown, "tick": tick})
    else:
        kept = "" if tick.state is TickState.OPEN else "?kept"
        response = HttpResponseRedirect(path_of("checklist:plan") + f"{kept}#step-{step}")
    for name, value in retired.current().replaced(read_cookies(request), step).items():
        set_cookie(response, name, value)
    set_cookie(response, STEP_COOKIE + step, write_tick(tick))
    return response


def _keep_to_do_again(response: HttpResponse, exposures: set[str], ticks: dict[str, Tick]) -> None:
    """Marks the steps that were done for an earlier time, where exposures are opened anew."""
    for step, tick in to_do_again(library.current(), exposures, ticks, timezone.localdate()).items():
        set_cookie(response, STEP_COOKIE + step, write_tick(tick))


def _groups(
    states: dict[str, ExposureState],
) -> list[tuple[ExposureGroup, list[tuple[Exposure, ExposureState | str]], int]]:
    """The exposures by group, each with its state here, and how many of the group are given."""
    rows: dict[ExposureGroup, list[tuple[Exposure, ExposureState | str]]] = {group: [] for group in ExposureGroup}
    for exposure in library.current().exposures.values():
        rows[exposure.group].append((exposure, states.get(exposure.id, "")))
    return [(group, of_it, sum(state != "" for _, state in of_it)) for group, of_it in rows.items() if of_it]


def _kit(has: frozenset[str] | None) -> list[tuple[Piece, bool]]:
    return [(piece, has is not None and id in has) for id, piece in library.current().kit.items()]


def _with_those_above(wanted: dict[str, ExposureState]) -> dict[str, ExposureState]:
    """With the exposure that another one makes more precise: a bank's code that was given is a code given."""
    exposures = library.current().exposures
    above = {exposures[id].under or id: state for id, state in wanted.items()}
    with_them = above | wanted
    return {id: with_them[id] for id in exposures if id in with_them}


def _states(data: QueryDict) -> dict[str, ExposureState]:
    """The exposures that a form names: `given` for each, `handled` beside it where it is dealt with."""
    given, handled = set(data.getlist("given")), set(data.getlist("handled"))
    return {
        id: ExposureState.HANDLED if id in handled else ExposureState.OPEN
        for id in library.current().exposures
        if id in given
    }


def _tick(data: QueryDict, today: dt.date) -> Tick | str:
    """The tick that a form asks for, or a sentence that says what is wrong with it."""
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


def _plan_context(given: dict[str, Given], ticks: dict[str, Tick], has: frozenset[str] | None) -> dict[str, object]:
    checklist, today = library.current(), timezone.localdate()
    made = make_plan(checklist, given, ticks, today, has)
    return {
        "plan": made,
        "unsettled": [exposure for id, exposure in checklist.exposures.items() if id in made.unsettled],
        "has": [piece for id, piece in checklist.kit.items() if id in has] if has is not None else None,
        "tomorrow": today + dt.timedelta(days=1),
        "farthest": today + dt.timedelta(days=FARTHEST),
        "in_a_month": today + dt.timedelta(days=30),
    }
