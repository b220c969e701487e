"""A real server for the faults that a test client cannot see."""

import http.client
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.serving import PATIENCE, Server

HOST = "example.org"


@dataclass(frozen=True)
class Reply:
    status: int
    headers: http.client.HTTPMessage
    body: str

    @property
    def header_bytes(self) -> int:
        return sum(len(f"{name}: {value}\r\n".encode()) for name, value in self.headers.items())

    @property
    def deleted(self) -> list[str]:
        """The names of the cookies that the answer deletes."""
        lines = self.headers.get_all("Set-Cookie", [])
        return [line.partition("=")[0] for line in lines if "max-age=0" in line.lower()]


class HttpsServer(Server):
    """The site as it stands behind a proxy: names have the prefix that https gives them."""

    def ask(self, method: str, address: str, body: str | bytes | None = None, **headers: str) -> Reply:
        """Send one request. Underscores in the names of headers stand for dashes."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        own = {"Host": HOST, "X-Forwarded-Proto": "https", "Sec-Fetch-Site": "same-origin"}
        connection.request(method, address, body, own | {name.replace("_", "-"): headers[name] for name in headers})
        came = connection.getresponse()
        reply = Reply(came.status, came.headers, came.read().decode(errors="replace"))
        connection.close()
        return reply


@pytest.fixture(scope="session")
def https(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HttpsServer]:
    server = HttpsServer(tmp_path_factory.mktemp("https"), SITE_URL=f"https://{HOST}", TRUST_PROXY="1")
    server.prepare()
    server.start()
    yield server
    server.end()
