"""Public pages that nginx stores: alive without the site, the same as the site's, corrected, and of one look."""

import http.client
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle, product
from pathlib import Path

import pytest

from core.management.commands.refresh_pages import ENCODINGS, LOOKS
from core.sitemaps import public_paths
from tests.deploy.conftest import HOST, Nginx, ToNginx
from tests.pages import PAGE
from tests.serving import PATIENCE, ROOT, Server

#: Headers of the connection or of the server program.
NOT_OF_THE_PAGE = ("connection", "date", "server")
Stored = tuple[int, dict[str, str], bytes]


@pytest.fixture(scope="module")
def site(nginx_program: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One copy, which these tests stop and start."""
    server = Server(tmp_path_factory.mktemp("var"), SITE_URL=f"https://{HOST}", TRUST_PROXY="1")
    server.prepare()
    server.start()
    yield server
    if server.process.poll() is None:
        server.end()


@pytest.fixture(scope="module")
def front(site: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nginx]:
    running = Nginx(tmp_path_factory.mktemp("nginx"), site.var / "static", [site.port])
    running.start()
    yield running
    running.end()


def refresh(site: Server, front: Nginx) -> str:
    """What the command says that an operator and `anxin-restart` run."""
    done = subprocess.run(
        [sys.executable, "manage.py", "refresh_pages", "--port", str(front.port)],
        cwd=ROOT,
        env=site.environment | {"SSL_CERT_FILE": str(front.folder / "fullchain.pem"), "SECRET_KEY": site.secret},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


class Asker:
    """Asks for pages over one connection."""

    def __init__(self, connection: http.client.HTTPConnection) -> None:
        self.connection = connection

    def get(self, path: str, look: str = "", encoding: str = "identity", method: str = "GET", **others: str) -> Stored:
        """The status, the headers that are the page's own, and the body."""
        headers = {"Host": HOST, "X-Forwarded-Proto": "https", "Accept-Encoding": encoding, **others}
        if look:
            headers["Cookie"] = f"__Host-look={look}"
        self.connection.request(method, path, headers=headers)
        answer = self.connection.getresponse()
        told = {name.lower(): value for name, value in answer.getheaders()}
        return answer.status, {name: told[name] for name in told if name not in NOT_OF_THE_PAGE}, answer.read()


def stored_files(front: Nginx) -> list[Path]:
    return [path for path in (front.folder / "pages").rglob("*") if path.is_file()]


def expire(front: Nginx) -> None:
    """Let the time pass for which stored pages are valid: the second word of a file's header says until when."""
    for path in stored_files(front):
        with path.open("r+b") as file:
            file.seek(8)
            file.write(struct.pack("=q", int(time.time()) - 3600))


def altered(body: bytes) -> bytes:
    return body.replace("安心退群".encode(), "另一个站".encode())


def alter(front: Nginx) -> None:
    """Put other words of the same length into what is stored, as if the site had since been corrected."""
    for path in stored_files(front):
        path.write_bytes(altered(path.read_bytes()))


def forget(front: Nginx) -> None:
    for path in stored_files(front):
        path.unlink()


@pytest.fixture
def nginx(front: Nginx) -> Asker:
    forget(front)
    return Asker(ToNginx(front.port, front.trusted))


@pytest.fixture
def app(site: Server) -> Asker:
    return Asker(http.client.HTTPConnection("127.0.0.1", site.port, timeout=PATIENCE))


@contextmanager
def stopped(site: Server) -> Iterator[None]:
    site.end()
    try:
        yield
    finally:
        site.start()


def test_every_public_page_answers_as_the_site_does_after_a_cold_start_without_it(
    site: Server, front: Nginx, nginx: Asker, app: Asker
) -> None:
    encodings = cycle(ENCODINGS)
    # Each page in each look, and the encodings in turn: of each page two looks have the same one.
    wanted = [(path, str(look), next(encodings)) for path, look in product(public_paths(), LOOKS)]
    told = {each: app.get(*each) for each in wanted}
    assert {status for status, _, _ in told.values()} == {200}
    # A page that has since been corrected, and the command that brings the correction.
    nginx.get(PAGE)
    alter(front)
    assert refresh(site, front) == f"{len(public_paths())} pages are stored in 6 looks.\n"
    with stopped(site):
        front.end()
        nginx.connection.close()
        expire(front)
        front.start()
        for number, each in enumerate(wanted):
            # Readers at many addresses: one alone would be slowed.
            assert nginx.get(*each, **{"X-Test-Address": f"10.0.{number // 200}.1"}) == told[each], each


def test_a_browser_that_has_the_page_gets_304_without_the_site(nginx: Asker, site: Server, front: Nginx) -> None:
    _, headers, _ = nginx.get(PAGE)
    expire(front)
    with stopped(site):
        status, again, body = nginx.get(PAGE, **{"If-None-Match": headers["etag"]})
        assert nginx.get(f"{PAGE}?from=chat")[0] == 200, "the query plays no part"
    assert (status, body) == (304, b"")
    assert again["etag"] == headers["etag"]
    assert again["cache-control"] == headers["cache-control"]


def test_a_correction_is_seen_after_five_minutes(front: Nginx, nginx: Asker) -> None:
    _, headers, right = nginx.get(PAGE)
    assert headers["cache-control"] == "public, max-age=0, s-maxage=300"
    alter(front)
    assert nginx.get(PAGE)[2] == altered(right)
    expire(front)
    assert nginx.get(PAGE)[2] == right


def test_a_cookie_that_is_unclear_stores_nothing(front: Nginx, nginx: Asker, app: Asker) -> None:
    unclear = ["__Host-look=large; __Host-look=dark", "__Host-lo\\ok=dark", '__Host-look="dark"', "__Host-look=dark.x"]
    for cookie in unclear:
        assert nginx.get(PAGE, Cookie=cookie) == app.get(PAGE, "dark"), cookie
    assert stored_files(front) == []
    # Other cookies play no part.
    assert nginx.get(PAGE, Cookie="a=b; __Host-look=dark; c=d") == app.get(PAGE, "dark")
    assert nginx.get(PAGE, Cookie="look=dark; a=b") == app.get(PAGE)


def test_no_accept_encoding_makes_a_fourth_variant(front: Nginx, nginx: Asker, app: Asker) -> None:
    accepted = ["", "*", "br;q=0", "BR", "gzip;q=0.0, br;q=0.1", "x-gzip", "identity;q=0", "br;q=0.000,gzip;q=1"]
    accepted += ["gzip, deflate, br, zstd", "deflate,gzip ; q=0.5", "brotli", *(f"x{number}" for number in range(20))]
    for header in accepted:
        assert nginx.get(PAGE, encoding=header) == app.get(PAGE, encoding=header), header
    assert len(stored_files(front)) == 3


def test_nothing_of_a_reader_is_stored(front: Nginx, nginx: Asker) -> None:
    for path in ("/checklist/plan/", "/quizzes/habits/situation/", "/search/?q=x", "/checklist/resume/x/", "/erase/"):
        nginx.get(path, Cookie="__Host-exposures=or.code-given; __Host-q.habits=situation.in-group")
    for path in ("/healthz", "/nowhere/", "/static/img/icon.0123456789ab.svg", "/guide"):
        nginx.get(path)
    assert stored_files(front) == []
    nginx.get(PAGE)
    [file] = stored_files(front)
    assert f"KEY: identity:default:{PAGE}\n".encode() in file.read_bytes()


def test_what_is_not_stored_says_whom_to_call(site: Server, nginx: Asker) -> None:
    asked = (("GET", "/checklist/plan/"), ("POST", "/checklist/exposures/"), ("GET", "/search/?q=x"))
    with stopped(site):
        answers = [nginx.get(path, method=method) for method, path in asked]
    for status, headers, body in answers:
        assert status == 503
        assert 'href="tel:110"' in body.decode()
        assert 'href="tel:96110"' in body.decode()
        assert headers["content-type"] == "text/html; charset=utf-8"
        assert headers["retry-after"] == "60"
        assert headers["cache-control"] == "private, no-store"
        assert headers["content-security-policy"].startswith("default-src 'none'")
        assert headers["strict-transport-security"] == "max-age=63072000"
