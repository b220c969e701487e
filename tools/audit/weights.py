"""What a first view takes over the wire, as a server really sends it: bytes, requests, and what moves."""

import http.client
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, partial
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from playwright.sync_api import Request, sync_playwright

from tests.journeys.conftest import ARGUMENTS, PHONE
from tests.site.visits import Visit
from tools.audit.budgets import LOADED, REQUESTS, SHIFT, STYLESHEET, WATCH_SHIFTS, counted, of
from tools.audit.documents import Document
from tools.audit.findings import Check, Finding


@dataclass(frozen=True)
class Weight:
    """The bytes of one page with what it loads; `encoding` is the worst that a browser of ours asks for."""

    document: Document
    bytes: int


def sent(url: str, address: str, cookies: str = "", encoding: str = "gzip") -> int:
    """The bytes of one body, compressed as a server of ours does."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
    connection.request("GET", address, headers={"Accept-Encoding": encoding, "Cookie": cookies})
    size = len(connection.getresponse().read())
    connection.close()
    return size


def bytes_check(url: str, pages: Iterable[tuple[Visit, Document]]) -> list[Check]:
    """A row for each budget: the heaviest page of its kind, and every page above."""

    @cache
    def loaded(address: str) -> int:
        return sent(url, address)

    heaviest: dict[str, Weight] = {}
    number: dict[str, int] = {}
    over: dict[str, list[Finding]] = {}
    limits: dict[str, int] = {}
    styles: set[str] = set()
    for visit, document in pages:
        kind, limits_kind = of(visit.address)
        parts = BeautifulSoup(document.html, "html.parser").select(LOADED)
        styles |= {str(part["href"]) for part in parts if part.name == "link"}
        cookies = "; ".join(f"{name}={value}" for name, value in visit.cookies)
        total = sent(url, visit.address, cookies) + sum(loaded(str(part.get("href") or part["src"])) for part in parts)
        limits[kind] = limits_kind
        number[kind] = number.get(kind, 0) + 1
        if kind not in heaviest or total > heaviest[kind].bytes:
            heaviest[kind] = Weight(document, total)
        if total > limits_kind:
            over.setdefault(kind, []).append(
                Finding(document.name, f"budget of {limits_kind / 1024:.0f} KB", f"{total / 1024:.1f} KB")
            )
    rows = [
        Check(
            f"bytes of a first view, gzip: {kind}",
            f"{number[kind]} pages",
            f"{heaviest[kind].bytes / 1024:.1f} KB at most",
            f"{limits[kind] / 1024:.0f} KB",
            over.get(kind, []),
        )
        for kind in sorted(heaviest)
    ]
    for address in sorted(styles):
        size = sent(url, address, encoding="br")
        heavy = [Finding(address, f"budget of {STYLESHEET / 1024:.0f} KB", f"{size / 1024:.1f} KB")]
        rows.append(
            Check(
                "bytes of the stylesheet, brotli",
                "1 file",
                f"{size / 1024:.1f} KB",
                f"{STYLESHEET / 1024:.0f} KB",
                heavy if size > STYLESHEET else [],
            )
        )
    return rows


def _note(asked: list[Request], request: Request) -> None:
    asked.append(request)


def first_views(chromium: str, url: str, visits: Iterable[Visit]) -> list[Check]:
    """Requests and layout shift of first views in a real browser, with an empty cache and scripts on."""
    visits = list(visits)
    most, worst = 0, 0.0
    many: list[Finding] = []
    moved: list[Finding] = []
    with sync_playwright() as session:
        browser = session.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        for visit in visits:
            context = browser.new_context(viewport=PHONE, locale="zh-CN")  # type: ignore[arg-type]
            context.add_cookies([{"name": name, "value": value, "url": url} for name, value in visit.cookies])
            context.add_init_script(WATCH_SHIFTS)
            page = context.new_page()
            asked: list[Request] = []
            page.on("request", partial(_note, asked))
            page.goto(url + visit.address, wait_until="networkidle")
            shifts = page.evaluate("window.moved")
            context.close()
            requests = counted(one.url for one in asked)
            shift = sum(each["value"] for each in shifts)
            most, worst = max(most, len(requests)), max(worst, shift)
            if len(requests) > REQUESTS:
                many.append(Finding(str(visit), f"{REQUESTS} requests", ", ".join(requests)))
            if shift > SHIFT:
                moved.append(Finding(str(visit), f"layout shift {shift:.4f}", " | ".join(s["element"] for s in shifts)))
        browser.close()
    over = f"{len(visits)} kinds of page"
    return [
        Check("requests at first view", over, f"{most} at most", str(REQUESTS), many),
        Check("layout shift at first view", over, f"{worst:.3f} at most", f"{SHIFT:.0f}", moved),
    ]
