"""What a page says of itself when it is shared: metadata, structured data, and a QR code of its address."""

import json
import struct

import zxingcpp
from django.conf import settings

import checklist.library
import guide.library
from tests.collecting import for_each
from tests.reading import png_pixels
from tests.site.visits import ERRORS, MINE, PUBLIC, Visit, answer, attributes, page

KB = 1024
GUIDE = [Visit(page.address) for page in guide.library.current().pages.values()]
CASES = [Visit(f"/checklist/emergency/{id}/") for id in checklist.library.current().cases]
STEPS = [Visit(step.address) for step in checklist.library.current().steps.values()]
CODE = "main details img.qr"


def og(visit: Visit, name: str) -> str:
    [content] = attributes(visit, f'meta[property="og:{name}"]', "content")
    return content


def text(visit: Visit, selector: str) -> str:
    return page(visit).css(selector)[0].text()


@for_each(PUBLIC)
def test_describes_itself_to_a_chat_app(visit: Visit) -> None:
    assert og(visit, "url") == settings.SITE_URL + visit.address
    assert text(visit, "title").startswith(og(visit, "title"))
    assert attributes(visit, "meta[name=description]", "content") == [og(visit, "description")]
    assert og(visit, "type") == ("article" if visit in GUIDE else "website")
    assert (og(visit, "site_name"), og(visit, "locale")) == ("安心退群", "zh_CN")


def test_has_a_small_picture() -> None:
    address = og(Visit("/"), "image")
    assert address.startswith(f"{settings.SITE_URL}/static/")
    picture = b"".join(answer(Visit(address.removeprefix(settings.SITE_URL))).streaming_content)
    assert struct.unpack(">II", picture[16:24]) == (1200, 630)
    assert len(picture) < 40 * KB


@for_each([*MINE, *ERRORS])
def test_offers_nothing_to_share_on_a_page_of_the_readers_own(visit: Visit) -> None:
    assert not page(visit).css('[property="og:url"], [property="og:image"], [type="application/ld+json"]')


@for_each([*MINE, *ERRORS])
def test_draws_no_code_of_a_readers_own_page_but_where_the_plan_is_carried(visit: Visit) -> None:
    carries = visit.address in ("/checklist/carry/", "/checklist/plan/print/?code")
    # The code of a public page may stand there: that of the home page on paper, that of the quiz for a family.
    public = page(visit).css('.qr[src^="/qr/"]')
    assert carries or len(page(visit).css(".qr")) == len(public)


@for_each(GUIDE)
def test_carries_structured_data(visit: Visit) -> None:
    article, breadcrumbs = json.loads(text(visit, 'script[type="application/ld+json"]'))["@graph"]
    assert article["headline"] == text(visit, "h1")
    assert article["url"] == settings.SITE_URL + visit.address
    assert article["datePublished"] <= article["dateModified"]
    assert breadcrumbs["itemListElement"][-1]["item"] == article["url"]


@for_each([*GUIDE, *CASES, *STEPS])
def test_shows_its_address_as_a_qr_code(visit: Visit) -> None:
    [address] = attributes(visit, CODE, "src")
    assert all(attributes(visit, CODE, "alt"))
    [code] = zxingcpp.read_barcodes(png_pixels(answer(Visit(address)).content))
    assert [code.text] == attributes(visit, "link[rel=canonical]", "href")
    assert text(visit, ".printed") == code.text
