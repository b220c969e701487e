"""The settings that follow from the environment, evaluated in this process, and how a real start fails."""

import os
import re
import runpy
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.test import Client, override_settings

from tests import static
from tests.conftest import ROOT

Python = Callable[..., subprocess.CompletedProcess[str]]
HTTPS = "https://example.org"


def settings_of(**environment: str) -> dict[str, Any]:
    """Return what config/settings.py sets where the environment has these variables and no others."""
    ours = {"SECRET_KEY": static.SECRET_KEY, "VAR_DIR": str(static.var())} | environment
    with mock.patch.dict(os.environ, ours, clear=True):
        found = runpy.run_path(str(ROOT / "config" / "settings.py"))
    return {name: value for name, value in found.items() if name.isupper()}


def serving(**environment: str) -> override_settings:
    """Put the settings of this environment in force, except for the database, which belongs to the tests."""
    return override_settings(
        **{name: value for name, value in settings_of(**environment).items() if name != "DATABASES"}
    )


# One setting decides the surroundings


def test_serves_this_machine_by_default() -> None:
    settings = settings_of()
    assert settings["SITE_URL"] == "http://127.0.0.1:8000"
    assert settings["CSRF_TRUSTED_ORIGINS"] == ["http://127.0.0.1:8000"]
    assert settings["DEBUG"] is False
    assert settings["COOKIE_PREFIX"] == ""
    assert not settings["SESSION_COOKIE_SECURE"]
    assert not settings["SECURE_HSTS_SECONDS"]
    assert settings["ADMINS"] == []


def test_follows_the_port() -> None:
    assert settings_of(PORT="8123")["SITE_URL"] == "http://127.0.0.1:8123"


def test_takes_hosts_origins_cookies_and_hsts_from_an_https_address() -> None:
    settings = settings_of(SITE_URL=HTTPS)
    assert settings["ALLOWED_HOSTS"] == ["example.org"]
    assert settings["CSRF_TRUSTED_ORIGINS"] == [HTTPS]
    assert settings["COOKIE_PREFIX"] == "__Host-"
    assert settings["SESSION_COOKIE_NAME"] == "__Host-sessionid"
    assert settings["CSRF_COOKIE_NAME"] == "__Host-csrftoken"
    assert settings["SESSION_COOKIE_SECURE"]
    assert settings["CSRF_COOKIE_SECURE"]
    assert settings["SECURE_HSTS_SECONDS"] >= 31536000
    assert not settings["SECURE_SSL_REDIRECT"]


def test_believes_a_proxy_only_when_it_is_told_to() -> None:
    assert "SECURE_PROXY_SSL_HEADER" not in settings_of(SITE_URL=HTTPS)
    trusting = settings_of(SITE_URL=HTTPS, TRUST_PROXY="1")
    assert trusting["SECURE_PROXY_SSL_HEADER"] == ("HTTP_X_FORWARDED_PROTO", "https")


def test_passes_djangos_check_of_a_deployment() -> None:
    # All but the editorial checks, which depend on the age of pages.
    tags = ["security", "caches", "content", "models", "urls", "templates", "staticfiles"]
    with serving(SITE_URL=HTTPS):
        found = run_checks(tags=tags, include_deployment_checks=True)
    assert [message for message in found if not message.is_silenced()] == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"DEBUG": "perhaps"},
        {"PORT": "80a"},
        {"PORT": "0"},
        {"SITE_URL": "http://example.org"},
        {"SITE_URL": "example.org"},
        {"SITE_URL": "http://192.168.1.7:8000"},
        {"TRUST_PROXY": "nginx"},
        {"EMAIL_PORT": "smtp"},
    ],
    ids=str,
)
def test_refuses_an_invalid_value(wrong: dict[str, str]) -> None:
    [(name, value)] = wrong.items()
    with pytest.raises(ImproperlyConfigured, match=re.escape(f"{name}: saw {value!r}; allowed: ")):
        settings_of(**wrong)


@pytest.mark.parametrize("name", ["SECRET_KEY", "SECRET_KEY_FALLBACKS"])
def test_refuses_a_short_secret_and_does_not_show_it(name: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=f"^{name}: ") as error:
        settings_of(**{name: "hunter2hunter2"})
    assert "hunter2" not in str(error.value)


