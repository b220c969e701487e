"""Carry the plan to another phone or browser: make the link, look at what it brings, take it over."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from checklist import library
from checklist.state import retired, wire_ids
from checklist.state.cookies import STEP_COOKIE, TickState, read_given, read_ticks
from checklist.state.link import KEPT_FOR, LinkFault, ResumeError, make_link, read_link
from core.http.addresses import absolute_url, path_of
from core.http.caching import private
from core.http.cookies import delete_cookie, known_cookies, read_cookies, set_cookie


@dataclass(frozen=True)
class Summary:
    """A plan in figures, for who has to choose between two."""

    exposures: int
    done: int
    others: int
    newest: dt.date | None


NOTHING = Summary(0, 0, 0, None)


def is_carried(cookie: str) -> bool:
    """Whether a cookie belongs to the plan, and so travels in the link."""
    return cookie in ("exposures", "has") or cookie.startswith(STEP_COOKIE)


def plan_cookies(request: HttpRequest) -> dict[str, str]:
    """The cookies of this reader's plan, under today's ids; empty where there is no plan."""
    cookies = retired.current().renew(read_cookies(request))
    held = {name: value for name, value in cookies.items() if is_carried(name)}
    return held if summary_of(held) else {}


def summary_of(cookies: Mapping[str, str]) -> Summary | None:
    """What the plan in these cookies comes to; None where they hold none."""
    checklist = library.current()
    given = read_given(cookies.get("exposures", ""), checklist.exposures)
    ticks = read_ticks(cookies, checklist.steps).values()
    if given is None and not ticks:
        return None
    done = [tick.on for tick in ticks if tick.state is TickState.DONE]
    return Summary(len(given or {}), len(done), len(ticks) - len(done), max(done, default=None))


def link_for(cookies: Mapping[str, str]) -> str:
    """The full address that carries the plan in these cookies."""
    token = make_link(cookies, wire_ids.current(), settings.SECRET_KEY, timezone.now())
    return absolute_url(reverse("checklist:resume", args=[token]))


@require_safe
@private
def carry(request: HttpRequest) -> HttpResponse:
    """A new link each time. Making one keeps nothing, neither here nor in the browser."""
    cookies = plan_cookies(request)
    if not cookies:
        return render(request, "checklist/carry.html")
    until = timezone.localdate() + KEPT_FOR
    return render(request, "checklist/carry.html", {"link": link_for(cookies), "until": until})


@require_http_methods(["GET", "HEAD", "POST"])
@private
def resume(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows what the link brings and replaces, and changes nothing: chat apps fetch it. POST takes it over."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    try:
        carried = read_link(token, wire_ids.current(), secrets, timezone.now())
    except ResumeError as error:
        return render(request, "checklist/resume_refused.html", {"why": _why(error.fault)})
    brought = retired.current().renew(carried.cookies)
    if request.method == "POST":
        response = redirect(path_of("checklist:plan") + "?kept")
        for name in known_cookies(request):
            if is_carried(name) and name not in brought:
                delete_cookie(response, name)
        for name, value in brought.items():
            set_cookie(response, name, value)
        return response
    context = {
        "brought": summary_of(brought) or NOTHING,
        "made": carried.made,
        "here": summary_of(plan_cookies(request)),
    }
    return render(request, "checklist/resume.html", context)


def _why(fault: LinkFault) -> str:
    sentences = {
        LinkFault.ALTERED: "可能没复制完整，也可能已经作废。回到原来的手机上，做一个新的，从头到尾复制。",
        LinkFault.EXPIRED: "这个链接过期了。一个链接管90天。回到原来的手机上，再做一个新的。",
        LinkFault.AHEAD: "这个链接上的日期不对，比今天还晚，打不开。回到原来的手机上，再做一个新的。",
        LinkFault.NEWER: "这个链接是网站更新以后做的，这里还读不懂。过一会儿再打开试试。",
    }
    return sentences[fault]
