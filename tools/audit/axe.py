"""axe-core, in a phone's browser, with everything unfolded."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from playwright.async_api import Browser, Page, Route, async_playwright

from tests.journeys.conftest import ARGUMENTS, PHONE
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
    findings: list[Finding] = field(default_factory=list)


def violations(chromium: str, url: str, documents: Sequence[Document]) -> list[Finding]:
    """What axe finds on the documents; what they load is taken from the server at `url`."""
    work = Work(url, list(documents))
    asyncio.run(_look(chromium, work))
    return sorted(work.findings, key=str)


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
        work.findings += await _on(page, work.url, document)
    await context.close()


async def _on(page: Page, url: str, document: Document) -> list[Finding]:
    await page.goto(url + document.address.partition("?")[0])
    found: list[dict[str, Any]] = await page.evaluate(RUN, COLOURS if document.look == "dark" else OPTIONS)
    return [Finding(str(document), each["rule"], element) for each in found for element in each["elements"]]
