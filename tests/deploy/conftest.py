"""Two copies of the site behind a real nginx that runs docs/deploy/nginx.conf, and readers who come over TLS."""

import datetime as dt
import http.client
import os
import re
import shutil
import ssl
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

import quizzes.library
from tests.journeys.hands import RISKY
from tests.serving import PATIENCE, ROOT, Server, free_port, wait_until

EXAMPLE = ROOT / "docs" / "deploy"
HOST = "example.org"
#: A test may say in a header which address it comes from.
CLIENT = "set_real_ip_from 127.0.0.1; real_ip_header X-Test-Address;"
NO_NGINX = "NO NGINX: WHAT STANDS IN FRONT WAS NOT TRIED. INSTALL NGINX."
#: What a release runs from.
RELEASE = (
    "config",
    "core",
    "guide",
    "checklist",
    "quizzes",
    "templates",
    "static",
    "tools",
    "manage.py",
    "pyproject.toml",
)


def copy_release(to: Path) -> None:
    to.mkdir(exist_ok=True)
    for part in RELEASE:
        copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
        copy(ROOT / part, to / part)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.database)


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    text: str


class Reader:
    """A browser's manners without the browser: cookies, Host, and where a form comes from."""

    def __init__(self, connect: Callable[[], http.client.HTTPConnection], origin: str) -> None:
        self.connect, self.origin = connect, origin
        self.cookies: dict[str, str] = {}
        #: Headers of every request.
        self.headers: dict[str, str] = {}

    def get(self, address: str, **headers: str) -> Answer:
        return self.ask("GET", address, None, headers)

    def post(self, address: str, **data: str | list[str]) -> Answer:
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": self.origin}
        return self.ask("POST", address, urlencode(data, doseq=True), headers)

    def ask(self, method: str, address: str, body: str | None, headers: dict[str, str]) -> Answer:
        connection = self.connect()
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        own = {"Host": urlsplit(self.origin).netloc, "Sec-Fetch-Site": "same-origin", "Accept-Encoding": "identity"}
        connection.request(
            method, address, body, own | ({"Cookie": cookies} if cookies else {}) | self.headers | headers
        )
        came = connection.getresponse()
        answer = Answer(came.status, came.headers, came.read().decode(errors="replace"))
        connection.close()
        for line in answer.headers.get_all("Set-Cookie", []):
            for name, cookie in SimpleCookie(line).items():
                self.cookies[name] = cookie.value
                if cookie["max-age"] == "0":
                    del self.cookies[name]
        return answer


def answers_the_quiz(reader: Reader) -> None:
    """Go the whole way through `habits`, one answer a page."""
    questions = quizzes.library.current().quizzes["habits"].questions
    question = "situation"
    seen = {question}
    while question != "result":
        address = f"/quizzes/habits/{question}/"
        posted = reader.post(address, option=RISKY.get(question) or next(iter(questions[question].options)))
        assert posted.status == 302, (address, posted.status)
        shown = reader.get(posted.headers["Location"])
        assert shown.status == 200
        # An answer that matters shows what it means, with a link to what follows; any other leads there at once.
        onward = re.findall(r"/quizzes/habits/([a-z-]+)/", posted.headers["Location"])
        onward += re.findall(r'href="/quizzes/habits/([a-z-]+)/(?:\?kept)?" ?', shown.text)
        question = next(id for id in onward if id == "result" or (id in questions and id not in seen))
        seen.add(question)


class ToNginx(http.client.HTTPSConnection):
    """To this machine, under the site's own name."""

    def __init__(self, port: int, trusted: ssl.SSLContext) -> None:
        super().__init__("127.0.0.1", port, timeout=PATIENCE, context=trusted)
        self.trusted = trusted

    def connect(self) -> None:
        http.client.HTTPConnection.connect(self)
        self.sock = self.trusted.wrap_socket(self.sock, server_hostname=HOST)


