"""The readers of the environment: each value that can't be meant is refused, by name and with what is allowed."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env

NAME = "A_SETTING"


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Reads the setting with a reader, from an environment where it has this value; None: where it is not set."""

    def read(reader: Callable[..., Any], value: str | None, *arguments: Any) -> Any:
        if value is None:
            monkeypatch.delenv(NAME, raising=False)
        else:
            monkeypatch.setenv(NAME, value)
        return reader(NAME, *arguments)

    return read


def refused(read: Callable[..., Any], reader: Callable[..., Any], value: str, *arguments: Any) -> str:
    """The message for a value, which names the setting and what was seen."""
    with pytest.raises(ImproperlyConfigured) as error:
        read(reader, value, *arguments)
    assert str(error.value).startswith(f"{NAME}: saw ")
    return str(error.value)


@pytest.mark.parametrize(
    ("reader", "arguments", "default"),
    [
        (env.text, ("some words",), "some words"),
        (env.flag, (True,), True),
        (env.flag, (), False),
        (env.number, (8000, 1, 65535), 8000),
    ],
)
@pytest.mark.parametrize("unset", [None, "", "  "])
def test_takes_the_default_where_nothing_is_set(
    read: Callable[..., Any], reader: Callable[..., Any], arguments: tuple[Any, ...], default: Any, unset: str | None
) -> None:
    assert read(reader, unset, *arguments) == default


def test_reads_words_without_the_space_around_them(read: Callable[..., Any]) -> None:
    assert read(env.text, "  a neighbour \n") == "a neighbour"


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        ("1", True),
        ("true", True),
        ("YES", True),
        (" on ", True),
        ("0", False),
        ("False", False),
        ("no", False),
        ("off", False),
    ],
)
def test_reads_yes_and_no(read: Callable[..., Any], value: str, meant: bool) -> None:
    assert read(env.flag, value, not meant) is meant


@pytest.mark.parametrize("value", ["2", "ja", "tru", "none", "y", "10", "-1"])
def test_refuses_what_is_neither_yes_nor_no(read: Callable[..., Any], value: str) -> None:
    message = refused(read, env.flag, value)
    assert repr(value) in message
    for allowed in ("true", "false", "yes", "no", "on", "off", "1", "0"):
        assert allowed in message


@pytest.mark.parametrize(("value", "meant"), [("1", 1), ("65535", 65535), (" 80 ", 80), ("0080", 80)])
def test_reads_a_number_within_its_limits(read: Callable[..., Any], value: str, meant: int) -> None:
    assert read(env.number, value, 8000, 1, 65535) == meant


@pytest.mark.parametrize(
    "value", ["0", "65536", "-1", "+1", "1.5", "1e3", "80 80", "http", "٨٠", "²", "1_000", "9" * 30]
)
def test_refuses_other_numbers(read: Callable[..., Any], value: str) -> None:
    message = refused(read, env.number, value, 8000, 1, 65535)
    assert repr(value) in message
    assert "from 1 to 65535" in message


# SITE_URL

HERE = "127.0.0.1"
ANYWHERE = "0.0.0.0"


def site(read: Callable[..., Any], value: str | None, listening: str = HERE) -> env.SiteUrl:
    url: env.SiteUrl = read(env.site_url, value, "http://127.0.0.1:8000", listening)
    return url


@pytest.mark.parametrize(
    ("value", "origin", "https"),
    [
        (None, "http://127.0.0.1:8000", False),
        ("http://127.0.0.1:8123", "http://127.0.0.1:8123", False),
        ("http://127.0.0.1", "http://127.0.0.1", False),
        ("http://localhost:8000/", "http://localhost:8000", False),
        ("http://[::1]:8000", "http://[::1]:8000", False),
        ("https://example.org", "https://example.org", True),
        ("https://example.org/", "https://example.org", True),
        ("HTTPS://Example.ORG", "https://example.org", True),
        ("https://example.org:8443", "https://example.org:8443", True),
        ("https://tuiqun.example.org", "https://tuiqun.example.org", True),
        ("https://192.0.2.7", "https://192.0.2.7", True),
    ],
)
def test_reads_where_the_site_lives(read: Callable[..., Any], value: str | None, origin: str, https: bool) -> None:
    url = site(read, value)
    assert (url.origin, url.https) == (origin, https)


