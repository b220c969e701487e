"""On paper: the words, what is folded up, the sources' addresses, and a QR code of the page; nothing to press."""

from playwright.sync_api import Page, expect

from tests.collecting import for_each
from tests.journeys import hands
from tests.pages import CALLS, PAGE, SOURCED
from tests.serving import Server

STEP = "/checklist/steps/wx-authorisations/"
CASE = "/checklist/emergency/code-given/"


def on_paper(page: Page, address: str) -> None:
    page.goto(address)
    page.emulate_media(media="print", color_scheme="dark")


@for_each([PAGE, STEP, CASE])
def test_prints_the_address_and_its_code_in_black_and_nothing_to_press(address: str, page: Page) -> None:
    on_paper(page, address)
    code = page.locator("main img.qr:visible")
    expect(code).to_have_count(1)
    page.pdf()  # a picture further down is fetched before it is printed
    assert code.evaluate("picture => picture.complete && picture.naturalWidth > 0")
    expect(page.locator("main .printed")).to_be_visible()
    expect(page.locator("main .printed")).to_have_text(page.url)
    expect(page.locator("nav:visible, button:visible, input:visible, select:visible")).to_have_count(0)
    colours = page.locator("body").evaluate("body => [getComputedStyle(body).color, getComputedStyle(body).background]")
    assert colours[0] == "rgb(0, 0, 0)"
    assert colours[1].startswith("rgb(255, 255, 255)")


@for_each([("/", ".door, .door *"), ("/checklist/emergency/", ".cases a")])
def test_prints_in_black_what_stands_on_a_ground(place: tuple[str, str], page: Page) -> None:
    address, places = place
    on_paper(page, address)
    colours = "all => all.flatMap(one => [getComputedStyle(one).color, getComputedStyle(one, '::before').color])"
    assert set(page.locator(places).evaluate_all(colours)) == {"rgb(0, 0, 0)"}


def test_prints_what_is_folded_up_and_the_address_of_a_source(page: Page) -> None:
    on_paper(page, STEP)
    expect(page.locator("details.missing > p").first).to_be_visible()
    on_paper(page, SOURCED)
    link = page.locator('.sources a[href^="http"]').first
    printed = link.evaluate("link => getComputedStyle(link, '::after').content")
    assert str(link.get_attribute("href")) in printed


@for_each(["/", "/guide/", "/checklist/emergency/", STEP])
def test_prints_the_address_of_the_site_and_no_folded_foot(address: str, page: Page, server: Server) -> None:
    page.context.add_cookies([{"name": "look", "value": "large", "url": server.url}])
    on_paper(page, address)
    expect(page.locator(".foot .printed")).to_be_visible()
    expect(page.locator(".foot .printed")).to_contain_text("http")
    expect(page.locator(".foot-more")).to_be_hidden()


def test_strikes_no_blank_for_a_date_through(page: Page) -> None:
    """The blank stays within its step, above the line that begins the next."""
    hands.list_given(page, *hands.GIVEN)
    on_paper(page, "/checklist/plan/print/")
    rows = page.locator(".plan-sheet > li").evaluate_all(
        """rows => rows.map((row) => [row, ...row.querySelectorAll(".sheet-done span")]
            .map((part) => part.getBoundingClientRect().bottom))"""
    )
    assert rows
    assert [row for row in rows if max(row[1:], default=0) > row[0]] == []


def test_prints_the_number_to_dial(page: Page) -> None:
    on_paper(page, CALLS)
    expect(page.locator('.channel a[href^="tel:"]').first).to_be_visible()
