"""The database is gone, silent, locked, read-only or full: readers get every page, quiz, plan and emergency step."""

import http.client
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.deploy.conftest import Reader, answers_the_quiz
from tests.deploy.failing import Unprepared, fill_the_disk, running, silent, turn_read_only
from tests.pages import PAGE
from tests.serving import Server, free_port

PLAN = "/checklist/plan/"
POSTGRESQL = os.environ.get("DATABASE_URL", "")
#: No page may wait longer than this for a database, in seconds: a busy machine needs some of it.
WITHIN = 60
only_on_postgresql = pytest.mark.skipif(not POSTGRESQL, reason="tools/postgres.sh gives a PostgreSQL")


@pytest.fixture
def serves(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Server]]:
    """Starts a site with these settings, whose database may be missing."""
    running: list[Server] = []

    def start(**environment: str) -> Server:
        server = Server(tmp_path_factory.mktemp("var"), **environment)
        running.append(server)
        server.prepare()
        server.start()
        return server

    yield start
    for server in running:
        server.end()


def comes(server: Server) -> Reader:
    return Reader(lambda: http.client.HTTPConnection("127.0.0.1", server.port, timeout=WITHIN), server.url)


def goes_on(reader: Reader) -> None:
    """Everything that a reader does needs no database."""
    for address in ("/", PAGE, "/checklist/emergency/code-given/", "/quizzes/habits/", "/search/?q=验证码"):
        assert reader.get(address.replace("验证码", "%E9%AA%8C%E8%AF%81%E7%A0%81")).status == 200, address
    answers_the_quiz(reader)
    assert reader.get("/quizzes/habits/result/").status == 200
    assert reader.post(PLAN, given=["code-given", "bank-card"]).status == 302
    assert reader.post("/checklist/steps/evidence/", state="done").status == 302
    assert "做完1步" in reader.get(PLAN).text
    assert reader.post("/erase/").status == 200


def says_what_fails(reader: Reader) -> None:
    """What needs the database says so: the report comes back with its sentence, /readyz is red, /healthz is not."""
    report = reader.post(f"{PAGE}report/", rating="useful", sentence="写好的一句话")
    assert report.status == 503
    assert "写好的一句话" in report.text
    assert reader.get("/readyz").status == 503
    assert reader.get("/healthz").status == 200


# From the start


def test_helps_readers_when_the_database_is_stopped(tmp_path: Path) -> None:
    with running(Unprepared(tmp_path, DATABASE_URL=f"postgres://anxin@127.0.0.1:{free_port()}/anxin")) as server:
        goes_on(comes(server))
        says_what_fails(comes(server))


def test_helps_readers_when_the_database_accepts_and_never_answers(tmp_path: Path) -> None:
    with (
        silent() as port,
        running(Unprepared(tmp_path, DATABASE_URL=f"postgres://anxin@127.0.0.1:{port}/anxin")) as server,
    ):
        goes_on(comes(server))
        says_what_fails(comes(server))


def test_helps_readers_when_there_is_no_database_at_all(tmp_path: Path) -> None:
    with running(Unprepared(tmp_path, DATABASE_URL="")) as server:
        goes_on(comes(server))
        assert comes(server).post(f"{PAGE}report/", rating="useful", sentence="一句话").status == 503


# In the middle of a journey


def test_helps_readers_when_the_database_is_locked_meanwhile(serves: Callable[..., Server]) -> None:
    server = serves(DATABASE_URL="")
    reader = comes(server)
    assert reader.post("/quizzes/habits/situation/", option="in-group").status == 302
    with closing(sqlite3.connect(server.var / "db.sqlite3", isolation_level=None)) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        goes_on(reader)
        assert comes(server).post(f"{PAGE}report/", rating="useful", sentence="一句话").status == 503
        holder.execute("ROLLBACK")
    assert comes(server).post(f"{PAGE}report/", rating="useful", sentence="一句话").status == 302


def test_helps_readers_when_the_disk_is_full_meanwhile(serves: Callable[..., Server]) -> None:
    server = serves(DATABASE_URL="")
    reader = comes(server)
    assert reader.post("/quizzes/habits/situation/", option="in-group").status == 302
    fill_the_disk(server)
    goes_on(reader)
    assert comes(server).post(f"{PAGE}report/", rating="useful", sentence="一句话").status == 503


@only_on_postgresql
def test_helps_readers_when_the_database_turns_read_only(serves: Callable[..., Server]) -> None:
    server = serves()
    turn_read_only(server, POSTGRESQL)
    goes_on(comes(server))
    assert comes(server).post(f"{PAGE}report/", rating="useful", sentence="一句话").status == 503
    assert comes(server).get("/readyz").status == 200, "it can be read, and staff can sign in to see why"
