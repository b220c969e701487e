"""The site in a process of its own, served as `make run` serves it, on a port and with a var/ of its own."""

import contextlib
import itertools
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from tests import static

ROOT = static.ROOT
#: What a server that is well never prints.
TROUBLE = re.compile(r"^(?:Traceback|ERROR|CRITICAL|\[ERROR\]|\[CRITICAL\])|\b5\d\d (?:GET|HEAD|POST) |panicked")
#: What would change how the server runs: tests start from its defaults.
OURS = ("SECRET_KEY", "SITE_URL", "HOST", "PORT", "DEBUG", "TRUST_PROXY", "VAR_DIR")
#: How long a test waits for what comes sooner or later, in seconds: longer than a busy machine needs.
PATIENCE = 180
#: Ports of each process of pytest-xdist; two runs on one machine rarely begin at the same one.
PORTS_EACH = 500
_first = 20_000 + int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % 20 * PORTS_EACH
_ports = itertools.cycle(_first + (os.getpid() + n) % PORTS_EACH for n in range(PORTS_EACH))


class Server:
    """The site, served as `make run` serves it, on a port and with a var/ of its own."""

    def __init__(self, var: Path, **environment: str) -> None:
        """`environment` comes on top of the defaults."""
        self.var, self.root = var, ROOT
        self.log = var / "server.log"
        self.secret = secrets.token_urlsafe(48)
        self.port = free_port()
        self.command = ["-m", "tools.serve"]
        self.url = f"http://127.0.0.1:{self.port}"
        kept = {name: value for name, value in os.environ.items() if name not in OURS and "GRANIAN" not in name}
        self.environment = kept | {
            "VAR_DIR": str(var),
            "PORT": str(self.port),
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "PYTHONUNBUFFERED": "1",
            "MALLOC_ARENA_MAX": "2",
            "MALLOC_TRIM_THRESHOLD_": "131072",
            **environment,
        }

    def prepare(self) -> None:
        """Make the database and the static files."""
        (self.var / "secret").write_text(self.secret)
        self.make_database()
        if self.root == ROOT:
            static.collect()
            (self.var / "static").symlink_to(static.var() / "static")
        else:
            self.collect()

    def make_database(self) -> None:
        if self.root == ROOT and not self.environment.get("DATABASE_URL"):
            (self.var / "db.sqlite3").write_bytes(migrated_database())
        else:
            self._take_a_database()
            self.migrate()

    def migrate(self) -> None:
        self._manage("migrate", "--skip-checks", "--no-input", "--verbosity", "0")

    def collect(self) -> None:
        """Collect the static files of its own tree, as tools/static.sh does."""
        # No test opens the admin there, and compressing its files takes three times as long as ours.
        self._manage("collectstatic", "--skip-checks", "--no-input", "--verbosity", "0", "--ignore", "admin")

    def _take_a_database(self) -> None:
        """On PostgreSQL, a database of its own: SQLite's file is in `var` and nobody else's anyway."""
        shared = self.environment.get("DATABASE_URL")
        if shared:
            name = f"journeys_{self.port}"
            with psycopg.connect(shared, autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {name}")
            self.environment["DATABASE_URL"] = urlsplit(shared)._replace(path=f"/{name}").geturl()

    def _manage(self, *command: str) -> None:
        done = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=self.root,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr

    def start(self) -> None:
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, *self.command],
                cwd=self.root,
                env=self.environment,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        for _ in range(PATIENCE * 10):
            try:
                self.process.wait(timeout=0.1)
            except subprocess.TimeoutExpired:
                if self.answers():
                    return
            else:
                break
        self.end()
        pytest.fail(f"the server did not start:\n{self.log.read_text()}")

    def answers(self) -> bool:
        try:
            return bool(self.get("/healthz"))
        except OSError:
            return False

    def wait_until_it_answers(self) -> None:
        """Wait until the server answers; there may be nobody yet who listens."""
        wait_until(self.answers, f"the server does not answer: {self.log}")

    def said(self, words: str) -> None:
        """Wait until the server printed these words."""
        wait_until(
            lambda: words in self.log.read_text(errors="replace"), f"the server never said {words!r}: {self.log}"
        )

    def get(self, address: str) -> str:
        """The body of a page, also of an error's, without a browser."""
        try:
            with urllib.request.urlopen(self.url + address, timeout=PATIENCE) as response:
                return str(response.read().decode())
        except urllib.error.HTTPError as error:
            return error.read().decode()

    def end(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def kill(self) -> None:
        """What an out-of-memory killer does: the server and its workers, at once and without a word."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        for pid in (self.process.pid, *map(int, children)):
            os.kill(pid, signal.SIGKILL)
        self.process.wait()

    def trouble(self) -> str:
        """The output from the first line on that speaks of an error; empty when there is none."""
        lines = self.log.read_text(errors="replace").splitlines()
        first = next((number for number, line in enumerate(lines) if TROUBLE.search(line)), None)
        return "" if first is None else "\n".join(lines[first:])


def wait_until(true: Callable[[], object], complaint: str) -> None:
    """Wait for a condition, and fail with the complaint if it never comes to be so."""
    for _ in range(PATIENCE * 20):
        if true():
            return
        time.sleep(0.05)
    pytest.fail(complaint)


@cache
def migrated_database() -> bytes:
    """Return the SQLite database of a new site: migrating takes as long as starting the server."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder), DATABASE_URL="")
        (server.var / "secret").write_text(server.secret)
        server.migrate()
        return (server.var / "db.sqlite3").read_bytes()


def free_port() -> int:
    """Return a port that nothing else on the machine takes while a test has its server down.

    Below the range of Linux's ephemeral ports, so no outgoing connection gets it; each process of
    pytest-xdist has a range of its own, because granian shares a port with another granian.
    """
    for _ in range(PORTS_EACH):
        port = next(_ports)
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
    raise RuntimeError("no free port")
