"""axe-core and the layout checks, in a phone's browser, with everything unfolded."""

import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import chain
from typing import Any

from playwright.sync_api import Page, Route, sync_playwright

from tests.journeys.conftest import ARGUMENTS, PHONE
from tools.audit import layout
from tools.audit.documents import Document
from tools.audit.findings import HERE, MODULES, Finding

#: Browsers at work at once: one a core.
TOGETHER = 2
#: All rules that axe counts as sure, those of WCAG 2.2 that it leaves off included.
OPTIONS = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
#: A dark page is the light one, word for word, in other colours.
COLOURS = OPTIONS | {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
RUN = (HERE / "axe.js").read_text(encoding="utf-8")
#: A document is answered from what was fetched; what it loads comes from the server.
DOCUMENT = re.compile(r"^https?://[^/]+/(?!static/)")

#: The findings of axe, and those of the layout checks.
Findings = tuple[list[Finding], list[Finding]]


def violations(chromium: str, url: str, documents: Sequence[Document]) -> Findings:
    """Return what axe finds on the documents, and what is wrong with their layout.

    What a document loads is taken from the server at `url`.
    """
    shares = [documents[number::TOGETHER] for number in range(TOGETHER)]
    with ThreadPoolExecutor(TOGETHER) as pool:
        found = list(pool.map(partial(_look, chromium, url), shares))
    broken, misfits = (sorted(chain(*kind), key=str) for kind in zip(*found, strict=True))
    return broken, misfits


def _look(chromium: str, url: str, documents: Sequence[Document]) -> Findings:
    """Return the findings on some of the documents, in a browser of its own."""
    broken: list[Finding] = []
    misfits: list[Finding] = []
    shown: dict[str, str] = {}

    def answer(route: Route) -> None:
        if route.request.resource_type == "document":
            route.fulfill(body=shown["html"], content_type="text/html; charset=utf-8")
        else:
            route.continue_()

    with sync_playwright() as session:
        browser = session.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        context = browser.new_context(
            viewport=PHONE,  # type: ignore[arg-type]
            locale="zh-CN",
            # A colour on its way to another would be measured half-way.
            reduced_motion="reduce",
            # A service worker asks the server itself: axe would look at other pages than those that were fetched.
            service_workers="block",
        )
        context.add_init_script(path=MODULES / "axe-core" / "axe.min.js")
        page = context.new_page()
        page.route(DOCUMENT, answer)
        for document in documents:
            shown["html"] = document.html
            page.goto(url + document.address.partition("?")[0])
            broken += _violations(page, document)
            if document.look in layout.TYPE:
                misfits += _misfits(page, document)
        browser.close()
    return broken, misfits


def _violations(page: Page, document: Document) -> list[Finding]:
    found: list[dict[str, Any]] = page.evaluate(RUN, COLOURS if document.look == "dark" else OPTIONS)
    return [Finding(str(document), each["rule"], element) for each in found for element in each["elements"]]


def _misfits(page: Page, document: Document) -> list[Finding]:
    """Return what is wrong with the layout at each width, and with text zoom in the large look."""
    found = []
    for width in layout.WIDTHS:
        page.set_viewport_size({"width": width, "height": layout.HEIGHT})
        faults = page.evaluate(layout.CHECK, layout.options(document.look, width))
        if document.look == "大字版" and width == PHONE["width"]:
            faults += page.evaluate(layout.CHECK, layout.zoomed(document.look, width))
        found += [Finding(str(document), f"at {width} px", fault) for fault in faults]
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    return found
