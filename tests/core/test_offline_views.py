"""The service worker, its page for what is not kept, the manifest."""

import re

import brotli
import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.test import Client
from pytest_django import Settings

from core import offline_views
from tests.reading import one, read

pytestmark = pytest.mark.usefixtures("tiny")


def test_serves_the_worker_from_the_root_and_has_it_asked_for_again(client: Client) -> None:
    response = client.get("/sw.js")
    assert response.status_code == 200
    assert response["Content-Type"] == "text/javascript; charset=utf-8"
    assert response["Cache-Control"] == "no-cache"
    assert re.match(r'const VERSION = "[0-9.]+-[0-9a-f]{12}";\n', response.content.decode())
    assert not response.cookies


def test_keeps_the_worker_light(client: Client) -> None:
    assert len(brotli.compress(client.get("/sw.js").content)) < 3 * 1024


@pytest.mark.parametrize("part", ["RELEASE", "words", "stylesheet"])
def test_names_another_version_for_another_release(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    before = offline_views.worker_script.__wrapped__(on=True)
    if part == "RELEASE":
        settings.RELEASE = "99.0.0"
    elif part == "words":
        monkeypatch.setattr(offline_views, "content_version", lambda: "00000000")
    else:
        monkeypatch.setattr(offline_views, "static", lambda name: f"/static/other/{name}")
    assert offline_views.worker_script.__wrapped__(on=True).splitlines()[0] != before.splitlines()[0]


def test_sends_the_worker_away_where_it_is_switched_off(client: Client, settings: Settings) -> None:
    settings.SERVICE_WORKER = False
    script = client.get("/sw.js").content.decode()
    assert "unregister()" in script
    assert "caches.delete" in script
    assert "fetch" not in script


def test_keeps_the_plan_where_the_worker_looks_for_it() -> None:
    named = [
        re.findall(r'PLAN = ("plan[^"]*")', (offline_views.SCRIPTS / name).read_text()) for name in ("sw.js", "site.js")
    ]
    assert named[0] == named[1] == ['"plan 2"']


def test_has_a_page_for_what_is_not_kept(client: Client) -> None:
    response = client.get("/offline/")
    page = read(response)
    assert "public" in response["Cache-Control"], "the worker keeps nothing else"
    assert response["X-Robots-Tag"] == "noindex"
    assert one(page, "h1").text == "没连上"
    assert page.select('main a[href="/checklist/emergency/"]')
    assert [link["href"] for link in page.select('main a[href^="tel:"]')] == ["tel:110", "tel:96110"]
    assert page.select('main a[href=""]'), "again, at the address that was asked for"
    assert not page.select("script")


def test_names_itself_and_asks_nobody_to_install_it(client: Client) -> None:
    response = client.get("/site.webmanifest")
    manifest = response.json()
    assert response["Content-Type"].startswith("application/manifest+json")
    assert manifest["name"] == "安心退群"
    assert manifest["start_url"] == manifest["scope"] == "/"
    assert manifest["display"] == "browser"
    [icon] = manifest["icons"]
    assert icon["src"] == staticfiles_storage.url("img/icon.svg")


def test_links_to_the_manifest(client: Client) -> None:
    assert [link["href"] for link in read(client.get("/")).select("link[rel=manifest]")] == ["/site.webmanifest"]