@pytest.mark.parametrize(
    "value", ["http://127.0.0.1:8000", "http://localhost:8000", "http://[::1]:8000", "http://127.0.0.2:8000"]
)
def test_lets_one_in_by_each_name_of_this_machine(read: Callable[..., Any], value: str) -> None:
    url = site(read, value)
    assert url.loopback
    assert set(url.allowed_hosts) >= {
        "127.0.0.1",
        "localhost",
        "[::1]",
        f"[{url.host}]" if ":" in url.host else url.host,
    }


@pytest.mark.parametrize(
    ("value", "host"),
    [
        ("https://example.org", "example.org"),
        ("https://example.org:8443", "example.org"),
        ("https://[2001:db8::7]", "[2001:db8::7]"),
    ],
)
def test_lets_one_in_by_the_name_of_the_site_alone(read: Callable[..., Any], value: str, host: str) -> None:
    assert site(read, value).allowed_hosts == [host]


@pytest.mark.parametrize("listening", [ANYWHERE, "192.168.1.7", "::"])
@pytest.mark.parametrize(
    ("value", "host"),
    [
        ("http://192.168.1.7:8000", "192.168.1.7"),
        ("http://10.0.0.3", "10.0.0.3"),
        ("http://[fd00::7]:8000", "[fd00::7]"),
    ],
)
def test_lets_a_phone_look_in_the_local_network(
    read: Callable[..., Any], value: str, host: str, listening: str
) -> None:
    url = site(read, value, listening)
    assert (url.origin, url.https) == (value, False)
    assert host in url.allowed_hosts


@pytest.mark.parametrize("listening", [HERE, "127.0.0.2", "::1", "localhost"])
def test_refuses_the_local_network_where_the_server_hears_this_machine_alone(
    read: Callable[..., Any], listening: str
) -> None:
    with pytest.raises(ImproperlyConfigured, match="HOST="):
        site(read, "http://192.168.1.7:8000", listening)


@pytest.mark.parametrize("listening", [HERE, ANYWHERE])
@pytest.mark.parametrize(
    "value",
    [
        "example.org",
        "//example.org",
        "http://example.org",
        "http://8.8.8.8",
        "ftp://example.org",
        "file:///srv",
        "https://",
        "https:///path",
        "https://example.org/guide/",
        "https://example.org/?x=1",
        "https://example.org/#x",
        "https://somebody@example.org",
        "https://somebody:secret@example.org",
        "https://example.org:port",
        "https://example.org:99999",
        "https://[::1",
        "https://*",
        "https://.example.org",
        "https://example org",
        "https://example.org,other.example",
        "http://localhost.evil.example",
    ],
)
def test_refuses_other_addresses(read: Callable[..., Any], value: str, listening: str) -> None:
    with pytest.raises(ImproperlyConfigured) as error:
        site(read, value, listening)
    message = str(error.value)
    assert repr(value) in message
    assert "https://host" in message
    assert "127.0.0.1" in message


# PostgreSQL


def test_reads_a_postgresql_address(read: Callable[..., Any]) -> None:
    database = read(env.postgresql, "postgres://reader:p%40ss@db.example.org:5433/site")
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert [database[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME")] == [
        "reader",
        "p@ss",
        "db.example.org",
        5433,
        "site",
    ]


def test_waits_a_second_for_postgresql_and_keeps_no_connection(read: Callable[..., Any]) -> None:
    database = read(env.postgresql, "postgresql:///site")
    assert database["CONN_MAX_AGE"] == 0
    assert database["OPTIONS"]["connect_timeout"] == 1
    assert "statement_timeout=1000" in database["OPTIONS"]["options"]
    assert "pool" not in database["OPTIONS"]


@pytest.mark.parametrize("value", [None, ""])
def test_names_no_postgresql_where_the_setting_is_empty(read: Callable[..., Any], value: str | None) -> None:
    assert read(env.postgresql, value) is None


@pytest.mark.parametrize(
    "value",
    ["mysql://user:secret@host/site", "postgres://user:secret@host", "site.db", "postgres://user:secret@host:x/site"],
)
def test_refuses_what_is_no_postgresql_without_showing_the_password(read: Callable[..., Any], value: str) -> None:
    assert "secret" not in refused(read, env.postgresql, value)


# Secrets


def test_reads_secrets_with_white_space_between_them(read: Callable[..., Any]) -> None:
    assert read(env.secrets, " first-one  second-one\n", 9) == ["first-one", "second-one"]
    assert read(env.secrets, None, 9) == []


def test_refuses_a_secret_that_is_too_short_and_shows_none(read: Callable[..., Any]) -> None:
    message = refused(read, env.secrets, "long-enough short-one", 10)
    assert message.endswith("saw '9 characters in place 2'; allowed: 10 or more random ones for each")
    assert "short-one" not in message
