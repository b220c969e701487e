"""The first view of each kind of page: few requests, and nothing moves while one reads."""

import pytest
from playwright.sync_api import Request

from tests.journeys.conftest import Opener
from tests.serving import Server
from tests.site.visits import Visit
from tools.audit.budgets import REQUESTS, SHIFT, WATCH_SHIFTS, counted
from tools.audit.pages import kinds


@pytest.mark.parametrize("visit", kinds(), ids=str)
def test_it_asks_for_little_and_stands_still(opens: Opener, server: Server, visit: Visit) -> None:
    context = opens()
    context.add_cookies([{"name": name, "value": value, "url": server.url} for name, value in visit.cookies])
    context.add_init_script(WATCH_SHIFTS)
    page = context.new_page()
    asked: list[Request] = []
    page.on("request", lambda one: asked.append(one))
    page.goto(visit.address, wait_until="networkidle")
    requests = counted(one.url for one in asked)
    assert 0 < len(requests) <= REQUESTS, requests
    shifts = page.evaluate("window.moved")
    assert sum(shift["value"] for shift in shifts) <= SHIFT, shifts
