"""Read settings from the environment, strictly.

Invalid values abort startup; the message says what was seen and what is allowed.
An unset or empty variable gives the default.
"""

import ipaddress
import os
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

#: Browsers leave these out of an Origin, and so do we.
DEFAULT_PORTS = {"http": 80, "https": 443}
HOST_NAME = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")
TRUE = frozenset({"1", "true", "yes", "on"})
FALSE = frozenset({"0", "false", "no", "off"})


def invalid(name: str, seen: str, allowed: str) -> ImproperlyConfigured:
    """Return the error for an invalid value."""
    return ImproperlyConfigured(f"{name}: saw {seen!r}; allowed: {allowed}")


def text(name: str, default: str = "") -> str:
    """Return the value without surrounding white space."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool = False) -> bool:
    """Return a boolean: 1, true, yes, on; 0, false, no, off."""
    seen = text(name).lower()
    if not seen:
        return default
    if seen not in TRUE | FALSE:
        raise invalid(name, seen, ", ".join(sorted(TRUE | FALSE)))
    return seen in TRUE


def number(name: str, default: int, low: int, high: int) -> int:
    """Return an integer from `low` to `high`."""
    seen = text(name)
    if not seen:
        return default
    if not (seen.isascii() and seen.isdigit() and low <= int(seen) <= high):
        raise invalid(name, seen, f"a whole number from {low} to {high}")
    return int(seen)


def secrets(name: str, shortest: int) -> list[str]:
    """Return secrets separated by white space. Error messages show none of them."""
    seen = text(name).split()
    for place, secret in enumerate(seen, 1):
        if not is_strong(secret, shortest):
            raise invalid(
                name, f"{len(secret)} characters in place {place}", f"{shortest} or more random ones for each"
            )
    return seen


def is_strong(secret: str, shortest: int) -> bool:
    """Return whether a secret is long, printable and not trivial: a damaged file often holds NULs only."""
    return len(secret) >= shortest and secret.isprintable() and len(set(secret)) >= shortest / 5


@dataclass(frozen=True)
class SiteUrl:
    """The public address of the site."""

    scheme: str
    host: str
    port: int | None

    @property
    def https(self) -> bool:
        return self.scheme == "https"

    @property
    def loopback(self) -> bool:
        return _is_loopback(self.host)

    @property
    def origin(self) -> str:
        return f"{self.scheme}://{self._bracketed}" + (f":{self.port}" if self.port else "")

    @property
    def _bracketed(self) -> str:
        return f"[{self.host}]" if ":" in self.host else self.host

    @property
    def allowed_hosts(self) -> list[str]:
        """Return the allowed Host headers; for a loopback address, all names of this machine."""
        names = {"127.0.0.1", "localhost", "[::1]"} if self.loopback else set()
        return sorted(names | {self._bracketed})


def site_url(name: str, default: str, listening: str) -> SiteUrl:
    """Return the address of the site: https, or http on this machine or, with HOST set, on the local network.

    `listening` is the address that the server binds to.
    """
    seen = text(name, default)
    rule = "https://host, or http:// on 127.0.0.1 (with HOST= also a private address), without a path"
    try:
        parts = urlsplit(seen)
        port = None if parts.port == DEFAULT_PORTS.get(parts.scheme) else parts.port
        url = SiteUrl(parts.scheme, parts.hostname or "", port)
    except ValueError as error:
        raise invalid(name, seen, rule) from error
    extra = parts.path.strip("/") or parts.query or parts.fragment or parts.username or parts.password
    ip = _ip(url.host)
    named = HOST_NAME.fullmatch(url.host) or ip
    if url.scheme not in ("http", "https") or not named or extra or port == 0:
        raise invalid(name, seen, rule)
    on_lan = ip is not None and ip.is_private and not _is_loopback(listening)
    if not url.https and not url.loopback and not on_lan:
        raise invalid(name, seen, rule)
    return url


def _ip(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """Return a host as an IP address, or None if it is a name."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _is_loopback(host: str) -> bool:
    ip = _ip(host)
    return host == "localhost" or (ip is not None and ip.is_loopback)


def postgresql(name: str) -> dict[str, Any] | None:
    """Return the PostgreSQL database of a URL for Django's DATABASES, or None if the setting is empty.

    Timeouts are short, so that readers do not wait: one second for a statement or a
    lock, and the minimum for a connection (psycopg rounds one second up to two). No
    pool, because a pool waits half a minute for a database that is down.
    """
    seen = text(name)
    if not seen:
        return None
    rule = "postgres://user:password@host:port/database, or postgres:///database on this machine's socket"
    try:
        database = dj_database_url.parse(seen)
    except (ValueError, dj_database_url.ParseError, dj_database_url.UnknownSchemeError):
        # Not the value: it holds a password.
        raise invalid(name, "something else", rule) from None
    if database["ENGINE"] != "django.db.backends.postgresql" or not database["NAME"]:
        raise invalid(name, "something else", rule)
    patience = "-c statement_timeout=1000 -c lock_timeout=1000 -c idle_in_transaction_session_timeout=5000"
    options = {"connect_timeout": 1, "options": patience, **database.get("OPTIONS", {})}
    return {**database, "CONN_MAX_AGE": 0, "OPTIONS": options}
