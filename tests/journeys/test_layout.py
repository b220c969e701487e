"""Layout of each kind of page, in one browser context for each look. The audit does the same for every page."""

from dataclasses import replace
from functools import cache

import pytest

from tests.journeys.conftest import Opener
from tests.site.visits import EVERY, Visit, answer
from tools.audit import layout
from tools.audit.documents import LOOKS


@cache
def longest_of_each_kind() -> list[Visit]:
    """Return of each view and status the visit with the most on its page."""
    found: dict[tuple[str, bool, int], tuple[int, Visit]] = {}
    for visit in EVERY:
        came = answer(visit)
        route = "" if visit.status == 404 else came.resolver_match.route
        kind = (route, visit.data is None, visit.status)
        found[kind] = max(found.get(kind, (0, visit)), (len(came.content), visit), key=lambda one: one[0])
    return [visit for _, visit in found.values()]


def in_look(visit: Visit, look: str) -> Visit:
    """Return the same visit of a reader who chose this look."""
    kept = tuple((name, value) for name, value in visit.cookies if name != "look")
    return replace(visit, cookies=(*kept, ("look", LOOKS[look])))


@pytest.mark.parametrize("look", layout.TYPE)
def test_fits_and_is_large_enough_to_read_and_to_tap(opens: Opener, look: str) -> None:
    page = opens(java_script_enabled=True).new_page()
    html, found = "", []
    # Answers are shown at an address of its own: a form that was sent need not be sent again.
    page.route("**/shown/", lambda route: route.fulfill(content_type="text/html", body=html))
    # The server has another secret than the test: it knows none of the links, and draws no code of them.
    page.route("**/code.png", lambda route: route.fulfill(content_type="image/png", body=b""))
    assert len(longest_of_each_kind()) > 40
    for visit in longest_of_each_kind():
        html = answer(in_look(visit, look)).content.decode()
        page.goto("/shown/")
        for width in layout.WIDTHS:
            page.set_viewport_size({"width": width, "height": layout.HEIGHT})
            faults = page.evaluate(layout.CHECK, layout.options(look, width))
            if look == "大字版" and width == 390:
                faults += page.evaluate(layout.CHECK, layout.zoomed(look, width))
            found += [f"{visit} at {width} px: {fault}" for fault in faults]
    assert not found, "\n".join(found)