def test_refuses_to_start_without_a_secret(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY"):
        settings_of(SECRET_KEY="", VAR_DIR=str(tmp_path))


def test_reads_the_secret_from_its_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("a secret of our own " * 4 + "\n")
    settings = settings_of(SECRET_KEY="", VAR_DIR=str(tmp_path))
    assert settings["SECRET_KEY"] == ("a secret of our own " * 4).strip()


# What the https settings do to answers


def reader(**headers: str) -> Client:
    ours = {"sec-fetch-site": "same-origin", **headers}
    return Client(SERVER_NAME="example.org", headers=ours, raise_request_exception=False)


def secure_reader() -> Client:
    return reader(**{"x-forwarded-proto": "https"})


def test_keeps_cookies_that_no_other_host_can_set_or_read() -> None:
    with serving(SITE_URL=HTTPS, TRUST_PROXY="1"):
        secure = secure_reader()
        answers = [
            secure.post("/look/", {"size": "large"}),
            secure.post("/checklist/exposures/", {"given": "code-given"}),
            secure.post("/checklist/steps/wx-leave/", {"state": "done"}),
            secure.post("/quizzes/habits/situation/", {"option": "in-group"}),
        ]
        erased = secure.post("/erase/").cookies
    names = [name for answer in answers for name in answer.cookies]
    assert len(names) == len(answers) + 1, "a tick also marks the step that was touched"
    assert set(names) == erased.keys()
    attributes = ("secure", "httponly", "samesite", "path", "domain")
    for cookies in (*(answer.cookies for answer in answers), erased):
        for name, cookie in cookies.items():
            assert name.startswith("__Host-")
            # A deletion names as little as possible: Secure, or a browser would not take it for a __Host- cookie.
            wanted = [True, "", "", "/", ""] if cookies is erased else [True, True, "Lax", "/", ""]
            assert [cookie[key] for key in attributes] == wanted, name
            assert cookie["max-age"] == (0 if cookies is erased else 400 * 24 * 3600), name


def test_reads_no_cookie_that_lacks_the_prefix() -> None:
    with serving(SITE_URL=HTTPS):
        client = reader()
        client.cookies["look"] = "large"
        assert b"data-size" not in client.get("/erase/").content
        client.cookies["__Host-look"] = "large"
        assert b"data-size" in client.get("/erase/").content


@pytest.mark.parametrize("first", ["http", "https"])
def test_asks_for_https_on_each_page_whoever_came_first(first: str) -> None:
    with serving(SITE_URL=HTTPS, TRUST_PROXY="1"):
        plain, secure = reader(), secure_reader()
        secure.handler = plain.handler  # one page cache for both
        for client in (plain, secure) if first == "http" else (secure, plain):
            client.get("/"), client.get("/erase/")
        seen = {secure.get(address).headers["Strict-Transport-Security"] for address in ("/", "/erase/", "/nowhere/")}
        assert reader().get("/").headers["Strict-Transport-Security"], "without a word of the proxy, too"
    [header] = seen
    assert int(header.split(";")[0].removeprefix("max-age=")) >= 31536000


@pytest.mark.parametrize("trust", ["0", "1"])
def test_takes_forms_of_its_own_origin_behind_a_proxy(trust: str) -> None:
    with serving(SITE_URL=HTTPS, TRUST_PROXY=trust):
        strict = Client(SERVER_NAME="example.org", enforce_csrf_checks=True)
        origins = {HTTPS: 302, "http://evil.example": 403, "null": 403}
        assert {origin: strict.post("/look/", headers={"origin": origin}).status_code for origin in origins} == origins


def test_names_itself_by_its_address_and_knows_no_other_host() -> None:
    with serving(SITE_URL=HTTPS):
        page, robots, sitemap = (
            reader().get(address).content.decode() for address in ("/about/", "/robots.txt", "/sitemap.xml")
        )
        others = [Client(SERVER_NAME=host).get("/erase/").status_code for host in ("other.example", "127.0.0.1")]
    assert 'rel="canonical" href="https://example.org/about/"' in page
    assert "Sitemap: https://example.org/sitemap.xml" in robots
    assert all(address.startswith(HTTPS) for address in re.findall("<loc>(.*?)</loc>", sitemap))
    assert others == [400, 400]


# A real start, each in a process of its own


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return a copy of the site, and a file in it with a fault that only the app at the top reads."""
    root = tmp_path_factory.mktemp("site")
    apps = ("core", "guide", "checklist", "quizzes")
    for name in ("config", *apps, "templates", "static", "manage.py", "pyproject.toml"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, root / name)
    path = root / "quizzes" / "policy" / "habits.toml"
    path.write_text(path.read_text(encoding="utf-8") + "\n[questions.nothing.options]\n", encoding="utf-8")
    return root, path


def test_starts_with_content_that_is_right(python: Python) -> None:
    done = python("-c", "import config.wsgi")
    assert done.returncode == 0, done.stderr


def test_does_not_start_with_an_invalid_value(python: Python) -> None:
    done = python("-c", "import config.wsgi", PORT="80a")
    assert done.returncode != 0
    assert "PORT: saw '80a'; allowed: " in done.stderr.strip().splitlines()[-1]


def test_does_not_start_with_content_that_is_wrong(python: Python, broken: tuple[Path, Path]) -> None:
    root, path = broken
    done = python("-c", "import config.wsgi", cwd=root)
    assert done.returncode != 0
    assert f"{path}: " in done.stderr


def test_migrates_all_the_same(python: Python, broken: tuple[Path, Path], tmp_path: Path) -> None:
    done = python("manage.py", "migrate", cwd=broken[0], VAR_DIR=str(tmp_path))
    assert done.returncode == 0, done.stderr
