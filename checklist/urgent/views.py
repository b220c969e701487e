"""The emergency entry, its cases, and the way from a case to the plan."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from checklist import library
from checklist.exposures import ExposureState
from checklist.plan.builder import settled, to_do_again
from checklist.state.cookies import Given, Origin, opened
from checklist.state.request import keep_given, keep_ticks, reader_state
from core.http.addresses import path_of
from core.http.caching import private, public

#: How many actions stand open at the top of a case.
FIRST = 4


@require_safe
@public
def emergency(request: HttpRequest) -> HttpResponse:
    urgent = library.current().urgent
    return render(request, "checklist/emergency.html", {"entry": urgent.entry, "cases": urgent.cases.values()})


@require_safe
@public
def case(request: HttpRequest, case: str, form: str = "") -> HttpResponse:
    """Show what to do in a case, or in one of its forms: the decision table run with that alone."""
    urgent = library.current().urgent
    if case not in urgent.cases or (form and form not in urgent.cases[case].forms):
        raise Http404
    shown = urgent.cases[case]
    chosen = shown.forms[form] if form else shown.plain
    todo = urgent.list_for(chosen.given, chosen.has)
    context = {
        "case": shown,
        "form": chosen,
        "forms": [one for one in (shown.plain, *shown.forms.values()) if one is not chosen],
        "first": todo.actions[:FIRST],
        "then": todo.actions[FIRST:],
        "notes": todo.notes,
        "entry": urgent.entry,
    }
    return render(request, "checklist/case.html", context)


@require_POST
@private
def also(request: HttpRequest) -> HttpResponse:
    """Add the exposures of a case, and what its reader ticked below it, to her plan. Nothing else of it changes.

    What she did for an earlier time of these exposures is to be done again.
    """
    checklist = library.current()
    state = reader_state(request)
    before = state.given or {}
    named = {id for id in request.POST.getlist("given") if id in checklist.exposures}
    named |= {above for id in named if (above := checklist.exposures[id].under)}
    added = {id: ExposureState.OPEN for id in checklist.exposures if id in named}
    response = redirect(path_of("checklist:plan") + "?kept")
    keep_given(response, before | {id: Given(state, Origin.READER) for id, state in added.items()})
    anew = opened(before, added, settled(checklist, before, state.ticks, state.has))
    keep_ticks(request, response, to_do_again(checklist, anew, state.ticks, timezone.localdate()))
    return response
