"""Template context that every page shares."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from core.content.loader import fingerprint
from core.http.addresses import absolute_url
from core.http.look import look_of


@cache
def content_version() -> str:
    """Return eight characters that identify the content and the policies."""
    apps = [settings.BASE_DIR / app for app in ("guide", "checklist", "quizzes")]
    folders = [app / part for app in apps for part in ("content", "policy")]
    return fingerprint(*(folder for folder in folders if folder.is_dir()))


def site_context(request: HttpRequest) -> Mapping[str, Any]:
    """Return what every template needs: the look, the operator, and the content version."""
    return {
        "look": look_of(request),
        "worker": settings.SERVICE_WORKER,
        "canonical": absolute_url(request.path),
        "site_url": settings.SITE_URL,
        "operator": settings.OPERATOR,
        "contact_email": settings.CONTACT_EMAIL,
        "reply_days": settings.REPLY_DAYS,
        "icp_number": settings.ICP_NUMBER,
        "police_number": settings.POLICE_NUMBER,
        "release": settings.RELEASE,
        "content_version": content_version(),
    }
