"""Search: a whole page for any query, with results, without, and by htmx."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from bs4.element import Tag
from django.test import Client

from core.search.query import LONGEST
from tests.reading import is_whole_page, one, read

pytestmark = pytest.mark.usefixtures("tiny")


def ask(client: Client, query: str, **headers: str) -> Any:
    return client.get("/search/", {"q": query}, headers=headers)


def field(page: BeautifulSoup) -> Tag:
    [found] = page.select("main form[role=search] input[name=q]")
    return found


def status(page: BeautifulSoup) -> str:
    [found] = page.select("main [role=status]")
    return found.text


def test_asks_for_words(client: Client) -> None:
    page = read(client.get("/search/"))
    [form] = page.select('form[role=search][method=get][action="/search/"]')
    assert field(page)["maxlength"] == str(LONGEST)
    assert form.select(f'label[for="{field(page)["id"]}"]')
    assert not page.select("#results ol")


def test_shows_what_it_found(client: Client) -> None:
    page = read(ask(client, "lend a key"))
    [first, *_] = page.select("#results ol a")
    assert first["href"] == "/guide/lend-a-key/"
    assert [title.text for title in first.select("b")] == ["Lend a key"]
    assert {mark.text.lower() for mark in page.select("#results mark")} >= {"lend"}
    assert str(len(page.select("#results ol > li"))) in status(page)
    assert field(page)["value"] == "lend a key"
    assert "lend a key" in page.select("title")[0].text


def test_leads_to_the_heading(client: Client) -> None:
    [link] = read(ask(client, "wick")).select("#results ol a")
    assert link["href"] == "/guide/walk-the-yard/#gate"
    assert [heading.text for heading in link.select("small")] == ["The gate"]


def test_says_what_it_found_beside_pages(client: Client) -> None:
    kinds = {
        str(link["href"]).partition("#")[0]: link.select_one("small")
        for query in ("change the lock", "lantern", "porch")
        for link in read(ask(client, query)).select("#results ol a")
    }
    said = {address: kind.text.split(" ·")[0] for address, kind in kinds.items() if kind}
    assert said["/checklist/steps/change-lock/"] == "步骤"
    assert said["/quizzes/lantern/"] == "自查"
    assert said["/checklist/leaving/porch/"] == "清单"


def test_answers_htmx_with_the_same_whole_page(client: Client) -> None:
    response = ask(client, "lend a key", **{"hx-request": "true"})
    assert is_whole_page(response)
    assert response.content == ask(client, "lend a key").content


def test_searches_as_one_types_without_filling_the_history(client: Client) -> None:
    typed = field(read(client.get("/search/")))
    wanted = {
        "hx-get": "/search/",
        "hx-trigger": "input changed delay:300ms",
        "hx-select": "#results",
        "hx-target": "#results",
        "hx-swap": "outerHTML",
        "hx-replace-url": "true",
    }
    assert {name: typed[name] for name in wanted} == wanted
    assert not typed.has_attr("hx-push-url")


@pytest.mark.parametrize("query", ["", "  ", "钥", "whale", "鲸鱼在哪", "lend a key", "x" * 5000, "\0", "<b>"])
def test_is_kept_and_indexed_by_nobody(client: Client, query: str) -> None:
    response = ask(client, query)
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert [meta["content"] for meta in read(response).select("meta[name=robots]")] == ["noindex"]
    assert not read(response).select("link[rel=canonical]")
    assert not response.cookies


def test_offers_four_entrances_where_it_found_nothing(client: Client) -> None:
    page = read(client.get("/search/?q=鲸鱼"))
    places = [str(link["href"]) for link in page.select("#results a")]
    assert places == ["/checklist/emergency/", "/guide/leave-step-by-step/", "/quizzes/", "/guide/"]
    assert "没找到" in one(page, "#said").text


def test_asks_for_one_more_character(client: Client) -> None:
    page = read(ask(client, "铃"))
    assert "再多写一个字" in page.select("#results")[0].text
    assert page.select('#results a[href="/checklist/emergency/"]')
    assert status(page) == ""


def test_says_where_it_stopped_reading(client: Client) -> None:
    page = read(ask(client, "lend a key " + "x" * LONGEST))
    assert str(LONGEST) in page.select("#results .notice")[0].text
    assert len(field(page)["value"]) == LONGEST
    assert not read(ask(client, "lend a key")).select("#results .notice")


@pytest.mark.parametrize("query", ["<script>alert(1)</script>", '"><img src=x>', "{{ query }} key", "&lt;key"])
def test_shows_a_query_as_words_only(client: Client, query: str) -> None:
    page = read(ask(client, query))
    assert field(page)["value"] == query
    assert not page.select("main img, main script")
    assert not [script for script in page.select("script") if script.text]


def test_comes_back_to_the_same_results_after_a_choice_of_look(client: Client) -> None:
    page = read(ask(client, "lend a key"))
    assert {there["value"] for there in page.select("input[name=next]")} == {"/search/?q=lend+a+key"}


def test_takes_no_form(reader: Client) -> None:
    assert reader.post("/search/", {"q": "key"}).status_code == 405


@pytest.mark.parametrize("address", ["/guide/", "/search/"])
def test_is_asked_by_a_plain_form(client: Client, address: str) -> None:
    assert read(client.get(address)).select('main form[method=get][action="/search/"] input[name=q]')


@pytest.mark.parametrize("address", ["/", "/guide/lend-a-key/", "/nowhere/"])
def test_can_be_reached(client: Client, address: str) -> None:
    assert read(client.get(address)).select('a[href="/search/"]')


def test_loads_no_script_for_the_form_on_a_public_page(client: Client) -> None:
    assert not read(client.get("/guide/")).select('[hx-get], script[src*="htmx"]')
