"""The feed of changes: Atom, stored as a public page is, at the address of the site."""

import datetime as dt
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from django.test import Client
from pytest_django import Settings

import guide.library
from guide.pages import Change
from tests.tiny import guide_library

ATOM = "{http://www.w3.org/2005/Atom}"


def feed(client: Client) -> ElementTree.Element:
    return ElementTree.fromstring(client.get("/changes/feed/").content)


def test_is_atom_and_may_be_stored_without_the_reader(client: Client) -> None:
    client.cookies["exposures"] = "or.code-given"
    response = client.get("/changes/feed/")
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/atom+xml")
    assert response["Cache-Control"] == "public, max-age=0, s-maxage=300"
    assert response["ETag"]
    assert not response.cookies


def test_is_named_in_the_head_of_a_page(client: Client) -> None:
    assert '<link rel="alternate" type="application/atom+xml"' in client.get("/").content.decode()


def test_lists_the_newest_first_at_the_address_of_the_site(
    client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SITE_URL = "https://example.org"
    tiny = guide_library()
    site = (
        Change(date=dt.date(2026, 2, 3), what="Opened"),
        Change(date=dt.date(2026, 2, 9), what="A <new> gate"),
    )
    pages = {id: replace(page, front=page.front.model_copy(update={"changes": ()})) for id, page in tiny.pages.items()}
    pages["lend-a-key"] = replace(
        pages["lend-a-key"],
        front=pages["lend-a-key"].front.model_copy(
            update={"changes": (Change(date=dt.date(2026, 2, 5), what="Told"),)}
        ),
    )
    monkeypatch.setattr(guide.library, "current", lambda: replace(tiny, changes=site, pages=pages))
    entries = feed(client).findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == ["A <new> gate", "Lend a key：Told", "Opened"]
    links = [entry.find(f"{ATOM}link").get("href") for entry in entries]  # type: ignore[union-attr]
    assert links == [
        "https://example.org/changes/#day-2026-02-09",
        "https://example.org/guide/lend-a-key/",
        "https://example.org/changes/#day-2026-02-03",
    ]
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == 3
    assert ids == [entry.findtext(f"{ATOM}id") for entry in feed(client).findall(f"{ATOM}entry")]
