"""Addresses that belong to the whole site: the look, erasing, what machines ask for, static files."""

import json
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.test import Client

from tests.reading import one, pressed, read

pytestmark = pytest.mark.usefixtures("tiny")
FOUR_HUNDRED_DAYS = 400 * 24 * 3600
OURS = ["look", "exposures", "s.change-lock", "s.shut-bell", "q.lantern"]


def keep_everything(client: Client) -> None:
    """Gives the browser one cookie of each kind."""
    for name, value in zip(OURS, ["large", "or.key-lent", "d1xx", "x1xx", "place.inside"], strict=True):
        client.cookies[name] = value


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


# The look


@pytest.mark.parametrize(
    ("before", "chosen", "after"),
    [
        ("", {"size": "large"}, "large"),
        ("", {"theme": "dark"}, "dark"),
        ("large", {"theme": "light"}, "large.light"),
        ("dark", {"size": "large"}, "large.dark"),
        ("large.dark", {"size": "normal"}, "dark"),
        ("large.dark", {"theme": "auto"}, "large"),
        ("large", {"size": "huge", "theme": "neon"}, "large"),
        ("large", {}, "large"),
    ],
)
def test_keeps_the_look_that_was_chosen(reader: Client, before: str, chosen: dict[str, str], after: str) -> None:
    reader.cookies["look"] = before
    response = reader.post("/look/", {**chosen, "next": "/about/"})
    on = "/about/" if before else "/look/?next=%2Fabout%2F"
    assert (response.status_code, response["Location"]) == (302, on)
    assert response.cookies["look"].value == after


def test_keeps_a_look_for_400_days_out_of_reach_of_scripts(reader: Client) -> None:
    cookie = reader.post("/look/", {"size": "large"}).cookies["look"]
    assert (cookie["max-age"], cookie["httponly"], cookie["samesite"], cookie["path"]) == (
        FOUR_HUNDRED_DAYS,
        True,
        "Lax",
        "/",
    )
    assert not cookie["domain"]
    assert not cookie["secure"]


@pytest.mark.parametrize("before", ["large", "dark"])
def test_forgets_a_look_that_is_plain_again(reader: Client, before: str) -> None:
    reader.cookies["look"] = before
    cookie = reader.post("/look/", {"size": "normal", "theme": "auto"}).cookies["look"]
    assert (cookie.value, cookie["max-age"]) == ("", 0)


def test_shows_the_chosen_look_at_once(reader: Client) -> None:
    response = reader.post("/look/", {"size": "large", "next": "/about/"}, follow=True)
    assert one(read(response), "html")["data-size"] == "large"
    response = reader.post("/look/", {"theme": "dark", "next": "/about/"}, follow=True)
    assert pressed(read(response), "theme") == {"dark"}
    assert one(read(response), "html")["data-size"] == "large"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example/",
        "//",
        "/\\",
        "/\t/\t\x1d",
        "/\\evil.example/",
        "\\\\evil.example/",
        "/\t/evil.example/",
        "\n//evil.example/",
        " //evil.example/",
        "http:evil.example",
        "http:///evil.example",
        "javascript:alert(1)",
        "http://testserver/about/",
        "evil.example",
        "guide:about",
        "about/",
        "",
    ],
)
def test_leads_nowhere_else_after_a_choice(reader: Client, elsewhere: str) -> None:
    # Without a cookie it shows that none is kept, with one it goes on.
    assert read(reader.get("/look/", {"next": elsewhere})).select("main a.button")[0]["href"] == "/"
    reader.cookies["look"] = "dark"
    for response in (
        reader.post("/look/", {"size": "large", "next": elsewhere}),
        reader.get("/look/", {"next": elsewhere}),
    ):
        assert (response.status_code, response["Location"]) == (302, "/")


@pytest.mark.parametrize("page", ["/guide/lend-a-key/", "/checklist/plan/?kept", "/quizzes/lantern/place/"])
def test_leads_back_to_the_page_where_one_was(reader: Client, page: str) -> None:
    came = reader.post("/look/", {"size": "large", "next": page}, follow=True)
    assert came.redirect_chain[-1] == (page, 302)


