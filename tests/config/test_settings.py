"""The settings that follow from the environment, each case in a process of its own."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT

Python = Callable[..., subprocess.CompletedProcess[str]]
NAMES = [
    "DEBUG",
    "SITE_URL",
    "ALLOWED_HOSTS",
    "CSRF_TRUSTED_ORIGINS",
    "COOKIE_PREFIX",
    "SESSION_COOKIE_SECURE",
    "CSRF_COOKIE_SECURE",
    "SESSION_COOKIE_NAME",
    "CSRF_COOKIE_NAME",
    "SECURE_HSTS_SECONDS",
    "SECURE_PROXY_SSL_HEADER",
    "SECURE_SSL_REDIRECT",
    "ADMINS",
]
SHOW = f"""
import json
from django.conf import settings
print(json.dumps({{name: getattr(settings, name) for name in {NAMES}}}))
"""
HTTPS = "https://example.org"


def settings_of(python: Python, **environment: str) -> dict[str, Any]:
    done = python("-c", SHOW, **environment)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)  # type: ignore[no-any-return]


# One setting decides the surroundings


def test_it_serves_this_machine_by_default(python: Python) -> None:
    settings = settings_of(python)
    assert settings["SITE_URL"] == "http://127.0.0.1:8000"
    assert settings["CSRF_TRUSTED_ORIGINS"] == ["http://127.0.0.1:8000"]
    assert settings["DEBUG"] is False
    assert settings["COOKIE_PREFIX"] == ""
    assert not settings["SESSION_COOKIE_SECURE"]
    assert not settings["SECURE_HSTS_SECONDS"]
    assert settings["ADMINS"] == []


def test_it_follows_the_port(python: Python) -> None:
    assert settings_of(python, PORT="8123")["SITE_URL"] == "http://127.0.0.1:8123"


def test_it_takes_hosts_origins_cookies_and_hsts_from_an_https_address(python: Python) -> None:
    settings = settings_of(python, SITE_URL=HTTPS)
    assert settings["ALLOWED_HOSTS"] == ["example.org"]
    assert settings["CSRF_TRUSTED_ORIGINS"] == [HTTPS]
    assert settings["COOKIE_PREFIX"] == "__Host-"
    assert settings["SESSION_COOKIE_NAME"] == "__Host-sessionid"
    assert settings["CSRF_COOKIE_NAME"] == "__Host-csrftoken"
    assert settings["SESSION_COOKIE_SECURE"]
    assert settings["CSRF_COOKIE_SECURE"]
    assert settings["SECURE_HSTS_SECONDS"] >= 31536000
    assert not settings["SECURE_SSL_REDIRECT"]


def test_it_believes_a_proxy_only_when_it_is_told_to(python: Python) -> None:
    assert settings_of(python, SITE_URL=HTTPS)["SECURE_PROXY_SSL_HEADER"] is None
    trusting = settings_of(python, SITE_URL=HTTPS, TRUST_PROXY="1")
    assert trusting["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]


def test_it_passes_djangos_check_of_a_deployment(python: Python) -> None:
    # All but the editors' desk, which speaks of the age of pages.
    tags = ["security", "caches", "content", "models", "urls", "templates", "staticfiles"]
    tagged = [word for tag in tags for word in ("--tag", tag)]
    done = python("manage.py", "check", "--deploy", "--fail-level", "INFO", *tagged, SITE_URL=HTTPS)
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stdout + done.stderr


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
        {"SECRET_KEY": "too short"},
    ],
    ids=str,
)
def test_it_does_not_start_with_a_value_that_cannot_be_meant(python: Python, wrong: dict[str, str]) -> None:
    done = python("-c", "import config.wsgi", **wrong)
    assert done.returncode != 0
    [(name, value)] = wrong.items()
    last = done.stderr.strip().splitlines()[-1]
    assert "ImproperlyConfigured" in last
    assert name in last
    if name == "SECRET_KEY":
        assert value not in done.stderr.replace("too short, ", "")
    else:
        assert f"saw {value!r}; allowed: " in last


def test_it_does_not_start_with_an_older_secret_that_is_too_short(python: Python) -> None:
    done = python("-c", "import config.wsgi", SECRET_KEY_FALLBACKS="too-short-to-be-one")
    assert done.returncode != 0
    assert "SECRET_KEY_FALLBACKS: saw " in done.stderr
    assert "too-short-to-be-one" not in done.stderr


def test_it_does_not_start_without_a_secret(python: Python, tmp_path: Path) -> None:
    done = python("-c", "import config.wsgi", SECRET_KEY="", VAR_DIR=str(tmp_path))
    assert done.returncode != 0
    assert "SECRET_KEY" in done.stderr.strip().splitlines()[-1]


def test_it_reads_the_secret_from_its_file(python: Python, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("a secret of our own " * 4 + "\n")
    show = "from django.conf import settings; print(repr(settings.SECRET_KEY))"
    done = python("-c", show, SECRET_KEY="", VAR_DIR=str(tmp_path))
    assert done.stdout.strip() == repr(("a secret of our own " * 4).strip())


# What the https settings do to answers

UNDER_HTTPS = """
import json
import django
django.setup()
from django.test import Client
reader = Client(SERVER_NAME="example.org", headers={"sec-fetch-site": "same-origin"}, raise_request_exception=False)
secure = Client(
    SERVER_NAME="example.org",
    headers={"sec-fetch-site": "same-origin", "x-forwarded-proto": "https"},
    raise_request_exception=False,
)
"""


def under_https(python: Python, code: str, **environment: str) -> Any:
    """What `code` prints as JSON in a site at https://example.org; it has `reader`, and `secure` behind a proxy."""
    done = python("-c", UNDER_HTTPS + code, SITE_URL=HTTPS, **environment)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


