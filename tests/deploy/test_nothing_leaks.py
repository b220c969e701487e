"""A reader's words in every field, cookie, query, header and path: then nowhere in logs, mails and rows."""

import asyncio
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing

import psycopg
import pytest

from tests.deploy.conftest import HOST, Nginx, Reader, ToNginx
from tests.pages import PAGE
from tests.serving import PATIENCE, Server, wait_until

#: Letters, and digits of a telephone number: a report's sentence may keep words, so it gets the number alone.
CANARY, NUMBER = "canarybird", "13912345678"


class Postbox:
    """Takes mail on a port, as an SMTP server does, and keeps what came."""

    def __init__(self) -> None:
        self.came: list[bytes] = []
        self.ready = threading.Event()
        threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True).start()
        assert self.ready.wait(timeout=PATIENCE)

    async def _serve(self) -> None:
        server = await asyncio.start_server(self._take, "127.0.0.1", 0)
        self.port = int(server.sockets[0].getsockname()[1])
        self.ready.set()
        await server.serve_forever()

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 box\r\n")
        while line := await reader.readline():
            verb = line[:4].upper()
            if verb == b"DATA":
                writer.write(b"354 go on\r\n")
                self.came.append(await reader.readuntil(b"\r\n.\r\n"))
            writer.write(b"221 bye\r\n" if verb == b"QUIT" else b"250 ok\r\n")
            if verb == b"QUIT":
                break
        writer.close()


@pytest.fixture
def postbox() -> Postbox:
    return Postbox()


@pytest.fixture
def site(postbox: Postbox, nginx_program: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One copy that mails its errors."""
    mail = {"ERRORS_TO": "operator@example.org", "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(postbox.port)}
    settings = {"SITE_URL": f"https://{HOST}", "TRUST_PROXY": "1", "JSON_LOGS": "1", "OPERATOR": "Li Na"}
    server = Server(tmp_path_factory.mktemp("var"), **mail, **settings)
    server.prepare()
    server.start()
    yield server
    server.end()


@pytest.fixture
def front(site: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nginx]:
    running = Nginx(tmp_path_factory.mktemp("nginx"), site.var / "static", [site.port])
    running.start()
    yield running
    running.end()


def rows(server: Server) -> str:
    """Every column of every table, as text."""
    url = server.environment.get("DATABASE_URL")
    if url:
        with psycopg.connect(url) as connection:
            names = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
            return repr([connection.execute(f'SELECT * FROM "{name}"').fetchall() for (name,) in names])
    with closing(sqlite3.connect(server.var / "db.sqlite3")) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return repr([connection.execute(f'SELECT * FROM "{name}"').fetchall() for (name,) in names])


def goes_everywhere(reader: Reader) -> None:
    headers = {"User-Agent": CANARY, "Referer": f"https://{HOST}/{CANARY}/", "X-Forwarded-For": CANARY}
    for address in (
        f"/{CANARY}/",
        f"/guide/{CANARY}/",
        f"/search/?q={CANARY}",
        f"/?{CANARY}",
        f"/quizzes/habits/{CANARY}/",
        f"/checklist/resume/{CANARY}/",
        "/checklist/plan/",
    ):
        assert reader.get(address, **headers).status < 500
        assert (
            reader.get(address, Cookie=f"__Host-q.habits={CANARY}; __Host-exposures={CANARY}", **headers).status < 500
        )
    for address, data in {
        "/quizzes/habits/situation/": {"option": CANARY},
        "/checklist/exposures/": {"given": CANARY},
        "/checklist/steps/evidence/": {"state": "day", "on": CANARY},
        "/look/": {"size": CANARY, "next": f"/{CANARY}"},
        f"{PAGE}report/": {"rating": "useful", "sentence": NUMBER},
        "/erase/": {"x": CANARY},
        f"/{CANARY}/": {CANARY: CANARY},
    }.items():
        assert reader.post(address, **data).status < 500


def test_keeps_no_word_of_a_reader(site: Server, front: Nginx, postbox: Postbox) -> None:
    reader = Reader(lambda: ToNginx(front.port, front.trusted), f"https://{HOST}")
    goes_everywhere(reader)
    assert reader.get("/privacy/").status == 200
    front.logged(" /privacy ")  # the last line: all others stand before it
    kept = rows(site)
    assert "useful" in kept, "the report is there"
    logs = [front.log, front.folder / "error.log", front.folder / "start.log", site.log]
    for words in (CANARY, NUMBER):
        assert words not in kept
        assert not [file.name for file in logs if words in file.read_text(errors="replace")]


def test_mails_a_fault_of_ours_without_the_reader(site: Server, front: Nginx, postbox: Postbox) -> None:
    if "DATABASE_URL" in site.environment:
        pytest.skip("here the database is taken away by renaming its file")
    database = site.var / "db.sqlite3"
    for name in ("db.sqlite3", "db.sqlite3-wal", "db.sqlite3-shm"):
        (site.var / name).unlink(missing_ok=True)
    database.mkdir()
    reader = Reader(lambda: ToNginx(front.port, front.trusted), f"https://{HOST}")
    reader.cookies["__Host-sessionid"] = CANARY
    answer = reader.get(f"/admin/?q={CANARY}", **{"User-Agent": CANARY})
    assert answer.status == 500
    number = answer.text.partition("编号 ")[2][:8]
    wait_until(lambda: postbox.came, "no mail came")  # it is sent beside the request
    [mail] = postbox.came
    assert b"500 GET admin/" in mail
    assert number.encode() in mail
    assert number in site.log.read_text()
    logged = front.logged(number)
    for words in (mail.decode(errors="replace"), site.log.read_text(), logged):
        assert CANARY not in words
