"""The guide's pages, terms and changes, and the sitemap."""

import datetime as dt
from email.utils import parsedate_to_datetime
from typing import Any
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client
from django.utils.html import strip_tags

from tests.reading import one, read
from tests.tiny import guide_library

pytestmark = pytest.mark.usefixtures("tiny")
NAMES = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


# Home, index, page


@pytest.mark.parametrize("address", ["/checklist/emergency/", "/guide/", "/quizzes/", "/checklist/plan/", "/privacy/"])
def test_leads_from_the_first_page_to_what_one_needs(client: Client, address: str) -> None:
    assert read(client.get("/")).select(f'a[href="{address}"]')


def test_lists_each_page_under_its_section_in_reading_order(client: Client) -> None:
    page = read(client.get("/guide/"))
    links = [str(link["href"]) for link in page.select("main .shelf a")]
    assert links == ["/guide/walk-the-yard/", "/guide/lend-a-key/", "/guide/ring-the-bell/"]
    assert len(page.select("main .shelf[aria-labelledby] > h2[id]")) == 2


def test_shows_a_page_with_all_that_stands_in_it(client: Client) -> None:
    page = read(client.get("/guide/lend-a-key/"))
    assert one(page, "h1").text == "Lend a key"
    links = {str(link["href"]) for link in page.select("main a")}
    inside = {"/guide/walk-the-yard/#gate", "/checklist/emergency/fire/", "/checklist/steps/change-lock/"}
    assert links >= inside | {"/quizzes/lantern/", "#source-1", "#source-2", "#cite-1"}
    assert [link["href"] for link in page.select("main a[rel=prev], main a[rel=next]")] == [
        "/guide/walk-the-yard/",
        "/guide/ring-the-bell/",
    ]
    assert page.select("#who")
    assert "2026" in page.select("time")[0].text


def test_leads_nowhere_before_the_first_page_and_after_the_last(client: Client) -> None:
    assert not read(client.get("/guide/walk-the-yard/")).select("[rel=prev]")
    assert not read(client.get("/guide/ring-the-bell/")).select("[rel=next]")


def test_follows_an_older_name_of_a_page(client: Client) -> None:
    response = client.get("/guide/lending-keys/")
    assert (response.status_code, response["Location"]) == (301, "/guide/lend-a-key/")


@pytest.mark.parametrize("slug", ["nowhere", "Lend-a-key", "lend-a-key.md", "index"])
def test_does_not_know_other_pages(client: Client, slug: str) -> None:
    assert client.get(f"/guide/{slug}/").status_code == 404


@pytest.mark.parametrize("address", ["/guide", "/guide/lend-a-key", "/about"])
def test_adds_the_slash_that_somebody_left_out(client: Client, address: str) -> None:
    response = client.get(address)
    assert (response.status_code, response["Location"]) == (301, address + "/")


@pytest.mark.parametrize("address", ["/", "/guide/", "/guide/lend-a-key/", "/privacy/", "/about/", "/healthz"])
def test_takes_no_form_where_there_is_none(reader: Client, address: str) -> None:
    assert reader.post(address).status_code == 405


def test_says_who_runs_this_copy(client: Client, settings: Any) -> None:
    settings.OPERATOR, settings.CONTACT_EMAIL = "A <neighbour>", "hello@example.org"
    for address in ("/about/", "/"):
        page = read(client.get(address))
        assert "A <neighbour>" in page.text
    assert "hello@example.org" in read(client.get("/about/")).text


def test_promises_an_answer_only_where_one_can_write(client: Client, settings: Any) -> None:
    settings.CONTACT_EMAIL, settings.REPLY_DAYS = "", 9
    assert "9 天" not in read(client.get("/about/")).text
    settings.CONTACT_EMAIL = "hello@example.org"
    client = Client()  # with no page stored
    assert "9 天之内回" in read(client.get("/about/")).text


# Terms and changes


def test_lists_each_term_with_its_gloss_and_the_pages_that_use_it(client: Client) -> None:
    page = read(client.get("/guide/terms/"))
    assert [place["id"] for place in page.select("dl > div")] == ["term-wick", "term-latch"]
    latch = page.select("#term-latch")[0]
    assert "what holds the gate" in latch.text
    assert [link["href"] for link in latch.select("a")] == ["/guide/lend-a-key/"]
    assert not page.select("#term-wick a")


def test_tells_what_changed_newest_first(client: Client) -> None:
    page = read(client.get("/changes/"))
    assert [time["datetime"] for time in page.select("main time")] == ["2026-02-04", "2026-02-03"]
    first, second = page.select("main .day")
    assert "The yard has a gate" in first.text
    assert "The yard is open" in second.text
    assert "First words" in second.text
    assert [link["href"] for link in second.select("a")] == ["/guide/lend-a-key/"]


# The sitemap


def test_says_in_the_sitemap_when_a_page_was_checked(client: Client) -> None:
    response = client.get("/sitemap.xml")
    assert response["Content-Type"] == "application/xml"
    root = ElementTree.fromstring(response.content)
    dates = {url.findtext(f"{NAMES}loc"): url.findtext(f"{NAMES}lastmod") for url in root.iter(f"{NAMES}url")}
    assert dates[f"{settings.SITE_URL}/guide/lend-a-key/"] == dt.date(2026, 2, 3).isoformat()
    if "Last-Modified" in response.headers:
        assert parsedate_to_datetime(response["Last-Modified"]).year == 2026


def test_shows_what_a_channel_is_based_on() -> None:
    html = render_to_string("guide/_channel.html", {"channel": guide_library().channels["watch"]})
    assert "Almanac Office，A year of lanterns，2026-01" in strip_tags(html)
    assert "依据" not in render_to_string("guide/_channel.html", {"channel": guide_library().channels["notice-board"]})
