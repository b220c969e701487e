"""Databases that fail, and sites that start all the same: for tests, and for tools/bench.py."""

import resource
import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg

from tests.serving import Server


@contextmanager
def silent() -> Iterator[int]:
    """A port that accepts, and never answers."""
    with closing(socket.create_server(("127.0.0.1", 0))) as door:
        accepted: list[socket.socket] = []

        def accept() -> None:
            try:
                while True:
                    accepted.append(door.accept()[0])
            except OSError:
                return

        threading.Thread(target=accept, daemon=True).start()
        yield int(door.getsockname()[1])
        for each in accepted:
            each.close()


class Unprepared(Server):
    """A site that starts while its database does not answer: nothing could be migrated. It takes words of readers."""

    def __init__(self, var: Path, **environment: str) -> None:
        super().__init__(var, OPERATOR="Li Na", **environment)

    def make_database(self) -> None:
        pass


@contextmanager
def running(server: Server) -> Iterator[Server]:
    """The site, with a folder of its own made where there is none; it ends with the block."""
    server.var.mkdir(exist_ok=True)
    server.prepare()
    server.start()
    try:
        yield server
    finally:
        server.end()


def fill_the_disk(server: Server) -> None:
    """No file of its workers may grow: what a full disk does."""
    children = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text().split()
    for pid in map(int, children):
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, 0))


def turn_read_only(server: Server, shared: str) -> None:
    """The server's PostgreSQL takes no more rows; `shared` is the address of a database beside it."""
    name = server.environment["DATABASE_URL"].rpartition("/")[2]
    with psycopg.connect(shared, autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
