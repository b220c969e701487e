"""The parts of the audit. Each takes the address of a server and returns the rows of its checks."""

import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from tests.journeys.conftest import find_chromium
from tests.site.visits import PUBLIC
from tools.audit import axe, html, layout, linters, speed, weights
from tools.audit.documents import LOOKS, covering, documents, kinds
from tools.audit.findings import Check

Part = Callable[[str], list[Check]]


def check_files(_: str) -> list[Check]:
    return linters.checks()


def check_html(_: str) -> list[Check]:
    found = html.faults(documents("light"))
    over = f"{len(documents('light'))} pages and states"
    return [Check("Nu HTML checker", over, f"{len(found)} faults", "0", found)]


def check_weights(url: str) -> list[Check]:
    return weights.first_views(chromium(), url, kinds())


def check_axe(url: str) -> list[Check]:
    """Look at every page in the light look, and at every combination of elements and classes in the others."""
    rows = []
    for look in LOOKS:
        looked_at = documents(look) if look == "light" else covering(documents(look))
        found, misfits = axe.violations(chromium(), url, looked_at)
        over = f"{len(looked_at)} pages and states"
        rows.append(Check(f"axe, {look}", over, f"{len(found)} violations", "0", found))
        if look in layout.TYPE:
            widths = ", ".join(map(str, layout.WIDTHS))
            rows.append(Check(f"layout, {look}", f"{over} at {widths} px", f"{len(misfits)} faults", "0", misfits))
    return rows


def check_speed(url: str) -> list[Check]:
    return speed.scores(chromium(), url, kinds(), {visit.address for visit in PUBLIC})


PARTS: dict[str, Part] = {"linters": check_files, "html": check_html, "weights": check_weights, "axe": check_axe}


def run(url: str, only: str | None) -> list[Check]:
    """Run all parts or one. Speed is last and alone: the others take the processor that it measures."""
    wanted = [name for name in PARTS if only in (name, None)]
    if {"html", "axe"} & set(wanted):
        for look in LOOKS:
            documents(look)  # in this thread, because both parts need them
    with ThreadPoolExecutor(2) as pool:
        checks = [check for found in pool.map(lambda name: timed(name, PARTS[name], url), wanted) for check in found]
    return checks + (timed("speed", check_speed, url) if only in ("speed", None) else [])


def timed(name: str, part: Part, url: str) -> list[Check]:
    """Run one part, and print how long it took."""
    started = time.monotonic()
    checks = part(url)
    print(f"{name}: {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)
    return checks


def chromium() -> str:
    found = find_chromium()
    if not found:
        raise SystemExit("No Chromium: install it, or name one in the variable CHROMIUM.")
    return found
