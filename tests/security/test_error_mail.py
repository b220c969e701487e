"""Error mails: few, outside of the request, safe in their headers, and without the words of an exception."""

import logging
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.test import override_settings

from core.error_mail import REST, MailHandler, MailQueue, queue
from core.logging import FramesOnly, NoReader
from tests.deploy.failing import Unprepared, running
from tests.serving import PATIENCE

CANARY = "canary-7f3a"


@pytest.fixture(autouse=True)
def operator() -> Iterator[None]:
    with override_settings(ADMINS=[("errors", "errors@site.example")]):
        yield


def put(mails: MailQueue, *routes: str) -> None:
    for route in routes:
        mails.put(route, f"ERROR {route}", "frames")
    assert mails.flush()


def subjects() -> list[str]:
    return [message.subject.removeprefix("[Django] ") for message in mail.outbox]


def test_one_mail_a_minute_of_each_route() -> None:
    put(MailQueue(), *["a/"] * 100, *["b/"] * 100)
    assert sorted(subject.partition(" (")[0] for subject in subjects()) == ["ERROR a/", "ERROR b/"]


def test_the_next_mail_counts_the_suppressed_ones() -> None:
    mails = MailQueue(every=0.3)
    put(mails, "a/")
    put(mails, *["a/"] * 200)
    assert subjects() == ["ERROR a/"], "the minute is not over"
    for _ in range(100):
        if len(mail.outbox) > 1:
            break
        time.sleep(0.05)
    assert subjects() == ["ERROR a/", "ERROR a/ (+199 more)"]


def test_many_routes_share_one_mail() -> None:
    mails = MailQueue(every=1000, most=3)
    put(mails, "a/", "b/", "c/")
    put(mails, *(f"{name}/" for name in "abcdefghij"))
    waiting = {route: one.suppressed for route, one in mails.waiting.items()}
    assert len(subjects()) <= 5
    assert len(waiting) <= 4
    assert waiting.get(REST, 0) + len(subjects()) >= 3


def test_a_mail_server_that_hangs_holds_no_caller() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        smtp = {
            "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": silent.getsockname()[1],
            "EMAIL_TIMEOUT": 60,
        }
        with override_settings(**smtp):
            mails, before = MailQueue(), time.monotonic()
            for count in range(200):
                mails.put(f"{count}/", "ERROR", "frames")
            assert time.monotonic() - before < 30
            assert not mails.flush(patience=0.1)
            mails.waiting.clear()  # its thread would send them during the next tests


def test_a_mail_that_fails_does_not_end_the_thread() -> None:
    mails = MailQueue(every=0)
    with override_settings(ADMINS=["no pair"]):
        put(mails, "a/")
    put(mails, "b/")
    assert subjects() == ["ERROR b/"]


def test_a_newline_in_a_message_raises_nothing_and_is_mailed(mailoutbox: list[EmailMessage]) -> None:
    before = [handler for handler in logging.getLogger("django").handlers if isinstance(handler, MailHandler)]
    assert before
    logging.getLogger("django").error("first line\nBcc: %s\r\nlast", "x\ny")
    assert queue.flush()
    [message] = mailoutbox
    assert "first line\\nBcc: x\\ny\\r\\nlast" in message.subject
    assert message.message()


# Records outside of a request


def written(record: logging.LogRecord) -> str:
    assert NoReader().filter(record)
    return FramesOnly("{levelname} {message}", style="{").format(record)


def record(message: object, *arguments: object, caught: BaseException | None = None) -> logging.LogRecord:
    frames = (type(caught), caught, None) if caught else None
    return logging.LogRecord("checklist", logging.ERROR, __file__, 1, message, arguments, frames)


FAULT = ValueError(f"{CANARY}-message")


@pytest.mark.parametrize(
    ("made", "kept"),
    [
        (record("failed: %s", FAULT, caught=FAULT), "failed: %s"),
        (record("failed: %s", str(FAULT), caught=FAULT), "failed: %s"),
        (record("failed: %s after %d", FAULT, 3), "failed: ValueError after 3"),
        (record("failed: %(why)s", {"why": FAULT}), "failed: ValueError"),
        (record(FAULT), "ValueError"),
        (record(FAULT, caught=FAULT), "ValueError"),
    ],
)
def test_keeps_no_text_of_an_exception(made: logging.LogRecord, kept: str) -> None:
    text = written(made)
    assert CANARY not in text
    assert kept in text


@pytest.mark.slow
def test_a_server_whose_mail_server_hangs_answers_errors_at_once(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = str(silent.getsockname()[1])
        settings = {"ERRORS_TO": "errors@site.example", "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": port}
        # Without its tables, the admin fails.
        with running(Unprepared(tmp_path, **settings)) as server:
            before = time.monotonic()
            server.get("/erase/")
            alone, took = time.monotonic() - before, []
            for _ in range(20):
                before = time.monotonic()
                asked = urllib.request.Request(f"{server.url}/admin/", headers={"Cookie": "sessionid=" + "x" * 32})
                with pytest.raises(urllib.error.HTTPError) as answer:
                    urllib.request.urlopen(asked, timeout=PATIENCE)
                assert answer.value.code == 500
                took.append(time.monotonic() - before)
            assert max(took) < 4 + 10 * alone, "a mail that hangs takes five seconds"
