"""Measure how fast nginx serves a stored page beside the same bytes as a plain file: python -m tools.bench_nginx.

nginx runs docs/deploy/nginx.conf. Both are asked over one TLS connection each, in turns, and the cheapest turn counts:
the CPU time that nginx spends on a request decides how many it can serve in a second. Exit code 1 below the limit.
"""

import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tools.bench import LEAST, PAGE, Asked, Side, Table, Workers, cheapest, served
from tools.scratch import SECRET, set_up

if TYPE_CHECKING:
    from tests.deploy.conftest import Nginx

#: The speed beside a file.
LEAST_SPEED = 0.65


def main() -> int:
    table = Table()
    print("| page through nginx | speed beside a file | limit |\n|---|---|---|")
    with tempfile.TemporaryDirectory(prefix="bench-nginx-") as name:
        folder = Path(name)
        set_up(folder)
        from tests.deploy.conftest import HOST, Nginx
        from tests.serving import Server

        folder.chmod(0o755)
        front_folder, files = folder / "nginx", folder / "files"
        front_folder.mkdir()
        files.mkdir()
        with served(Server(folder, SECRET_KEY=SECRET, SITE_URL=f"https://{HOST}", TRUST_PROXY="1")) as site:
            front = Nginx(front_folder, files, [site.port])
            front.start()
            try:
                for number, encoding in enumerate(LEAST):
                    own, other = measure(front, files, number, encoding)
                    table.add(encoding, other / own, least=LEAST_SPEED, note=f" ({own * 1e6:.0f} µs)")
            finally:
                front.end()
    return int(table.exceeded)


def measure(front: "Nginx", files: Path, number: int, encoding: str) -> list[float]:
    """Return the seconds of CPU that nginx spends on the page and on the file."""
    from tests.deploy.conftest import HOST, ToNginx

    nginx = Workers(front.port, front.process.pid)
    headers = {"Host": HOST, "Accept-Encoding": encoding}
    with closing(ToNginx(front.port, front.trusted)) as ours, closing(ToNginx(front.port, front.trusted)) as theirs:
        answer: Any = Asked(PAGE, headers=headers).send(ours)
        (files / encoding).write_bytes(answer.body)

        def sides(turn: int) -> list[Side]:
            # Each turn comes from an address of its own: one that asks this fast would be slowed.
            client = headers | {"X-Test-Address": f"10.0.{number}.{turn}"}
            file = Asked(f"/static/{encoding}", headers=client)
            return [(nginx, ours, Asked(PAGE, headers=client)), (nginx, theirs, file)]

        return cheapest(sides)


if __name__ == "__main__":
    sys.exit(main())
