"""Carrying the plan: the page that makes the link, and the address that brings it."""

import datetime as dt
from typing import Any
from urllib.parse import urlsplit

import pytest
import segno
import zxingcpp
from django.conf import settings as django_settings
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

import checklist.state.retired
from checklist.state import wire_ids
from checklist.state.link import make_link
from checklist.state.retired import Retired
from tests.reading import pixels, read

pytestmark = pytest.mark.usefixtures("tiny")

CARRY = "/checklist/carry/"
PLAN = {"exposures": "or.key-lent_hq.name-told", "s.keep-diary": "d1xw", "s.say-goodbye": "x1xx"}
ANOTHER = {"exposures": "map-copied.oq", "s.burn-copy": "d261101", "s.keep-diary": "d261102", "has": "lamp"}


def with_cookies(cookies: dict[str, str]) -> Client:
    client = Client(headers={"sec-fetch-site": "same-origin"}, enforce_csrf_checks=True)
    client.cookies.load(cookies)
    return client


def address(cookies: dict[str, str], made: dt.datetime | None = None, secret: str = "") -> str:
    token = make_link(cookies, wire_ids.current(), secret or django_settings.SECRET_KEY, made or timezone.now())
    return f"/checklist/resume/{token}/"


def kept(client: Client) -> dict[str, str]:
    """The cookies as the browser has them after the answer."""
    return {name: cookie.value for name, cookie in client.cookies.items() if cookie["max-age"] != 0}


def words(response: Any) -> str:
    [main] = read(response).select("main")
    return main.text


# The page that makes the link


def test_it_makes_a_link_that_brings_the_plan(reader: Client) -> None:
    page = read(with_cookies(PLAN).get(CARRY))
    link = urlsplit(page.select("textarea")[0].text.strip())
    assert f"{link.scheme}://{link.netloc}" == django_settings.SITE_URL
    reader.post(link.path)
    assert kept(reader) == PLAN


def test_it_shows_the_link_as_a_code_too() -> None:
    page = read(with_cookies(PLAN).get(CARRY))
    [code] = zxingcpp.read_barcodes(pixels(str(page.select("svg.qr")[0])))
    assert code.text == page.select("textarea")[0].text.strip()
    assert int(segno.make_qr(code.text).version) <= 10


def test_it_says_what_is_in_the_link_and_how_long_it_holds() -> None:
    said = words(with_cookies(PLAN).get(CARRY))
    until = timezone.localdate() + dt.timedelta(days=90)
    assert "里面有你的答案，别发到群里" in said
    assert f"{until.year}年{until.month}月{until.day}日" in said


def test_it_keeps_nothing_when_it_makes_a_link() -> None:
    response = with_cookies(PLAN).get(CARRY)
    assert not response.cookies
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("cookies", [{}, {"has": "lamp"}, {"look": "large"}, {"q.lantern": "dark.yes"}], ids=str)
def test_it_says_when_there_is_nothing_to_carry(cookies: dict[str, str]) -> None:
    response = with_cookies(cookies).get(CARRY)
    assert "还没有清单" in words(response)
    assert not read(response).select("textarea, svg.qr")


def test_it_puts_the_site_s_own_address_into_the_link(settings: Settings) -> None:
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://example.org", ["other.example"]
    settings.COOKIE_PREFIX = ""
    page = read(with_cookies(PLAN).get(CARRY, headers={"host": "other.example"}))
    assert page.select("textarea")[0].text.strip().startswith("https://example.org/checklist/resume/")


# The address that brings it


def test_it_shows_what_it_brings_and_changes_nothing(reader: Client) -> None:
    response = reader.get(address(PLAN))
    assert not response.cookies
    said = words(response)
    assert "给出过的东西：2样" in said
    assert "做完的：1步，最近一步在2026年11月21日" in said
    assert "放到以后的，或不适合的：1步" in said
    assert "还没有清单" in said
    assert [button.text for button in read(response).select("main button")] == ["用这一份"]


def test_it_shows_what_would_be_replaced() -> None:
    response = with_cookies(ANOTHER).get(address(PLAN))
    assert not response.cookies
    [brought, here] = read(response).select("main .summary")
    assert "2样" in brought.text
    assert "做完的：2步" in here.text
    assert read(response).select('main a[href="/checklist/plan/"]')[0].text == "不用了，留着原来的"


def test_it_takes_the_plan_over_in_place_of_the_one_here() -> None:
    client = with_cookies(ANOTHER | {"look": "large", "q.lantern": "dark.yes"})
    response = client.post(address(PLAN))
    assert (response.status_code, response["Location"]) == (302, "/checklist/plan/?kept")
    assert response["Cache-Control"] == "private, no-store"
    assert kept(client) == PLAN | {"look": "large", "q.lantern": "dark.yes"}


