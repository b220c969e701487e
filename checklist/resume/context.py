"""Template context of pages that show a resume link."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from checklist.resume.link import make_link
from checklist.state import wire_ids
from checklist.state.cookies import ReaderState
from core.http.addresses import absolute_url


def link_context(state: ReaderState) -> dict[str, str]:
    """Return the full address that carries this state, and the path of its QR code."""
    token = make_link(state, wire_ids.current(), settings.SECRET_KEY, timezone.now())
    code = reverse("checklist:resume-code", args=[token])
    return {"link": resume_address(token), "code": code}


def resume_address(token: str) -> str:
    """Return the full address of a resume link."""
    return absolute_url(reverse("checklist:resume", args=[token]))
