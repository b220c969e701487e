"""Views of the guide and of its search and poster."""

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from core.http.caching import allow_storing, dynamic, forbid_storing, public
from core.http.cookies import has_plan
from core.search import query as search_query
from core.search.index import Index
from guide import library
from guide.changes import by_day
from guide.feed import ChangesFeed
from guide.feedback.models import Rating
from guide.metadata import as_json, page_data
from guide.sources import ANTI_FRAUD, POLICE


@require_safe
@public
def home(request: HttpRequest) -> HttpResponse:
    """Show the home page, in two variants: a reader with a plan is offered to go on with it."""
    return render(request, "guide/home_again.html" if has_plan(request) else "guide/home.html")


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
        "next": [(step, f"pictures/{guide.picture(step.link)}.html") for step in shown.front.next],
        "ratings": Rating.choices,
        "anti_fraud": guide.channels.get(ANTI_FRAUD),
        "data": as_json(page_data(shown, settings.SITE_URL)),
    }
    return render(request, "guide/page.html", context)


@require_safe
@dynamic
def search(request: HttpRequest, index: Callable[[], Index]) -> HttpResponse:
    """Show the best pages for `q`, or the nearest ones. As the reader types, htmx takes #results out of this page.

    `index` returns the search index: config/urls.py passes in the one of all apps.
    """
    query = " ".join(request.GET.get("q", "").split())
    asked = query[: search_query.LONGEST]
    hits = search_query.search(index(), asked)
    intent = search_query.intent_of(index(), asked)
    channels = library.current().channels
    context = {
        "query": asked,
        "hits": hits,
        "say": intent.say if intent else "",
        "calls": [channels[id] for id in intent.calls] if intent else [],
        "too_short": 0 < len(asked) < search_query.SHORTEST,
        "too_long": len(query) > search_query.LONGEST,
        "longest": search_query.LONGEST,
        "happened": index().lexicon.query_words.tell_of_something(asked),
        "back": request.get_full_path(),
    }
    response = render(request, "guide/search.html", context)
    forbid_storing(response)
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
@dynamic
def feed(request: HttpRequest) -> HttpResponse:
    """Return the Atom feed of changes. It is stored like a public page, but is not in the sitemap."""
    response = ChangesFeed()(request)
    allow_storing(response)
    return response


@require_safe
@public
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "guide/privacy.html")


@require_safe
@public
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "guide/about.html")


@require_safe
@public
def poster(request: HttpRequest) -> HttpResponse:
    """Show the poster on A4 and, on screen, how to print it. Its QR code leads to the home page."""
    channels = library.current().channels
    context = {"police": channels[POLICE], "anti_fraud": channels[ANTI_FRAUD], "home": f"{settings.SITE_URL}/"}
    return render(request, "guide/poster.html", context)
