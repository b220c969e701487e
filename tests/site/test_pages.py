"""Properties that every page has: public pages, the reader's own pages, search and error pages."""

import re
from collections import defaultdict
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from selectolax.lexbor import LexborHTMLParser, LexborNode

import quizzes.library
from tests.collecting import for_each
from tests.site.visits import (
    ERRORS,
    EVERY,
    MINE,
    PUBLIC,
    SEARCHES,
    Visit,
    answer,
    attribute,
    attributes,
    page,
    parse_errors,
)

#: Headers that depend on the page: how long it is kept, and what it is.
OF_ONE_PAGE = {"cache-control", "vary", "etag", "content-length", "content-type", "x-robots-tag"}
CHINESE = re.compile(r"[\u4e00-\u9fff]")
MARKUP = re.compile(r"\{\{|\{%|\{#|\}\}|\{(?:term|channel|procedure):|\[@|None\b")
#: Shows fragments with htmx attributes, but loads no script to use them.
STYLE_GUIDE = "/styleguide/"


def ids(visit: Visit) -> list[str]:
    return attributes(visit, "[id]", "id")


def ancestor(element: LexborNode, tag: str) -> LexborNode | None:
    """Return the closest ancestor with this tag."""
    parent = element.parent
    while parent and parent.tag != tag:
        parent = parent.parent
    return parent


@for_each(EVERY)
def test_answers_with_the_expected_status(visit: Visit) -> None:
    assert answer(visit).status_code == visit.status
    assert answer(visit)["Content-Type"] == "text/html; charset=utf-8"


@for_each(EVERY)
def test_has_one_heading_of_level_one_in_chinese(visit: Visit) -> None:
    [heading] = page(visit).css("h1")
    assert CHINESE.search(heading.text())
    assert ancestor(heading, "main")


@for_each(EVERY)
def test_declares_its_language(visit: Visit) -> None:
    assert attributes(visit, "html", "lang") == ["zh-Hans"]


@for_each(EVERY)
def test_has_a_title_and_a_description(visit: Visit) -> None:
    [title], [description] = page(visit).css("head > title"), attributes(visit, "meta[name=description]", "content")
    assert CHINESE.search(title.text())
    assert title.text() == " ".join(title.text().split())
    assert len(description) > 5
    assert len(page(visit).css("title")) == 1


def test_gives_each_page_a_title_of_its_own() -> None:
    by_title: dict[str, set[str]] = defaultdict(set)
    again = ("a step with no day chosen", "/erase/undo/ too late")  # forms that show the page they are on again
    for visit in (*PUBLIC, *MINE):
        if str(visit) not in again:
            by_title[page(visit).css("title")[0].text()].add(urlsplit(visit.address).path)
    assert {title: paths for title, paths in by_title.items() if len(paths) > 1} == {}


@for_each(PUBLIC)
def test_names_the_canonical_address_of_a_public_page(visit: Visit) -> None:
    assert attributes(visit, "link[rel=canonical]", "href") == [settings.SITE_URL + visit.address]


@for_each([*MINE, *ERRORS, *SEARCHES])
def test_keeps_other_pages_out_of_search_engines(visit: Visit) -> None:
    assert attributes(visit, "meta[name=robots]", "content") == ["noindex"]
    assert not page(visit).css("link[rel=canonical]")


@for_each(EVERY)
def test_has_no_inline_script_or_style(visit: Visit) -> None:
    assert not page(visit).css("style, [style], [srcdoc], base, iframe, object, embed")
    # A data block is never executed, so the policy does not apply to it.
    for script in page(visit).css('script:not([type="application/ld+json"])'):
        assert attribute(script, "src"), script.html
        assert not script.text(), script.html
    for element in page(visit).css("*"):
        assert not [name for name in element.attributes if name.startswith(("on", "hx-on"))], element.html
        values = [attribute(element, name) for name in ("href", "src", "action", "formaction", "hx-vals", "hx-vars")]
        assert not [value for value in values if value.strip().lower().startswith(("javascript:", "data:", "js:"))]


@for_each(EVERY)
def test_requests_nothing_from_another_host(visit: Visit) -> None:
    loaded = page(visit).css(
        "script[src], link[href]:not([rel=canonical]), img[src], source[src], video[src], audio[src],"
        " use[href], form[action]"
    )
    addresses = [attribute(one, "src") or attribute(one, "href") or attribute(one, "action") for one in loaded]
    assert addresses
    assert not [address for address in addresses if not re.match(r"[/#](?!/)", address)]
    assert not page(visit).css("[srcset], [ping], [background], link[rel~=preconnect], link[rel~=dns-prefetch]")


