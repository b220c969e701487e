"""Make the plan of a request's reader, as of today."""

from django.http import HttpRequest
from django.utils import timezone

from checklist import library
from checklist.plan.builder import make_plan
from checklist.plan.plan import Plan
from checklist.state.cookies import ReaderState
from checklist.state.request import reader_state


def plan_of(state: ReaderState) -> Plan:
    """Return the plan for this state."""
    return make_plan(library.current(), state.given or {}, state.ticks, timezone.localdate(), state.has)


def plan_in(request: HttpRequest) -> Plan | None:
    """Return the plan of this browser, None if it has none."""
    state = reader_state(request)
    return plan_of(state) if state.is_plan else None
