"""For when there is no network: the service worker, its page for what is not kept, and the manifest."""

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

SCRIPTS = Path(settings.BASE_DIR) / "static" / "js"


@cache
def worker_script(on: bool) -> str:
    """The worker with the version that names its stored pages; where it is switched off, one that takes itself away.

    The version changes with the release, the words, the stylesheet and the worker itself: then browsers
    install the new one, and it drops what the older one kept.
    """
    if not on:
        return (SCRIPTS / "sw-off.js").read_text(encoding="utf-8")
    script = (SCRIPTS / "sw.js").read_text(encoding="utf-8")
    parts = [
        settings.RELEASE,
        content_version(),
        static("css/site.css"),
        static("js/site.js"),
        static("js/aloud.js"),
        script,
    ]
    version = sha256("\n".join(parts).encode()).hexdigest()[:12]
    return f'const VERSION = "{settings.RELEASE}-{version}";\n{script}'


@require_safe
@dynamic
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker. It stands at the root, because a worker sees only the addresses below its own."""
    script = worker_script(settings.SERVICE_WORKER)
    return HttpResponse(script, content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"})


@require_safe
@dynamic
def offline(request: HttpRequest) -> HttpResponse:
    """What the worker shows for a page that it does not keep."""
    response = render(request, "core/offline.html", {"back": "/"})
    response["Cache-Control"] = "public, max-age=0"
    response["Vary"] = "Accept-Encoding, Cookie"
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
@dynamic
def manifest(request: HttpRequest) -> JsonResponse:
    """Name and icon for who puts the site on the home screen by herself; `browser` means that nothing asks her to."""
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