class Nginx:
    """The example configuration, with ports, names of files and copies of this test."""

    def __init__(self, folder: Path, static: Path, ports: list[int]) -> None:
        self.folder, self.plain, self.port = folder, free_port(), free_port()
        self.log = folder / "access.log"
        certificate(folder)
        text = (EXAMPLE / "nginx.conf").read_text()
        copies = "\n".join(f"    server 127.0.0.1:{port} max_fails=2 fail_timeout=5s;" for port in ports)
        text, swapped = re.subn(r"(?: +server 127\.0\.0\.1:\d+ [^\n]+\n)+", copies + "\n", text)
        assert swapped == 1
        for old, new in {
            "listen 80;": f"listen 127.0.0.1:{self.plain};",
            "listen 443 ssl http2;": f"listen 127.0.0.1:{self.port} ssl http2;",
            "/etc/letsencrypt/live/example.org": str(folder),
            "/var/log/nginx/anxin.log": str(self.log),
            "/var/log/nginx/anxin-error.log": str(folder / "error.log"),
            "/srv/anxin/var/static/": f"{static}/",
            "/etc/nginx/": f"{folder}/",
            "/var/lib/nginx/anxin": f"{folder}/pages",
        }.items():
            assert old in text, old
            text = text.replace(old, new)
        text = re.sub(r" +listen \[::\][^\n]+\n", "", text)  # this machine may have no IPv6
        (folder / "site.conf").write_text(text)
        for included in ("anxin-page.conf", "anxin-proxy.conf", "anxin-staff.conf"):
            words = (EXAMPLE / included).read_text()
            (folder / included).write_text(words.replace("/srv/anxin/site/templates", f"{ROOT}/templates"))
        user = "user root;" if os.geteuid() == 0 else ""
        (folder / "nginx.conf").write_text(
            f"daemon off; {user} worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/start.log;\n"
            f"events {{ worker_connections 4096; }}\n"
            f"http {{ include /etc/nginx/mime.types; {temporary(folder)} {CLIENT} include {folder}/site.conf; }}\n"
        )

        program = shutil.which("nginx") or "/usr/sbin/nginx"
        self.command = [program, "-c", str(folder / "nginx.conf"), "-p", str(folder)]

    def start(self) -> None:
        self.process = subprocess.Popen(self.command, stderr=subprocess.DEVNULL)
        wait_until(
            lambda: (self.folder / "nginx.pid").exists() or self.process.poll() is not None, "nginx did not start"
        )
        assert self.process.poll() is None, f"nginx did not start:\n{(self.folder / 'start.log').read_text()}"

    def end(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=PATIENCE)

    def logged(self, words: str) -> str:
        """The access log with these words in it: a line is written after the answer that it is about."""
        wait_until(lambda: words in self.log.read_text(errors="replace"), f"nginx never logged {words!r}: {self.log}")
        return self.log.read_text(errors="replace")

    @property
    def trusted(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.folder / "fullchain.pem"))


def temporary(folder: Path) -> str:
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    return " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)


def certificate(folder: Path) -> None:
    """A certificate for HOST that signs itself, under the names that certbot gives."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = dt.datetime.now(dt.UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "fullchain.pem").write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    (folder / "privkey.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )


@pytest.fixture(scope="session")
def nginx_program() -> None:
    """Without nginx these tests are skipped, loudly; with CI=true they fail."""
    if shutil.which("nginx") or Path("/usr/sbin/nginx").exists():
        return
    if os.environ.get("CI", "").lower() in ("1", "true"):
        pytest.fail(NO_NGINX, pytrace=False)
    pytest.skip(NO_NGINX)


@pytest.fixture(scope="package")
def copies(nginx_program: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Server]]:
    """Two copies that share a secret and nothing else."""
    settings = {"SITE_URL": f"https://{HOST}", "TRUST_PROXY": "1"}
    first = Server(tmp_path_factory.mktemp("one"), **settings)
    second = Server(tmp_path_factory.mktemp("two"), **settings)
    second.secret = first.secret
    for copy in (first, second):
        copy.prepare()
        copy.start()
    yield [first, second]
    for copy in (first, second):
        if copy.process.poll() is None:
            copy.end()


@pytest.fixture(scope="package")
def nginx(copies: list[Server], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nginx]:
    running = Nginx(tmp_path_factory.mktemp("nginx"), copies[0].var / "static", [copy.port for copy in copies])
    running.start()
    yield running
    running.end()


@pytest.fixture
def comes(nginx: Nginx) -> Callable[[], Reader]:
    """A reader who was never here."""
    return lambda: Reader(lambda: ToNginx(nginx.port, nginx.trusted), f"https://{HOST}")
