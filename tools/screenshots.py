"""Every kind of page on a phone, a desktop, in the dark, in 大字版 and on paper: var/screenshots/index.html.

python -m tools.screenshots            all
python -m tools.screenshots plan       those whose name has "plan" in it
"""

import html
import shutil
import sys
from typing import Any

from playwright.sync_api import Route, sync_playwright

from tests.serving import ROOT
from tools.audit.__main__ import serving

PHONE, DESKTOP, PAPER = {"width": 390, "height": 844}, {"width": 1280, "height": 800}, {"width": 794, "height": 1123}
#: The look, window and medium of each picture of a page.
VIEWS: dict[str, tuple[str, Any, Any]] = {
    "phone": ("light", PHONE, "screen"),
    "desktop": ("light", DESKTOP, "screen"),
    "dark": ("dark", PHONE, "screen"),
    "large": ("大字版", PHONE, "screen"),
    "print": ("light", PAPER, "print"),
}
FOLDER = ROOT / "var" / "screenshots"
#: Pictures of one view at most; pixels at which a long page is cut.
MOST, LONGEST = 5, 12_000
STYLE = """body { margin: 1rem; font: 16px/1.5 sans-serif; background: #ddd; } h2 { font-size: 1rem; }
img { height: 420px; max-width: 340px; margin-right: 1rem; object-fit: cover; object-position: top; }"""


def main(argv: list[str]) -> int:
    with serving() as server, sync_playwright() as session:
        from tools.audit.parts import chromium  # needs Django

        wanted = {name: visit for name, visit in kinds().items() if all(word in name for word in argv)}
        shutil.rmtree(FOLDER, ignore_errors=True)
        FOLDER.mkdir(parents=True)
        browser = session.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        for view, (look, window, medium) in VIEWS.items():
            # A service worker would ask the server itself: no state of the reader, no look.
            context = browser.new_context(
                viewport=window, locale="zh-CN", reduced_motion="reduce", service_workers="block"
            )
            page = context.new_page()
            page.emulate_media(media=medium)
            for name, visit in wanted.items():
                shoot(page, server.url, visit, look, f"{name}.{view}.png")
            context.close()
        browser.close()
    (FOLDER / "index.html").write_text(sheet(wanted), encoding="utf-8")
    print(f"{len(wanted)} pages, {len(VIEWS)} views of each: {FOLDER / 'index.html'}")
    return 0


def kinds() -> dict[str, Any]:
    """Return a few visits of each view by name, from the first to the last: neighbours often look alike."""
    from django.urls import Resolver404, resolve

    from tests.site.visits import EVERY

    views: dict[str, list[Any]] = {}
    for visit in EVERY:
        try:
            view = resolve(visit.address.partition("?")[0]).view_name.replace(":", "-")
        except Resolver404:
            view = "error"
        views.setdefault(f"error-{visit.status}" if visit.status >= 400 else view, []).append(visit)
    named = {}
    for view, visits in views.items():
        few = min(MOST, len(visits))
        for number in range(few):
            name = f"{view}-{number + 1}" if number else view
            named[name] = visits[number * (len(visits) - 1) // max(few - 1, 1)]
    return named


def shoot(page: Any, url: str, visit: Any, look: str, file: str) -> None:
    """Take one picture of what the site answers to a visit, forms included."""
    from tools.audit.documents import document

    body = document(visit, look).html

    def answer(route: Route) -> None:
        route.fulfill(body=body, content_type="text/html; charset=utf-8")

    address = url + visit.address.partition("?")[0]
    page.route(address, answer)
    page.goto(address)
    height = min(LONGEST, int(page.evaluate("document.documentElement.scrollHeight")))
    clip = {"x": 0, "y": 0, "width": page.viewport_size["width"], "height": height}
    page.screenshot(path=FOLDER / file, full_page=True, clip=clip)
    page.unroute(address)


def sheet(wanted: dict[str, Any]) -> str:
    """Return a page with all pictures, one row for each kind of page."""
    rows = []
    for name, visit in wanted.items():
        files = [f"{name}.{view}.png" for view in VIEWS]
        pictures = "".join(f'<a href="{file}"><img src="{file}" alt="{file}" loading="lazy"></a>' for file in files)
        rows.append(f"<h2>{name}: {html.escape(str(visit))}</h2>{pictures}")
    head = f'<meta charset="utf-8"><title>Every kind of page</title><style>{STYLE}</style>'
    return f'<!doctype html><html lang="en"><head>{head}</head><body>{"".join(rows)}</body></html>'


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
