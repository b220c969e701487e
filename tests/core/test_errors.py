"""Friendly answers when something went wrong: 400, 403, 404, 413, 429 and 500."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path
from pytest_django import Settings

from config import urls as site_urls
from core.error_mail import queue
from core.http.caching import dynamic
from core.http.errors import TooManyRequestsError
from tests.reading import is_whole_page, one, read

SECRETS = "s3cret-in-the-address", "s3cret-in-the-body", "s3cret-in-the-cookie", "s3cret-in-the-message"
CHINESE = re.compile(r"[\u4e00-\u9fff]{4}")
CONSTANT = (
    "Content-Security-Policy",
    "Permissions-Policy",
    "Cross-Origin-Resource-Policy",
    "Cross-Origin-Opener-Policy",
    "Referrer-Policy",
    "X-Content-Type-Options",
    "X-Frame-Options",
)


@dynamic
def broken(request: HttpRequest) -> HttpResponse:
    secret = SECRETS[3]
    raise RuntimeError(secret)


@dynamic
def too_often(request: HttpRequest) -> HttpResponse:
    raise TooManyRequestsError


urlpatterns = [path("broken/", broken), path("too-often/", too_often), *site_urls.urlpatterns]
handler400, handler403, handler404, handler500 = (
    site_urls.handler400,
    site_urls.handler403,
    site_urls.handler404,
    site_urls.handler500,
)
pytestmark = pytest.mark.urls(__name__)


@dataclass(frozen=True)
class Trouble:
    """A way to get an error answer."""

    status: int
    ask: Callable[[Client], Any]


TROUBLES = {
    "bad-host": Trouble(400, lambda client: client.get("/erase/", headers={"host": "evil.example"})),
    "no-host": Trouble(400, lambda client: client.get("/erase/", headers={"host": "/"})),
    "too-many-fields": Trouble(400, lambda client: client.post("/look/", {f"f{n}": "1" for n in range(201)})),
    "other-origin": Trouble(403, lambda client: client.post("/look/", headers={"sec-fetch-site": "cross-site"})),
    "no-page": Trouble(404, lambda client: client.get("/guide/nowhere/")),
    "no-address": Trouble(404, lambda client: client.get("/nowhere/at/all/")),
    "no-static-file": Trouble(404, lambda client: client.get("/static/nowhere.css")),
    "too-large": Trouble(413, lambda client: client.post("/look/", {"next": "x" * 70_000})),
    "too-often": Trouble(429, lambda client: client.get("/too-often/")),
    "our-fault": Trouble(500, lambda client: client.get("/broken/")),
}


@pytest.fixture(params=list(TROUBLES.values()), ids=list(TROUBLES))
def trouble(request: pytest.FixtureRequest) -> Trouble:
    return request.param  # type: ignore[no-any-return]


def test_answers_with_the_right_status(bare: Client, trouble: Trouble) -> None:
    assert trouble.ask(bare).status_code == trouble.status


def test_says_in_chinese_what_happened_and_leads_to_the_emergency_door(bare: Client, trouble: Trouble) -> None:
    response = trouble.ask(bare)
    page = read(response)
    assert is_whole_page(response)
    assert response["Content-Type"] == "text/html; charset=utf-8"
    assert page.html is not None
    assert page.html["lang"] == "zh-Hans"
    assert len(page.select("h1")) == 1
    assert CHINESE.search(page.select("h1")[0].text)
    assert CHINESE.search(one(page, "#error-message p").text)
    assert page.select("main a[href='/checklist/emergency/']")
    assert page.select("main a[href='/']")


def test_is_kept_by_nobody(bare: Client, trouble: Trouble) -> None:
    response = trouble.ask(bare)
    assert response["Cache-Control"] == "private, no-store"
    assert read(response).select_one('meta[name=robots][content="noindex"]')
    assert not response.cookies


def test_carries_the_constant_headers(bare: Client, trouble: Trouble) -> None:
    seen, wanted = trouble.ask(bare).headers, bare.get("/about/").headers
    assert {name: seen.get(name) for name in CONSTANT} == {name: wanted[name] for name in CONSTANT}


def test_needs_no_database(bare: Client, trouble: Trouble) -> None:
    # pytest-django refuses every query of a test that is not marked for the database.
    assert trouble.ask(bare).status_code == trouble.status


def test_offers_a_look_that_leads_to_a_page(bare: Client, trouble: Trouble) -> None:
    field = read(trouble.ask(bare)).select_one("form[action='/look/'] [name=next]")
    if field is None:  # the page of our own fault has no such form
        assert trouble.status == 500
        return
    assert is_whole_page(bare.post("/look/", {"size": "large", "next": field["value"]}, follow=True))


# Our own fault


def number_on(response: Any) -> str:
    found = re.search(r"编号 ([0-9a-f]{8})\b", response.content.decode())
    assert found
    return found.group(1)


def test_shows_a_number_of_its_own_for_each_fault(bare: Client) -> None:
    numbers = {number_on(bare.get("/broken/")) for _ in range(3)}
    assert len(numbers) == 3
    assert "00000000" not in numbers


def test_tells_the_operator_the_number_and_nothing_of_the_reader(
    bare: Client, settings: Settings, mailoutbox: list[EmailMessage]
) -> None:
    settings.ADMINS = [("errors", "errors@example.org")]
    bare.cookies["look"] = SECRETS[2]
    response = bare.post(f"/broken/?q={SECRETS[0]}", {"words": SECRETS[1]})
    assert response.status_code == 500
    assert queue.flush()
    [mail] = mailoutbox
    said = mail.subject + str(mail.body)
    assert number_on(response) in said
    assert "broken/" in said
    assert "RuntimeError" in said
    assert not [secret for secret in SECRETS if secret in said]
    assert not [secret for secret in SECRETS if secret in response.content.decode()]


@pytest.mark.parametrize(
    "templates",
    [
        [],
        [{"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": ["/nowhere"]}],
        [{"BACKEND": "nowhere.at.All"}],
    ],
    ids=["no-engine", "no-templates", "no-such-engine"],
)
@pytest.mark.parametrize("address", ["/erase/", "/broken/", "/nowhere/"])
def test_answers_when_the_template_engine_is_broken(bare: Client, templates: list[Any], address: str) -> None:
    with override_settings(TEMPLATES=templates):
        response = bare.get(address)
    assert response.status_code == 500
    assert CHINESE.search(one(read(response), "h1").text)
    assert number_on(response)
    assert response["Content-Security-Policy"]


def test_dials_for_help_from_the_page_of_a_fault(bare: Client) -> None:
    assert {link["href"] for link in read(bare.get("/broken/")).select("a[href^='tel:']")} >= {"tel:110"}


@pytest.mark.parametrize("address", ["/checklist/also/", "/quizzes/habits/again/"])
def test_says_where_to_go_from_an_address_that_only_takes_forms(reader: Client, address: str) -> None:
    response = reader.get(address)
    assert response.status_code == 405
    assert response["Allow"] == "POST"
    assert "/checklist/emergency/" in response.content.decode()
