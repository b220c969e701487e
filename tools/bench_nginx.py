"""Measure how fast nginx serves a stored page beside the same bytes as a plain file: python -m tools.bench_nginx.

nginx runs docs/deploy/nginx.conf. Both are asked over one TLS connection each, in turns, and the cheapest turn counts:
the CPU time that nginx spends on a request decides how many it can serve in a second. Exit code 1 below the limit.
"""

import sys
import tempfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tools.bench import PAGE, Asked, Workers
from tools.scratch import SECRET, set_up

if TYPE_CHECKING:
    from tests.deploy.conftest import Nginx

LEAST = 0.65
#: Requests of one turn; turns.
BATCH, TURNS = 250, 20


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="bench-nginx-") as name:
        folder = Path(name)
        set_up(folder)
        from tests.deploy.conftest import HOST, Nginx
        from tests.serving import Server

        folder.chmod(0o755)
        front_folder, files = folder / "nginx", folder / "files"
        front_folder.mkdir()
        files.mkdir()
        server = Server(folder, SECRET_KEY=SECRET, SITE_URL=f"https://{HOST}", TRUST_PROXY="1")
        front = Nginx(front_folder, files, [server.port])
        server.start()
        try:
            front.start()
            try:
                return compare(front, files, Workers(front.port, front.process.pid))
            finally:
                front.end()
        finally:
            server.end()


def compare(front: "Nginx", files: Path, nginx: Workers) -> int:
    """Print a table with a row for each encoding."""
    from tests.deploy.conftest import HOST, ToNginx

    lowest = 1.0
    print("| page through nginx | speed beside a file | µs | limit |\n|---|---|---|---|")
    for number, encoding in enumerate(("identity", "gzip", "br")):
        asked = [
            Asked(path, headers={"Host": HOST, "Accept-Encoding": encoding}) for path in (PAGE, f"/static/{encoding}")
        ]
        with closing(ToNginx(front.port, front.trusted)) as ours, closing(ToNginx(front.port, front.trusted)) as theirs:
            page: Any = asked[0].send(ours)
            (files / encoding).write_bytes(page.body)
            turns = []
            for turn in range(TURNS):
                # Each turn comes from an address of its own: one that asks this fast would be slowed.
                client = {"X-Test-Address": f"10.0.{number}.{turn}"}
                sides = zip((ours, theirs), asked, strict=True)
                turns.append(
                    [nginx.cost(line, replace(each, headers=each.headers | client), BATCH) for line, each in sides]
                )
        own, other = (min(costs) for costs in zip(*turns, strict=True))
        lowest = min(lowest, other / own)
        print(f"| {encoding} | {other / own:.2f} | {own * 1e6:.0f} | {LEAST} or more |", flush=True)
    return int(lowest < LEAST)


if __name__ == "__main__":
    sys.exit(main())
