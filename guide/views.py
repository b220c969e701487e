"""The guide's pages, and the few addresses that belong to the whole site."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.contrib.sitemaps.views import sitemap as sitemap_view
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import DatabaseError, connection
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils._os import safe_join
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guide import library
from guide.changes import by_day
from guide.metadata import as_json, page_data
from guide.models import Rating
from guide.search import LONGEST as LONGEST_QUERY
from guide.search import SHORTEST, Index, nearest
from guide.search import search as search_index
from guide.web import (
    Theme,
    content_version,
    cookies_of,
    forget,
    is_inside,
    keep,
    keep_private,
    look_of,
    mine,
    neither,
    public,
)


@require_safe
@public
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "guide/home.html")


@require_safe
@public
def index(request: HttpRequest) -> HttpResponse:
    return render(request, "guide/index.html", {"shelves": library.current().shelves})


@require_safe
@public
def page(request: HttpRequest, slug: str) -> HttpResponse:
    guide = library.current()
    if slug in guide.aliases:
        return redirect("guide:page", guide.aliases[slug], permanent=True)
    if slug not in guide.pages:
        raise Http404
    shown = guide.pages[slug]
    before, after = guide.neighbours(shown)
    context = {
        "page": shown,
        "before": before,
        "after": after,
        "ratings": Rating.choices,
        "data": as_json(page_data(shown, settings.SITE_URL)),
    }
    return render(request, "guide/page.html", context)


@require_safe
@neither
def search(request: HttpRequest, index: Callable[[], Index]) -> HttpResponse:
    """The best pages for `q`; where there are none, the nearest. As one types, htmx takes #results out of this page.

    `index` gives what to look in: config/urls.py knows what all floors offer.
    """
    query = " ".join(request.GET.get("q", "").split())
    asked = query[:LONGEST_QUERY]
    hits = search_index(index(), asked)
    context = {
        "query": asked,
        "hits": hits,
        "nearest": nearest(index(), asked) if asked and not hits else [],
        "too_short": 0 < len(asked) < SHORTEST,
        "too_long": len(query) > LONGEST_QUERY,
        "longest": LONGEST_QUERY,
        "back": request.get_full_path(),
    }
    response = render(request, "guide/search.html", context)
    keep_private(response)
    return response


@require_safe
@public
def terms(request: HttpRequest) -> HttpResponse:
    return render(request, "guide/terms.html", {"glossary": library.current().glossary})


@require_safe
@public
def changes(request: HttpRequest) -> HttpResponse:
    guide = library.current()
    return render(request, "guide/changes.html", {"days": by_day(guide.changes, guide.pages.values())})


@require_safe
@public
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "guide/privacy.html")


@require_safe
@public
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "guide/about.html")


@require_POST
@neither
def look(request: HttpRequest) -> HttpResponse:
    """Sets 大字版 (`size=large|normal`) or the theme, and goes back to the page in `next`."""
    chosen = look_of(request)
    size, theme = request.POST.get("size"), request.POST.get("theme")
    if size in ("large", "normal"):
        chosen = replace(chosen, large=size == "large")
    if theme in list(Theme):
        chosen = replace(chosen, theme=Theme(theme))
    wanted = request.POST.get("next", "")
    response = redirect(wanted if is_inside(wanted) else "guide:home")
    keep(response, "look", str(chosen))
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@mine
def erase(request: HttpRequest) -> HttpResponse:
    """POST forgets everything that this browser keeps for us; GET says what it still keeps."""
    if request.method == "POST":
        response = redirect("guide:erase")
        for name in cookies_of(request):
            forget(response, name)
        # Stored copies as well. Browsers that don't know it, and plain http, pass over it. Not "cookies": an
        # editor's session, and on a shared domain somebody else's, are not ours to end.
        response["Clear-Site-Data"] = '"cache", "storage"'
        return response
    return render(request, "guide/erase.html", {"kept": len(cookies_of(request))})


@require_safe
@neither
def sitemap(request: HttpRequest, sitemaps: dict[str, Any]) -> HttpResponse:
    return sitemap_view(request, sitemaps)


@require_safe
@neither
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", "Disallow: /admin/", f"Sitemap: {settings.SITE_URL}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
@neither
def favicon(request: HttpRequest) -> FileResponse:
    return _static_file("img/favicon.ico")


@require_safe
@neither
def older_static(request: HttpRequest, name: str, suffix: str) -> FileResponse:
    """Today's file under the hashed name of an older release, so that an old page is never naked."""
    return _static_file(name + suffix)


def _static_file(name: str) -> FileResponse:
    stored = getattr(staticfiles_storage, "stored_name", lambda plain: plain)
    try:
        file = open(safe_join(settings.STATIC_ROOT, stored(name)), "rb")  # noqa: PTH123, SIM115 (FileResponse closes it)
    except (OSError, ValueError) as error:
        raise Http404 from error
    return FileResponse(file, headers={"Cache-Control": "public, max-age=60"})


@require_safe
@neither
def healthz(request: HttpRequest) -> JsonResponse:
    """This process answers; which release and words it has."""
    body = {"status": "ok", "release": settings.RELEASE, "content": content_version()}
    return JsonResponse(body, headers={"Cache-Control": "no-store"})


@require_safe
@neither
def readyz(request: HttpRequest) -> JsonResponse:
    """Everything works, the database too. Readers need only /healthz."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "no database"}, status=503, headers={"Cache-Control": "no-store"})
    return JsonResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})
