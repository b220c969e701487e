"""A sheet for a noticeboard: what never to give, whom to call, and where to read on."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guide import library
from guide.web import public

#: Who is called: when money is gone, and when one is not sure.
POLICE, ANTI_FRAUD = "police-110", "anti-fraud-96110"


@require_safe
@public
def poster(request: HttpRequest) -> HttpResponse:
    """The poster on A4, and on the screen with a word on how to print it; its code leads home."""
    channels = library.current().channels
    context = {"police": channels[POLICE], "anti_fraud": channels[ANTI_FRAUD], "home": f"{settings.SITE_URL}/"}
    return render(request, "guide/poster.html", context)
