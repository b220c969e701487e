"""The if-then lines that a reader keeps: shown with a quiz's result and with the plan."""

from collections.abc import Collection

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from checklist import library
from checklist.plan.if_then import offered, read_lines, write_lines
from core.http.addresses import HtmxRequest, is_local
from core.http.caching import private
from core.http.cookies import read_cookies, set_cookie


@require_http_methods(["GET", "HEAD", "POST"])
@private
def lines(request: HtmxRequest) -> HttpResponse:
    """POST keeps the lines in `line`, those and no others, out of `offered`; `next` is the page shown after it.

    GET is a reload, or a link that somebody kept: the plan has the lines.
    """
    if request.method != "POST":
        return redirect("checklist:plan")
    known = library.current().lines
    before = read_lines(read_cookies(request).get("lines", ""), known)
    kept = read_lines(".".join(request.POST.getlist("line")), known)
    wanted = request.POST.get("next", "")
    address = wanted if is_local(wanted) else "/checklist/plan/"
    if request.htmx:
        shown = [known[id] for id in dict.fromkeys([*request.POST.getlist("offered"), *kept]) if id in known]
        context = {"lines": shown, "kept_lines": [known[id] for id in kept], "lines_before": before}
        response = render(request, "checklist/_lines.html", context | {"lines_next": address, "touched_lines": True})
    else:
        response = redirect(f"{address}#lines")
    set_cookie(response, "lines", write_lines(kept))
    return response


def lines_context(request: HttpRequest, given: Collection[str]) -> dict[str, object]:
    """Return the context of `checklist/_lines.html` for a reader with these exposures."""
    known = library.current().lines
    kept = read_lines(read_cookies(request).get("lines", ""), known)
    return {
        "lines": offered(known, given, kept),
        "kept_lines": [known[id] for id in kept],
        "lines_next": request.path,
    }