def test_it_takes_over_a_plan_with_nothing_given(reader: Client) -> None:
    reader.post(address({"exposures": "-"}))
    assert kept(reader) == {"exposures": "-"}


def test_it_takes_a_plan_over_only_from_our_own_page() -> None:
    client = Client(headers={"sec-fetch-site": "cross-site"}, enforce_csrf_checks=True)
    response = client.post(address(PLAN))
    assert response.status_code == 403
    assert not response.cookies


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    ("spoilt", "sentence"),
    [
        (lambda: address(PLAN)[:-9] + "/", "可能没复制完整"),
        (lambda: "/checklist/resume/刚才那个/", "可能没复制完整"),
        (lambda: address(PLAN, secret="stranger " * 8), "可能没复制完整"),
        (lambda: address(PLAN, made=timezone.now() - dt.timedelta(days=91)), "这个链接过期了"),
    ],
    ids=["cut", "made up", "of others", "old"],
)
def test_it_says_why_a_link_does_not_open_and_changes_nothing(spoilt: Any, sentence: str, method: str) -> None:
    client = with_cookies(ANOTHER)
    response = getattr(client, method)(spoilt())
    assert response.status_code == 200
    assert sentence in words(response)
    assert not response.cookies
    assert kept(client) == ANOTHER


@pytest.mark.parametrize("method", ["get", "post"])
def test_it_says_that_a_link_is_of_a_newer_version(monkeypatch: pytest.MonkeyPatch, method: str) -> None:
    with monkeypatch.context() as later:
        later.setattr("checklist.state.link.FORMAT", 2)
        link = address(PLAN)
    client = with_cookies(ANOTHER)
    response = getattr(client, method)(link)
    assert "网站更新以后做的" in words(response)
    assert kept(client) == ANOTHER


def test_it_opens_a_link_made_before_the_secret_rotated(reader: Client, settings: Settings) -> None:
    link = address(PLAN)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "rotated " * 8
    reader.post(link)
    assert kept(reader) == PLAN


def test_it_refuses_that_link_once_the_older_secret_is_dropped_and_keeps_the_plan_that_is_here(
    settings: Settings,
) -> None:
    link, client = address(PLAN), with_cookies(ANOTHER)
    before = words(client.get("/checklist/plan/"))
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "rotated " * 8, []
    for response in (client.get(link), client.post(link)):
        assert response.status_code == 200
        assert "也可能已经作废。回到原来的手机上，做一个新的" in words(response)
    assert kept(client) == ANOTHER
    assert words(client.get("/checklist/plan/")) == before, "no secret stands between a reader and her progress"


def test_it_tells_no_page_where_the_reader_came_from(reader: Client) -> None:
    for link in (address(PLAN), address(PLAN)[:-9] + "/"):
        page = read(reader.get(link))
        assert [meta["content"] for meta in page.select("meta[name=referrer]")] == ["origin"]
        assert not page.select('a[href^="http"], [src^="http"], link[href^="http"]')


def test_it_reads_older_ids_in_a_link(reader: Client) -> None:
    older = wire_ids.current().model_copy(update={"steps": {"old-diary": 200, **wire_ids.current().steps}})
    renamed = Retired(steps={"old-diary": ("keep-diary", "shut-bell")})
    with wire_ids.current.using(older), checklist.state.retired.current.using(renamed):
        reader.post(address({"s.old-diary": "d261120"}))
    assert kept(reader) == {"s.keep-diary": "d1xv", "s.shut-bell": "d1xv"}


# Older ids in cookies


def test_it_shows_and_replaces_what_was_ticked_under_an_older_id() -> None:
    client = with_cookies({"exposures": "key-lent.or", "s.old-diary": "d261120"})
    with checklist.state.retired.current.using(Retired(steps={"old-diary": ("keep-diary", "shut-bell")})):
        before = read(client.get("/checklist/plan/"))
        assert {row["id"] for row in before.select(".items.done li")} == {"step-keep-diary", "step-shut-bell"}
        client.post("/checklist/steps/keep-diary/", {"state": "open"})
        assert kept(client) == {"exposures": "key-lent.or", "s.shut-bell": "d261120"}


def test_it_shows_and_replaces_what_was_given_under_an_older_id() -> None:
    client = with_cookies({"exposures": "old-key.or"})
    with checklist.state.retired.current.using(Retired(exposures={"old-key": ("key-lent", "bell-open")})):
        rows = read(client.get("/checklist/exposures/")).select("[name=given][checked]")
        assert [row["value"] for row in rows] == ["key-lent", "bell-open"]
        client.post("/checklist/exposures/", {"given": "key-lent"})
        assert kept(client) == {"exposures": "or.key-lent"}
