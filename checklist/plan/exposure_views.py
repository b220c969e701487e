"""The reader's list of exposures."""

from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from checklist import library
from checklist.exposures import Exposure, ExposureGroup, ExposureState
from checklist.kit import KitItem, answers_for_own
from checklist.plan.changes import from_list, shown_states
from checklist.state.request import keep_changes, reader_state
from core.http.addresses import path_of
from core.http.caching import private
from core.http.cookies import read_cookies


@require_http_methods(["GET", "HEAD", "POST"])
@private
def exposures(request: HttpRequest) -> HttpResponse:
    """Show the list of exposures; POST replaces the reader's and leads to the plan.

    The form has `given` for each exposure, `handled` beside it if it is dealt with,
    and `has` for each thing that the reader has. In a GET, `case` ticks the exposures of
    an emergency case; nothing is kept before the reader posts.
    """
    if request.method == "POST":
        response = _keep_exposures(request)
        if not read_cookies(request):
            response.status_code = 307  # sends the form on to the plan, which is shown even if no cookie is kept
        return response
    checklist = library.current()
    state = reader_state(request)
    states = shown_states(checklist, state)
    case = checklist.cases.get(request.GET.get("case", ""))
    if case:
        states |= dict.fromkeys(case.given, ExposureState.OPEN)
    answered = answers_for_own(checklist.kit, state.has or ())
    context = {"groups": _groups(states), "kit": _kit(state.has), "case": case, "answered": answered}
    return render(request, "checklist/exposures.html", context)


def _keep_exposures(request: HttpRequest) -> HttpResponse:
    """Keep the list that a form sends, and lead to the plan.

    No thing chosen counts as no answer: one step too many is better than one too few.
    """
    checklist, state = library.current(), reader_state(request)
    after = from_list(checklist, state, read_list(request.POST), read_has(request.POST), timezone.localdate())
    response = redirect(path_of("checklist:plan") + "?kept")
    keep_changes(request, response, after)
    return response


@dataclass
class Row:
    """An exposure on the form, with its state if it is given, and the rows of those that make it more precise."""

    exposure: Exposure
    state: ExposureState | None
    under: list["Row"] = field(default_factory=list)


def _groups(states: dict[str, ExposureState]) -> list[tuple[ExposureGroup, list[Row], int]]:
    """Return the rows of each group, and how many exposures of the group are given."""
    exposures = library.current().exposures
    rows = {id: Row(exposure, states.get(id)) for id, exposure in exposures.items()}
    for row in rows.values():
        if row.exposure.under:
            rows[row.exposure.under].under.append(row)
    groups = []
    for group in ExposureGroup:
        of_it = [row for row in rows.values() if row.exposure.group is group]
        if of_it:
            top = [row for row in of_it if not row.exposure.under]
            groups.append((group, top, sum(row.state is not None for row in of_it)))
    return groups


def _kit(has: frozenset[str] | None) -> list[tuple[KitItem, bool]]:
    return [(item, has is not None and id in has) for id, item in library.current().kit.items()]


def read_list(data: QueryDict) -> dict[str, ExposureState]:
    """Return the exposures that a form names, with those above them.

    A form with `nested` hides what is more specific while the general exposure is not ticked, so there it counts
    only with that one.
    """
    checklist, wanted = library.current(), read_exposures(data)
    if "nested" in data:
        wanted = {id: state for id, state in wanted.items() if (checklist.exposures[id].under or id) in wanted}
    return checklist.states_with_above(wanted)


def read_has(data: QueryDict) -> frozenset[str] | None:
    """Return the things that a form says the reader has, or None if it names none."""
    return frozenset(library.current().kit.keys() & set(data.getlist("has"))) or None


def read_exposures(data: QueryDict) -> dict[str, ExposureState]:
    """Return the exposures that a form names: `given` for each, `handled` beside it if it is dealt with."""
    checklist = library.current()
    given, handled = (
        {checklist.exposure_aliases.get(id, id) for id in data.getlist(field)} for field in ("given", "handled")
    )
    return {
        id: ExposureState.HANDLED if id in handled else ExposureState.OPEN for id in checklist.exposures if id in given
    }
