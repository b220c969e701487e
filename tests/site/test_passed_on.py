"""What a page takes along when it is passed on: its address, its name, its data; and how much it weighs."""

import json
import struct
from functools import cache

import pytest
import zxingcpp
from django.conf import settings

import checklist.library
import guide.library
from tests.reading import pixels
from tests.site.visits import ERRORS, MINE, PUBLIC, Visit, answer, page

KB = 1024
public_page = pytest.mark.parametrize("visit", PUBLIC, ids=str)
GUIDE = [Visit(page.address) for page in guide.library.current().pages.values()]
CASES = [Visit(f"/checklist/emergency/{id}/") for id in checklist.library.current().cases]
STEPS = [Visit(step.address) for step in checklist.library.current().steps.values()]
#: The pages that somebody shows to somebody else.
SHOWN = [*GUIDE, *CASES, *STEPS]


def of(visit: Visit, name: str) -> str:
    [meta] = page(visit).select(f'meta[property="og:{name}"]')
    return str(meta["content"])


@cache
def weight(address: str, encoding: str) -> int:
    """The bytes that are sent for an address."""
    response = answer(Visit(address, headers=(("accept-encoding", encoding),)))
    assert response.status_code == 200
    return len(b"".join(response.streaming_content) if response.streaming else response.content)


def all_in(visit: Visit, encoding: str) -> int:
    """A page with all that a browser fetches for it."""
    loaded = page(visit).select("link[rel=stylesheet], link[rel=icon], script[src], img[src]")
    return sum(weight(str(one.get("href") or one.get("src")), encoding) for one in loaded) + weight(
        visit.address, encoding
    )


# What chat apps and search engines read


@public_page
def test_it_says_what_it_is_to_a_chat_app(visit: Visit) -> None:
    assert of(visit, "url") == settings.SITE_URL + visit.address
    assert page(visit).title.text.startswith(of(visit, "title"))  # type: ignore[union-attr]
    assert of(visit, "description") == page(visit).select("meta[name=description]")[0]["content"]
    assert of(visit, "type") == ("article" if visit in GUIDE else "website")
    assert (of(visit, "site_name"), of(visit, "locale")) == ("安心退群", "zh_CN")


def test_it_has_a_picture_of_its_own() -> None:
    address = of(Visit("/"), "image")
    assert address.startswith(f"{settings.SITE_URL}/static/")
    picture = b"".join(answer(Visit(address.removeprefix(settings.SITE_URL))).streaming_content)
    assert struct.unpack(">II", picture[16:24]) == (1200, 630)
    assert len(picture) < 40 * KB


@pytest.mark.parametrize("visit", [*MINE, *ERRORS], ids=str)
def test_it_offers_nothing_to_pass_on_where_a_page_is_the_readers_own(visit: Visit) -> None:
    assert not page(visit).select('[property="og:url"], [property="og:image"], [type="application/ld+json"]')


@pytest.mark.parametrize("visit", [*MINE, *ERRORS], ids=str)
def test_it_draws_no_code_of_a_readers_own_page_but_where_the_plan_is_carried(visit: Visit) -> None:
    carries = visit.address in ("/checklist/carry/", "/checklist/plan/print/?code")
    # The list for a family draws the quiz's first page, which is anybody's.
    anybodys = page(visit).select('[aria-label="自查第一页的二维码"] .qr')
    assert carries or page(visit).select(".qr") == anybodys


@pytest.mark.parametrize("visit", GUIDE, ids=str)
def test_it_carries_its_data(visit: Visit) -> None:
    [block] = page(visit).select('script[type="application/ld+json"]')
    article, breadcrumbs = json.loads(str(block.string))["@graph"]
    assert article["headline"] == page(visit).h1.text  # type: ignore[union-attr]
    assert article["url"] == settings.SITE_URL + visit.address
    assert article["datePublished"] <= article["dateModified"]
    assert breadcrumbs["itemListElement"][-1]["item"] == article["url"]


# A second phone, and paper


@pytest.mark.parametrize("visit", SHOWN, ids=str)
def test_it_shows_its_address_as_a_qr_code(visit: Visit) -> None:
    [svg] = page(visit).select("main details svg.qr")
    assert svg.find_parent(role="img")["aria-label"]  # type: ignore[index]
    [code] = zxingcpp.read_barcodes(pixels(str(svg)))
    [canonical] = page(visit).select("link[rel=canonical]")
    assert code.text == canonical["href"]
    assert page(visit).select(".printed")[0].text == canonical["href"]


# Weight


@pytest.mark.parametrize("encoding", ["br", "gzip"])
@pytest.mark.parametrize("visit", [Visit("/checklist/emergency/"), *CASES], ids=str)
def test_it_keeps_an_emergency_page_light(visit: Visit, encoding: str) -> None:
    assert all_in(visit, encoding) <= 17 * KB


@pytest.mark.parametrize("encoding", ["br", "gzip"])
@pytest.mark.parametrize("visit", GUIDE, ids=str)
def test_it_keeps_a_page_of_the_guide_light(visit: Visit, encoding: str) -> None:
    assert all_in(visit, encoding) <= 30 * KB
