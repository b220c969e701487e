"""Forms for feedback on a page, and for reports that a menu path differs."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import Error
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from core.http.addresses import is_local, path_of
from core.http.caching import private
from core.http.context import content_version
from core.http.errors import TooManyRequestsError
from guide import library
from guide.feedback.forms import PageForm, ProcedureForm
from guide.feedback.models import BudgetError, Rating, Report
from guide.pages import Page
from guide.procedures import Procedure


@require_http_methods(["GET", "HEAD", "POST"])
@private
def of_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the form (GET), or store a `rating` and an optional `sentence`, without the sender (POST)."""
    shown = _page(slug)
    template, context = "guide/report.html", {"page": shown, "ratings": Rating.choices}
    if request.method != "POST":
        return render(request, template, context)
    return _take(request, PageForm(request.POST), template, context, path_of("guide:thanks", shown.id), page=shown.id)


@require_safe
@private
def page_thanks(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "guide/thanks.html", {"page": _page(slug)})


@require_http_methods(["GET", "HEAD", "POST"])
@private
def of_procedure(request: HttpRequest, procedure: str) -> HttpResponse:
    """Show the form (GET), or store the rating `wrong` with an optional `app_version` and `sentence` (POST).

    `next` is the page to go back to.
    """
    shown = _procedure(procedure)
    data = request.POST if request.method == "POST" else request.GET
    back = _inside(data.get("next", ""))
    template, context = "guide/procedure_report.html", {"procedure": shown, "next": back, "alone": True}
    if request.method != "POST":
        return render(request, template, context)
    thanks = path_of("guide:procedure-thanks", shown.id) + ("?" + urlencode({"next": back}) if back else "")
    return _take(request, ProcedureForm(request.POST), template, context, thanks, procedure=shown.id)


@require_safe
@private
def procedure_thanks(request: HttpRequest, procedure: str) -> HttpResponse:
    context = {"procedure": _procedure(procedure), "next": _inside(request.GET.get("next", ""))}
    return render(request, "guide/procedure_thanks.html", context)


def _take(
    request: HttpRequest, form: PageForm, template: str, context: dict[str, Any], thanks: str, **about: str
) -> HttpResponse:
    """Store the report and redirect to the thanks. If it is invalid or cannot be stored, show the form again."""
    if request.POST.get("homepage"):
        return redirect(thanks)  # a program filled in what no reader sees
    context |= form.context()
    if not form.is_valid():
        return render(request, template, context)
    written = {**about, **form.cleaned_data, "release": settings.RELEASE, "content_version": content_version()}
    try:
        Report.objects.submit(**written)
    except BudgetError as spent:
        if not spent.name.startswith("path:"):
            raise TooManyRequestsError from spent
        context["error"] = "关于这条路，今天已经收到好几条，编辑会去看。你的话没有存下来。明天还不一样，再告诉我们。"
        return render(request, template, context, status=429)
    except Error:
        context["error"] = "刚才没有收下，我们这边存不了。过一会儿再点一次，不点也没关系。"
        return render(request, template, context, status=503)
    return redirect(thanks)


def _page(slug: str) -> Page:
    """Return the page with this slug or former slug. A page may be renamed while its form is open."""
    guide = library.current()
    slug = guide.aliases.get(slug, slug)
    if slug not in guide.pages:
        raise Http404
    return guide.pages[slug]


def _procedure(id: str) -> Procedure:
    procedures = library.current().procedures
    if id not in procedures:
        raise Http404
    return procedures[id]


def _inside(address: str) -> str:
    """Return the path of an address on this site, without its query, or ""."""
    path = address.partition("?")[0]
    return path if is_local(path) else ""