# Erasing


def test_says_how_much_is_kept(client: Client) -> None:
    keep_everything(client)
    client.cookies["of-somebody-else"] = "1"
    page = read(client.get("/erase/"))
    assert page.select("main form[method=post][action='/erase/']")
    assert "5" in one(page, "main").text


def test_forgets_every_cookie_and_says_so(reader: Client) -> None:
    keep_everything(reader)
    response = reader.post("/erase/")
    assert set(response.cookies) == set(OURS)
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert {(cookie.value, cookie["max-age"], cookie["path"]) for cookie in response.cookies.values()} == {("", 0, "/")}
    page = read(response)
    assert page.select("main [role=status]")
    assert [form["action"] for form in page.select("main form")] == ["/erase/undo/"]


def sealed(response: Any) -> str:
    field = read(response).select_one("main input[name=sealed]")
    return str(field["value"]) if field else ""


def test_brings_back_what_was_erased_from_the_page_that_follows(reader: Client) -> None:
    keep_everything(reader)
    held = {name: cookie.value for name, cookie in reader.cookies.items()}
    copy = sealed(reader.post("/erase/"))
    assert not any(value in copy for value in held.values())
    response = reader.post("/erase/undo/", {"sealed": copy})
    assert {name: cookie.value for name, cookie in response.cookies.items()} == {
        name: value for name, value in held.items() if name in OURS
    }


