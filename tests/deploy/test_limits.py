"""What nginx refuses: too much from one network, and the admin from elsewhere. What it writes down of all that."""

import re
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.deploy.conftest import EXAMPLE, HOST, Nginx, ToNginx
from tests.pages import PAGE
from tests.serving import PATIENCE

#: Two addresses of one network, and one of another.
NETWORKS = {
    "IPv4": ("203.0.113.7", "203.0.113.7", "203.0.113.8"),
    "IPv6": ("2001:db8:1:a0a::1", "2001:db8:1:a0a:ffff::2", "2001:db8:1:a0b::1"),
}


@pytest.fixture
def front(nginx_program: None, tmp_path: Path) -> Iterator[Nginx]:
    """Nginx before a copy that is stopped: what it lets through answers 503."""
    (tmp_path / "static").mkdir()
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = int(held.getsockname()[1])
    running = Nginx(tmp_path, tmp_path / "static", [port])
    running.start()
    yield running
    running.end()


def asks(front: Nginx, address: str, method: str, *paths: str) -> list[int]:
    """Return the status that a client at this address gets for each path."""
    connection, found = ToNginx(front.port, front.trusted), []
    for path in paths:
        connection.request(method, path, headers={"X-Test-Address": address, "Host": HOST})
        answer = connection.getresponse()
        answer.read()
        found.append(answer.status)
    connection.close()
    return found


@pytest.mark.parametrize("network", NETWORKS)
@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", "/", 601),
        ("POST", "/look/", 301),
        ("POST", f"{PAGE}report/", 11),
        ("POST", "/guide/procedures/x/report/", 11),
        ("POST", "/admin/login/", 6),
    ],
)
def test_limits_a_network_and_no_other(front: Nginx, network: str, method: str, path: str, allowed: int) -> None:
    first, second, other = NETWORKS[network]
    let_in = {403, 503}
    assert set(asks(front, first, method, *[path] * allowed)) <= let_in
    assert 429 in asks(front, second, method, *[path] * (allowed // 2 + 2))
    assert set(asks(front, other, method, *[path] * 3)) <= let_in
    if method == "POST":  # who has sent too many forms still reads
        assert asks(front, first, "GET", PAGE) == [503]


def test_limits_requests_under_way(front: Nginx) -> None:
    # No body follows; not a POST, of which there may be fewer.
    unfinished = f"PUT / HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 9\r\nX-Test-Address: 203.0.113.7\r\n\r\n"
    with ExitStack() as held:
        for _ in range(200):
            raw = held.enter_context(socket.create_connection(("127.0.0.1", front.port), timeout=PATIENCE))
            each = held.enter_context(front.trusted.wrap_socket(raw, server_hostname=HOST))
            each.sendall(unfinished.encode())
        assert asks(front, "203.0.113.7", "GET", PAGE) == [429]
        assert asks(front, "203.0.113.8", "GET", PAGE) == [503]


def test_its_page_for_too_many_says_what_to_do(front: Nginx) -> None:
    asks(front, "203.0.113.7", "POST", *["/admin/login/"] * 9)
    connection = ToNginx(front.port, front.trusted)
    connection.request("POST", "/admin/login/", headers={"X-Test-Address": "203.0.113.7"})
    answer = connection.getresponse()
    assert answer.status == 429
    assert answer.headers["Retry-After"] == "60"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert 'href="tel:110"' in answer.read().decode()


def test_lets_named_addresses_alone_into_the_admin(front: Nginx) -> None:
    assert asks(front, "203.0.113.7", "GET", "/admin/", "/admin/login/") == [403, 403]
    assert asks(front, "127.0.0.1", "GET", "/admin/") == [503]
    staff = front.folder / "anxin-staff.conf"
    staff.write_text(staff.read_text().replace("deny all;", "allow 203.0.113.7;\ndeny all;"))
    front.end()
    front.start()
    assert asks(front, "203.0.113.7", "GET", "/admin/") == [503]


def test_lets_a_client_certificate_into_the_admin(front: Nginx) -> None:
    """As the comment in anxin-staff.conf says."""
    staff, site = front.folder / "anxin-staff.conf", front.folder / "site.conf"
    trusted, optional, refuse = re.findall(r"(ssl_\w+ \S+;|if \(.+)", (EXAMPLE / "anxin-staff.conf").read_text())
    staff.write_text(refuse)
    trusted = trusted.replace("/etc/nginx/anxin-staff-ca.pem", str(front.folder / "fullchain.pem"))
    site.write_text(site.read_text().replace("server_tokens off;", f"server_tokens off; {trusted} {optional}"))
    front.end()
    front.start()
    assert asks(front, "127.0.0.1", "GET", "/admin/", PAGE) == [403, 503]
    staffs = ssl.create_default_context(cafile=str(front.folder / "fullchain.pem"))
    staffs.load_cert_chain(front.folder / "fullchain.pem", front.folder / "privkey.pem")
    connection = ToNginx(front.port, staffs)
    connection.request("GET", "/admin/")
    assert connection.getresponse().status == 503


def test_no_log_names_an_address(front: Nginx) -> None:
    """Not even where nginx itself fails: a file that can't be opened, and a handshake that is none."""
    (front.folder / "static" / "loop").symlink_to("loop")
    assert asks(front, "203.0.113.7", "GET", "/static/loop", PAGE, "/%") == [503, 503, 400]
    with socket.create_connection(("127.0.0.1", front.port), timeout=PATIENCE) as raw:
        raw.sendall(b"\x16\x03\x01\x00\x05nothing")
        while raw.recv(1000):  # an alert, then the end
            pass
    front.logged(" /guide/ ")
    front.end()
    logs = {path.name: path.read_text() for path in front.folder.glob("*.log")}
    front.start()
    assert len(logs) == 3
    written = "\n".join(logs.values())
    assert "203.0.113.7" not in written
    assert "client" not in written


def test_nginx_has_nothing_to_say_about_the_files(front: Nginx) -> None:
    done = subprocess.run([*front.command, "-t", "-q"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
