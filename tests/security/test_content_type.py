"""Whatever a request says of its body: no 500, no word of it in the log, and the page and headers of every error."""

from collections.abc import Iterable
from typing import Any

import pytest

from core.http.errors import SERVER_ERROR
from core.http.wsgi import form_type, guarded, normalize_content_type
from tests.security.conftest import HttpsServer, Reply

pytestmark = [pytest.mark.database, pytest.mark.slow]
CANARY = "canary4711"
URLENCODED, MULTIPART = "application/x-www-form-urlencoded", 'multipart/form-data; boundary="b"'
ODD = [
    "",
    *(f"{kind}; charset={odd}" for kind in (URLENCODED, MULTIPART) for odd in ("zlib", "hex", "utf-16", CANARY)),
    f"{URLENCODED}; charset*=zlib''utf-8",
    "multipart/form-data; boundary*=zlib''b",
    f"multipart/form-data; boundary*={CANARY}''b",
    f"{URLENCODED}; charset=utf-8; charset=zlib",
    f"{URLENCODED}; charset=\xe9",
    f"{URLENCODED}; {CANARY}",
    f"{URLENCODED}; boundary=b",
    "multipart/form-data",
    "multipart/form-data; boundary=a; boundary=b",
    "application/json",
    f"text/plain; charset={CANARY}",
    CANARY,
    ";" * 5000,
    "multipart/form-data; boundary=" + "a" * 5000,
]  # fmt: skip
#: What a part of a multipart form says of itself: Django decodes names by the charset that they bring.
ODD_PARTS = [
    "Content-Disposition: form-data; name*=zlib''size",
    f"Content-Disposition: form-data; name*={CANARY}''size",
    "Content-Disposition: form-data; name=\"size\"; filename*=hex''a\r\nContent-Type: text/plain; charset=zlib",
    'Content-Disposition: form-data; name="size"\r\nContent-Type: text/plain; charset=zlib',
    'Content-Disposition: form-data; name="size"\r\nContent-Transfer-Encoding: base64',
]
GOOD = [
    URLENCODED,
    f"{URLENCODED};charset=UTF-8",
    f'{URLENCODED.upper()} ; charset="utf-8"',
    f"{URLENCODED}; charset=utf8;",
    "multipart/form-data; boundary=b",
    MULTIPART,
    "multipart/form-data; charset=utf-8; boundary=b",
]


def send(server: HttpsServer, method: str, kind: str, body: str = "size=large") -> Reply:
    if kind.lower().startswith("multipart") and body == "size=large":
        body = '--b\r\nContent-Disposition: form-data; name="size"\r\n\r\nlarge\r\n--b--\r\n'
    return server.ask(method, "/look/" if method == "POST" else "/checklist/plan/", body, Content_Type=kind)


@pytest.mark.parametrize("kind", ODD, ids=lambda kind: kind[:60])
def test_an_odd_type_gets_the_page_of_a_bad_request(https: HttpsServer, kind: str) -> None:
    reply = send(https, "POST", kind)
    assert reply.status == 400
    assert "这个请求没看懂" in reply.body
    assert "/checklist/emergency/" in reply.body
    assert reply.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert not reply.headers.get_all("Set-Cookie")


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_plays_no_part_where_a_page_is_asked_for(https: HttpsServer, method: str) -> None:
    assert {kind: status for kind in ODD if (status := send(https, method, kind).status) != 200} == {}


@pytest.mark.parametrize("part", ODD_PARTS)
def test_an_odd_part_is_no_fault_of_ours(https: HttpsServer, part: str) -> None:
    reply = send(https, "POST", MULTIPART, f"--b\r\n{part}\r\n\r\nlarge\r\n--b--\r\n")
    assert reply.status in (302, 400)


@pytest.mark.parametrize("kind", GOOD)
def test_the_two_types_of_a_form_are_read_in_utf_8(https: HttpsServer, kind: str) -> None:
    reply = send(https, "POST", kind)
    assert reply.status == 302
    assert "look=large" in reply.headers["Set-Cookie"]


def test_a_post_without_a_body_needs_no_type(https: HttpsServer) -> None:
    assert https.ask("POST", "/quizzes/habits/again/").status == 302


def test_no_word_of_a_type_is_logged_and_no_exception_escapes(https: HttpsServer) -> None:
    for kind in ODD:
        send(https, "POST", kind)
    log = https.log.read_text(errors="replace")
    assert CANARY not in log
    assert "Traceback" not in log
    assert not https.trouble()


# The guard itself


def fails(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    raise RuntimeError(CANARY)


def test_the_guard_answers_what_escapes_with_the_static_page(caplog: pytest.LogCaptureFixture) -> None:
    told: list[Any] = []

    def start(*said: Any) -> Any:
        told.extend(said)

    body = b"".join(guarded(fails)({"REQUEST_METHOD": "GET"}, start))
    status, headers = told
    assert status.startswith("500 ")
    assert "".join(sorted(body.decode())) != "".join(sorted(SERVER_ERROR)), "it has a number of its own"
    assert "我们这边出了错" in body.decode()
    assert dict(headers)["Content-Security-Policy"].startswith("default-src 'none'")
    assert dict(headers)["X-Frame-Options"] == "DENY"
    assert dict(headers)["Cache-Control"] == "private, no-store"
    [record] = caplog.records
    assert record.getMessage().rpartition(" ")[2] in body.decode()


@pytest.mark.parametrize("kind", GOOD)
def test_writes_a_type_in_one_spelling(kind: str) -> None:
    assert form_type(kind) in (URLENCODED, MULTIPART)


def test_drops_a_type_where_no_body_is_read() -> None:
    environ = {"REQUEST_METHOD": "GET", "CONTENT_TYPE": "text/plain; charset=zlib"}
    normalize_content_type(environ)
    assert environ == {"REQUEST_METHOD": "GET"}