COOKIES = """
answers = [
    secure.post("/look/", {"size": "large"}),
    secure.post("/checklist/exposures/", {"given": "code-given"}),
    secure.post("/checklist/steps/wx-leave/", {"state": "done"}),
    secure.post("/quizzes/habits/situation/", {"option": "in-group"}),
    secure.post("/erase/"),
]
print(json.dumps([
    {name: [cookie[key] for key in ("secure", "httponly", "samesite", "path", "domain", "max-age")]
     for name, cookie in answer.cookies.items()}
    for answer in answers
]))
"""


def test_it_keeps_cookies_that_no_other_host_can_set_or_read(python: Python) -> None:
    look, given, tick, answers, erased = under_https(python, COOKIES, TRUST_PROXY="1")
    kept = [True, True, "Lax", "/", "", 400 * 24 * 3600]
    assert look == {"__Host-look": kept}
    assert given == {"__Host-exposures": kept}
    assert tick == {"__Host-s.31": kept}
    assert answers == {"__Host-q.habits": kept}
    assert erased == {name: [True, "", "", "/", "", 0] for name in (*look, *given, *tick, *answers)}


READ = """
reader.cookies["look"] = "large"
plain = b"data-size" in reader.get("/erase/").content
reader.cookies["__Host-look"] = "large"
print(json.dumps([plain, b"data-size" in reader.get("/erase/").content]))
"""


def test_it_reads_no_cookie_that_lacks_the_prefix(python: Python) -> None:
    assert under_https(python, READ) == [False, True]


HSTS = """
header = "Strict-Transport-Security"
first = [reader, secure] if FIRST == "http" else [secure, reader]
for client in first:
    client.get("/"), client.get("/erase/")
print(json.dumps([secure.get(address).headers.get(header) for address in ("/", "/erase/", "/nowhere/")]))
"""


@pytest.mark.parametrize("first", ["http", "https"])
def test_it_asks_for_https_on_each_page_whoever_came_first(python: Python, first: str) -> None:
    # One handler, so one store of pages, for both readers.
    shared = "secure.handler = reader.handler\n"
    seen = under_https(python, f"FIRST = {first!r}\n{shared}{HSTS}", TRUST_PROXY="1")
    assert seen[0] is not None
    assert seen == [seen[0]] * 3
    assert int(seen[0].split(";")[0].removeprefix("max-age=")) >= 31536000


def test_it_asks_for_https_without_a_word_of_the_proxy(python: Python) -> None:
    code = """print(json.dumps(reader.get("/").headers.get("Strict-Transport-Security")))"""
    assert under_https(python, code)


