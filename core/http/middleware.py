"""Middleware: security headers, compression, request limits, same-origin checks, staff sessions."""

from axes.middleware import AxesMiddleware
from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.middleware.gzip import GZipMiddleware
from django_otp.middleware import OTPMiddleware

from core.http import errors
from core.http.constant_headers import constant_headers
from core.http.page_cache import GetResponse
from core.http.wsgi import REFUSED


def add_constant_headers(get_response: GetResponse) -> GetResponse:
    """Set the constant headers on every response."""
    headers = constant_headers()

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        for name, value in headers.items():
            response[name] = value
        return response

    return middleware


class CompressedPages(GZipMiddleware):
    """Compress pages that are made for one request. Django's class adds random bytes against BREACH.

    Stored pages are compressed once, by `stored_pages`.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        html = response.get("Content-Type", "").startswith("text/html")
        if not html or response.streaming or getattr(response, "may_be_stored", False):
            return response
        return super().process_response(request, response)


def body_limits(get_response: GetResponse) -> GetResponse:
    """Answer 413 to a body that is too large, and 400 to one that is not a form.

    A Content-Length that is not a number gets 400, because Django would raise ValueError.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        size = request.META.get("CONTENT_LENGTH") or "0"
        if not (size.isascii() and size.isdigit()):
            return errors.bad_request(request)
        # Python reads no number of thousands of digits.
        if len(size) > 18 or int(size) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            return errors.too_large(request)
        if REFUSED in request.META or not _is_parsed(request):
            return errors.bad_request(request)
        return get_response(request)

    return middleware


def error_pages(get_response: GetResponse) -> GetResponse:
    """Return the page for a method that a view does not allow (405), and for too many requests (429)."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        return errors.not_allowed(request, response["Allow"]) if response.status_code == 405 else response

    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, errors.PasswordHashBusyError):
            return errors.busy(request)
        return errors.too_many(request) if isinstance(exception, errors.TooManyRequestsError) else None

    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware


def _is_parsed(request: HttpRequest) -> bool:
    """Parse the form and return whether that worked. In a view, an odd charset of a part would cause a 500.

    OSError is Django's UnreadablePostError: the client disconnected.
    """
    try:
        request.POST  # noqa: B018
    except (LookupError, OSError, ValueError):
        return False
    return True


class SameOriginMiddleware(CsrfViewMiddleware):
    """Accept a form if the browser says that it comes from this site; otherwise Django's token decides.

    A token would set a cookie with the first form and prevent stored pages. Browsers since 2020 send `Sec-
    Fetch-Site`, or at least `Origin`, with a POST. The admin always requires Django's token.
    """

    def process_view(self, request, callback, callback_args, callback_kwargs):  # type: ignore[no-untyped-def]
        match = request.resolver_match
        in_admin = match is not None and match.app_name == "admin"
        if not in_admin and self._says_same_origin(request):
            return self._accept(request)  # type: ignore[attr-defined]
        return super().process_view(request, callback, callback_args, callback_kwargs)

    def _says_same_origin(self, request: HttpRequest) -> bool:
        site: str | None = request.META.get("HTTP_SEC_FETCH_SITE")
        if site is not None:
            return site == "same-origin"
        return "HTTP_ORIGIN" in request.META and bool(self._origin_verified(request))  # type: ignore[attr-defined]


class StaffOnly:
    """Run a middleware of Django under /admin/ only, because readers have neither accounts nor sessions."""

    ADDRESS = "/admin/"

    def __call__(self, request):  # type: ignore[no-untyped-def]
        in_admin = request.path_info.startswith(self.ADDRESS)
        return super().__call__(request) if in_admin else self.get_response(request)  # type: ignore[misc, attr-defined]


class StaffSessions(StaffOnly, SessionMiddleware):
    """Sessions, for staff only."""


class StaffAuthentication(StaffOnly, AuthenticationMiddleware):
    """Authentication, for staff only."""


class StaffVerification(StaffOnly, OTPMiddleware):  # type: ignore[misc]
    """Verification of the second factor, for staff only."""


class StaffLockout(StaffOnly, AxesMiddleware):  # type: ignore[misc]
    """The lockout response of django-axes, for staff only."""


class StaffMessages(StaffOnly, MessageMiddleware):
    """Messages of the admin, for staff only."""
