"""axe-core and the layout checks, in a phone's browser, with everything unfolded."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from playwright.async_api import Browser, Page, Route, async_playwright

from tests.journeys.conftest import ARGUMENTS, PHONE
from tools.audit import layout
from tools.audit.documents import Document
from tools.audit.findings import MODULES, Finding

#: Pages at work at once: one a core.
TOGETHER = 2
#: All rules that axe counts as sure, those of WCAG 2.2 that it leaves off included.
OPTIONS = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
#: A dark page is the light one, word for word, in other colours.
COLOURS = OPTIONS | {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
RUN = """async (options) => {
    document.querySelectorAll("details").forEach((details) => { details.open = true; });
    const { violations } = await axe.run(document, options);
    return violations.map(({ id, help, nodes }) => ({
        rule: `${id}: ${help}`, elements: nodes.map((node) => `${node.target.join(" ")}  ${node.html.slice(0, 160)}`),
    }));
}"""
#: A document is answered from what was fetched; what it loads comes from the server.
DOCUMENT = re.compile(r"^https?://[^/]+/(?!static/)")


@dataclass
class Work:
    """What is still to be looked at, and what was found."""

    url: str
    waiting: list[Document]
    violations: list[Finding] = field(default_factory=list)
    misfits: list[Finding] = field(default_factory=list)


def violations(chromium: str, url: str, documents: Sequence[Document]) -> tuple[list[Finding], list[Finding]]:
    """Return what axe finds on the documents, and what is wrong with their layout.

    What a document loads is taken from the server at `url`.
    """
    work = Work(url, list(documents))
    asyncio.run(_look(chromium, work))
    return sorted(work.violations, key=str), sorted(work.misfits, key=str)


async def _look(chromium: str, work: Work) -> None:
    async with async_playwright() as session:
        browser = await session.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        await asyncio.gather(*(_worker(browser, work) for _ in range(TOGETHER)))
        await browser.close()


async def _worker(browser: Browser, work: Work) -> None:
    context = await browser.new_context(
        viewport=PHONE,  # type: ignore[arg-type]
        locale="zh-CN",
        # A colour on its way to another would be measured half-way.
        reduced_motion="reduce",
        # A service worker asks the server itself: axe would look at other pages than those that were fetched.
        service_workers="block",
    )
    await context.add_init_script(path=MODULES / "axe-core" / "axe.min.js")
    page = await context.new_page()
    shown: dict[str, str] = {}

    async def answer(route: Route) -> None:
        if route.request.resource_type == "document":
            await route.fulfill(body=shown["html"], content_type="text/html; charset=utf-8")
        else:
            await route.continue_()

    await page.route(DOCUMENT, answer)
    while work.waiting:
        document = work.waiting.pop()
        shown["html"] = document.html
        await page.goto(work.url + document.address.partition("?")[0])
        work.violations += await _violations(page, document)
        if document.look in layout.TYPE:
            work.misfits += await _misfits(page, document)
    await context.close()


async def _violations(page: Page, document: Document) -> list[Finding]:
    found: list[dict[str, Any]] = await page.evaluate(RUN, COLOURS if document.look == "dark" else OPTIONS)
    return [Finding(str(document), each["rule"], element) for each in found for element in each["elements"]]


async def _misfits(page: Page, document: Document) -> list[Finding]:
    """Return what is wrong with the layout at each width, and with text zoom in the large look."""
    found = []
    for width in layout.WIDTHS:
        await page.set_viewport_size({"width": width, "height": layout.HEIGHT})
        faults = await page.evaluate(layout.CHECK, layout.options(document.look, width))
        if document.look == "大字版" and width == PHONE["width"]:
            faults += await page.evaluate(layout.CHECK, layout.zoomed(document.look, width))
        found += [Finding(str(document), f"at {width} px", fault) for fault in faults]
    await page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    return found
