"""What this reader's browser keeps of the checklist, read out of a request."""

from typing import NamedTuple

from django.http import HttpRequest

from checklist import library
from checklist.state import retired
from checklist.state.cookies import Given, Tick, read_given, read_has, read_ticks
from core.http.cookies import read_cookies


class ReaderState(NamedTuple):
    """The exposures (None: no plan yet), the ticks by step, and the phone and apps that one has (None: not asked)."""

    given: dict[str, Given] | None
    ticks: dict[str, Tick]
    has: frozenset[str] | None


def reader_state(request: HttpRequest) -> ReaderState:
    """Cookies of an older release are read by the ids of today."""
    checklist, cookies = library.current(), retired.current().renew(read_cookies(request))
    given = read_given(cookies.get("exposures", ""), checklist.exposures)
    return ReaderState(given, read_ticks(cookies, checklist.steps), read_has(cookies.get("has", ""), checklist.kit))
