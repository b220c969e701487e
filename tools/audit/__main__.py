"""Look at every page and state of a server of its own, and print one table.

python -m tools.audit              the table, and what is wrong; exit code 1 below a limit
python -m tools.audit --write      the table into docs/audit.md, too
python -m tools.audit --only axe   one part: axe, html, linters, weights or speed
"""

import argparse
import datetime as dt
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from tests.journeys.conftest import BROWSERS
from tests.serving import ROOT, Server
from tools.audit.findings import Check, faults, table

PARTS = ("linters", "html", "weights", "axe", "speed")
FIGURES = ROOT / "docs" / "audit.md"


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="make audit")
    parser.add_argument("--write", action="store_true", help="write the table into docs/audit.md")
    parser.add_argument("--only", choices=PARTS, help="one part only")
    options = parser.parse_args(argv)
    started = time.monotonic()
    with serving() as server:
        checks = [check for part in ordered(options.only) for check in part(server)]
    print(table(checks))
    print(f"\n{time.monotonic() - started:.0f} seconds.")
    if options.write and not options.only:
        write(table(checks))
    wrong = faults(checks)
    if wrong:
        print(f"\n{wrong}", file=sys.stderr)
    return 1 if wrong else 0


@contextmanager
def serving() -> Iterator[Server]:
    """A server with a var/ of its own. This process takes its secret, so that it reads our resume links."""
    folder = Path(tempfile.mkdtemp(prefix="audit-"))
    server = Server(folder)
    try:
        server.prepare()
        os.environ.update(DJANGO_SETTINGS_MODULE="config.settings", SECRET_KEY=server.secret, VAR_DIR=str(folder))
        import django

        django.setup()
        server.start()
        try:
            yield server
        finally:
            server.end()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


Part = Callable[[Server], list[Check]]


def ordered(only: str | None) -> list[Part]:
    """Speed stands last and alone: the others take the processor that it measures."""
    together = [part for part in PARTS if part != "speed" and only in (part, None)]
    alone: list[Part] = [lambda server: timed(speed, server)] if only in ("speed", None) else []

    def beside(server: Server) -> list[Check]:
        named: dict[str, Part] = {"linters": linters, "html": html, "weights": weights, "axe": axe}
        with ThreadPoolExecutor(2) as pool:
            return [check for found in pool.map(lambda part: timed(named[part], server), together) for check in found]

    return [beside, *alone] if together else list(alone)


def timed(part: Part, server: Server) -> list[Check]:
    """Do one part, and say how long it took."""
    started = time.monotonic()
    checks = part(server)
    print(f"{part.__name__}: {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)
    return checks


def chromium() -> str:
    named = os.environ.get("CHROMIUM")
    found = next(filter(None, map(shutil.which, [named] if named else BROWSERS)), None)
    if not found:
        raise SystemExit("No Chromium: install it, or name one in the variable CHROMIUM.")
    return found


def linters(_: Server) -> list[Check]:
    from tools.audit import linters

    return linters.checks()


def html(server: Server) -> list[Check]:
    from tools.audit import html, pages

    documents = pages.documents(server, ["light"])
    found = html.faults(documents)
    return [Check("Nu HTML checker", f"{len(documents)} pages and states", f"{len(found)} faults", "0", found)]


def weights(server: Server) -> list[Check]:
    from tools.audit import pages, weights

    return weights.first_views(chromium(), server.url, pages.kinds())


def axe(server: Server) -> list[Check]:
    """Look at every page in the light look, and at every combination of elements and classes in the others."""
    from tools.audit import axe, layout, pages
    from tools.audit.documents import LOOKS, covering

    rows = []
    for look in LOOKS:
        documents = pages.documents(server, [look])
        if look != "light":
            documents = covering(documents)
        found, misfits = axe.violations(chromium(), server.url, documents)
        over = f"{len(documents)} pages and states"
        rows.append(Check(f"axe, {look}", over, f"{len(found)} violations", "0", found))
        if look in layout.TYPE:
            widths = ", ".join(map(str, layout.WIDTHS))
            rows.append(Check(f"layout, {look}", f"{over} at {widths} px", f"{len(misfits)} faults", "0", misfits))
    return rows


def speed(server: Server) -> list[Check]:
    from tools.audit import pages, speed

    return speed.scores(chromium(), server.url, pages.kinds(), pages.indexable())


def write(text: str) -> None:
    """Puts the table where docs/audit.md has one."""
    before, _, rest = FIGURES.read_text(encoding="utf-8").partition("<!-- table -->\n")
    _, _, after = rest.partition("<!-- end -->\n")
    day = f"Measured on {dt.date.today()}.\n\n"
    FIGURES.write_text(f"{before}<!-- table -->\n{day}{text}\n<!-- end -->\n{after}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
