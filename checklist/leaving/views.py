"""Public pages on how to leave a group, by the tie to it, and on how to help somebody else."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from checklist import library
from core.http.caching import public


@require_safe
@public
def leaving(request: HttpRequest) -> HttpResponse:
    return render(request, "checklist/leaving.html", {"sheets": library.current().leaving.values()})


@require_safe
@public
def tie(request: HttpRequest, tie: str) -> HttpResponse:
    sheets = library.current().leaving
    if tie not in sheets:
        raise Http404
    return render(request, "checklist/sheet.html", {"sheet": sheets[tie], "sheets": sheets.values()})


@require_safe
@public
def together(request: HttpRequest) -> HttpResponse:
    return render(request, "checklist/sheet.html", {"sheet": library.current().together})
