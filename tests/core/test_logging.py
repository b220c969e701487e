"""Logs and error mails: route, frames and a number, and nothing that a reader sent."""

import io
import json
import logging
import re
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path

from core.error_mail import MailHandler, queue
from core.logging import FramesOnly, JsonLines, NoReader, report_id, route

CANARY = "canary-7f3a"


def broken(request: HttpRequest, slug: str) -> HttpResponse:
    """A view of ours that fails with the reader's words in its hands."""
    held = request.POST.get("field", "") + f"{CANARY}-variable"
    try:
        raise KeyError(f"{CANARY}-cause {held}")
    except KeyError as error:
        raise ValueError(f"{CANARY}-message {slug} {held}") from error


handler500 = "core.http.errors.server_error"
urlpatterns = [path("broken/<slug:slug>/", broken)]


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the site's own handlers write: those of the settings, with their filter and formatter."""
    stream = io.StringIO()
    loggers = [logging.getLogger(name) for name in (None, "django", "django.request", "django.server")]
    handlers = {
        handler
        for logger in loggers
        for handler in logger.handlers
        if isinstance(handler, logging.StreamHandler) and isinstance(handler.formatter, FramesOnly)
    }
    assert handlers, "no handler of the settings formats frames only"
    before = {handler: handler.setStream(stream) for handler in handlers}
    yield stream
    for handler, old in before.items():
        handler.setStream(old or sys.stderr)


def send(host: str = "127.0.0.1") -> Any:
    """A request with the canary in everything that a reader or a browser sends."""
    client = Client(raise_request_exception=False, headers={"user-agent": f"{CANARY}-header"})
    client.cookies["exposures"] = f"{CANARY}-cookie"
    return client.post(
        f"/broken/{CANARY}-path/?q={CANARY}-query",
        {"field": f"{CANARY}-body"},
        headers={"host": host, "sec-fetch-site": "same-origin"},
    )


@override_settings(ROOT_URLCONF=__name__)
def test_logs_an_error_without_the_reader(log: io.StringIO) -> None:
    assert send().status_code == 500
    written = log.getvalue()
    assert CANARY not in written
    assert "500 POST broken/<slug:slug>/ report " in written
    assert "ValueError" in written
    assert "in broken" in written


@override_settings(ROOT_URLCONF=__name__)
def test_gives_the_reader_the_number_of_the_log(log: io.StringIO) -> None:
    page = send().content.decode()
    [number] = set(re.findall(r"report ([0-9a-f]{8})", log.getvalue()))
    assert number in page
    assert CANARY not in page


@override_settings(ROOT_URLCONF=__name__, ADMINS=[("errors", "errors@site.example")])
def test_mails_an_error_without_the_reader(log: io.StringIO) -> None:
    send()
    assert queue.flush()
    [message] = mail.outbox
    assert CANARY not in f"{message.subject}{message.body}{message.message()}"
    assert "broken/<slug:slug>/" in message.subject
    assert "ValueError" in message.body


def test_logs_a_foreign_host_without_its_name(log: io.StringIO) -> None:
    response = Client(raise_request_exception=False).get("/healthz", headers={"host": f"{CANARY}.example"})
    assert response.status_code == 400
    assert CANARY not in log.getvalue()


def test_logs_a_missing_page_without_its_address(log: io.StringIO) -> None:
    assert Client().get(f"/{CANARY}/?q={CANARY}").status_code == 404
    assert CANARY not in log.getvalue()
    assert "404 GET (no route)" in log.getvalue()


def test_logs_a_refused_form_without_its_words(log: io.StringIO) -> None:
    response = Client(enforce_csrf_checks=True).post(
        "/erase/",
        {"field": CANARY},
        headers={"origin": f"https://{CANARY}.example", "referer": f"https://{CANARY}.example/"},
    )
    assert response.status_code == 403
    assert CANARY not in log.getvalue()


def record(name: str = "django.request", **extra: object) -> logging.LogRecord:
    made = logging.LogRecord(name, logging.ERROR, __file__, 1, f"Bad: {CANARY} %s", (CANARY,), None)
    made.__dict__.update(extra)
    return made


