"""Views of the emergency pages, and of the way from a case to the plan."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from checklist import library
from checklist.plan.changes import from_case, with_nearby
from checklist.state.request import keep_changes, reader_state
from checklist.urgent.library import UrgentList
from core.http.addresses import path_of
from core.http.caching import private, public

#: How many actions stand open at the top of a case, their titles on one screen.
FIRST = 4
#: What leaves room for that above them: lines that lead elsewhere (else one), and choices (else the first action is
#: folded).
LINES, CHOICES = 2, 4


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
    instead = [(id, shown.instead[id]) for id in chosen.instead]
    above = len(instead) if len(instead) <= LINES else 1
    choose = {} if form else shown.choose
    context = {
        "case": shown,
        "form": chosen,
        "instead": instead,
        "above": instead[:above],
        "below": instead[above:],
        "choose": choose,
        "forms": [one for one in (shown.plain, *shown.forms.values()) if one is not chosen],
    }
    listed = _listed(urgent.list_for(chosen.given, chosen.has), opened=len(choose) <= CHOICES)
    return render(request, "checklist/case.html", context | listed)


def _listed(todo: UrgentList, *, opened: bool) -> dict[str, object]:
    """Return what the pages show of a list of urgent actions; the first one is `opened`, or folded as the others.

    `beside` are the channels of the entry that none of the first actions dials.
    """
    first, entry = todo.actions[:FIRST], library.current().urgent.entry
    dialled = {channel.number for action in first for channel in action.channels}
    said = {action.before for action in todo.actions}
    return {
        "first": first,
        "beside": [channel for channel in entry.channels if channel.number not in dialled],
        "opened": todo.actions[0].id if opened and todo.actions else "",
        "then": todo.actions[FIRST:],
        "notes": [note for note in todo.notes if note not in said],
        "entry": entry,
    }


@require_POST
@private
def also(request: HttpRequest) -> HttpResponse:
    """Show what to do for a case and everything ticked below it: the decision table run with all of that.

    There is no redirect after the POST, because the list must be shown even if no cookie is kept. Known
    exposures are added to the plan; a step that was done or set aside before is due again for them.
    """
    urgent = library.current().urgent
    chosen = [id for id in dict.fromkeys(request.POST.getlist("given")) if id in urgent.implied.exposures]
    if not chosen:
        return redirect("checklist:emergency")
    checklist, state = library.current(), reader_state(request)
    things = [id for id in checklist.kit if id in request.POST.getlist("has")]
    todo = urgent.list_for(chosen, with_nearby(checklist, state.has, things) or ())
    # The look's form leads back to the plan, because this address accepts only POST.
    context = _listed(todo, opened=True) | {"back": path_of("checklist:plan")}
    response = render(request, "checklist/urgent.html", context)
    keep_changes(request, response, from_case(checklist, state, chosen, things, timezone.localdate()))
    return response
