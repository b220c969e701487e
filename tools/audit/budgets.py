"""What a first view may weigh (tests/site/test_budgets.py) and ask for (tools/audit/weights.py)."""

import re
from collections.abc import Iterable

KB = 1024
#: What a browser fetches with a page, icon, manifest and QR codes apart. On guide and step pages, site.js fetches
#: aloud.js after the page has loaded, if the device has voices.
LOADED = "link[rel=stylesheet], script[src], img[src]:not(.qr), use[href^='/static/']"
STYLESHEET = 9 * KB
#: The page itself with its stylesheet and scripts, compressed; the first pattern that fits an address.
PAGES = {
    # Ten actions at most, each with how it is done, what else works and what to say, without another request.
    r"/checklist/emergency/": ("emergency", 20 * KB),
    r"/guide/[a-z0-9-]+/$": ("guide page", 30 * KB),
    r"/quizzes/[a-z0-9-]+/[a-z0-9-]+/": ("quiz", 50 * KB),
    r"/checklist/plan/": ("plan", 50 * KB),
    r"": ("any other", 50 * KB),
}
#: The page included; icon, manifest and QR codes apart.
REQUESTS = 4
SHIFT = 0.0


def counted(requests: Iterable[str]) -> list[str]:
    """Return the requests that count: the icon, the manifest and a QR code come when the page is there."""
    return [address for address in requests if not re.search(r"/img/icon|manifest|/code\.png$", address)]


def of(address: str) -> tuple[str, int]:
    """The kind of a page, and how many bytes it may take along."""
    return next(budget for pattern, budget in PAGES.items() if re.match(pattern, address))