def test_drops_the_request_from_a_record() -> None:
    made = record(request=RequestFactory().get(f"/{CANARY}/"), status_code=500)
    assert NoReader().filter(made)
    assert not hasattr(made, "request")
    assert made.args == ()
    assert made.getMessage().startswith("500 GET (no route) report ")


@pytest.mark.parametrize(
    "name", ["django.request", "django.security.DisallowedHost", "django.security.csrf", "django.server"]
)
def test_keeps_no_words_of_a_record_that_quotes(name: str) -> None:
    made = record(name)
    assert NoReader().filter(made)
    assert CANARY not in FramesOnly().format(made)


def test_keeps_the_words_of_other_records() -> None:
    made = record("guide")
    assert NoReader().filter(made)
    assert made.getMessage() == f"Bad: {CANARY} {CANARY}"


def caught() -> logging.LogRecord:
    made = record("guide")
    made.msg, made.args = "failed", ()
    try:
        held = f"{CANARY}-variable"
        raise ValueError(f"{CANARY}-message {held}")
    except ValueError:
        made.exc_info = sys.exc_info()
    return made


def test_formats_kind_and_frames_without_message() -> None:
    written = FramesOnly().format(caught())
    assert CANARY not in written.replace("{CANARY}", "")
    assert written.rstrip().endswith("ValueError")
    assert "test_logging.py" in written


def test_formats_frames_only_after_another_formatter_was_there() -> None:
    made = caught()
    assert CANARY in logging.Formatter().format(made)
    assert CANARY not in FramesOnly().format(made)


def test_mails_what_the_log_says() -> None:
    handler = MailHandler()
    handler.setFormatter(FramesOnly("{levelname} {message}", style="{"))
    with override_settings(ADMINS=[("errors", "errors@site.example")]):
        handler.emit(caught())
        assert queue.flush()
    [message] = mail.outbox
    assert "failed" in message.subject
    assert CANARY not in f"{message.subject}{message.body}"


def test_makes_one_number_a_request() -> None:
    first, second = RequestFactory().get("/"), RequestFactory().get("/")
    assert re.fullmatch(r"[0-9a-f]{8}", report_id(first))
    assert report_id(first) == report_id(first)
    assert report_id(first) != report_id(second)


def test_knows_no_route_of_what_was_never_resolved() -> None:
    assert route(RequestFactory().get(f"/{CANARY}/")) == "(no route)"
    assert route(None) == "(no route)"


# One JSON object a line


@override_settings(ROOT_URLCONF=__name__)
def test_writes_a_json_object_a_line_without_the_reader(log: io.StringIO) -> None:
    handlers = [h for h in logging.getLogger("django").handlers if isinstance(h.formatter, FramesOnly)]
    before = [handler.formatter for handler in handlers]
    for handler in handlers:
        handler.setFormatter(JsonLines())
    try:
        number = re.findall(r"编号 ([0-9a-f]{8})", send().content.decode())
    finally:
        for handler, formatter in zip(handlers, before, strict=True):
            handler.setFormatter(formatter)
    [line] = [json.loads(line) for line in log.getvalue().splitlines()]
    assert CANARY not in log.getvalue()
    assert line["request"] == number[0]
    assert line["message"].startswith("500 POST broken/<slug:slug>/")
    assert "in broken" in line["frames"]
    assert set(line) == {"time", "level", "logger", "message", "request", "frames"}


# The proxy's number

PROXYS = "0123456789abcdef" * 2


@pytest.mark.parametrize(
    ("trusted", "sent", "taken"),
    [(True, PROXYS, True), (False, PROXYS, False), (True, "x" * 32, False), (True, "", False)],
)
def test_takes_the_number_of_a_proxy_that_is_trusted(trusted: bool, sent: str, taken: bool) -> None:
    with override_settings(TRUST_PROXY=trusted):
        number = report_id(RequestFactory().get("/", headers={"x-request-id": sent}))
    assert (number == PROXYS[:8]) is taken
    assert re.fullmatch(r"[0-9a-f]{8}", number)
