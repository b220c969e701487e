"""Views of the emergency pages, and of the way from a case to the plan."""

from collections.abc import Collection

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from checklist import library
from checklist.exposures import ExposureState
from checklist.kit import PieceKind
from checklist.plan.builder import closed, open_of, settled, to_do_again
from checklist.state.cookies import Given, Origin, opened
from checklist.state.request import keep_given, keep_has, keep_ticks, reader_state
from checklist.urgent.given import outdated
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
    """Return what the pages show of a list of urgent actions; the first one is `opened`, or folded as the others."""
    return {
        "first": todo.actions[:FIRST],
        "opened": todo.actions[0].id if opened and todo.actions else "",
        "then": todo.actions[FIRST:],
        "notes": todo.notes,
        "entry": library.current().urgent.entry,
    }


@require_POST
@private
def also(request: HttpRequest) -> HttpResponse:
    """Show what to do for a case and everything ticked below it: the decision table run with all of that.

    There is no redirect after the POST, because the list must be shown even if no cookie is kept. Known
    exposures are added to the plan; a step that was done before for one of them is to be done again.
    """
    urgent = library.current().urgent
    chosen = [id for id in dict.fromkeys(request.POST.getlist("given")) if id in urgent.mapping.exposures]
    if not chosen:
        return redirect("checklist:emergency")
    things = [id for id in library.current().kit if id in request.POST.getlist("has")]
    has = _with_nearby(reader_state(request).has, things)
    todo = urgent.list_for(chosen, has or ())
    # The look's form leads back to the plan, because this address accepts only POST.
    context = _listed(todo, opened=True) | {"back": path_of("checklist:plan")}
    response = render(request, "checklist/urgent.html", context)
    _add_to_plan(request, response, chosen, things)
    return response


def _with_nearby(has: frozenset[str] | None, things: Collection[str]) -> frozenset[str] | None:
    """Return what the reader has, with these things in place of others of their kind."""
    kit = library.current().kit
    if not things:
        return has
    apps = {id for id, piece in kit.items() if piece.kind is PieceKind.APP}
    kinds = {kit[id].kind for id in things}
    return frozenset({id for id in (apps if has is None else has) if kit[id].kind not in kinds} | {*things})


def _add_to_plan(
    request: HttpRequest, response: HttpResponse, chosen: Collection[str], things: Collection[str]
) -> None:
    """Keep exposures as open ones in the reader's plan, with what the page knows of the phone."""
    checklist = library.current()
    state = reader_state(request)
    before = state.given or {}
    has = _with_nearby(state.has, things)
    named = checklist.with_above([id for id in chosen if id in checklist.exposures])
    if not named:
        return
    added = {id: ExposureState.OPEN for id in checklist.exposures if id in named}
    before = {id: one for id, one in before.items() if id not in outdated(checklist.urgent.mapping, chosen)}
    done = settled(checklist, before, state.ticks, state.has)
    keep_given(response, closed(before, done) | {id: Given(state, Origin.READER) for id, state in added.items()})
    anew, today = opened(before, added, done), timezone.localdate()
    again = to_do_again(checklist, anew, state.ticks, today, has, open_of(before))
    keep_ticks(request, response, again)
    if has != state.has:
        keep_has(response, has)
