"""On paper: the words, what is folded up, the sources' addresses, and the way back by QR code; nothing to press."""

import pytest
from playwright.sync_api import Page, expect

ADDRESSES = {
    "page": "/guide/withdraw-authorisations/",
    "step": "/checklist/steps/wx-authorisations/",
    "case": "/checklist/emergency/code-given/",
}
each_address = pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)


def on_paper(page: Page, address: str) -> None:
    page.goto(address)
    page.emulate_media(media="print", color_scheme="dark")


@each_address
def test_it_prints_the_address_and_its_code(page: Page, address: str) -> None:
    on_paper(page, address)
    expect(page.locator("main svg.qr")).to_be_visible()
    expect(page.locator("main .printed")).to_be_visible()
    expect(page.locator("main .printed")).to_have_text(page.url)


@each_address
def test_it_prints_nothing_to_press(page: Page, address: str) -> None:
    on_paper(page, address)
    expect(page.locator("nav:visible, button:visible, input:visible, select:visible")).to_have_count(0)


@pytest.mark.parametrize("address", [ADDRESSES["page"], ADDRESSES["step"]], ids=["page", "step"])
def test_it_prints_what_is_folded_up(page: Page, address: str) -> None:
    on_paper(page, address)
    expect(page.locator("details.missing > p").first).to_be_visible()


@each_address
def test_it_prints_black_on_white_whatever_the_theme(page: Page, address: str) -> None:
    on_paper(page, address)
    colours = page.locator("body").evaluate("body => [getComputedStyle(body).color, getComputedStyle(body).background]")
    assert colours[0] == "rgb(0, 0, 0)"
    assert colours[1].startswith("rgb(255, 255, 255)")


@pytest.mark.parametrize(
    ("address", "places"), [("/", ".door, .door *"), ("/checklist/emergency/", ".cases a")], ids=["door", "case"]
)
def test_it_prints_in_black_what_stands_on_a_ground(page: Page, address: str, places: str) -> None:
    on_paper(page, address)
    colours = "all => all.flatMap(one => [getComputedStyle(one).color, getComputedStyle(one, '::before').color])"
    assert set(page.locator(places).evaluate_all(colours)) == {"rgb(0, 0, 0)"}


def test_it_prints_the_address_of_a_source(page: Page) -> None:
    on_paper(page, "/guide/laws/")
    link = page.locator('.sources a[href^="http"]').first
    printed = link.evaluate("link => getComputedStyle(link, '::after').content")
    assert str(link.get_attribute("href")) in printed


def test_it_prints_the_number_to_dial(page: Page) -> None:
    on_paper(page, "/guide/where-to-turn/")
    expect(page.locator('.channel a[href="tel:96110"]')).to_be_visible()
