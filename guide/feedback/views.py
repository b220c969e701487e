"""Forms for feedback on a page, and for reports that a menu path differs."""

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
from core.redaction import one_line
from guide import library
from guide.feedback.models import LONGEST, LONGEST_VERSION, BudgetError, Rating, Report
from guide.pages import Page
from guide.procedures import Procedure

TOO_LONG = "写得太长了，最多200个字。删短一些，再点一次。"


@require_http_methods(["GET", "HEAD", "POST"])
@private
def of_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the form (GET), or store a `rating` and an optional `sentence`, without the sender (POST)."""
    shown = _page(slug)
    template = "guide/report.html"
    context: dict[str, object] = {"page": shown, "ratings": Rating.choices}
    if request.method != "POST":
        return render(request, template, context)
    thanks = path_of("guide:thanks", shown.id)
    if request.POST.get("homepage"):
        return redirect(thanks)  # a program filled in what no reader sees
    rating, sentence = request.POST.get("rating", ""), one_line(request.POST.get("sentence", ""))
    context["sentence"] = sentence
    if rating not in Rating.values:
        context["error"] = "还差一下：点“有用”“没用”或“这里不对”。"
        return render(request, template, context)
    if len(sentence) > LONGEST:
        context["error"] = TOO_LONG
        return render(request, template, context)
    return _take(request, template, context, thanks, page=shown.id, rating=rating, sentence=sentence)


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
    template = "guide/procedure_report.html"
    context: dict[str, object] = {"procedure": shown, "next": back, "alone": True}
    if request.method != "POST":
        return render(request, template, context)
    thanks = path_of("guide:procedure-thanks", shown.id) + ("?" + urlencode({"next": back}) if back else "")
    if request.POST.get("homepage"):
        return redirect(thanks)  # a program filled in what no reader sees
    said = {name: one_line(request.POST.get(name, "")) for name in ("app_version", "sentence")}
    context |= said
    context |= _fault(request.POST.get("rating", ""), **said)
    if "error" in context:
        return render(request, template, context)
    return _take(request, template, context, thanks, procedure=shown.id, rating=Rating.WRONG, **said)


@require_safe
@private
def procedure_thanks(request: HttpRequest, procedure: str) -> HttpResponse:
    context = {"procedure": _procedure(procedure), "next": _inside(request.GET.get("next", ""))}
    return render(request, "guide/procedure_thanks.html", context)


def _take(request: HttpRequest, template: str, context: dict[str, object], thanks: str, **said: str) -> HttpResponse:
    """Store the report and redirect to the thanks. If it cannot be stored, return the form with its words."""
    try:
        Report.objects.take(**said, release=settings.RELEASE, content_version=content_version())
    except BudgetError as spent:
        if not spent.name.startswith("path:"):
            raise TooManyRequestsError from spent
        context["error"] = "关于这条路，今天已经收到好几条，编辑会去看。你的话没有存下来。明天还不一样，再告诉我们。"
        return render(request, template, context, status=429)
    except Error:
        context["error"] = "刚才没有收下，我们这边存不了。过一会儿再点一次，不点也没关系。"
        return render(request, template, context, status=503)
    return redirect(thanks)


def _fault(rating: str, app_version: str, sentence: str) -> dict[str, object]:
    """Return the error of a report and the field that is `wrong`, or nothing if it is valid."""
    if rating != Rating.WRONG:
        return {"error": "还差一下：点“告诉编辑”。"}
    if len(app_version) > LONGEST_VERSION:
        return {"error": "版本写得太长了，最多30个字，写成 8.0.50 这样就行。", "wrong": "app_version"}
    if len(sentence) > LONGEST:
        return {"error": TOO_LONG, "wrong": "sentence"}
    return {}


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
    """Return the address if it is on this site, else ""."""
    path = address.partition("?")[0]
    return path if is_local(path) else ""
