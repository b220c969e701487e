"""Larger type than the page asked for: WeChat's text zoom, and a larger default size of the browser."""

import base64

import pytest
from playwright.sync_api import CDPSession, FloatRect, Page

from tests.journeys.conftest import Opener
from tests.journeys.test_layout import in_look, longest_of_each_kind
from tests.site.visits import answer

SCREEN = {"width": 390, "height": 664}
#: Text zoom by `text-size-adjust`, as WeChat does it on iPhones, in percent.
ZOOMS = (140, 200)
#: Default sizes of the browser in px; that of most is 16.
DEFAULTS = (24, 32)
FAULTS = """() => {
    const found = [];
    const report = (rule, element) => found.push(`${rule}: ${element.outerHTML.slice(0, 90)}`);
    document.querySelectorAll("details").forEach((details) => { details.open = true; });
    if (document.scrollingElement.scrollWidth > window.innerWidth) {
        [...document.querySelectorAll("body *")]
            .filter((each) => each.getBoundingClientRect().right > window.innerWidth + 0.5 && !each.closest(".sprite"))
            .slice(-1).forEach((each) => report("wider than the window", each));
    }
    for (const part of document.querySelectorAll(".top, .bar"))
        if (part.getBoundingClientRect().height > window.innerHeight / 4) report("takes a quarter of the screen", part);
    for (const name of document.querySelectorAll(".brand b")) {
        const words = document.createRange();
        words.selectNodeContents(name);
        if (new Set([...words.getClientRects()].map(({ top }) => top)).size > 1) report("in two lines", name);
    }
    for (const each of document.querySelectorAll("button, .button, .bar a, .chip, .tel, .door"))
        if (each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).display !== "inline")
            report("cut off", each);
    return found;
}"""


SIZES = [*({"zoom": zoom} for zoom in ZOOMS), *({"default": default} for default in DEFAULTS)]
#: The style of a text zoom, in place of that of the size before.
ZOOM = """percent => ["html", "body"].forEach((tag) => {
    const { style } = document.querySelector(tag);
    for (const name of ["-webkit-text-size-adjust", "text-size-adjust"])
        style.setProperty(name, `${percent}%`, "important");
})"""


@pytest.fixture
def phone(opens: Opener) -> Page:
    """A phone: a browser for a desktop knows no text zoom."""
    return opens(viewport=SCREEN, is_mobile=True, has_touch=True).new_page()


def enlarge(page: Page, devtools: CDPSession, zoom: int = 100, default: int = 16) -> None:
    """Give the page shown a text zoom, and the browser a default size of the type."""
    devtools.send("Page.setFontSizes", {"fontSizes": {"standard": default, "fixed": default}})
    page.evaluate(ZOOM, zoom)


@pytest.mark.parametrize("look", ["light", "大字版"])
def test_every_kind_of_page_fits(phone: Page, look: str) -> None:
    html, found = "", []
    devtools = phone.context.new_cdp_session(phone)
    phone.route("**/shown/", lambda route: route.fulfill(content_type="text/html", body=html))
    # The server has another secret than the test: it knows none of the links, and draws no code of them.
    phone.route("**/code.png", lambda route: route.fulfill(content_type="image/png", body=b""))
    for visit in longest_of_each_kind():
        html = answer(in_look(visit, look)).content.decode()
        phone.goto("/shown/")
        for size in SIZES:
            enlarge(phone, devtools, **size)
            found += [f"{visit} with {size}: {fault}" for fault in phone.evaluate(FAULTS)]
    assert not found, "\n".join(found)


# Numbers in circles

#: How far the ink of a picture reaches, in parts of its size: the sheet behind a circle is not quite white.
INK = """async (png) => {
    const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
    const canvas = new OffscreenCanvas(picture.width, picture.height), pen = canvas.getContext("2d");
    pen.drawImage(picture, 0, 0);
    const { data } = pen.getImageData(0, 0, picture.width, picture.height);
    const rows = [], white = (at) => data[at] + data[at + 1] + data[at + 2] > 760;
    for (let at = 0; at < data.length; at += 4) if (white(at)) rows.push(Math.floor(at / 4 / picture.width));
    return rows.length ? [Math.min(...rows) / picture.height, (Math.max(...rows) + 1) / picture.height] : [];
}"""
CIRCLES = ".actions-list li, .todo h2, .prose ol:not([class]) > li"
#: The middle of the first circle on a page.
FIRST = """(selector) => {
    const item = document.querySelector(selector), circle = getComputedStyle(item, "::before");
    window.scrollTo(0, item.getBoundingClientRect().top + window.scrollY - 200);
    const { left, top } = item.closest("li").getBoundingClientRect();
    const x = left + parseFloat(circle.left), y = top + parseFloat(circle.top);
    const [width, height] = [parseFloat(circle.width), parseFloat(circle.height)];
    return { x: x + width / 4, y, width: width / 2, height };
}"""


@pytest.mark.parametrize(
    "address", ["/checklist/emergency/money-gone/", "/guide/cannot-find-menu/", "/checklist/letters/"]
)
def test_a_number_stays_in_its_circle(phone: Page, opens: Opener, address: str) -> None:
    looking, devtools = opens().new_page(), phone.context.new_cdp_session(phone)
    phone.goto(address)
    for zoom in (100, *ZOOMS):
        enlarge(phone, devtools, zoom=zoom)
        circle: FloatRect = phone.evaluate(FIRST, CIRCLES)
        png = base64.b64encode(phone.screenshot(clip=circle)).decode()
        ink = looking.evaluate(INK, png)
        assert ink, f"no number at {zoom}%"
        assert ink[0] > 0.1, f"at {zoom}%, the number begins at {ink[0]}"
        assert ink[1] < 0.9, f"at {zoom}%, the number ends at {ink[1]}"
