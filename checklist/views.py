"""Public pages of the checklist: the start page, and each step."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from checklist import library
from checklist.plan.tick_views import tick
from core.http.addresses import HtmxRequest
from core.http.caching import public


@require_safe
@public
def index(request: HttpRequest) -> HttpResponse:
    """Show what the checklist is."""
    return render(request, "checklist/index.html", {"steps": len(library.current().steps)})


@require_http_methods(["GET", "HEAD", "POST"])
@public
def step(request: HtmxRequest, step: str) -> HttpResponse:
    """Explain a step; POST keeps a tick on it. The address of a former id leads to the step's present one."""
    if request.method == "POST":
        return tick(request, step)
    checklist = library.current()
    if step in checklist.step_aliases:
        address = checklist.steps[checklist.step_aliases[step]].address
        return redirect(f"{address}#how-{step}", permanent=True)
    if step not in checklist.steps:
        raise Http404
    found = checklist.steps[step]
    told = checklist.urgent.plain(step) if found.is_urgent else None
    context = {
        "step": found,
        "told": told,
        "sources": dict.fromkeys(
            [*(told.sources if told else ()), *(one for it in found.procedures for one in it.sources)]
        ),
        "letters": checklist.letters_for(step),
    }
    return render(request, "checklist/step.html", context)
