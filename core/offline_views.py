"""Views for offline use: the service worker, its fallback page, and the manifest."""

from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from core.http.caching import dynamic
from core.http.context import content_version
from core.stylesheets import SHEETS

SCRIPTS = Path(settings.BASE_DIR) / "static" / "js"


@cache
def worker_script(on: bool) -> str:
    """Return the service worker with a version that names its stored pages, or the script that removes it.

    The version changes with the release, the content, the stylesheets and the scripts. Browsers then install the
    new worker, which drops the pages of the old one.
    """
    if not on:
        return (SCRIPTS / "sw-off.js").read_text(encoding="utf-8")
    script = (SCRIPTS / "sw.js").read_text(encoding="utf-8")
    parts = [
        settings.RELEASE,
        content_version(),
        *(static(f"css/{sheet}.css") for sheet in SHEETS),
        static("js/site.js"),
        static("js/aloud.js"),
        script,
    ]
    version = sha256("\n".join(parts).encode()).hexdigest()[:12]
    return f'const VERSION = "{settings.RELEASE}-{version}";\n{script}'


@require_safe
@dynamic
def worker(request: HttpRequest) -> HttpResponse:
    """Serve the service worker. It must be at the root, because a worker controls only the URLs below its own."""
    script = worker_script(settings.SERVICE_WORKER)
    return HttpResponse(script, content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"})


@require_safe
@dynamic
def offline(request: HttpRequest) -> HttpResponse:
    """Show the page for an address that the worker has not stored."""
    response = render(request, "core/offline.html", {"back": "/"})
    response["Cache-Control"] = "public, max-age=0"
    response["Vary"] = "Accept-Encoding, Cookie"
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
@dynamic
def manifest(request: HttpRequest) -> JsonResponse:
    """Return name and icon for the home screen. `browser` means that browsers do not offer an installation."""
    body = {
        "name": "安心退群",
        "short_name": "安心退群",
        "lang": "zh-Hans",
        "start_url": "/",
        "scope": "/",
        "display": "browser",
        "background_color": "#fbf8f1",
        "theme_color": "#0b5d55",
        "icons": [{"src": static("img/icon.svg"), "sizes": "any", "type": "image/svg+xml"}],
    }
    headers = {"Cache-Control": "public, max-age=3600"}
    return JsonResponse(
        body,
        content_type="application/manifest+json; charset=utf-8",
        json_dumps_params={"ensure_ascii": False},
        headers=headers,
    )
