"""What a page says of itself, as data."""

import json
from dataclasses import replace
from typing import Any

from guide.metadata import as_json, page_data
from tests.tiny import guide_library

SITE = "https://example.org"


def parts(slug: str = "lend-a-key", **front: object) -> tuple[dict[str, Any], dict[str, Any]]:
    """The article and the breadcrumbs of a page, with what is changed in its front matter."""
    page = guide_library().pages[slug]
    page = replace(page, front=page.front.model_validate(page.front.model_dump() | front))
    article, breadcrumbs = page_data(page, SITE)["@graph"]
    return article, breadcrumbs


def test_describes_a_page_as_an_article() -> None:
    article, _ = parts()
    publisher = {"@type": "Organization", "name": "安心退群", "url": "https://example.org/"}
    assert article == {
        "@type": "Article",
        "headline": "Lend a key",
        "description": "Who has the key, and how to get it back.",
        "inLanguage": "zh-Hans",
        "url": "https://example.org/guide/lend-a-key/",
        "mainEntityOfPage": "https://example.org/guide/lend-a-key/",
        "author": publisher,
        "publisher": publisher,
        "datePublished": "2026-02-03",
        "dateModified": "2026-02-03",
    }


def test_dates_a_page_by_its_first_and_its_last_change_in_any_order() -> None:
    days = ["2026-03-01", "2026-02-03", "2026-05-09"]
    article, _ = parts(changes=[{"date": day, "what": "Words"} for day in days])
    assert (article["datePublished"], article["dateModified"]) == ("2026-02-03", "2026-05-09")


def test_invents_no_date() -> None:
    article, _ = parts("walk-the-yard")
    assert not {"datePublished", "dateModified"} & set(article)


def test_says_where_a_page_stands() -> None:
    _, breadcrumbs = parts()
    assert [(crumb["position"], crumb["item"]) for crumb in breadcrumbs["itemListElement"]] == [
        (1, "https://example.org/guide/"),
        (2, "https://example.org/guide/#section-yard"),
        (3, "https://example.org/guide/lend-a-key/"),
    ]


def test_lets_no_word_end_the_block() -> None:
    words = "</script><!-- & \u2028\u2029 群"
    text = as_json({"words": words})
    assert not set("<>&\u2028\u2029") & set(text)
    assert "群" in text
    assert json.loads(text) == {"words": words}
