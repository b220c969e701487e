"""The style guide: every drawing and icon is in it, it is public, and nothing in it can be sent."""

from pathlib import Path

from django.test import Client

from core.content.markup import DRAWINGS
from tests.reading import read


def test_shows_every_drawing_with_its_words(client: Client) -> None:
    drawings = read(client.get("/styleguide/")).select(".drawing svg[role=img]")
    assert len(drawings) == len(DRAWINGS)
    assert all(len(str(drawing["aria-label"])) > 20 for drawing in drawings)


def test_shows_every_picture_by_name(client: Client) -> None:
    shown = {code.text for code in read(client.get("/styleguide/")).select("#pictures ~ .swatches code")}
    assert shown == {path.stem for path in Path("templates/pictures").glob("[!_]*.html")}


def test_lets_nothing_be_sent(client: Client) -> None:
    page = read(client.get("/styleguide/"))
    assert page.select("fieldset.styleguide[disabled]")
    assert all(form.find_parent("fieldset", disabled=True) for form in page.select("main form"))


def test_marks_one_option_as_chosen(client: Client) -> None:
    page = read(client.get("/styleguide/"))
    assert len(page.select(".styleguide .choice[aria-pressed=true]")) == 1
    assert len(page.select(".styleguide .choice input[checked]")) == 1
