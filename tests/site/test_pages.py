"""What every page of the site holds to: public, the reader's own, and those for errors."""

import re
from collections import defaultdict
from urllib.parse import urlsplit

import pytest
from bs4.element import Tag
from django.conf import settings

import quizzes.library
from tests.site.visits import ERRORS, EVERY, MINE, PUBLIC, SEARCHES, Visit, answer, page, parse_errors

every_page = pytest.mark.parametrize("visit", EVERY, ids=str)
#: Headers that say how long a page is kept and what it is: they may differ.
OF_ONE_PAGE = {"cache-control", "vary", "etag", "content-length", "content-type", "x-robots-tag"}
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def ids(visit: Visit) -> list[str]:
    return [str(element["id"]) for element in page(visit).select("[id]")]


def words(element: Tag) -> str:
    """What a screen reader says of a button or a link."""
    return str(element.get("aria-label") or element.get_text(strip=True))


@every_page
def test_it_answers_with_the_status_that_it_means(visit: Visit) -> None:
    assert answer(visit).status_code == visit.status
    assert answer(visit)["Content-Type"] == "text/html; charset=utf-8"


@every_page
def test_it_has_one_headline_in_chinese(visit: Visit) -> None:
    headlines = page(visit).select("h1")
    assert len(headlines) == 1
    assert CHINESE.search(headlines[0].text)
    assert headlines[0].find_parent("main")


@every_page
def test_it_says_its_language(visit: Visit) -> None:
    root = page(visit).html
    assert root is not None
    assert root["lang"] == "zh-Hans"


@every_page
def test_it_has_a_title_and_a_description(visit: Visit) -> None:
    [title], [description] = page(visit).select("head title"), page(visit).select("meta[name=description]")
    assert CHINESE.search(title.text)
    assert title.text == " ".join(title.text.split())
    assert len(str(description["content"])) > 5
    assert len(page(visit).select("title")) == 1


def test_it_gives_each_page_a_title_of_its_own() -> None:
    by_title: dict[str, set[str]] = defaultdict(set)
    for visit in (*PUBLIC, *MINE):
        by_title[page(visit).title.text].add(urlsplit(visit.address).path)  # type: ignore[union-attr]
    steps = {"a step with no day chosen"}  # answers with the plan, at the step's address
    shared = {
        title: paths
        for title, paths in by_title.items()
        if len(paths - {visit.address for visit in MINE if str(visit) in steps}) > 1
    }
    assert not shared


@pytest.mark.parametrize("visit", PUBLIC, ids=str)
def test_it_names_the_one_address_of_a_public_page(visit: Visit) -> None:
    assert [link["href"] for link in page(visit).select("link[rel=canonical]")] == [settings.SITE_URL + visit.address]


@pytest.mark.parametrize("visit", [*MINE, *ERRORS, *SEARCHES], ids=str)
def test_it_asks_robots_to_pass_by_the_other_pages(visit: Visit) -> None:
    assert [meta["content"] for meta in page(visit).select("meta[name=robots]")] == ["noindex"]
    assert not page(visit).select("link[rel=canonical]")


@every_page
def test_it_has_no_script_or_style_inside(visit: Visit) -> None:
    assert not page(visit).select("style, [style], [srcdoc], base, iframe, object, embed")
    # A data block is never executed, and so needs no leave of the policy.
    scripts = page(visit).select('script:not([type="application/ld+json"])')
    assert not [script for script in scripts if script.string or not script.has_attr("src")]
    for element in page(visit).find_all(True):
        assert not [name for name in element.attrs if name.startswith(("on", "hx-on"))]
        values = [str(element.get(name, "")) for name in ("href", "src", "action", "formaction", "hx-vals", "hx-vars")]
        assert not [value for value in values if value.strip().lower().startswith(("javascript:", "data:", "js:"))]


@every_page
def test_it_asks_nothing_of_another_host(visit: Visit) -> None:
    loaded = page(visit).select(
        "script[src], link[href]:not([rel=canonical]), img[src], source[src], video[src], audio[src],"
        " use[href], form[action]"
    )
    addresses = [str(element.get("src") or element.get("href") or element.get("action")) for element in loaded]
    assert loaded
    assert not [address for address in addresses if not re.match(r"[/#](?!/)", address)]
    assert not page(visit).select("[srcset], [ping], [background], link[rel~=preconnect], link[rel~=dns-prefetch]")


