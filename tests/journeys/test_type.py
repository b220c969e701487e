"""Type: 18 px and more wherever something stands to be read, 20 in 大字版; no exceptions."""

import pytest

from tests.journeys.conftest import Opener
from tests.serving import Server

#: One of each kind of page that anybody may open.
ADDRESSES = (
    "/",
    "/guide/",
    "/guide/fake-links/",
    "/guide/what-are-help-groups/",
    "/guide/where-to-turn/",
    "/guide/terms/",
    "/search/?q=tuiqun",
    "/changes/",
    "/privacy/",
    "/quizzes/",
    "/quizzes/habits/method/",
    "/quizzes/habits/situation/",
    "/quizzes/practice/",
    "/quizzes/worth-it/",
    "/checklist/",
    "/checklist/plan/",
    "/checklist/exposures/",
    "/checklist/emergency/",
    "/checklist/emergency/code-given/",
    "/checklist/leaving/strangers/",
    "/checklist/letters/platform/",
    "/checklist/steps/wx-leave/",
    "/poster/",
    "/styleguide/",
)

#: Words that are smaller than `least` on the screen, or with lines too tight; in a drawing, as large as it is shown.
SMALL = """(least) => {
    document.querySelectorAll("details").forEach(details => details.open = true);
    const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = new Set();
    while (words.nextNode()) {
        const place = words.currentNode.parentElement;
        if (!words.currentNode.textContent.trim() || !place.getClientRects().length) continue;
        const style = getComputedStyle(place), type = parseFloat(style.fontSize);
        const size = type * (place.ownerSVGElement ? place.getScreenCTM().a : 1);
        const tight = !place.closest("sup, svg") && parseFloat(style.lineHeight) / type < 1.29;
        if (size < least - 0.1 || tight) found.add(`${size} ${place.outerHTML.slice(0, 60)}`);
    }
    return [...found];
}"""


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize(("look", "least"), [("light", 18), ("large", 20)])
def test_it_has_no_small_print(opens: Opener, server: Server, look: str, least: int, width: int) -> None:
    context = opens(viewport={"width": width, "height": 664}, java_script_enabled=False)
    context.add_cookies([{"name": "look", "value": look, "url": server.url}])
    page = context.new_page()
    small = {}
    for address in ADDRESSES:
        page.goto(address)
        small[address] = page.evaluate(SMALL, least)
    assert {address: words for address, words in small.items() if words} == {}
