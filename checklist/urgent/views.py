"""The emergency entry, its cases, and the way from a case to the plan."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from checklist import library
from checklist.exposures import ExposureState
from checklist.state.cookies import Given, Origin, write_given
from checklist.state.request import reader_state
from core.http.addresses import path_of
from core.http.caching import private, public
from core.http.cookies import set_cookie

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
    sources = {source.id: source for one in todo.actions for source in one.sources}
    context = {
        "case": shown,
        "form": chosen,
        "forms": [one for one in (shown.plain, *shown.forms.values()) if one is not chosen],
        "first": todo.actions[:FIRST],
        "then": todo.actions[FIRST:],
        "notes": todo.notes,
        "sources": list(({source.id: source for source in shown.sources} | sources).values()),
        "entry": urgent.entry,
    }
    return render(request, "checklist/case.html", context)


@require_POST
@private
def also(request: HttpRequest) -> HttpResponse:
    """Add the exposures of a case, and what its reader ticked below it, to her plan. Nothing else of it changes."""
    exposures = library.current().exposures
    before = reader_state(request).given or {}
    named = {id for id in request.POST.getlist("given") if id in exposures}
    named |= {above for id in named if (above := exposures[id].under)}
    opened = {id: Given(ExposureState.OPEN, Origin.READER) for id in exposures if id in named}
    response = redirect(path_of("checklist:plan") + "?kept")
    set_cookie(response, "exposures", write_given(before | opened))
    return response
