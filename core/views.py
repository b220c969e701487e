"""Views of the site itself: look, erase, robots, health."""

import datetime as dt
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.sitemaps.views import sitemap as sitemap_view
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import DatabaseError, connection
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.http.addresses import absolute_url, is_local, path_of
from core.http.caching import dynamic, private
from core.http.context import content_version
from core.http.cookie_limit import is_blocked_by_others, names_to_delete
from core.http.cookies import DELETED_AT_ONCE, delete_cookie, known_cookies, read_cookies, set_cookie
from core.http.look import Theme, look_of
from core.http.sealed_cookies import seal, unseal
from core.qr import qr_png
from core.sitemaps import public_paths

#: After the day of the release, so that a copy that is no longer kept up to date says so. RFC 9116: under a year.
SECURITY_TXT_IS_VALID = dt.timedelta(days=360)


@require_http_methods(["GET", "HEAD", "POST"])
@private
def look(request: HttpRequest) -> HttpResponse:
    """Set 大字版 (`size=large|normal`) or the theme on POST, and go back to the page in `next`.

    A browser that sends none of our cookies may not keep any. It is redirected through GET, which says so if
    the look did not come back.
    """
    if request.method != "POST":
        return _look_kept(request)
    chosen = look_of(request)
    size, theme = request.POST.get("size"), request.POST.get("theme")
    if size in ("large", "normal"):
        chosen = replace(chosen, large=size == "large")
    if theme in list(Theme):
        chosen = replace(chosen, theme=Theme(theme))
    back = _back(request.POST)
    first = str(chosen) and not read_cookies(request)
    response = redirect(f"{path_of('core:look')}?{urlencode({'next': back})}" if first else back)
    set_cookie(response, "look", str(chosen))
    return response


def _look_kept(request: HttpRequest) -> HttpResponse:
    """Redirect to the page in `next`, or explain why the look did not change."""
    back = _back(request.GET)
    if read_cookies(request):
        return redirect(back)
    return render(request, "core/look_blocked.html", {"back": back})


def _back(data: QueryDict) -> str:
    """Return the page of this site that a form names, or the home page."""
    wanted = data.get("next", "")
    return wanted if is_local(wanted) else path_of("guide:home")


@require_http_methods(["GET", "HEAD", "POST"])
@private
def erase(request: HttpRequest) -> HttpResponse:
    """Show how many cookies the browser has (GET), or delete them and the stored copies of pages (POST).

    The answer to the POST is a page, not a redirect, because it holds the sealed copy that can undo the
    deletion.
    """
    cookies = known_cookies(request)
    if request.method == "POST":
        if len(cookies) > DELETED_AT_ONCE:
            # More than fit into one answer's headers: the browser posts again.
            response: HttpResponse = redirect("core:erase", preserve_request=True)
        else:
            held = read_cookies(request)
            sealed = seal({name: held[name] for name in cookies}, settings.SECRET_KEY)
            response = render(request, "core/erase.html", {"kept": 0, "sealed": sealed})
        for name in cookies[:DELETED_AT_ONCE]:
            delete_cookie(response, name)
        # Browsers that don't know this header, and plain http, ignore it. Not "cookies": a session of the
        # staff, and on a shared domain cookies of another site, must not be deleted.
        response["Clear-Site-Data"] = '"cache", "storage"'
        return response
    return render(request, "core/erase.html", {"kept": len(cookies)})


@require_POST
@private
def bring_back(request: HttpRequest) -> HttpResponse:
    """Restore the cookies of the sealed copy in `sealed`, and redirect to the home page."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    cookies = unseal(request.POST.get("sealed", ""), secrets)
    if cookies is None:
        context = {"kept": len(known_cookies(request)), "too_late": True, "back": path_of("core:erase")}
        return render(request, "core/erase.html", context)
    response = redirect("guide:home")
    for name, value in cookies.items():
        set_cookie(response, name, value)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@private
def erase_cookies(request: HttpRequest) -> HttpResponse:
    """Delete our cookies, known or not, from a header of any size: as many as one response can name.

    If cookies of other sites on the same domain exceed the limit alone, the browser is told to clear those too,
    because no page would open otherwise. The page with the button says so.
    """
    response = redirect("core:erase")
    if request.method == "POST":
        header = getattr(request, "oversized_cookies", request.META.get("HTTP_COOKIE", ""))
        for name in names_to_delete(header):
            delete_cookie(response, name)
        if is_blocked_by_others(header):
            response["Clear-Site-Data"] = '"cookies"'
    return response


@require_safe
@dynamic
def sitemap(request: HttpRequest, sitemaps: dict[str, Any]) -> HttpResponse:
    return sitemap_view(request, sitemaps)


@require_safe
@dynamic
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", "Disallow: /admin/", f"Sitemap: {settings.SITE_URL}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
@dynamic
def security_txt(request: HttpRequest) -> HttpResponse:
    """Return the contact for vulnerabilities (RFC 9116); 404 if the operator has no address."""
    if not settings.CONTACT_EMAIL:
        raise Http404
    expires = settings.RELEASED + SECURITY_TXT_IS_VALID
    lines = [
        f"Contact: mailto:{settings.CONTACT_EMAIL}",
        f"Expires: {expires:%Y-%m-%d}T00:00:00Z",
        "Preferred-Languages: zh, en",
        f"Canonical: {settings.SITE_URL}{reverse('core:security-txt')}",
        "",
    ]
    headers = {"Cache-Control": "public, max-age=3600"}
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8", headers=headers)


@require_safe
@dynamic
def favicon(request: HttpRequest) -> FileResponse:
    return _static_file("img/favicon.ico")


@require_safe
@dynamic
def page_code(request: HttpRequest, page: str) -> HttpResponse:
    """Return the QR code of a public page as a picture."""
    if page not in public_paths():
        raise Http404
    headers = {"Cache-Control": "public, max-age=86400"}
    return HttpResponse(qr_png(absolute_url(page)), content_type="image/png", headers=headers)


@require_safe
@dynamic
def older_static(request: HttpRequest, name: str, suffix: str) -> FileResponse:
    """Serve the current file under the hashed name of an older release, so that an old page keeps its styles."""
    return _static_file(name + suffix)


def _static_file(name: str) -> FileResponse:
    stored = getattr(staticfiles_storage, "stored_name", lambda plain: plain)
    try:
        file = staticfiles_storage.open(stored(name))
    except (OSError, ValueError) as error:
        raise Http404 from error
    return FileResponse(file, headers={"Cache-Control": "public, max-age=60"})


@require_safe
@dynamic
def healthz(request: HttpRequest) -> JsonResponse:
    """Return 200 with release and content version while this process answers."""
    body = {"status": "ok", "release": settings.RELEASE, "content": content_version()}
    return JsonResponse(body, headers={"Cache-Control": "no-store"})


@require_safe
@dynamic
def readyz(request: HttpRequest) -> JsonResponse:
    """Return 200 if the database answers too. Readers need only /healthz."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "no database"}, status=503, headers={"Cache-Control": "no-store"})
    return JsonResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})