ORIGIN = """
strict = Client(SERVER_NAME="example.org", enforce_csrf_checks=True)
print(json.dumps([
    strict.post("/look/", headers={"origin": origin}).status_code
    for origin in ("https://example.org", "http://evil.example", "null")
]))
"""


@pytest.mark.parametrize("trust", ["0", "1"])
def test_it_takes_forms_of_its_own_origin_behind_a_proxy(python: Python, trust: str) -> None:
    assert under_https(python, ORIGIN, TRUST_PROXY=trust) == [302, 403, 403]


ADDRESSES = """
import re
page = reader.get("/about/").content.decode()
robots = reader.get("/robots.txt").content.decode()
sitemap = reader.get("/sitemap.xml").content.decode()
print(json.dumps([
    re.findall('rel="canonical" href="([^"]*)"', page),
    re.findall("Sitemap: (.*)", robots),
    sorted({address.rpartition("example.org")[0] for address in re.findall("<loc>(.*?)</loc>", sitemap)}),
    Client(SERVER_NAME="other.example", raise_request_exception=False).get("/erase/").status_code,
    Client(SERVER_NAME="127.0.0.1", raise_request_exception=False).get("/erase/").status_code,
]))
"""


def test_it_names_itself_by_its_address_and_knows_no_other_host(python: Python) -> None:
    assert under_https(python, ADDRESSES) == [
        ["https://example.org/about/"],
        ["https://example.org/sitemap.xml"],
        ["https://"],
        400,
        400,
    ]


# Content that is wrong

BROKEN = {
    "guide/content/zh-hans/terms.toml": "[a-term]\nword = 3\nnonsense = 1\n",
    "checklist/policy/exposures.toml": "[no-words-for-this]\n",
    "quizzes/policy/habits.toml": "[questions.nothing.options]\n",
}


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the site without its environment and state."""
    root = tmp_path_factory.mktemp("site")
    apps = ("core", "guide", "checklist", "quizzes")
    for name in ("config", *apps, "templates", "static", "manage.py", "pyproject.toml"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, root / name)
    return root


@pytest.fixture(params=BROKEN, ids=lambda name: name.partition("/")[0])
def broken(tree: Path, request: pytest.FixtureRequest) -> Any:
    """The copy with a fault in one file, which is mended afterwards."""
    path = tree / request.param
    before = path.read_text(encoding="utf-8")
    path.write_text(before + "\n" + BROKEN[request.param], encoding="utf-8")
    yield path
    path.write_text(before, encoding="utf-8")


def test_it_starts_with_content_that_is_right(python: Python, tree: Path) -> None:
    done = python("-c", "import config.wsgi", cwd=tree)
    assert done.returncode == 0, done.stderr


def test_it_does_not_start_with_content_that_is_wrong(python: Python, tree: Path, broken: Path) -> None:
    done = python("-c", "import config.wsgi", cwd=tree)
    assert done.returncode != 0
    assert f"{broken}: " in done.stderr


def test_it_names_each_fault_at_once(python: Python, tree: Path) -> None:
    path = tree / "guide/content/zh-hans/terms.toml"
    before = path.read_text(encoding="utf-8")
    path.write_text(before + BROKEN["guide/content/zh-hans/terms.toml"], encoding="utf-8")
    try:
        said = python("-c", "import config.wsgi", cwd=tree).stderr
    finally:
        path.write_text(before, encoding="utf-8")
    for fault in ("a-term.word", "a-term.gloss", "a-term.nonsense", "saw 3", "allowed: gloss, id, word"):
        assert fault in said


@pytest.mark.usefixtures("broken")
def test_it_says_so_in_djangos_check_too(python: Python, tree: Path, broken: Path) -> None:
    done = python("manage.py", "check", cwd=tree)
    assert done.returncode != 0
    assert str(broken) in done.stderr


@pytest.mark.usefixtures("broken")
def test_it_lets_one_migrate_all_the_same(python: Python, tree: Path, tmp_path: Path) -> None:
    done = python("manage.py", "migrate", cwd=tree, VAR_DIR=str(tmp_path))
    assert done.returncode == 0, done.stderr
