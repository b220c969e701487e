"""Metadata of a page for search engines and chat apps.

JSON-LD is a data block, which browsers never execute, so that the CSP needs no exception.
"""

import json
from typing import Any

from guide.pages import Page

PUBLISHER = "安心退群"
LANGUAGE_TAG = "zh-Hans"

#: What could end the block, or be read as markup in it.
_ESCAPES = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


def page_data(page: Page, site_url: str) -> dict[str, Any]:
    """Return the Article and the BreadcrumbList of a guide page, by schema.org.

    Dates are those of the changes that readers see. A page without changes has none.
    """
    address = f"{site_url}{page.address}"
    publisher = {"@type": "Organization", "name": PUBLISHER, "url": f"{site_url}/"}
    article: dict[str, Any] = {
        "@type": "Article",
        "headline": page.title,
        "description": page.front.summary,
        "inLanguage": LANGUAGE_TAG,
        "url": address,
        "mainEntityOfPage": address,
        "author": publisher,
        "publisher": publisher,
    }
    if page.front.changes:
        dates = [change.date for change in page.front.changes]
        article |= {"datePublished": min(dates).isoformat(), "dateModified": max(dates).isoformat()}
    index = f"{site_url}/guide/"
    way = [("指南", index), (page.section.title, f"{index}#section-{page.section.id}"), (page.title, address)]
    crumbs = [
        {"@type": "ListItem", "position": number, "name": name, "item": item}
        for number, (name, item) in enumerate(way, start=1)
    ]
    breadcrumbs = {"@type": "BreadcrumbList", "itemListElement": crumbs}
    return {"@context": "https://schema.org", "@graph": [article, breadcrumbs]}


def as_json(data: dict[str, Any]) -> str:
    """Return `data` as JSON that cannot end a <script type="application/ld+json"> block."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
