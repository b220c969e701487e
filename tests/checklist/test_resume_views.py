"""Carrying the plan: the page that makes the link, and the address that brings it."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import pytest
import segno
import zxingcpp
from django.conf import settings as django_settings
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from checklist import library
from checklist.resume.link import make_link
from checklist.state import wire_ids
from checklist.state.cookies import ReaderState, read_state
from core.dates import write_day
from tests.reading import png_pixels, read
from tests.tiny import numbered

pytestmark = pytest.mark.usefixtures("tiny")

CARRY = "/checklist/carry/"
PLAN = {"exposures": "or.key-lent_hq.name-told", "s.keep-diary": "d1xw", "s.say-goodbye": "x1xx"}
ANOTHER = {"exposures": "oq.map-copied", "s.burn-copy": "d1xc", "s.keep-diary": "d1xd", "has": "lantern"}


def with_cookies(cookies: dict[str, str]) -> Client:
    client = Client(headers={"sec-fetch-site": "same-origin"}, enforce_csrf_checks=True)
    client.cookies.load(cookies)
    return client


def address(cookies: dict[str, str], made: dt.datetime | None = None, secret: str = "") -> str:
    secret = secret or django_settings.SECRET_KEY
    token = make_link(plan_in(cookies), wire_ids.current(), secret, made or timezone.now())
    return f"/checklist/resume/{token}/"


def kept(client: Client) -> dict[str, str]:
    """The cookies as the browser has them after the answer."""
    return {name: cookie.value for name, cookie in client.cookies.items() if cookie["max-age"] != 0}


def plan_in(cookies: dict[str, str]) -> ReaderState:
    return read_state(cookies, wire_ids.current())


def words(response: Any) -> str:
    [main] = read(response).select("main")
    return main.text


# The page that makes the link


def test_makes_a_link_that_brings_the_plan(reader: Client) -> None:
    page = read(with_cookies(PLAN).get(CARRY))
    link = urlsplit(page.select("textarea")[0].text.strip())
    assert f"{link.scheme}://{link.netloc}" == django_settings.SITE_URL
    reader.post(link.path)
    assert plan_in(kept(reader)) == plan_in(PLAN)


def test_shows_the_link_as_a_code_too() -> None:
    client = with_cookies(PLAN)
    page = read(client.get(CARRY))
    [image] = page.select("img.qr")
    picture = client.get(str(image["src"]))
    assert str(image["src"]).startswith("/checklist/resume/")
    assert picture["Cache-Control"] == "private, no-store"
    [code] = zxingcpp.read_barcodes(png_pixels(picture.content))
    assert code.text == page.select("textarea")[0].text.strip()
    assert int(segno.make_qr(code.text).version) <= 10


def test_draws_no_code_of_a_link_that_does_not_open(reader: Client) -> None:
    assert reader.get("/checklist/resume/anything/code.png").status_code == 404
    assert reader.get(f"{address(PLAN)[:-9]}/code.png").status_code == 404


def test_says_what_is_in_the_link_and_how_long_it_holds() -> None:
    said = words(with_cookies(PLAN).get(CARRY))
    until = timezone.localdate() + dt.timedelta(days=90)
    assert "里面有你的答案，别发到群里" in said
    assert f"{until.year}年{until.month}月{until.day}日" in said


def test_keeps_nothing_when_it_makes_a_link() -> None:
    response = with_cookies(PLAN).get(CARRY)
    assert not response.cookies
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("cookies", [{}, {"has": "lantern"}, {"look": "large"}, {"q.lantern": "dark.yes"}], ids=str)
def test_says_when_there_is_nothing_to_carry(cookies: dict[str, str]) -> None:
    response = with_cookies(cookies).get(CARRY)
    assert "还没有清单" in words(response)
    assert not read(response).select("textarea, .qr")


def test_puts_the_site_s_own_address_into_the_link(settings: Settings) -> None:
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://example.org", ["other.example"]
    settings.COOKIE_PREFIX = ""
    page = read(with_cookies(PLAN).get(CARRY, headers={"host": "other.example"}))
    assert page.select("textarea")[0].text.strip().startswith("https://example.org/checklist/resume/")


# The address that brings it


def test_shows_what_it_brings_and_changes_nothing(reader: Client) -> None:
    response = reader.get(address(PLAN))
    assert not response.cookies
    said = words(response)
    assert "给出过的东西：2样" in said
    assert "做完的：1步，最近一步在2026年11月21日" in said
    assert "放到以后的，或不适合的：1步" in said
    assert "还没有清单" in said
    assert [button.text for button in read(response).select("main button")] == ["用这一份"]


def test_shows_what_would_be_replaced() -> None:
    response = with_cookies(ANOTHER).get(address(PLAN))
    assert not response.cookies
    [brought, here] = read(response).select("main .summary")
    assert "2样" in brought.text
    assert "做完的：2步" in here.text
    assert read(response).select('main a[href="/checklist/plan/"]')[0].text == "留着这台的"


def test_puts_both_plans_together() -> None:
    client = with_cookies(ANOTHER)
    before = client.get("/checklist/plan/")
    assert read(client.get(address(PLAN))).select_one("main form button[name=together]")
    response = client.post(address(PLAN), {"together": "yes"})
    assert response.status_code == 302
    shown = {str(row["id"]) for row in read(client.get("/checklist/plan/")).select('#plan [id^="step-"]')}
    assert {str(row["id"]) for row in read(before).select('#plan [id^="step-"]')} <= shown


def test_takes_the_plan_over_in_place_of_the_one_here() -> None:
    client = with_cookies(ANOTHER | {"look": "large", "q.lantern": "dark.yes"})
    response = client.post(address(PLAN))
    assert (response.status_code, response["Location"]) == (302, "/checklist/plan/?kept")
    assert response["Cache-Control"] == "private, no-store"
    assert plan_in(kept(client)) == plan_in(PLAN)
    others = {"look": "large", "q.lantern": "dark.yes"}
    assert others.items() <= kept(client).items()
    assert kept(client).keys() == {"exposures", "s.all", *others}


def test_takes_over_a_plan_with_nothing_given(reader: Client) -> None:
    reader.post(address({"exposures": "-"}))
    assert kept(reader) == {"exposures": "-"}


def test_takes_a_plan_over_only_from_our_own_page() -> None:
    client = Client(headers={"sec-fetch-site": "cross-site"}, enforce_csrf_checks=True)
    response = client.post(address(PLAN))
    assert response.status_code == 403
    assert not response.cookies


@pytest.mark.parametrize("end", ["。", "，", "/。", "！/", "）。", "”", "%E3%80%82", " ", "\u200b"])
def test_opens_a_link_with_the_punctuation_of_the_sentence_around_it(reader: Client, end: str) -> None:
    response = reader.get(address(PLAN).removesuffix("/") + end, follow=True)
    assert [button.text for button in read(response).select("main button")] == ["用这一份"]


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
def test_says_why_a_link_does_not_open_and_changes_nothing(spoilt: Any, sentence: str, method: str) -> None:
    client = with_cookies(ANOTHER)
    response = getattr(client, method)(spoilt())
    assert response.status_code == 200
    assert sentence in words(response)
    assert not response.cookies
    assert kept(client) == ANOTHER


@pytest.mark.parametrize("method", ["get", "post"])
def test_says_that_a_link_is_of_a_newer_version(monkeypatch: pytest.MonkeyPatch, method: str) -> None:
    with monkeypatch.context() as later:
        later.setattr("checklist.resume.link.PLAIN", 4)
        later.setattr("checklist.resume.link.COMPRESSED", 5)
        link = address(PLAN)
    client = with_cookies(ANOTHER)
    response = getattr(client, method)(link)
    assert "网站更新以后做的" in words(response)
    assert kept(client) == ANOTHER


def test_opens_a_link_made_before_the_secret_rotated(reader: Client, settings: Settings) -> None:
    link = address(PLAN)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "rotated " * 8
    reader.post(link)
    assert plan_in(kept(reader)) == plan_in(PLAN)


def test_refuses_that_link_once_the_older_secret_is_dropped_and_keeps_the_plan_that_is_here(
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


def test_tells_no_page_where_the_reader_came_from(reader: Client) -> None:
    for link in (address(PLAN), address(PLAN)[:-9] + "/"):
        page = read(reader.get(link))
        assert [meta["content"] for meta in page.select("meta[name=referrer]")] == ["origin"]
        assert not page.select('a[href^="http"], [src^="http"], link[href^="http"]')


# Cookies of release 0.2.0, and former ids


def test_replaces_a_cookie_of_0_2_0_when_its_step_is_touched() -> None:
    client = with_cookies(PLAN)
    client.post("/checklist/steps/keep-diary/", {"state": "skip"})
    client.get("/checklist/plan/")
    diary, today = wire_ids.current().steps.numbers["keep-diary"], write_day(timezone.localdate())
    left = {name: value for name, value in PLAN.items() if name != "s.keep-diary"}
    assert kept(client) == left | {f"s.{diary}": f"x{today}"}
    client.post("/checklist/steps/say-goodbye/", {"state": "open"})
    client.get("/checklist/plan/")
    assert kept(client).keys() == {"exposures", f"s.{diary}"}
    client.post("/checklist/exposures/", {"given": "key-lent"})
    assert kept(client)["exposures"] == "or.1"


@pytest.fixture
def renamed(tiny: object) -> Iterator[None]:
    """The tiny content after a step and an exposure were renamed."""
    below = library.current()
    policy = below.steps["keep-diary"].policy.model_copy(update={"aliases": ("old-diary",)})
    steps = below.steps | {"keep-diary": below.steps["keep-diary"].model_copy(update={"policy": policy})}
    key = below.exposures["key-lent"].model_copy(update={"aliases": ("old-key",)})
    now = replace(below, steps=steps, exposures=below.exposures | {"key-lent": key})
    with library.current.using(now), wire_ids.current.using(numbered(now)):
        yield


@pytest.mark.usefixtures("renamed")
def test_knows_the_former_id_of_a_step_in_cookies_forms_and_addresses() -> None:
    client = with_cookies({"exposures": "or.old-key", "s.old-diary": "d1xv"})
    assert {row["id"] for row in read(client.get("/checklist/plan/")).select(".items.done li")} == {"step-keep-diary"}
    moved = client.get("/checklist/steps/old-diary/")
    assert (moved.status_code, moved["Location"]) == (301, "/checklist/steps/keep-diary/#how-old-diary")
    client.post("/checklist/steps/old-diary/", {"state": "skip"})
    client.get("/checklist/plan/")
    diary = wire_ids.current().steps.numbers["keep-diary"]
    assert kept(client) == {"exposures": "or.old-key", f"s.{diary}": "x" + write_day(timezone.localdate())}


@pytest.mark.usefixtures("renamed")
def test_knows_the_former_id_of_an_exposure_in_cookies_and_forms() -> None:
    client = with_cookies({"exposures": "or.old-key"})
    rows = read(client.get("/checklist/exposures/")).select("[name=given][checked]")
    assert [row["value"] for row in rows] == ["key-lent"]
    client.post("/checklist/exposures/", {"given": "old-key", "handled": "old-key"})
    assert kept(client) == {"exposures": "hr.1"}
