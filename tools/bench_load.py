"""How fast the site answers beside a bare Django view of the same bytes on the same server. Prints one table.

.venv/bin/python -m tools.bench_load

Needs wrk and nginx (on Debian: apt-get install wrk nginx-light). A speed is a
ratio of requests a second: the two sides take turns in one run, since a machine
has good and bad minutes, and the median of the turns is what counts.
"""

import contextlib
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PARTS = ("config", "guide", "checklist", "quizzes", "templates", "static", "tools", "manage.py", "pyproject.toml")
PAGE = "/guide/risks/"
TURNS, SECONDS, CONNECTIONS, MANY = 5, 3, 16, 64
MANY_PAGES = 400
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
PLAN = "exposures=oq.code-given.bank-card.phone-number"
#: What wrk is told to post: address, body, cookies.
POSTS = {
    "tick": ("/checklist/steps/evidence/", "state=done", PLAN),
    "quiz answer": ("/quizzes/habits/codes/", "option=refused", "q.habits=situation.in-group"),
}
Row = tuple[str, str, str]


@dataclass(frozen=True)
class Load:
    """What wrk reports of one turn: requests a second, and two latencies in seconds."""

    each_second: float
    median: float
    tail: float


@dataclass(frozen=True)
class Site:
    """A server that runs; `started` is the seconds from its start to its first answer."""

    url: str
    pid: int
    started: float


