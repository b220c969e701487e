"""The yardstick of tools.bench_load: Django with one view that answers with given bytes, and nothing around it."""

import os
from pathlib import Path

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

BODY = Path(os.environ["BENCH_BODY"]).read_bytes()
HEADERS = {"Content-Encoding": os.environ["BENCH_ENCODING"]} if os.environ.get("BENCH_ENCODING") else {}

settings.configure(ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, SECRET_KEY="none", MIDDLEWARE=[])  # noqa: S106 (signs nothing)
django.setup()


def bare(_: HttpRequest) -> HttpResponse:
    return HttpResponse(BODY, headers=HEADERS)


urlpatterns = [path("", bare)]
application = get_wsgi_application()
