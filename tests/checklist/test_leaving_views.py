"""Leaving by tie, and looking together: calm public pages with words to copy."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tests.reading import read

pytestmark = pytest.mark.usefixtures("tiny")


def hrefs(page: Any) -> list[str]:
    return [str(link["href"]) for link in page.select("main a[href]")]


def test_asks_whose_group_it_is(client: Client) -> None:
    page = read(client.get("/checklist/leaving/"))
    rows = {str(row["href"]): row.text for row in page.select("main .rows a")}
    assert rows == {
        "/checklist/leaving/porch/": "The porchPeople you greet",
        "/checklist/leaving/cellar/": "The cellarNobody you know",
    }
    assert "/checklist/emergency/" in hrefs(page)


def test_gives_the_answer_first_then_words_who_sees_it_and_the_order(client: Client) -> None:
    page = read(client.get("/checklist/leaving/porch/"))
    main = page.select_one("main")
    assert main is not None
    assert main.select_one("h1 + .answer")
    assert [heading["id"] for heading in main.select("article h2")] == ["say", "seen", "order"]
    turns = main.select("ol.order li")
    assert [turn.select_one("a, b").text for turn in turns] == ["Say goodbye", "Put on your coat"]  # type: ignore[union-attr]
    assert turns[0].a["href"] == "/checklist/steps/say-goodbye/"  # type: ignore[index]
    assert turns[1].a is None


def test_marks_words_to_copy_with_the_full_address(client: Client) -> None:
    page = read(client.get("/checklist/leaving/porch/"))
    [quote] = page.select(".say blockquote")
    assert [button["data-copy"] for button in page.select("button[data-copy]")] == [quote["id"]]
    assert quote.get_text("\n") == f"Good night.\n{settings.SITE_URL}/checklist/emergency/"
    # Without the script the button stays hidden: one that does nothing would be worse than none.
    assert all(button.has_attr("hidden") for button in page.select("main article button"))


def test_leads_from_one_tie_to_the_others(client: Client) -> None:
    assert "/checklist/leaving/cellar/" in hrefs(read(client.get("/checklist/leaving/porch/")))
    assert "/checklist/leaving/porch/" in hrefs(read(client.get("/checklist/leaving/cellar/")))


def test_knows_no_other_ties(client: Client) -> None:
    assert client.get("/checklist/leaving/nowhere/").status_code == 404


def test_looks_together(client: Client) -> None:
    page = read(client.get("/checklist/together/"))
    assert page.h1.text == "Together"  # type: ignore[union-attr]
    assert not page.select("nav[aria-label='别的群']")


@pytest.mark.parametrize("address", ["/checklist/leaving/", "/checklist/leaving/porch/", "/checklist/together/"])
def test_keeps_nothing_and_takes_nothing(reader: Client, address: str) -> None:
    response = reader.get(address)
    assert response["Cache-Control"].startswith("public")
    assert not response.cookies
    assert reader.post(address).status_code == 405
