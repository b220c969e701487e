"""Look at every page and state of a server of its own, and print one table.

python -m tools.audit              the table, and what is wrong; exit code 1 below a limit
python -m tools.audit --write      the table into docs/audit.md, too
python -m tools.audit --only axe   one part: linters, html, weights, axe or speed
"""

import argparse
import datetime as dt
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.deploy.failing import running
from tests.serving import ROOT, Server
from tools.audit.findings import faults, table

FIGURES = ROOT / "docs" / "audit.md"


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="make audit")
    parser.add_argument("--write", action="store_true", help="write the table into docs/audit.md")
    parser.add_argument("--only", choices=("linters", "html", "weights", "axe", "speed"), help="one part only")
    options = parser.parse_args(argv)
    started = time.monotonic()
    with serving() as server:
        from tools.audit import parts  # its visits need Django

        checks = parts.run(server.url, options.only)
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
    """Yield a server with a var/ of its own, and set up Django in this process with the same secret and database."""
    with tempfile.TemporaryDirectory(prefix="audit-") as folder, running(Server(Path(folder))) as server:
        os.environ.update(DJANGO_SETTINGS_MODULE="config.settings", SECRET_KEY=server.secret, VAR_DIR=folder)
        # Playwright leaves an event loop in the thread, where Django would refuse its database.
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
        import django
        from django.test.utils import setup_test_environment

        django.setup()
        setup_test_environment()  # takes requests of the test client
        yield server


def write(text: str) -> None:
    """Replace the table of docs/audit.md."""
    before, _, rest = FIGURES.read_text(encoding="utf-8").partition("<!-- table -->\n")
    _, _, after = rest.partition("<!-- end -->\n")
    day = f"Measured on {dt.date.today()}.\n\n"
    FIGURES.write_text(f"{before}<!-- table -->\n{day}{text}\n<!-- end -->\n{after}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
