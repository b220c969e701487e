"""Requests and layout shift of first views, in a real browser. tests/site/test_budgets.py weighs them."""

from collections.abc import Iterable
from functools import partial

from playwright.sync_api import Request, sync_playwright

from tests.journeys.conftest import ARGUMENTS, PHONE
from tests.site.visits import Visit
from tools.audit.budgets import REQUESTS, SHIFT, counted
from tools.audit.findings import HERE, Check, Finding


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
            context.add_init_script(path=HERE / "shifts.js")
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
