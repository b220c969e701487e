"""The reader's list of exposures."""

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


def _groups(
    states: dict[str, ExposureState],
) -> list[tuple[ExposureGroup, list[tuple[Exposure, ExposureState | str]], int]]:
    """Return the exposures by group, each with its state, and how many of the group are given."""
    rows: dict[ExposureGroup, list[tuple[Exposure, ExposureState | str]]] = {group: [] for group in ExposureGroup}
    for exposure in library.current().exposures.values():
        rows[exposure.group].append((exposure, states.get(exposure.id, "")))
    return [(group, of_it, sum(state != "" for _, state in of_it)) for group, of_it in rows.items() if of_it]


def _kit(has: frozenset[str] | None) -> list[tuple[KitItem, bool]]:
    return [(item, has is not None and id in has) for id, item in library.current().kit.items()]


def read_list(data: QueryDict) -> dict[str, ExposureState]:
    """Return the exposures that a form names, with the general ones that they belong to."""
    return library.current().states_with_above(read_exposures(data))


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