@every_page
def test_it_tells_another_site_nothing_of_where_one_comes_from(visit: Visit) -> None:
    away = page(visit).select('a[href^="http"], a[href^="//"]')
    assert all("noreferrer" in (link.get("rel") or "") for link in away)
    assert all(str(link["href"]).startswith(("https://", "http://")) for link in away)


@every_page
def test_it_uses_each_id_once(visit: Visit) -> None:
    assert sorted(ids(visit)) == sorted(set(ids(visit)))


@every_page
def test_it_refers_to_ids_that_are_there(visit: Visit) -> None:
    for name in ("aria-labelledby", "aria-describedby", "aria-controls", "for"):
        referred = {id for element in page(visit).select(f"[{name}]") for id in str(element[name]).split()}
        assert referred <= set(ids(visit))
    targets = {str(element["hx-target"]) for element in page(visit).select("[hx-target]")}
    assert {target.removeprefix("#") for target in targets if target.startswith("#")} <= set(ids(visit))


@every_page
def test_it_labels_each_field(visit: Visit) -> None:
    labelled = {str(label["for"]) for label in page(visit).select("label[for]")}
    for field in page(visit).select("input:not([type=hidden]), select, textarea"):
        label = field.find_parent("label")
        named = field.get("id") in labelled or (label and label.get_text(strip=True)) or field.get("aria-label")
        assert named, field


@every_page
def test_it_puts_words_on_each_button_and_link(visit: Visit) -> None:
    assert not [element for element in page(visit).select("a, button, summary") if not words(element)]
    assert not page(visit).select("img:not([alt])")


@every_page
def test_it_lets_one_skip_to_the_words(visit: Visit) -> None:
    first = page(visit).select("body a, body button, body input")[0]
    assert first["href"] == "#main"
    [main] = page(visit).select("main")
    assert main["id"] == "main"
    assert main.get("tabindex") == "-1"


@every_page
def test_it_leads_to_the_emergency_door(visit: Visit) -> None:
    assert page(visit).select('a[href^="/checklist/emergency/"]') or visit.address == "/checklist/emergency/"


@every_page
def test_it_is_written_without_a_fault(visit: Visit) -> None:
    assert parse_errors(visit) == []


@every_page
def test_it_leaves_no_mark_of_a_template_or_of_the_content_in_the_words(visit: Visit) -> None:
    assert not re.search(r"\{\{|\{%|\{#|\}\}|\{(?:term|channel|procedure):|\[@|None\b", page(visit).body.text)  # type: ignore[union-attr]


@every_page
def test_it_carries_the_headers_that_every_page_carries(visit: Visit) -> None:
    def constant(of: Visit) -> dict[str, str]:
        return {name.lower(): value for name, value in answer(of).items() if name.lower() not in OF_ONE_PAGE}

    assert constant(visit) == constant(PUBLIC[0])


def test_it_forbids_what_pages_do_not_need() -> None:
    policy = dict(part.split(" ", 1) for part in answer(PUBLIC[0])["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert policy["worker-src"] == policy["manifest-src"] == "'self'"
    assert "unsafe" not in str(policy)
    assert answer(PUBLIC[0])["Referrer-Policy"] == "same-origin"
    assert answer(PUBLIC[0])["X-Content-Type-Options"] == "nosniff"
    assert answer(PUBLIC[0])["X-Frame-Options"] == "DENY"


def test_it_loads_htmx_only_where_it_is_used() -> None:
    for visit in EVERY:
        # The style guide shows partials that nothing in it moves.
        used = bool(page(visit).select("[hx-post], [hx-get]")) and visit.address != "/styleguide/"
        loaded = bool(page(visit).select('script[src*="htmx"]'))
        assert loaded or not used, visit
        assert visit not in PUBLIC or not loaded, visit


def test_it_reaches_every_question() -> None:
    asked = {urlsplit(visit.address).path for visit in MINE}
    for quiz in quizzes.library.current().quizzes.values():
        assert {f"/quizzes/{quiz.id}/{id}/" for id in quiz.questions} <= asked


def test_it_takes_nothing_from_another_host_into_style_or_script() -> None:
    for path in [*settings.BASE_DIR.glob("static/css/*.css"), *settings.BASE_DIR.glob("static/js/*.js")]:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"https?://|@import|url\(\s*[\"']?(?:https?:)?//|\beval\(|new Function", text), path
