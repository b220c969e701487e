"""Layout of a page in a browser: it fits its window, its type is large, and so is whatever a thumb has to hit."""

from typing import Any

from tools.audit.findings import HERE

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
CHECK = (HERE / "layout.js").read_text(encoding="utf-8")


def options(look: str, width: int) -> dict[str, Any]:
    """Return what CHECK takes for a look at a width."""
    targets = TARGETS if width == 390 else {}
    return {"width": width, "type": TYPE[look], "targets": targets, "line": LINE, "zoom": False}


def zoomed(look: str, width: int) -> dict[str, Any]:
    """Return what CHECK takes for text zoom of 140% on top of the large look, as WeChat does it."""
    return options(look, width) | {"zoom": True}
