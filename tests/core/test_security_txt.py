"""Whom to write to about a vulnerability."""

import datetime as dt
import re
from typing import Any

from django.conf import settings as site
from django.test import Client

ADDRESS = "/.well-known/security.txt"


def test_names_the_operators_address_until_the_release_is_old(client: Client, settings: Any) -> None:
    settings.CONTACT_EMAIL, settings.SITE_URL = "help@example.org", "https://example.org"
    settings.RELEASED = dt.date(2026, 11, 22)
    answer = client.get(ADDRESS)
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content.decode().splitlines() == [
        "Contact: mailto:help@example.org",
        "Expires: 2027-11-17T00:00:00Z",
        "Preferred-Languages: zh, en",
        f"Canonical: https://example.org{ADDRESS}",
    ]


def test_is_not_there_without_an_address(client: Client, settings: Any) -> None:
    settings.CONTACT_EMAIL = ""
    assert client.get(ADDRESS).status_code == 404


def test_the_day_of_the_release_is_that_of_the_changelog() -> None:
    changelog = (site.BASE_DIR / "CHANGELOG.md").read_text(encoding="utf-8")
    days = dict(re.findall(r"^## \[([\d.]+)\] - (\S+)$", changelog, re.MULTILINE))
    assert days[site.RELEASE] == str(site.RELEASED)
