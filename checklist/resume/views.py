"""Move the plan to another phone or browser: make the link, show its contents, and take them over."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from checklist import library
from checklist.plan.current import plan_of
from checklist.resume.context import link_context, resume_address
from checklist.resume.link import KEPT_FOR, Carried, LinkFault, ResumeError, read_link
from checklist.resume.merging import together
from checklist.state import wire_ids
from checklist.state.cookies import SET_ASIDE, ReaderState, TickState
from checklist.state.request import keep_plan, reader_state
from core.http.addresses import path_of
from core.http.caching import private
from core.http.errors import PUNCTUATION
from core.qr import qr_png

#: How many steps of each plan are shown.
SHOWN = 3


@dataclass(frozen=True)
class Summary:
    """A plan in figures, for a reader who chooses between two."""

    exposures: int
    done: int
    others: int
    newest: dt.date | None

    @classmethod
    def of(cls, state: ReaderState) -> "Summary":
        """Count what a plan holds."""
        done = [tick.on for tick in state.ticks.values() if tick.state is TickState.DONE]
        others = sum(tick.state in SET_ASIDE for tick in state.ticks.values())
        return cls(len(state.given or {}), len(done), others, max(done, default=None))


def _compared(here: ReaderState, brought: ReaderState) -> dict[str, object]:
    """Return what a reader has to know of two plans to choose between them, or to merge them.

    `dropped` are the titles of the steps to do that the merged plan does not have.
    """
    plans = [plan_of(brought), plan_of(here)] if here.is_plan else [plan_of(brought)]
    merged = plan_of(together(library.current(), here, brought, timezone.localdate()))
    undone = {item.step.id: item.title for plan in plans for item in plan.undone}
    steps = [[item.title for item in plan.open][:SHOWN] for plan in plans]
    return {
        "brought": Summary.of(brought),
        "brought_steps": steps[0],
        "here": Summary.of(here) if here.is_plan else None,
        "here_steps": steps[-1],
        "dropped": [title for id, title in undone.items() if id not in merged.titles],
    }


@require_safe
@private
def carry(request: HttpRequest) -> HttpResponse:
    """Show a new link. It is stored neither on the server nor in the browser."""
    state = reader_state(request)
    if not state.is_plan:
        return render(request, "checklist/carry.html")
    until = timezone.localdate() + KEPT_FOR
    return render(request, "checklist/carry.html", link_context(state) | {"until": until})


@require_http_methods(["GET", "HEAD", "POST"])
@private
def resume(request: HttpRequest, token: str) -> HttpResponse:
    """Show the plan of the link beside the one in this browser (GET), or take it over (POST).

    With `together`, POST merges the two. A GET changes nothing, because chat apps fetch links.
    """
    try:
        carried = _read(token)
    except ResumeError as error:
        return render(request, "checklist/resume_refused.html", {"why": _why(error.fault)})
    if request.method == "POST":
        response = redirect(path_of("checklist:plan") + "?kept")
        state = carried.state
        if "together" in request.POST:
            state = together(library.current(), reader_state(request), state, timezone.localdate())
        keep_plan(request, response, state)
        return response
    context = _compared(reader_state(request), carried.state)
    return render(request, "checklist/resume.html", context | {"made": carried.made})


@require_safe
@private
def resume_code(request: HttpRequest, token: str) -> HttpResponse:
    """Return the QR code of a valid link, as a picture that no browser stores."""
    try:
        _read(token)
    except ResumeError as error:
        raise Http404 from error
    return HttpResponse(qr_png(resume_address(token)), content_type="image/png")


def _read(token: str) -> Carried:
    """Read a link, without the punctuation of the sentence around it. Raise ResumeError."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return read_link(token.rstrip(PUNCTUATION), wire_ids.current(), secrets, timezone.now())


def _why(fault: LinkFault) -> str:
    sentences = {
        LinkFault.ALTERED: "可能没复制完整，也可能已经作废。回到原来的手机上，做一个新的，从头到尾复制。",
        LinkFault.EXPIRED: "这个链接过期了。一个链接管90天。回到原来的手机上，再做一个新的。",
        LinkFault.AHEAD: "这个链接上的日期不对，比今天还晚，打不开。回到原来的手机上，再做一个新的。",
        LinkFault.NEWER: "这个链接是网站更新以后做的，这里还读不懂。过一会儿再打开试试。",
    }
    return sentences[fault]
