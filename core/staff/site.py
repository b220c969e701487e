"""The admin site: staff need a second factor, and set it up after signing in for the first time."""

from typing import Any

import django_otp
from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import default_key

import core.staff.lockout  # noqa: F401 (its task begins with the first request)
from core.qr import qr_svg
from core.staff.forms import StaffSignInForm
from core.staff.second_factor import has_second_factor, new_recovery_codes, set_up, unsaved_device

#: Where a session keeps the key of a second factor that is being set up.
KEY = "second_factor_key"


class StaffSite(AdminSite):
    """Django's admin site with a second factor."""

    site_title = site_header = "安心退群"
    login_form = StaffSignInForm
    login_template = "admin/staff_login.html"

    def has_permission(self, request: HttpRequest) -> bool:
        """Return whether the request is by staff with a verified second factor, if one is needed."""
        if not self.is_signed_in(request):
            return False
        user: Any = request.user
        return user.is_verified() or not (settings.STAFF_SECOND_FACTOR or has_second_factor(user))

    def is_signed_in(self, request: HttpRequest) -> bool:
        """Return whether the request is by staff who gave their password."""
        return super().has_permission(request)

    def get_urls(self) -> list[URLResolver | URLPattern]:
        return [path("second-factor/", self.second_factor, name="second-factor"), *super().get_urls()]

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Redirect staff to the second factor after their first sign-in."""
        user: Any = request.user
        if request.method == "GET" and self.is_signed_in(request) and not has_second_factor(user):
            return redirect("admin:second-factor" if settings.STAFF_SECOND_FACTOR else "admin:index")
        return super().login(request, extra_context)

    @method_decorator(never_cache)
    def second_factor(self, request: HttpRequest) -> HttpResponseBase:
        """Set up a second factor, or make new recovery codes if there is one."""
        user: Any = request.user
        if not self.is_signed_in(request) or (has_second_factor(user) and not user.is_verified()):
            return redirect("admin:login")
        context: dict[str, Any] = {**self.each_context(request), "title": "登录的第二步"}
        if has_second_factor(user):
            if request.method == "POST":
                context["codes"] = new_recovery_codes(user)
            context["left"] = StaticToken.objects.filter(device__user=user).count()
        else:
            self._set_up(request, context)
        return TemplateResponse(request, "admin/second_factor.html", context)

    def _set_up(self, request: HttpRequest, context: dict[str, Any]) -> None:
        """Show the key of a new device, and save the device once a code proves that an app has the key."""
        user: Any = request.user
        key = request.session.setdefault(KEY, default_key())
        if request.method == "POST":
            device = set_up(user, key, "".join(request.POST.get("code", "").split()))
            if device is not None:
                del request.session[KEY]
                django_otp.login(request, device)
                context["codes"] = new_recovery_codes(user)
                return
            context["error"] = "验证码不对。看看手机的时间准不准，等换了下一个数，再填。"
        address = unsaved_device(user, key).config_url
        context |= {"qr": qr_svg(address), "address": address}
