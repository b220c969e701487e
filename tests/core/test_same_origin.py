"""Whose forms are accepted: those that say same origin; else Django's token decides, and in the admin always."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from pytest_django import Settings

from tests.reading import read

OWN = "http://testserver"


def post(client: Client, headers: dict[str, str]) -> int:
    """The status of a reader's form sent with these headers; 302 is taken, 403 is not."""
    return client.post("/look/", {"size": "large", "next": "/about/"}, headers=headers).status_code


@pytest.fixture
def strict() -> Client:
    return Client(enforce_csrf_checks=True)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "same-origin"}, 302),
        ({"sec-fetch-site": "same-origin", "origin": OWN}, 302),
        # A browser behind Referrer-Policy: no-referrer, or a proxy that changes Origin: what the browser says counts.
        ({"sec-fetch-site": "same-origin", "origin": "null"}, 302),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "cross-site", "origin": OWN}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "same-site", "origin": OWN}, 403),
        ({"sec-fetch-site": "none"}, 403),
        ({"sec-fetch-site": ""}, 403),
        ({"sec-fetch-site": "same-origin, same-origin"}, 403),
        ({"origin": OWN}, 302),
        ({"origin": "https://testserver"}, 403),
        ({"origin": "http://testserver:8001"}, 403),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "http://testserver.evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": ""}, 403),
        ({}, 403),
        ({"referer": OWN + "/about/"}, 403),
    ],
)
def test_takes_a_form_from_our_own_pages_alone(strict: Client, headers: dict[str, str], status: int) -> None:
    assert post(strict, headers) == status


def test_takes_a_form_from_the_address_of_the_site(strict: Client, settings: Settings) -> None:
    settings.CSRF_TRUSTED_ORIGINS = ["https://example.org"]
    assert post(strict, {"origin": "https://example.org"}) == 302


def test_changes_nothing_where_a_form_is_refused(strict: Client) -> None:
    response = strict.post("/look/", {"size": "large"}, headers={"sec-fetch-site": "cross-site"})
    assert response.status_code == 403
    assert not response.cookies


@pytest.mark.usefixtures("tiny")
@pytest.mark.parametrize(
    "address",
    [
        "/erase/",
        "/checklist/exposures/",
        "/checklist/plan/",
        "/checklist/steps/change-lock/",
        "/quizzes/lantern/place/",
        "/quizzes/lantern/again/",
        "/guide/lend-a-key/report/",
        "/guide/procedures/change-lock/report/",
    ],
)
def test_refuses_each_form_of_a_reader_from_elsewhere(strict: Client, address: str) -> None:
    data = {"option": "inside", "state": "done", "given": "key-lent"}
    assert strict.post(address, data, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    strict.cookies["look"] = "large"
    accepted = strict.post(address, data, headers={"sec-fetch-site": "same-origin"})
    assert accepted.status_code in (200, 302)


def test_lets_anybody_look(strict: Client) -> None:
    for site in ("cross-site", "none", "same-site"):
        assert strict.get("/about/", headers={"sec-fetch-site": site}).status_code == 200


def test_puts_no_token_and_no_cookie_on_a_readers_page(strict: Client) -> None:
    for address in ("/", "/erase/", "/checklist/plan/", "/checklist/exposures/"):
        response = strict.get(address)
        assert not response.cookies
        assert not read(response).select("[name=csrfmiddlewaretoken]")


# The admin


@pytest.mark.django_db
def test_keeps_djangos_token_in_the_admin(strict: Client) -> None:
    get_user_model().objects.create_superuser("staff", password="a long pass phrase")
    data = {"username": "staff", "password": "a long pass phrase", "next": "/admin/"}
    same_origin = {"sec-fetch-site": "same-origin", "origin": OWN}
    login = strict.get("/admin/login/")
    assert strict.post("/admin/login/", data, headers=same_origin).status_code == 403
    token = read(login).select_one("[name=csrfmiddlewaretoken]")
    assert token is not None
    with_token = strict.post("/admin/login/", {**data, "csrfmiddlewaretoken": token["value"]}, headers=same_origin)
    assert with_token.status_code == 302
    assert "sessionid" in strict.cookies
    assert strict.post("/admin/logout/", headers=same_origin).status_code == 403
