"""The emergency door, what the reader gave, the plan, and its steps."""

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from checklist import library, retired
from checklist.exposures import State
from checklist.plan import make_plan
from checklist.progress import (
    STEP_COOKIE,
    Given,
    Tick,
    TickState,
    from_quiz,
    from_reader,
    read_given,
    read_ticks,
    write_given,
    write_tick,
)
from guide.web import HtmxRequest, cookies_of, keep, mine, public

#: The farthest day that a step can be put off to, in days.
FARTHEST = 366


@require_safe
@public
def index(request: HttpRequest) -> HttpResponse:
    return render(request, "checklist/index.html", {"steps": len(library.current().steps)})


@require_safe
@public
def emergency(request: HttpRequest) -> HttpResponse:
    checklist = library.current()
    context = {"entry": checklist.entry, "cases": checklist.cases.values()}
    return render(request, "checklist/emergency.html", context)


@require_safe
@public
def case(request: HttpRequest, case: str) -> HttpResponse:
    cases = library.current().cases
    if case not in cases:
        raise Http404
    return render(request, "checklist/case.html", {"case": cases[case], "cases": cases.values()})


@require_http_methods(["GET", "HEAD", "POST"])
@mine
def exposures(request: HttpRequest) -> HttpResponse:
    """What the reader gave: fields `given` and `handled`, an exposure each; POST makes the plan."""
    checklist = library.current()
    cookies = retired.current().renew(cookies_of(request))
    given = read_given(cookies.get("exposures", ""), checklist.exposures) or {}
    if request.method == "POST":
        response = redirect(reverse("checklist:plan") + "?kept")
        keep(response, "exposures", write_given(from_reader(given, _states(request.POST))))
        return response
    rows = [
        (exposure, given[exposure.id].state if exposure.id in given else "")
        for exposure in checklist.exposures.values()
    ]
    return render(request, "checklist/exposures.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@mine
def plan(request: HttpRequest) -> HttpResponse:
    """GET shows the plan; POST takes over the exposures that a quiz raised, same fields as above."""
    checklist = library.current()
    cookies = retired.current().renew(cookies_of(request))
    given = read_given(cookies.get("exposures", ""), checklist.exposures)
    if request.method == "POST":
        response = redirect(reverse("checklist:plan") + "?kept")
        keep(response, "exposures", write_given(from_quiz(given or {}, _states(request.POST))))
        return response
    ticks = read_ticks(cookies, checklist.steps)
    blocked = "kept" in request.GET and not cookies
    if given is None and not ticks:
        return render(request, "checklist/no_plan.html", {"cookies_blocked": blocked})
    return render(request, "checklist/plan.html", _plan_context(given or {}, ticks))


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
    cookies = retired.current().renew(cookies_of(request))
    given = read_given(cookies.get("exposures", ""), checklist.exposures) or {}
    ticks = read_ticks(cookies, checklist.steps)
    tick = _tick(request.POST, timezone.localdate())
    page = "checklist/_plan.html" if request.htmx else "checklist/plan.html"
    if isinstance(tick, str):
        refused = {"error": tick, "refused": step, "day": request.POST.get("on", "")}
        return render(request, page, _plan_context(given, ticks) | refused)
    if request.htmx:
        response = render(request, page, _plan_context(given, ticks | {step: tick}) | {"touched": shown, "tick": tick})
    else:
        kept = "" if tick.state is TickState.OPEN else "?kept"
        response = redirect(reverse("checklist:plan") + f"{kept}#step-{step}")
    for name, value in retired.current().replaced(cookies_of(request), step).items():
        keep(response, name, value)
    keep(response, STEP_COOKIE + step, write_tick(tick))
    return response


def _states(data: QueryDict) -> dict[str, State]:
    """The exposures that a form names: `given` for each, `handled` beside it where it is dealt with."""
    given, handled = set(data.getlist("given")), set(data.getlist("handled"))
    return {id: State.HANDLED if id in handled else State.OPEN for id in library.current().exposures if id in given}


def _tick(data: QueryDict, today: dt.date) -> Tick | str:
    """The tick that a form asks for, or a sentence that says what is wrong with it."""
    wanted = data.get("state", "")
    if wanted not in list(TickState):
        return _("刚才那一下没看懂，什么都没有改。请再点一次。")
    state = TickState(wanted)
    if state is not TickState.DAY:
        return Tick(state, today)
    try:
        day = dt.date.fromisoformat(data.get("on", ""))
    except ValueError:
        return _("还没有选日子。选一天，再点“到那天再做”。")
    if not today < day <= today + dt.timedelta(days=FARTHEST):
        return _("请选明天以后、一年以内的一天。")
    return Tick(state, day)


def _plan_context(given: dict[str, Given], ticks: dict[str, Tick]) -> dict[str, object]:
    checklist, today = library.current(), timezone.localdate()
    return {
        "plan": make_plan(checklist, given, ticks, today),
        "tomorrow": today + dt.timedelta(days=1),
        "farthest": today + dt.timedelta(days=FARTHEST),
    }