def main() -> int:
    """Exit code 1 where a figure is beyond its limit."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with served(folder / "site") as site:
            rows = [
                *beside_a_bare_view(site, folder),
                conditional(site),
                *(posted(site, what, folder) for what in POSTS),
                tail(site),
                ceiling(site, folder),
                limit("memory of a worker after all this", worker(site), "MB", 110, "{:.0f}"),
                limit("start to the first answer", site.started, "s", 2, "{:.2f}"),
            ]
        rows += grown(folder)
    print("| load | measured | limit |\n|---|---|---|")
    print("\n".join(f"| {' | '.join(row[:3])} |" for row in rows))
    return 1 if any(row[1].endswith("!") for row in rows) else 0


def limit(what: str, figure: float, unit: str, most: float, form: str) -> Row:
    broken = " !" if figure > most else ""
    return (what, f"{form.format(figure)} {unit}{broken}", f"{most:g} {unit} or less")


def at_least(what: str, figure: float, least: float) -> Row:
    return (what, f"{figure:.2f}{' !' if figure < least else ''}", f"{least:g} or more")


# What is measured


def beside_a_bare_view(site: Site, folder: Path) -> list[Row]:
    rows = []
    for encoding in ("identity", "gzip", "br"):
        headers = {"Accept-Encoding": encoding}
        body = folder / f"body.{encoding}"
        body.write_bytes(fetched(site.url + PAGE, headers))
        with bare(body, "" if encoding == "identity" else encoding) as other:
            found = by_turns(partial(wrk, site.url + PAGE, headers), partial(wrk, other.url + "/", {}))
        rows.append(at_least(f"guide page beside a bare view of the same bytes, {encoding}", found, 0.9))
    return rows


def conditional(site: Site) -> Row:
    with urllib.request.urlopen(site.url + PAGE) as response:  # noqa: S310 (our own address)
        etag = response.headers["ETag"]
    found = by_turns(
        partial(wrk, site.url + PAGE, {"If-None-Match": etag, "Accept-Encoding": "identity"}),
        partial(wrk, site.url + PAGE, {"Accept-Encoding": "identity"}),
    )
    return at_least("the same page where the browser has it (304) beside 200", found, 1.0)


def posted(site: Site, what: str, folder: Path) -> Row:
    address, form, cookies = POSTS[what]
    script = folder / "post.lua"
    script.write_text(f'wrk.method = "POST"\nwrk.body = "{form}"\n')
    small = folder / "small"
    small.write_bytes(b"ok")
    with bare(small, "") as other:
        found = by_turns(
            partial(wrk, site.url + address, FORM | {"Cookie": cookies}, script=script),
            partial(wrk, other.url + "/", {}),
        )
    return at_least(f"{what} (a form, answered by a redirect) beside a bare view", found, 0.35)


def tail(site: Site) -> Row:
    turns = [wrk(site.url + PAGE, {"Accept-Encoding": "br"}, MANY) for _ in range(TURNS)]
    found = statistics.median(turn.tail / turn.median for turn in turns)
    return limit(f"99th percentile at {MANY} connections, in medians", found, "", 3, "{:.1f}")


def ceiling(site: Site, folder: Path) -> Row:
    """A file of the same bytes from nginx: what this machine can do at all."""
    with nginx(folder) as url:
        found = by_turns(
            partial(wrk, site.url + PAGE, {"Accept-Encoding": "identity"}), partial(wrk, url + "/page", {})
        )
    return ("guide page beside nginx with a file of the same bytes", f"{found:.2f}", "")


def worker(site: Site) -> float:
    """Megabytes of the largest worker."""
    children = Path(f"/proc/{site.pid}/task/{site.pid}/children").read_text().split()
    found = [re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text()) for pid in children]
    return max(int(each[1]) for each in found if each) / 1000


def grown(folder: Path) -> list[Row]:
    """The same site with many pages: how long it takes to start, and how long a page takes."""
    many = copied(folder / "tree", MANY_PAGES)
    with served(folder / "few") as small, served(folder / "many", many) as large:
        slower = 1 / by_turns(partial(wrk, large.url + PAGE, {}), partial(wrk, small.url + PAGE, {}))
    return [
        limit(f"start to the first answer with {MANY_PAGES} pages", large.started, "s", 4, "{:.2f}"),
        limit(f"a page's time with {MANY_PAGES} pages beside that with the real ones", slower, "", 1.1, "{:.2f}"),
    ]


def copied(to: Path, count: int) -> Path:
    """A copy of the site with so many pages: the real ones, and over again under other names."""
    to.mkdir()
    for part in PARTS:
        copy: Callable[..., object] = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
        copy(ROOT / part, to / part)
    pages = sorted((to / "guide" / "content").rglob("pages/*/*.md"))
    for number in range(count - len(pages)):
        page = pages[number % len(pages)]
        text = page.read_text(encoding="utf-8")
        text = re.sub(r"(?m)^aliases = .*\n", "", text, count=1)
        page.with_name(f"{page.stem}-{number}.md").write_text(text, encoding="utf-8")
    return to


# Servers


@contextlib.contextmanager
def served(var: Path, root: Path = ROOT) -> Iterator[Site]:
    """The site as `make run` serves it, from the tree at `root`."""
    var.mkdir()
    (var / "secret").write_text("for the bench alone " * 4)
    port = free_port()
    ours = {"VAR_DIR": str(var), "PORT": str(port), "DJANGO_SETTINGS_MODULE": "config.settings"}
    for command in ("migrate", "collectstatic"):
        arguments = [sys.executable, "manage.py", command, "--no-input", "--verbosity", "0", "--skip-checks"]
        subprocess.run(arguments, cwd=root, env=os.environ | ours, check=True)
    with running([sys.executable, "-m", "tools.serve"], port, root, ours) as site:
        yield site


@contextlib.contextmanager
def bare(body: Path, encoding: str) -> Iterator[Site]:
    port = free_port()
    granian = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--log-level", "warning"]
    command = [*granian, "--workers", "2", "--blocking-threads", "2", "tools.bench_bare:application"]
    with running(command, port, ROOT, {"BENCH_BODY": str(body), "BENCH_ENCODING": encoding}) as site:
        yield site


@contextlib.contextmanager
def running(command: list[str], port: int, root: Path, environment: dict[str, str]) -> Iterator[Site]:
    before = time.perf_counter()
    process = subprocess.Popen(command, cwd=root, env=os.environ | environment, stdout=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        while not answers(url):
            if process.poll() is not None or time.perf_counter() - before > 60:
                sys.exit(f"{command} did not start")
            time.sleep(0.02)
        yield Site(url, process.pid, time.perf_counter() - before)
    finally:
        process.terminate()
        process.wait()


@contextlib.contextmanager
def nginx(folder: Path) -> Iterator[str]:
    port = free_port()
    shutil.copy(folder / "body.identity", folder / "page")
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"daemon off; {user} worker_processes 2; pid {folder}/nginx.pid; error_log /dev/null;\n"
        f"events {{}} http {{ access_log off; server {{ listen 127.0.0.1:{port}; root {folder}; }} }}\n"
    )
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin") or sys.exit("nginx is missing")
    process = subprocess.Popen([program, "-c", str(folder / "nginx.conf")], stderr=subprocess.DEVNULL)
    try:
        while not answers(f"http://127.0.0.1:{port}"):
            time.sleep(0.02)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def answers(url: str) -> bool:
    try:
        urllib.request.urlopen(url + "/", timeout=5).close()  # noqa: S310 (our own address)
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def fetched(url: str, headers: dict[str, str]) -> bytes:
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers)) as response:  # noqa: S310
        return bytes(response.read())


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as held:
        return int(held.getsockname()[1])


# Turns


def by_turns(ours: Callable[[], Load], theirs: Callable[[], Load]) -> float:
    """Requests a second of `ours` beside `theirs`: the median of the turns, after one that warms both up."""
    ours(), theirs()
    return statistics.median(ours().each_second / theirs().each_second for _ in range(TURNS))


def wrk(url: str, headers: dict[str, str], connections: int = CONNECTIONS, script: Path | None = None) -> Load:
    program = shutil.which("wrk") or sys.exit("wrk is missing (on Debian: apt-get install wrk)")
    command = [program, "-t1", f"-c{connections}", f"-d{SECONDS}s", "--latency"]
    for name, value in headers.items():
        command += ["-H", f"{name}: {value}"]
    command += ["-s", str(script)] if script else []
    said = subprocess.run([*command, url], capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in said:
        sys.exit(f"{url} answered with an error:\n{said}")
    rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
    assert rate
    return Load(float(rate[1]), latency(said, 50), latency(said, 99))


def latency(said: str, percent: int) -> float:
    found = re.search(rf"{percent}%\s+([\d.]+)(us|ms|s)", said)
    assert found
    return float(found[1]) * {"us": 1e-6, "ms": 1e-3, "s": 1.0}[found[2]]


if __name__ == "__main__":
    sys.exit(main())
