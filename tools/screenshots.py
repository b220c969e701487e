"""Every kind of page on a phone, a desktop, in the dark, in 大字版 and on paper: var/screenshots/index.html.

python -m tools.screenshots            all
python -m tools.screenshots plan       those whose name has "plan" in it
"""

from __future__ import annotations

import html
import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from django.urls import Resolver404, resolve
from playwright.sync_api import Browser, Route, sync_playwright

from tests.serving import ROOT, Server

# The visits are made with the server's own secret, so they are imported once it is there.
if TYPE_CHECKING:
    from tests.site.visits import Visit

PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
FOLDER = ROOT / "var" / "screenshots"
#: A page longer than this is cut; a phone's memory is not the point here.
LONGEST = 12_000
STYLE = """body { margin: 1rem; font: 16px/1.5 sans-serif; background: #ddd; } h2 { font-size: 1rem; }
img { height: 420px; max-width: 340px; margin-right: 1rem; object-fit: cover; object-position: top; }"""


@dataclass(frozen=True)
class View:
    """One way of looking at a page."""

    name: str
    look: str
    window: dict[str, int]
    media: str = "screen"


VIEWS = [
    View("phone", "light", PHONE),
    View("desktop", "light", DESKTOP),
    View("dark", "dark", PHONE),
    View("large", "大字版", PHONE),
    View("print", "light", {"width": 794, "height": 1123}, "print"),
]


def kinds(visits: Iterable[Visit], most: int = 5) -> dict[str, Visit]:
    """A few visits of each view: a name for a file, and the visit. The error pages by their number."""
    views: dict[str, list[Visit]] = {}
    for visit in visits:
        try:
            view = resolve(visit.address.partition("?")[0]).view_name.replace(":", "-")
        except Resolver404:
            view = "error"
        views.setdefault(f"error-{visit.status}" if visit.status >= 400 else view, []).append(visit)
    return {
        f"{view}-{number}" if number > 1 else view: visit
        for view, all_of_it in views.items()
        for number, visit in enumerate(spread(all_of_it, most), 1)
    }


def spread(visits: list[Visit], most: int) -> list[Visit]:
    """So many of them, from the first to the last: neighbours are often one page in two states that look alike."""
    few = min(most, len(visits))
    return [visits[number * (len(visits) - 1) // max(few - 1, 1)] for number in range(few)]


def main(argv: list[str]) -> int:
    from tools.audit.__main__ import chromium, serving

    with serving() as server, sync_playwright() as session:
        from tests.site.visits import EVERY

        wanted = {name: visit for name, visit in kinds(EVERY).items() if all(word in name for word in argv)}
        shutil.rmtree(FOLDER, ignore_errors=True)
        FOLDER.mkdir(parents=True)
        browser = session.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        for view in VIEWS:
            shoot(browser, server, view, wanted)
        browser.close()
    (FOLDER / "index.html").write_text(sheet(wanted), encoding="utf-8")
    print(f"{len(wanted)} pages, {len(VIEWS)} views of each: {FOLDER / 'index.html'}")
    return 0


def shoot(browser: Browser, server: Server, view: View, wanted: dict[str, Visit]) -> None:
    """One picture of each page; what a page shows is what the server sends for the visit, forms included."""
    from tools.audit.documents import fetch

    context = browser.new_context(
        viewport=view.window,  # type: ignore[arg-type]
        locale="zh-CN",
        reduced_motion="reduce",
        # A service worker would ask the server itself: no state of the reader, no look.
        service_workers="block",
    )
    page = context.new_page()
    page.emulate_media(media=view.media)  # type: ignore[arg-type]
    for name, visit in wanted.items():
        sent = fetch(server.url, visit, view.look).html
        address = server.url + visit.address.partition("?")[0]
        page.route(address, partial(answer, sent))
        page.goto(address)
        height = min(LONGEST, int(page.evaluate("document.documentElement.scrollHeight")))
        clip = {"x": 0, "y": 0, "width": view.window["width"], "height": height}
        page.screenshot(path=FOLDER / f"{name}.{view.name}.png", full_page=True, clip=clip)  # type: ignore[arg-type]
        page.unroute(address)
    context.close()


def answer(body: str, route: Route) -> None:
    route.fulfill(body=body, content_type="text/html; charset=utf-8")


def sheet(wanted: dict[str, Visit]) -> str:
    """Return a page with all pictures, one row for each kind of page."""
    rows = []
    for name, visit in wanted.items():
        files = [f"{name}.{view.name}.png" for view in VIEWS]
        pictures = "".join(f'<a href="{file}"><img src="{file}" alt="{file}" loading="lazy"></a>' for file in files)
        rows.append(f"<h2>{name}: {html.escape(str(visit))}</h2>{pictures}")
    head = f'<meta charset="utf-8"><title>Every kind of page</title><style>{STYLE}</style>'
    return f'<!doctype html><html lang="en"><head>{head}</head><body>{"".join(rows)}</body></html>'


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
