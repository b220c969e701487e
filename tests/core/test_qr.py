"""The QR code of an address, read back with another library."""

import re
from xml.etree import ElementTree

import pytest
import zxingcpp

from core.qr import SCALE, qr_png, qr_svg
from tests.reading import pixels, png_pixels

ADDRESSES = [
    "http://127.0.0.1:8000/",
    "https://example.org/guide/passwords-and-sign-ins/",
    "https://a-long-name-of-a-site.example.org/checklist/steps/wx-authorisations/",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_reads_back_as_the_address(address: str) -> None:
    for image in (pixels(qr_svg(address)), png_pixels(qr_png(address))):
        [code] = zxingcpp.read_barcodes(image)
        assert code.text == address
        assert code.format == zxingcpp.BarcodeFormat.QRCode


def test_has_nothing_that_the_policy_forbids() -> None:
    svg = qr_svg("https://example.org/")
    assert not re.search(r"style|\bid=|xmlns|href|<\?xml|<!DOCTYPE|\bwidth=|\bheight=", svg)
    assert ElementTree.fromstring(svg).get("class") == "qr"


def test_a_picture_has_the_light_edge_that_scanners_need_on_a_dark_page() -> None:
    picture = png_pixels(qr_png("https://example.org/"))
    edge = 4 * SCALE
    assert {picture[at, across] for at in range(edge) for across in range(picture.shape[1])} == {255}
    assert {picture[down, at] for at in range(edge) for down in range(picture.shape[0])} == {255}


def test_draws_its_light_squares() -> None:
    assert 'fill="#fff"' in qr_svg("https://example.org/")
