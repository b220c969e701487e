"""The poster: one sheet, its numbers from the channels, its code the address of the site."""

import zxingcpp
from django.test import Client

from guide import library
from tests.reading import png_pixels, read


def test_dials_the_numbers_of_the_channels(client: Client) -> None:
    numbers = [library.current().channels[id].number for id in ("police-110", "anti-fraud-96110")]
    assert [link["href"] for link in read(client.get("/poster/")).select(".poster .tel")] == [
        f"tel:{number}" for number in numbers
    ]


def test_leads_to_the_site_whatever_the_host_header_says(client: Client) -> None:
    [image] = read(client.get("/poster/")).select(".poster img.qr")
    [code] = zxingcpp.read_barcodes(png_pixels(client.get(str(image["src"])).content))
    assert code.text == "http://127.0.0.1:8000/"


def test_is_the_same_for_everybody(client: Client) -> None:
    client.cookies["s.wx-leave"] = "d1xx"
    response = client.get("/poster/")
    assert response["Cache-Control"].startswith("public")
    assert response.content == Client().get("/poster/").content
