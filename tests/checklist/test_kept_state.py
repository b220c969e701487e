"""What answers write into cookies: one packed cookie where many steps change, and headers below 8 kB with 120 steps."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.utils import timezone
from pytest_django import Settings

from checklist import library
from checklist.resume.link import make_link
from checklist.state import wire_ids
from checklist.state.cookies import MARKS, ReaderState, Tick, TickState, read_state
from core.dates import write_day
from core.http.cookies import DELETED_AT_ONCE
from tests.conftest import Browser
from tests.tiny import numbered

STEPS = [f"step-{number}" for number in range(1, 121)]
#: What a server adds to the headers of an answer: status line, Date, Server, HSTS and the like.
OF_THE_SERVER = 300
LIMIT = 8 * 1024
TODAY = dt.date(2026, 11, 22)


@pytest.fixture
def large(tiny: object, settings: Settings) -> Iterator[None]:
    """A checklist of 120 steps that all settle one exposure, on https."""
    settings.COOKIE_PREFIX = "__Host-"
    settings.SECURE_HSTS_SECONDS = 31_536_000
    below = library.current()
    one = below.steps["shut-bell"]
    steps = {id: one.model_copy(update={"policy": one.policy.model_copy(update={"id": id})}) for id in STEPS}
    now = replace(below, steps=below.steps | steps)
    with library.current.using(now), wire_ids.current.using(numbered(now)):
        yield


pytestmark = pytest.mark.usefixtures("large")


class Https(Browser):
    """A browser with cookies of https, which it names without their prefix."""

    def hold(self, cookies: dict[str, str]) -> "Https":
        self.cookies.load({f"__Host-{name}": value for name, value in cookies.items()})
        return self

    @property
    def held(self) -> dict[str, str]:
        return {name.removeprefix("__Host-"): cookie.value for name, cookie in self.cookies.items()}

    @property
    def state(self) -> ReaderState:
        return read_state(self.held, wire_ids.current())

    @property
    def steps(self) -> int:
        """How many cookies of steps there are."""
        return sum(name.startswith("s.") for name in self.held)


def header_bytes(response: Any) -> int:
    lines = [f"{name}: {value}" for name, value in response.headers.items()]
    lines += [f"Set-Cookie: {cookie.OutputString()}" for cookie in response.cookies.values()]
    return sum(len(line.encode()) + 2 for line in lines) + OF_THE_SERVER


def single(state: str = "d", day: dt.date = TODAY, series: str = "") -> dict[str, str]:
    """A cookie for each of the 120 steps."""
    numbers = wire_ids.current().steps.numbers
    return {f"s.{numbers[id]}": state + write_day(day) + series for id in STEPS}


def others() -> dict[str, str]:
    return {
        "exposures": "or.1.2.3_hq.4",
        "has": "1.3",
        "look": "large.dark",
        "tally": "no",
        "lines": "-",
        "q.lantern": "1a",
        "p.lantern": "1.70.fn.1xe",
        "q.gate": "1a",
        "q.practice": "0.01s..",
    }


def link(state: ReaderState) -> str:
    return f"/checklist/resume/{make_link(state, wire_ids.current(), django_settings.SECRET_KEY, timezone.now())}/"


def brought(state: TickState = TickState.SKIP) -> ReaderState:
    """A plan with every step on another day."""
    ticks = {id: Tick(state, TODAY - dt.timedelta(days=place)) for place, id in enumerate(STEPS)}
    return ReaderState({"key-lent": MARKS["or"]}, ticks, frozenset())


def test_takes_over_a_plan_of_120_steps_in_one_cookie() -> None:
    browser = Https()
    response = browser.post(link(brought()))
    assert browser.held.keys() == {"exposures", "has", "s.all"}
    assert browser.state == brought()
    assert header_bytes(response) < LIMIT


def test_takes_over_a_plan_in_place_of_120_step_cookies() -> None:
    browser = Https().hold(single() | others())
    response = browser.post(link(brought()))
    assert browser.state == brought()
    assert header_bytes(response) < LIMIT
    few = brought()._replace(ticks={"step-7": Tick(TickState.DONE, TODAY)})
    assert header_bytes(browser.post(link(few))) < LIMIT
    assert browser.state == few
    assert browser.steps == 1, "the step cookies that were left behind are gone with the second"


def test_takes_over_a_plan_without_ticks_in_place_of_120_step_cookies() -> None:
    browser = Https().hold(single())
    empty = ReaderState({}, {}, None)
    browser.post(link(empty))
    assert browser.state == empty
    browser.post(link(empty))
    assert browser.held.keys() == {"exposures"}


def test_lets_a_step_override_the_packed_cookie_and_take_back_its_tick() -> None:
    browser = Https()
    browser.post(link(brought()))
    browser.post("/checklist/steps/step-7/", {"state": "done"})
    assert browser.state.ticks["step-7"].state is TickState.DONE
    browser.post("/checklist/steps/step-7/", {"state": "open"})
    assert browser.state.ticks.keys() == {*STEPS} - {"step-7"}
    assert browser.steps == 2
    browser.post("/checklist/steps/keep-diary/", {"state": "done"})
    browser.post("/checklist/steps/keep-diary/", {"state": "open"})
    assert browser.steps == 2, "what the packed cookie does not have needs no cookie to take it back"


def test_opens_120_steps_anew_in_one_cookie() -> None:
    browser = Https().hold(single() | {"exposures": "-", "s.keep-diary": "d1xx"})
    response = browser.post("/checklist/exposures/", {"given": "bell-open"})
    again = {id: Tick(TickState.AGAIN, TODAY) for id in STEPS}
    assert browser.state.ticks == again | {"keep-diary": Tick(TickState.DONE, TODAY)}
    assert header_bytes(response) < LIMIT


def test_erases_120_step_cookies_in_rounds_without_asking_again() -> None:
    """Of 0.2.0 as well, whose names were longer."""
    names = single() | {f"s.{id}": "d1xx" for id in list(STEPS)[:56]} | others()
    browser = Https().hold(names)
    sizes = []
    response = browser.post("/erase/")
    sizes.append(header_bytes(response))
    while response.status_code == 307:
        response = browser.post(response["Location"])
        sizes.append(header_bytes(response))
    assert response.status_code == 200
    assert len(sizes) == -(-len(names) // DELETED_AT_ONCE)
    assert max(sizes) < LIMIT
    assert browser.held == {}


@pytest.mark.parametrize("sent", [{"state": "done"}, {"state": "skip"}])
def test_needs_few_bytes_for_one_tick(sent: dict[str, str]) -> None:
    browser = Https().hold(single() | others() | {"s.step-9": "d1xx"})
    assert header_bytes(browser.post("/checklist/steps/step-9/", sent)) < 1500
