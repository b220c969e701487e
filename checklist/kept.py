"""What this reader's browser keeps of the checklist, read out of a request."""

from typing import NamedTuple

from django.http import HttpRequest

from checklist import library, retired
from checklist.progress import Given, Tick, read_given, read_has, read_ticks
from guide.web import cookies_of


class Kept(NamedTuple):
    """The exposures (None: no plan yet), the ticks by step, and the phone and apps that one has (None: not asked)."""

    given: dict[str, Given] | None
    ticks: dict[str, Tick]
    has: frozenset[str] | None


def kept_by(request: HttpRequest) -> Kept:
    """Cookies of an older release are read by the ids of today."""
    checklist, cookies = library.current(), retired.current().renew(cookies_of(request))
    given = read_given(cookies.get("exposures", ""), checklist.exposures)
    return Kept(given, read_ticks(cookies, checklist.steps), read_has(cookies.get("has", ""), checklist.kit))