@for_each(EVERY)
def test_sends_no_referrer_to_another_site(visit: Visit) -> None:
    for link in page(visit).css('a[href^="http"], a[href^="//"]'):
        assert "noreferrer" in attribute(link, "rel").split(), link.html
        assert attribute(link, "href").startswith(("https://", "http://")), link.html


@for_each(EVERY)
def test_uses_each_id_once(visit: Visit) -> None:
    assert sorted(ids(visit)) == sorted(set(ids(visit)))


@for_each(EVERY)
def test_refers_to_ids_that_exist(visit: Visit) -> None:
    for name in ("aria-labelledby", "aria-describedby", "aria-controls", "for"):
        referred = {id for value in attributes(visit, f"[{name}]", name) for id in value.split()}
        assert referred <= set(ids(visit)), name
    targets = attributes(visit, "[hx-target]", "hx-target")
    assert {target.removeprefix("#") for target in targets if target.startswith("#")} <= set(ids(visit))


@for_each(EVERY)
def test_labels_each_field(visit: Visit) -> None:
    labelled = set(attributes(visit, "label[for]", "for"))
    for field in page(visit).css("input:not([type=hidden]), select, textarea"):
        label = ancestor(field, "label")
        named = attribute(field, "id") in labelled or (label and label.text(strip=True))
        assert named or attribute(field, "aria-label"), field.html


@for_each(EVERY)
def test_puts_words_on_each_button_and_link(visit: Visit) -> None:
    for element in page(visit).css("a, button, summary"):
        assert attribute(element, "aria-label") or element.text(strip=True), element.html
    assert not page(visit).css("img:not([alt])")


@for_each(EVERY)
def test_has_a_skip_link(visit: Visit) -> None:
    first = page(visit).css("body a, body button, body input")[0]
    assert attribute(first, "href") == "#main"
    [main] = page(visit).css("main")
    assert (attribute(main, "id"), attribute(main, "tabindex")) == ("main", "-1")


@for_each(EVERY)
def test_links_to_the_emergency_pages(visit: Visit) -> None:
    assert page(visit).css('a[href^="/checklist/emergency/"]') or visit.address == "/checklist/emergency/"


@pytest.mark.slow
@for_each(EVERY)
def test_is_valid_html5(visit: Visit) -> None:
    assert parse_errors(visit) == []


@for_each(EVERY)
def test_shows_no_unrendered_markup(visit: Visit) -> None:
    tree = LexborHTMLParser(answer(visit).content.decode())
    tree.strip_tags(["script"])
    assert not MARKUP.search(tree.css("body")[0].text())


@for_each(EVERY)
def test_sends_the_same_security_headers_with_each_page(visit: Visit) -> None:
    def constant(of: Visit) -> dict[str, str]:
        return {name.lower(): value for name, value in answer(of).items() if name.lower() not in OF_ONE_PAGE}

    assert constant(visit) == constant(PUBLIC[0])


def test_forbids_what_pages_do_not_need() -> None:
    policy = dict(part.split(" ", 1) for part in answer(PUBLIC[0])["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert policy["worker-src"] == policy["manifest-src"] == "'self'"
    assert "unsafe" not in str(policy)
    assert answer(PUBLIC[0])["Referrer-Policy"] == "same-origin"
    assert answer(PUBLIC[0])["X-Content-Type-Options"] == "nosniff"
    assert answer(PUBLIC[0])["X-Frame-Options"] == "DENY"


@for_each([visit for visit in EVERY if visit.address != STYLE_GUIDE])
def test_loads_htmx_where_it_is_used_and_nowhere_else(visit: Visit) -> None:
    used = bool(page(visit).css("[hx-post], [hx-get]"))
    assert bool(page(visit).css('script[src*="htmx"]')) == used
    assert not used or visit not in PUBLIC


def test_visits_every_question() -> None:
    asked = {urlsplit(visit.address).path for visit in MINE}
    for quiz in quizzes.library.current().quizzes.values():
        assert {f"/quizzes/{quiz.id}/{id}/" for id in quiz.questions} <= asked


def test_takes_nothing_from_another_host_into_style_or_script() -> None:
    files = [*settings.BASE_DIR.glob("static/css/**/*.css"), *settings.BASE_DIR.glob("static/js/**/*.js")]
    assert files
    for path in files:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"https?://|@import|url\(\s*[\"']?(?:https?:)?//|\beval\(|new Function", text), path