def test_brings_back_nothing_that_is_altered_or_half_an_hour_old(
    reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_everything(reader)
    copy = sealed(reader.post("/erase/"))
    now = time.time()
    monkeypatch.setattr("cryptography.fernet.time.time", lambda: now + 31 * 60)
    for sent in (copy, copy[:-4], "灯", "", "x" * 20_000):
        response = reader.post("/erase/undo/", {"sealed": sent})
        assert response.status_code == 200
        assert not response.cookies
        assert read(response).select_one("main [role=alert]")


def test_qr_code_is_drawn_for_public_pages_alone(reader: Client) -> None:
    assert reader.get("/qr/code.png")["Content-Type"] == "image/png"
    for path in ("/guide/no-such-page/", "/checklist/plan/", "/nowhere/"):
        assert reader.get(f"/qr{path}code.png").status_code == 404, path


def test_offers_to_go_on_to_a_browser_with_a_list_alone(client: Client) -> None:
    """Two stored variants, whatever is in the list."""
    plain = client.get("/").content
    assert "接着上次做" not in plain.decode()
    client.cookies["exposures"] = "-"
    assert client.get("/").content == plain
    client.cookies["exposures"] = "or.1"
    again = client.get("/")
    assert "接着上次做" in again.content.decode()
    assert again["Cache-Control"].startswith("public")
    client.cookies["exposures"] = "oq.2.3"
    assert client.get("/").content == again.content
    client.cookies.clear()
    assert client.get("/").content == plain


def test_leaves_cookies_alone_that_are_not_the_readers(reader: Client) -> None:
    reader.cookies["sessionid"] = "of-the-staff"
    assert not reader.post("/erase/").cookies


def test_erases_nothing_before_it_is_told_to(client: Client) -> None:
    keep_everything(client)
    assert not client.get("/erase/").cookies


# What machines ask for


def test_says_that_it_lives_and_which_words_it_has(client: Client) -> None:
    response = client.get("/healthz")
    said = json.loads(response.content)
    assert (response.status_code, response["Cache-Control"]) == (200, "no-store")
    assert said["status"] == "ok"
    assert said["release"] == settings.RELEASE
    assert len(said["content"]) == 8
    assert said["content"] in read(client.get("/")).text


@pytest.mark.django_db
def test_says_that_it_is_ready(client: Client) -> None:
    response = client.get("/readyz")
    assert (response.status_code, response["Cache-Control"]) == (200, "no-store")
    assert json.loads(response.content) == {"status": "ok"}


WITHOUT_DATABASE = """
import sys
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
import django
django.setup()
from django.template.loader import render_to_string
from django.test import Client
reader = Client(SERVER_NAME="127.0.0.1", headers={"sec-fetch-site": "same-origin"}, raise_request_exception=False)
print("readyz", reader.get("/readyz").status_code)
print("healthz", reader.get("/healthz").status_code)
for address in ("/", "/guide/", "/quizzes/habits/situation/", "/checklist/exposures/", "/checklist/plan/", "/erase/"):
    print(address, reader.get(address).status_code)
print("answer", reader.post("/quizzes/habits/situation/", {"option": "in-group"}).status_code)
print("tick", reader.post("/checklist/steps/wx-leave/", {"state": "done"}).status_code)
print("plan", reader.get("/checklist/plan/").status_code)
print("admin", reader.get("/admin/").status_code, reader.post("/admin/login/", {}).status_code)
"""


@pytest.mark.parametrize("broken", ["missing", "not-a-database"])
def test_says_that_it_is_not_ready_and_serves_readers_without_a_database(
    python: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path, broken: str
) -> None:
    path = tmp_path / broken / "db.sqlite3"
    if broken == "not-a-database":
        path.parent.mkdir()
        path.write_text("not a database at all\n" * 100)
    said = python("-c", WITHOUT_DATABASE, str(path))
    answers = dict(line.split(maxsplit=1) for line in said.stdout.splitlines())
    assert answers.pop("readyz") == "503", said.stderr
    assert answers.pop("answer") == answers.pop("tick") == "302"
    assert "500" not in answers.pop("admin").split()[1:]
    assert set(answers.values()) == {"200"}
    assert "healthz" in answers


def test_tells_robots_where_the_sitemap_is(client: Client, settings: Any) -> None:
    settings.SITE_URL = "https://example.org"
    response = client.get("/robots.txt")
    assert response["Content-Type"].startswith("text/plain")
    lines = response.content.decode().splitlines()
    assert "User-agent: *" in lines
    assert "Disallow: /admin/" in lines
    assert "Sitemap: https://example.org/sitemap.xml" in lines
    assert not [line for line in lines if line.startswith("Disallow") and line != "Disallow: /admin/"]


def test_has_an_icon_where_browsers_look_for_one(client: Client) -> None:
    response = client.get("/favicon.ico")
    assert response.status_code == 200
    assert response["Content-Type"] in ("image/x-icon", "image/vnd.microsoft.icon")
    assert body(response).startswith(b"\x00\x00\x01\x00")


# Static files


def test_serves_the_file_that_a_page_names_for_ever(client: Client) -> None:
    response = client.get(staticfiles_storage.url("css/site.css"))
    assert response.status_code == 200
    assert "immutable" in response["Cache-Control"]


@pytest.mark.parametrize("name", ["css/site.0123456789ab.css", "js/site.ffffffffffff.js", "img/icon.000000000000.svg"])
def test_answers_the_name_of_an_older_release_with_todays_file(client: Client, name: str) -> None:
    path, _, suffix = name.rpartition(".")
    today = client.get(staticfiles_storage.url(path.rpartition(".")[0] + "." + suffix))
    older = client.get(f"/static/{name}")
    assert older.status_code == 200
    assert body(older) == body(today) != b""
    assert older["Content-Type"].partition(";")[0] == today["Content-Type"].partition(";")[0]
    assert "immutable" not in older["Cache-Control"]
    assert "no-store" not in older["Cache-Control"]


@pytest.mark.parametrize(
    "name",
    [
        "css/nowhere.0123456789ab.css",
        "css/site.0123456789ab.js",
        "css/site.0123456789.css",
        "css/site.0123456789AB.css",
        "css/nowhere.css",
        "css/.0123456789ab.css",
    ],
)
def test_knows_no_other_static_files(client: Client, name: str) -> None:
    assert client.get(f"/static/{name}").status_code == 404


@pytest.mark.parametrize(
    "name", ["../secret.0123456789ab.txt", "%2e%2e/secret.0123456789ab.txt", "/etc/passwd.0123456789ab.txt"]
)
def test_never_leaves_the_static_folder(client: Client, name: str) -> None:
    assert client.get(f"/static/{name}").status_code in (400, 404)
