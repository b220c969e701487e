"""Lock out repeated failures to sign in, by name and address together, with django-axes.

Another address can still sign in with the name, so an attacker cannot lock a volunteer out. The address is
stored as a keyed hash for a day, and nothing else of the request.
"""

import datetime as dt
import ipaddress
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from core.http import errors
from core.scheduler import every

KEPT_FOR = dt.timedelta(days=1)


def hashed_address(request: HttpRequest) -> str:
    """Return a keyed hash of the address, written like an IPv6 address because the column holds addresses.

    Behind a proxy the address is in a header that only /admin/ gets. Of an IPv6 address only the first half is
    hashed, because one subscriber has all the others.
    """
    header = "HTTP_X_REAL_IP" if settings.TRUST_PROXY else "REMOTE_ADDR"
    try:
        address = ipaddress.ip_address(request.META.get(header, ""))
    except ValueError:
        known = ""
    else:
        address = getattr(address, "ipv4_mapped", None) or address
        known = str(ipaddress.ip_network((address, 64), strict=False) if address.version == 6 else address)
    return str(ipaddress.IPv6Address(salted_hmac(__name__, known, algorithm="sha256").digest()[:16]))


class LockoutHandler(AxesDatabaseHandler):  # type: ignore[misc]
    """Store the name, the hashed address and the number of failures."""

    def user_login_failed(
        self, sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any
    ) -> None:
        if request is not None:
            request.axes_user_agent = request.axes_http_accept = ""  # type: ignore[attr-defined]
        super().user_login_failed(sender, credentials, request, **kwargs)


@receiver(pre_save, sender=AccessAttempt)
def drop_forms(instance: AccessAttempt, **kwargs: Any) -> None:  # noqa: ARG001 (a signal's arguments)
    """Store nothing of the form but the name."""
    instance.get_data = instance.post_data = ""


def locked_out(request: HttpRequest, *args: Any) -> HttpResponse:  # noqa: ARG001 (what axes hands over)
    """Return the response to a sign-in that is locked out, whether the password was right or not."""
    what_to_do = "用这个名字登录，错了太多次。一小时以后再试。等不及，请管服务器的人运行 manage.py let_in。"
    response = errors.error_page(request, 429, "先停一停", what_to_do)
    response["Retry-After"] = "3600"
    return response


def forget_old_attempts() -> None:
    """Delete attempts older than a day. Raise what the database raises."""
    AccessAttempt.objects.filter(attempt_time__lt=timezone.now() - KEPT_FOR).delete()


task = every(60 * 60, forget_old_attempts, "sign-in attempts")
