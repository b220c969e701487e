"""How fast search is over 400 pages and what the floors above offer, and what its index weighs. Prints one table.

.venv/bin/python -m tools.bench

The pages are generated: the real ones, their parts dealt out anew. So words are
as frequent as in the guide, and each is found in six times as many places. The
queries are those of tests/content/searches.toml, and what one types on the way to them.
"""

import gc
import os
import random
import sys
import time
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import quizzes.library
from core.search.index import search
from guide.pages import Page

PAGES, ROUNDS = 400, 10
SEARCHES = Path(__file__).resolve().parent.parent / "tests" / "content" / "searches.toml"
#: What holds: milliseconds at the 99th percentile, megabytes of a whole worker.
FUNCTION, ANSWER, WORKER = 2.0, 25.0, 110.0


def main() -> int:
    """Exit code 1 where one figure is over its limit."""
    real = quizzes.library.current()
    generated = {page.id: page for page in pages(list(real.ground.pages.values()))}
    large = replace(real, ground=replace(real.ground, pages=generated))
    gc.collect()
    before = resident()
    started = time.perf_counter()
    index = large.index
    built = time.perf_counter() - started
    gc.collect()
    grown = resident() - before
    typed = queries()
    in_function, of_processor = times(lambda query: search(index, query), typed)
    with quizzes.library.current.using(large):
        in_answer, _ = times(asker(), typed)
    postings = sum(len(numbers) for numbers, _ in index.postings.values())
    rows = [
        ("pages, addresses, passages", f"{len(generated)}, {len(index.starts) - 1}, {len(index.passages)}", ""),
        ("tokens, postings", f"{len(index.postings)}, {postings}", ""),
        ("queries", f"{len(typed)}, {ROUNDS} times", ""),
        ("index built in", f"{built * 1000:.0f} ms", ""),
        ("index, resident", f"{grown:.1f} MB", ""),
        ("this process, resident", f"{resident():.0f} MB", f"{WORKER:.0f} MB"),
        ("function, median", f"{at(in_function, 50):.2f} ms", ""),
        ("function, 99th percentile", f"{at(in_function, 99):.2f} ms", ""),
        ("function, 99th percentile of processor time", f"{at(of_processor, 99):.2f} ms", f"{FUNCTION:.0f} ms"),
        ("whole answer, median", f"{at(in_answer, 50):.2f} ms", ""),
        ("whole answer, 99th percentile", f"{at(in_answer, 99):.2f} ms", f"{ANSWER:.0f} ms"),
    ]
    print("| search | measured | limit |\n|---|---|---|")
    print("\n".join(f"| {' | '.join(row)} |" for row in rows))
    return 1 if at(of_processor, 99) > FUNCTION or at(in_answer, 99) > ANSWER or resident() > WORKER else 0


def pages(real: Sequence[Page]) -> list[Page]:
    """PAGES pages, each with the head of a real one and the parts of others; the same every time."""
    dealer = random.Random(1)  # noqa: S311 (no secret)
    made = []
    for number in range(PAGES):
        head, *others = [real[number % len(real)], *dealer.sample(real, 2)]
        blocks = [block for page in (head, *others) for block in page.blocks]
        dealt = tuple(dealer.sample(blocks, min(len(blocks), max(1, len(head.blocks)))))
        procedures = {id: each for page in (head, *others) for id, each in page.procedures.items()}
        channels = {id: each for page in (head, *others) for id, each in page.channels.items()}
        id = f"{head.id}-{number}"
        made.append(replace(head, id=id, blocks=dealt, procedures=procedures, channels=channels))
    return made


def queries() -> list[str]:
    """Each search, and its beginnings: half of it, and all but the last character."""
    whole = [str(entry["query"]) for entry in tomllib.loads(SEARCHES.read_text(encoding="utf-8"))["search"]]
    return sorted({query[:length] for query in whole for length in (len(query) // 2, len(query) - 1, len(query))})


def asker() -> Callable[[str], object]:
    """Asks the whole site for one search, as a browser would."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.test import Client

    client = Client(SERVER_NAME=settings.ALLOWED_HOSTS[0])

    def ask(query: str) -> object:
        response = client.get("/search/", {"q": query})
        if response.status_code != 200:
            raise SystemExit(f"/search/?q={query} answered {response.status_code}")
        return response

    return ask


def times(ask: Callable[[str], object], typed: Sequence[str]) -> tuple[list[float], list[float]]:
    """Milliseconds of each call by the clock and of the processor, after one round that is not counted.

    The clock counts what the neighbours on this machine do in a call of one millisecond; the processor does not.
    """
    for query in typed:
        ask(query)
    taken, worked = [], []
    for _ in range(ROUNDS):
        for query in typed:
            started, busy = time.perf_counter(), time.thread_time()
            ask(query)
            worked.append((time.thread_time() - busy) * 1000)
            taken.append((time.perf_counter() - started) * 1000)
    return sorted(taken), sorted(worked)


def at(taken: Sequence[float], percent: int) -> float:
    return taken[min(len(taken) - 1, len(taken) * percent // 100)]


def resident() -> float:
    """Megabytes of this process in memory."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    sys.exit(main())
