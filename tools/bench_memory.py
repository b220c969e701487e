"""Measure the memory of a worker that has stored every public page in every look: python -m tools.bench_memory.

Accept-Encoding differs with every request, as an attacker would send it. Exit code 1 above the limit.
"""

import re
import sys
import tempfile
from itertools import count, product
from pathlib import Path

from tools.bench import Asked, Workers, served
from tools.scratch import SECRET, set_up

#: Megabytes of the largest worker.
MOST = 110
#: Connections on which each page is asked for, so that both workers get all of them.
ROUNDS = 5


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="bench-memory-") as name:
        folder = Path(name)
        set_up(folder)
        from core.management.commands.refresh_pages import LOOKS, public_paths
        from tests.serving import Server

        paths, numbers = public_paths(), count()
        with served(Server(folder, SECRET_KEY=SECRET)) as site:
            print("| memory of a worker, PSS | MB | limit |\n|---|---|---|")
            print(f"| after the start | {pss(site):.0f} | |", flush=True)
            for path, look, _ in product(paths, LOOKS, range(ROUNDS)):
                encodings = f"gzip;q=0.{next(numbers)}, br;q=0.{next(numbers)}, {'x' * 500}"
                with site.connect() as line:
                    Asked(path, (("look", str(look)),), headers={"Accept-Encoding": encodings}).send(line)
            largest = pss(site)
            print(f"| with {len(paths)} pages in {len(LOOKS)} looks | {largest:.0f} | {MOST} or less |")
    return int(largest > MOST)


def pss(site: Workers) -> float:
    """Return the proportional set size of the largest worker, in megabytes."""
    found = [re.search(r"Pss:\s+(\d+)", (child / "smaps_rollup").read_text()) for child in site.children()]
    return max(int(each[1]) for each in found if each) / 1000


if __name__ == "__main__":
    sys.exit(main())
