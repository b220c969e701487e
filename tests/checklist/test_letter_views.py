"""The letters' pages: a public one before them, and forms that keep nothing."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from quizzes.library import QuizLibrary
from tests.reading import read

pytestmark = pytest.mark.usefixtures("tiny")

LETTERS = "/checklist/letters/"
LANTERN = f"{LETTERS}lantern-lost/"


def post(reader: Client, **data: str | list[str]) -> BeautifulSoup:
    response = reader.post(LANTERN, data)
    assert response.status_code == 200
    return read(response)


def letter(page: BeautifulSoup) -> list[str]:
    """The paragraphs of the letter that are to be seen."""
    return [one.get_text() for one in page.select("#letter-text p") if not one.has_attr("hidden")]


def test_lists_the_letters(reader: Client) -> None:
    response = reader.get(LETTERS)
    page = read(response)
    assert [link["href"] for link in page.select(".letters a")] == [f"{LETTERS}thanks/", LANTERN]
    assert page.select_one("#evidence ~ ul li")
    assert "The gate and the hour." in page.get_text()
    assert response["Cache-Control"].startswith("public")


def test_shows_the_form_and_the_letter_below(reader: Client) -> None:
    page = read(reader.get(LANTERN))
    names = [str(field["name"]) for field in page.select("#letter-form [name]")]
    assert names[:5] == ["on", "price", "seen", "seen", "lit"]
    assert "walks-3-took" in names
    assert letter(page)[0] == "To the watch"
    assert page.select_one("#letter-form button")


def test_fills_the_letter_by_a_plain_post(reader: Client) -> None:
    page = post(reader, on="2026-11-03", seen=["light", "shadow"], story="it <b>went</b>")
    assert letter(page)[1] == "On 2026年11月3日 my lantern went, seen: a light；a shadow. Story: it <b>went</b>"
    [copied] = page.select("textarea[readonly]")
    assert copied.get_text().strip().splitlines() == letter(page)


def test_gives_back_what_was_typed_beside_what_is_wrong(reader: Client) -> None:
    page = post(reader, on="2999-01-01", price="dear", seen=["light"], lit="no", story="x" * 21)
    for name in ("on", "price", "story"):
        field, said = page.select_one(f"[name={name}]"), page.select_one(f"#wrong-{name}")
        assert field is not None
        assert said is not None
        assert field["aria-invalid"] == "true"
        assert f"wrong-{name}" in str(field["aria-describedby"])
        assert not said.has_attr("hidden")
    assert page.select_one("[name=price]")["value"] == "dear"  # type: ignore[index]
    assert page.select_one("[name=story]").get_text() == "x" * 21  # type: ignore[union-attr]
    assert page.select_one("[name=seen][value=light]").has_attr("checked")  # type: ignore[union-attr]
    assert page.select_one("option[value=no]").has_attr("selected")  # type: ignore[union-attr]
    assert page.select_one("[role=alert].notice")


def test_says_beside_the_field_what_it_struck(reader: Client) -> None:
    page = post(reader, story="13812345678")
    assert page.select_one("[name=story]").get_text() == "＊＊＊"  # type: ignore[union-attr]
    assert not page.select_one("#struck-story").has_attr("hidden")  # type: ignore[union-attr]
    assert page.select_one("#wrong-story").has_attr("hidden")  # type: ignore[union-attr]
    assert "13812345678" not in page.get_text()


def test_folds_what_can_wait_until_it_is_filled(reader: Client) -> None:
    [fold] = read(reader.get(LANTERN)).select("#letter-form details.fold")
    assert fold.summary.get_text() == "What was seen（可以不填）"  # type: ignore[union-attr]
    assert len(fold.select("input[name=seen]")) == 2
    assert not fold.has_attr("open")
    [fold] = post(reader, seen=["light"]).select("#letter-form details.fold")
    assert fold.has_attr("open")


def test_unfolds_the_rows_that_are_filled(reader: Client) -> None:
    rows = read(reader.get(LANTERN)).select("#letter-form .letter-lines details")
    assert [row.has_attr("open") for row in rows] == [False, False]
    rows = post(reader, **{"walks-2-who": "a cat"}).select("#letter-form .letter-lines details")
    assert [row.has_attr("open") for row in rows] == [True, False]


@pytest.mark.parametrize("data", [None, {"story": "a cat"}], ids=["get", "post"])
def test_keeps_nothing(reader: Client, data: dict[str, str] | None) -> None:
    response = reader.get(LANTERN) if data is None else reader.post(LANTERN, data)
    assert response["Cache-Control"] == "private, no-store"
    assert not response.cookies
    assert "a cat" not in reader.get(LANTERN).content.decode()


def test_takes_nothing_out_of_an_address(reader: Client) -> None:
    assert "a cat" not in reader.get(f"{LANTERN}?story=a+cat").content.decode()


def test_reads_forged_fields_as_nothing(reader: Client) -> None:
    page = post(reader, seen=["ghost"], lit="<script>", **{"walks-9-who": "nobody", "on": "\x00", "price": "1e9"})
    assert "ghost" not in page.get_text()
    assert letter(page)[1].startswith("On ＿＿＿ my lantern went, seen: ＿＿＿.")


def test_refuses_a_form_of_another_site(client: Client) -> None:
    stranger = Client(enforce_csrf_checks=True, headers={"sec-fetch-site": "cross-site"})
    assert stranger.post(LANTERN, {"story": "x"}).status_code == 403


@pytest.mark.parametrize("method", ["get", "post"])
def test_knows_no_other_letter(reader: Client, method: str) -> None:
    assert getattr(reader, method)(f"{LETTERS}no-such/").status_code == 404


def test_offers_a_letter_where_a_step_needs_one(reader: Client, tiny: QuizLibrary) -> None:
    assert read(reader.get("/checklist/steps/keep-diary/")).select(f'main a[href="{LANTERN}"]')
    assert not read(reader.get("/checklist/steps/say-goodbye/")).select(f'main a[href^="{LETTERS}"]')


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("3,000元", "3,000"),
        ("３０００", "３０００"),
        ("三千", "三千"),
        ("99.5", "99.5"),
        ("1,234,567.89", "1,234,567.89"),
        ("1e9", "＿＿＿"),
        ("12345678", "＿＿＿"),
        ("三千" * 20, "＿＿＿"),
    ],
)
def test_takes_an_amount_as_people_write_it(reader: Client, typed: str, written: str) -> None:
    assert written in "".join(letter(post(reader, price=typed)))
    assert ("wrong-price" in str(post(reader, price=typed).select("[aria-invalid]"))) == (written == "＿＿＿")
