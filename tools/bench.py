"""Measure what docs/bench.md claims, as ratios within one run. Print a table; exit with 1 if a limit is exceeded.

A page is compared with a bare Django view of the same bytes on the same kind of server, by the CPU time that the
workers spend on a request, whatever else the machine does. Both take turns, and the cheapest turn counts.
"""

import http.client
import os
import random
import re
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from itertools import count, product
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from tools.scratch import ROOT, SECRET, set_up

if TYPE_CHECKING:  # tests.serving imports pytest: not in the bare server
    from tests.serving import Server

PAGE = "/guide/risks/"
#: The speed of a stored page beside a bare view, by encoding: what is sent uncompressed is decompressed first.
LEAST = {"identity": 0.75, "gzip": 0.9, "br": 0.9}
#: Requests of one turn; turns.
BATCH, TURNS = 100, 15
#: Connections on which each page is asked for, so that both workers store all of them.
CONNECTIONS = 5
#: Requests in each of three tries while a database fails; pages to search.
FAILING = 60
PAGES = 400
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Asked:
    """One request: a POST if there is a form."""

    path: str
    cookies: Pairs = ()
    form: Pairs | None = None
    headers: dict[str, str] = field(default_factory=dict)

    def send(self, line: http.client.HTTPConnection) -> http.client.HTTPResponse:
        """Return the answer, which is read."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies)
        headers = {"Sec-Fetch-Site": "same-origin", "Accept-Encoding": "identity", "Cookie": cookies, **self.headers}
        if self.form is None:
            line.request("GET", self.path, headers=headers)
        else:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            line.request("POST", self.path, urlencode(self.form), headers)
        answer = line.getresponse()
        answer.body = answer.read()  # type: ignore[attr-defined]
        assert answer.status < 400, f"{self.path} answered {answer.status}"
        return answer


@dataclass(frozen=True)
class Workers:
    """A server that runs, and what its processes spend."""

    port: int
    pid: int

    def connect(self) -> closing[http.client.HTTPConnection]:
        return closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=20))

    def children(self) -> list[Path]:
        return [Path("/proc", pid) for pid in Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()]

    def cpu(self) -> float:
        """Return the seconds of CPU that all threads of the server and its workers have spent."""
        tasks = [task for each in (Path(f"/proc/{self.pid}"), *self.children()) for task in (each / "task").iterdir()]
        return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9

    def cost(self, line: http.client.HTTPConnection, asked: Asked, count: int) -> float:
        """Return the seconds of CPU for one of `count` requests."""
        before = self.cpu()
        for _ in range(count):
            asked.send(line)
        return (self.cpu() - before) / count

    def memory(self) -> float:
        """Return the proportional set size of the largest worker, in megabytes."""
        found = [re.search(r"Pss:\s+(\d+)", (child / "smaps_rollup").read_text()) for child in self.children()]
        return max(int(each[1]) for each in found if each) / 1000


#: A server, a connection to it, and what it is asked.
Side = tuple[Workers, http.client.HTTPConnection, Asked]


@dataclass
class Table:
    """Print rows; remember whether a limit is exceeded."""

    exceeded: bool = False

    def add(self, what: str, figure: float, least: float = 0, most: float = 1e9, note: str = "") -> None:
        over = not least <= figure <= most
        self.exceeded |= over
        limit = f"{least:g} or more" if least else f"{most:g} or less" if most < 1e9 else ""
        print(f"| {what} | {figure:.2f}{' !' if over else ''}{note} | {limit} |", flush=True)


def main() -> int:
    table = Table()
    print("| what | measured | limit |\n|---|---|---|")
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        set_up(folder)
        from tests.serving import Server

        with served(Server(folder, SECRET_KEY=SECRET)) as site:
            started = site.cpu()
            bodies = folder / "bare"
            bodies.mkdir()
            with site.connect() as line:
                for encoding in LEAST:
                    answer: Any = Asked(PAGE, headers={"Accept-Encoding": encoding}).send(line)
                    (bodies / encoding).write_bytes(answer.body)
            with served(bare_server(bodies)) as bare:
                table.add("CPU time of a start beside the bare site", started / bare.cpu(), most=10)
                compare_pages(table, site, bare)
            store_every_page(table, site)
            fail_databases(table, folder, site)
        search_many_pages(table)
    return int(table.exceeded)


# Pages


def compare_pages(table: Table, site: Workers, bare: Workers) -> None:
    def compare(asked: Asked, other: str) -> tuple[float, float]:
        """Return the speed beside the bare view, and the milliseconds of CPU."""
        with site.connect() as ours, bare.connect() as theirs:
            own, least = cheapest(lambda _: [(site, ours, asked), (bare, theirs, Asked(f"/{other}"))])
        return least / own, own * 1000

    for encoding, least in LEAST.items():
        speed, _ = compare(Asked(PAGE, headers={"Accept-Encoding": encoding}), encoding)
        table.add(f"guide page, {encoding}: speed beside a bare view", speed, least=least)
    with site.connect() as line:
        etag = Asked(PAGE).send(line).headers["ETag"]
    speed, _ = compare(Asked(PAGE, headers={"If-None-Match": etag}), "identity")
    table.add("the same, not modified (304)", speed, least=0.9)
    plan = (("exposures", "oq.code-given.bank-card.phone-number"),)
    posts = {
        "tick": Asked("/checklist/steps/evidence/", plan, (("state", "done"),)),
        "quiz answer": Asked("/quizzes/habits/codes/", (("q.habits", "situation.in-group"),), (("option", "refused"),)),
    }
    for name, asked in posts.items():
        speed, spent = compare(asked, "healthz")
        table.add(f"{name}: speed beside a bare view", speed, least=0.4, note=f" ({spent:.2f} ms)")


def cheapest(sides: Callable[[int], list[Side]]) -> list[float]:
    """Return the seconds of CPU for one request to each of the sides that take part in a turn.

    The cheapest turn counts, because noise only adds.
    """
    turns = [[server.cost(line, asked, BATCH) for server, line, asked in sides(turn)] for turn in range(TURNS)]
    return [min(costs) for costs in zip(*turns, strict=True)]


def bare_application() -> Any:
    """Return Django without middleware, with a view that answers with the file that the path names."""
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application
    from django.http import HttpRequest, HttpResponse
    from django.urls import path

    bodies = {file.name: file.read_bytes() for file in Path(os.environ["BENCH_FOLDER"]).iterdir()}

    def answer(_: HttpRequest, name: str) -> HttpResponse:
        return HttpResponse(bodies[name])

    settings.configure(ALLOWED_HOSTS=["*"], ROOT_URLCONF=(path("<name>", answer),), SECRET_KEY=SECRET, MIDDLEWARE=[])
    return get_wsgi_application()


@contextmanager
def served(server: "Server") -> Iterator[Workers]:
    server.start()
    try:
        yield Workers(server.port, server.process.pid)
    finally:
        server.end()


def bare_server(folder: Path) -> "Server":
    """Return a server of the bare view that is configured like tools/serve.py."""
    from tests.serving import Server

    (folder / "healthz").write_bytes(b"ok")
    server = Server(folder, BENCH_FOLDER=str(folder))
    options = f"--port {server.port} --workers 2 --blocking-threads 2 --log-level warning"
    application = "--interface wsgi --factory tools.bench:bare_application"
    server.command = f"-m granian {application} {options}".split()
    return server


# Memory


def store_every_page(table: Table, site: Workers) -> None:
    """Ask for every public page in every look. Accept-Encoding differs each time, as an attacker would send it."""
    from core.management.commands.refresh_pages import LOOKS
    from core.sitemaps import public_paths

    paths, numbers = public_paths(), count()
    for path, look, _ in product(paths, LOOKS, range(CONNECTIONS)):
        encodings = f"gzip;q=0.{next(numbers)}, br;q=0.{next(numbers)}, {'x' * 500}"
        with site.connect() as line:
            Asked(path, (("look", str(look)),), headers={"Accept-Encoding": encodings}).send(line)
    what = f"memory of a worker with {len(paths)} pages in {len(LOOKS)} looks, PSS in MB"
    table.add(what, site.memory(), most=110)


# Failing databases


def fail_databases(table: Table, folder: Path, well: Workers) -> None:
    """Compare latencies with those of the site that is well, request by request."""
    from tests.deploy.failing import Unprepared, running, silent
    from tests.serving import free_port

    asked = [Asked(PAGE), Asked("/checklist/plan/", (("exposures", "or.code-given"),)), Asked("/quizzes/habits/")]
    asked.append(Asked("/checklist/steps/evidence/", asked[1].cookies, (("state", "done"),)))
    asked.append(Asked("/quizzes/habits/codes/", (("q.habits", "situation.in-group"),), (("option", "refused"),)))
    with silent() as port:
        for name, refused in {"stopped": free_port(), "silent": port}.items():
            with running(Unprepared(folder / name, DATABASE_URL=f"postgres://x@127.0.0.1:{refused}/x")) as server:
                failing = Workers(server.port, server.process.pid)
                with failing.connect() as theirs, well.connect() as ours:
                    slowest = max(min(late(each, theirs, ours) for _ in range(3)) for each in asked)
            table.add(f"database {name}: latency beside a site that is well, worst request", slowest, most=1.5)


def late(asked: Asked, *lines: http.client.HTTPConnection) -> float:
    """Return the mean latency on the first line beside that on the second. One long wait is enough to raise it."""
    taken = [0.0] * len(lines)
    for number in range(FAILING * len(lines)):
        begun = time.perf_counter()
        asked.send(lines[number % len(lines)])
        taken[number % len(lines)] += time.perf_counter() - begun
    return taken[0] / taken[1]


# Search


def search_many_pages(table: Table) -> None:
    """Search the real pages dealt out anew, six times as many, for each told query and its beginnings."""
    import quizzes.library
    from core.search.query import search
    from tools.fuzz.sent import Sent
    from tools.fuzz.site import site

    library = quizzes.library.current()
    real, dealer, pages = list(library.guide.pages.values()), random.Random(1), {}  # noqa: S311 (no secret)
    for number in range(PAGES):
        head, *others = [real[number % len(real)], *dealer.sample(real, 2)]
        blocks = [block for page in (head, *others) for block in page.blocks]
        id = f"{head.id}-{number}"
        procedures = {id: each for page in (head, *others) for id, each in page.procedures.items()}
        channels = {id: each for page in (head, *others) for id, each in page.channels.items()}
        dealt = tuple(dealer.sample(blocks, len(head.blocks) or 1))
        pages[id] = replace(head, id=id, blocks=dealt, procedures=procedures, channels=channels)
    large = replace(library, guide=replace(library.guide, pages=pages))
    told = tomllib.loads((ROOT / "tests" / "content" / "searches.toml").read_text(encoding="utf-8"))["search"]
    queries = sorted({str(each["query"])[:end] for each in told for end in (2, -1, None)})
    with site() as asked, quizzes.library.current.using(large):
        search(large.index, queries[0])
        spent = []
        for query in queries:
            begun = time.thread_time()
            search(large.index, query)
            spent.append(time.thread_time() - begun)
        whole = [asked.answer(Sent(path=b"/search/", query=(("q", query.encode()),))).cpu for query in queries]
        for what, times, most in (("function", spent, 40), ("whole answer", whole, 200)):
            worst = sorted(times)[len(times) * 99 // 100]
            note = f" ({worst * 1000:.1f} ms)"
            table.add(
                f"search of {PAGES} pages, {what}: 99th percentile in bare requests",
                worst / asked.bare,
                most=most,
                note=note,
            )


if __name__ == "__main__":
    sys.exit(main())
