"""Build and check addresses inside the site."""

from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseLocation
from django_htmx.middleware import HtmxDetails


class HtmxRequest(HttpRequest):
    """A request as our views get it: django-htmx's middleware added what htmx says."""

    htmx: HtmxDetails


@cache
def path_of(view: str, *ids: str) -> str:
    """The path of a view for these ids of the content, never of what a reader sent.

    Remembered: to find it anew costs a tenth of a tick.
    """
    return reverse(view, args=ids)


def redirect_to(request: HtmxRequest, address: str) -> HttpResponse:
    """Sends the reader elsewhere in the site.

    htmx follows a redirect blindly and swaps in what it finds, so it is told the
    address instead; only when it restores its history does it take a page as it comes.
    """
    if request.htmx and not request.htmx.history_restore_request:
        return HttpResponseLocation(address)
    return redirect(address)


def is_local(address: str) -> bool:
    """Whether a form's `next` names a path of ours, and not another site.

    `//` alone names a site without a name, and browsers take no notice of a tab between the two.
    """
    path = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return path and url_has_allowed_host_and_scheme(address, allowed_hosts=None)


def absolute_url(address: str) -> str:
    """The full address of a page, by SITE_URL and never by the Host header."""
    return f"{settings.SITE_URL}{address}"
