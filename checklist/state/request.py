"""Read the reader's state from a request, and keep changes to it in a response's cookies."""

from collections.abc import Mapping

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from checklist.state import wire_ids
from checklist.state.cookies import (
    ALL_STEPS,
    EXPOSURES,
    HAS,
    STEP_PREFIX,
    TOUCHED,
    ReaderState,
    Tick,
    TickState,
    next_series,
    read_packed,
    read_series,
    read_state,
    write_given,
    write_has,
    write_packed,
    write_tick,
)
from core.http.cookies import DELETED_AT_ONCE, delete_cookie, known_cookies, read_cookies, set_cookie

#: More steps than this are written as one cookie: each cookie takes 130 bytes of an answer's headers.
MOST_COOKIES = 8


def reader_state(request: HttpRequest) -> ReaderState:
    """Return the state that this request's cookies hold, read once for each request."""
    state: ReaderState | None = getattr(request, "reader_state", None)
    if state is None:
        state = request.reader_state = read_state(read_cookies(request), wire_ids.current())  # type: ignore[attr-defined]
    return state


def keep_tick(request: HttpRequest, response: HttpResponseBase, step: str, tick: Tick) -> None:
    """Keep one tick in the step's own cookie, and delete the step's cookies of 0.2.0."""
    cookies, steps = read_cookies(request), wire_ids.current().steps
    name = f"{STEP_PREFIX}{steps.numbers[step]}"
    for older in (STEP_PREFIX + written for written in steps.names_of[step]):
        if older in cookies and older != name:
            delete_cookie(response, older)
    if tick.state is TickState.OPEN and step not in read_packed(cookies.get(ALL_STEPS, ""), steps):
        delete_cookie(response, name)
    else:
        set_cookie(response, name, write_tick(tick, read_series(cookies) or ""))


def keep_changes(request: HttpRequest, response: HttpResponseBase, after: ReaderState) -> None:
    """Keep what changed since the request: few ticks in cookies of their own, many with all others in one cookie."""
    before = reader_state(request)
    _keep_given_and_has(response, after)
    if after.has is None and before.has is not None:
        delete_cookie(response, HAS)
    changed = {id: tick for id, tick in after.ticks.items() if before.ticks.get(id) != tick}
    if len(changed) > MOST_COOKIES:
        _keep_all_ticks(request, response, after.ticks)
    else:
        for step, tick in changed.items():
            keep_tick(request, response, step, tick)


def keep_touched(response: HttpResponseBase, step: str) -> None:
    """Keep which step was ticked, for the page that the answer leads to."""
    set_cookie(response, TOUCHED, str(wire_ids.current().steps.numbers[step]))


def read_touched(request: HttpRequest) -> str | None:
    """Return the step that was ticked just before, None where there is none."""
    return wire_ids.current().steps.id_of.get(read_cookies(request).get(TOUCHED, ""))


def forget_touched(response: HttpResponseBase) -> None:
    delete_cookie(response, TOUCHED)


def keep_plan(request: HttpRequest, response: HttpResponseBase, state: ReaderState) -> None:
    """Keep a whole plan in place of the one before."""
    for name in {EXPOSURES, HAS} & read_cookies(request).keys():
        delete_cookie(response, name)
    _keep_given_and_has(response, state)
    _keep_all_ticks(request, response, state.ticks)


def _keep_given_and_has(response: HttpResponseBase, state: ReaderState) -> None:
    """Keep the exposures and what the reader has, as far as they are known."""
    wire = wire_ids.current()
    if state.given is not None:
        set_cookie(response, EXPOSURES, write_given(state.given, wire.exposures))
    if state.has is not None:
        set_cookie(response, HAS, write_has(state.has, wire.has))


def _keep_all_ticks(request: HttpRequest, response: HttpResponseBase, ticks: Mapping[str, Tick]) -> None:
    """Keep exactly these ticks, in one cookie. Step cookies that are left behind no longer count."""
    cookies = read_cookies(request)
    steps = [name for name in known_cookies(request) if name.startswith(STEP_PREFIX)]
    for name in steps[:DELETED_AT_ONCE]:
        delete_cookie(response, name)
    if ticks or len(steps) > DELETED_AT_ONCE:
        packed = write_packed(ticks, wire_ids.current().steps)
        set_cookie(response, ALL_STEPS, "_".join(filter(None, [next_series(cookies), packed])))
