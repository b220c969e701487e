"""Layout of a page in a browser: it fits its window, its type is large, and so is whatever a thumb has to hit."""

from typing import Any

#: A narrow phone, which is also a screen of 1280 px at 400%; a usual phone; a desktop.
WIDTHS = (320, 390, 1280)
HEIGHT = 664
#: The smallest type of a page in each look, in px.
TYPE = {"light": 18, "大字版": 20}
#: The least height of whatever is tapped, in px, by selector.
TARGETS = {
    "button, summary, nav a, main label:has(input), main input[type=date], main select, main textarea": 48,
    "#plan li[id^=step-] > a, label[for^=given-]": 48,
    "main .rows a, main .door, .bar a, main .cases a, #results ol > li > a": 60,
    "section[id^=question-] [name=option]:not(input), section[id^=question-] label:has([name=option])": 60,
    "section[id^=question-] > form[hx-post] button, section[id^=scene-] > form button, main .feedback a.button": 60,
    ".now-step button[name=state], .now-step summary, form.report button, form.report textarea": 60,
    "form[action='/checklist/exposures/'] button, #letter-form label.choice": 60,
    "a[href^='tel:'], sup.cite a": 48,
    "a.call.now": 64,
    "main [type=search], details.different input, details.different textarea, details.different button": 56,
}
#: The longest line of text on a desktop, in 汉字.
LINE = 42
CHECK = """({ width, type, targets, line, zoom }) => {
    const found = [];
    const report = (rule, element) => found.push(`${rule}: ${element.outerHTML.slice(0, 90)}`);
    const shown = (element) => element.getClientRects().length && getComputedStyle(element).visibility !== "hidden";
    document.querySelectorAll("details").forEach((details) => { details.open = true; });
    document.documentElement.style.fontSize = zoom ? "210%" : "";

    if (document.scrollingElement.scrollWidth > window.innerWidth) {
        [...document.querySelectorAll("body *")]
            .filter((each) => each.getBoundingClientRect().right > window.innerWidth + 0.5 && !each.closest(".sprite"))
            .slice(0, 3).forEach((each) => report("wider than the window", each));
        if (!found.length) found.push("wider than the window");
    }
    const bar = document.querySelector(".bar");
    if (zoom && bar) {
        if (bar.getBoundingClientRect().height > window.innerHeight / 4) report("the bar covers the page", bar);
        bar.querySelectorAll("a").forEach((link) => link.scrollWidth > link.clientWidth && report("cut off", link));
    }
    if (zoom) return found;
    const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (words.nextNode()) {
        const place = words.currentNode.parentElement;
        if (!words.currentNode.textContent.trim() || !place.getClientRects().length) continue;
        const style = getComputedStyle(place), size = parseFloat(style.fontSize);
        const scale = place.ownerSVGElement ? place.getScreenCTM().a : 1;
        // A citation is raised and small; what a thumb hits is its padding.
        if (size * scale < type - 0.1 && !place.closest("sup.cite")) report(`type of ${size} px`, place);
        const tight = parseFloat(style.lineHeight) / size < 1.29;
        if (tight && !place.closest("sup, svg, .no, #value")) report("lines too tight", place);
    }
    for (const [selector, least] of Object.entries(targets))
        for (const place of document.querySelectorAll(selector)) {
            const { height } = place.getBoundingClientRect();
            if (shown(place) && height < least - 0.1) report(`${height} px high, not ${least}`, place);
        }
    if (width === 1280)
        document.querySelectorAll("main p:not([role=group])").forEach((text) => shown(text)
            && text.getBoundingClientRect().width / parseFloat(getComputedStyle(text).fontSize) > line
            && report("lines too long", text));
    return [...new Set(found)];
}"""


def options(look: str, width: int) -> dict[str, Any]:
    """Return what CHECK takes for a look at a width."""
    targets = TARGETS if width == 390 else {}
    return {"width": width, "type": TYPE[look], "targets": targets, "line": LINE, "zoom": False}


def zoomed(look: str, width: int) -> dict[str, Any]:
    """Return what CHECK takes for text zoom of 140% on top of the large look, as WeChat does it."""
    return options(look, width) | {"zoom": True}
