"""The drawings of the guide: the sprite, what pages open with, and the phones of a path."""

import re
from itertools import chain
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from selectolax.lexbor import LexborHTMLParser, LexborNode

import guide.library
from core.content.symbols import DRAWINGS, EMERGENCY
from guide.drawings import LONGEST_CAPTION, Picture, Strip
from guide.procedures import Kind, Leg
from tests.collecting import for_each
from tests.tiny import Tree, copy

LIBRARY = guide.library.current()
PAGE = "guide/pages/street/ring-the-bell.md"
STRIP = """
[strips.bell]
alt = "One rings; one opens; one asks for the key; stop there."
said = { who = "member", name = "Caller", words = ["Open up"] }
seen = { things = ["phone"], caption = "You open" }
wanted = { thing = "card", caption = "The key" }
stop = "no key"
"""


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    made = copy(tmp_path)
    made.add("guide/drawings.toml", STRIP)
    made.change(PAGE, "order =", 'drawing = "bell"\norder =')
    return made


def drawn(template: str, **context: object) -> LexborNode:
    body = LexborHTMLParser(render_to_string(template, context)).body
    assert body is not None
    return body


# The sprites


@pytest.mark.parametrize(("sprite", "most"), [(DRAWINGS, 16_000), (EMERGENCY, 8_000)])
def test_a_sprite_is_plain_and_refers_only_to_itself(sprite: Path, most: int) -> None:
    text = sprite.read_text(encoding="utf-8")
    assert len(text.encode()) < most
    assert not re.search(r"<style|style=|<script|<image|class=|https?://(?!www\.w3\.org/2000/svg)", text)
    ids = re.findall(r' id="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="([^"]+)"', text)) <= {f"#{id}" for id in ids}


# What pages open with


def test_a_page_opens_with_the_drawing_it_names(tree: Tree) -> None:
    page = tree.load_guide().pages["ring-the-bell"]
    assert isinstance(page.drawing, Strip)
    strip = drawn(page.drawing_template, drawing=page.drawing)
    assert [one.attributes["data-drawing"] for one in strip.css(".frame")] == ["said", "seen", "wanted", "stop"]
    [picture] = strip.css("[role=img]")
    assert picture.attributes["aria-label"] == page.drawing.alt
    used = [(one.attributes["href"] or "").partition("#")[2] for one in strip.css("use")]
    assert used == ["member", "mother-calm", "phone", "mother", "card", "asking-hand", "palm"]
    assert "no key" in strip.text()


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        (PAGE, '"bell"', '"bel"', ["front matter.drawing", "unknown drawing 'bel'", "bell"]),
        (
            "guide/drawings.toml",
            '"member"',
            '"membre"',
            ["strips.bell.said.who", "no symbol of drawings.svg", "member, member-2"],
        ),
        ("guide/drawings.toml", 'stop = "no key"', "", ["strips.bell.stop", "field required"]),
        ("guide/drawings.toml", '"You open"', f'"{"o" * (LONGEST_CAPTION + 1)}"', ["strips.bell.seen.caption", "12"]),
        ("guide/drawings.toml", "[strips.bell]", "[strip.bell]", ["strip", "pictures, strips"]),
        (
            "guide/drawings.toml",
            "[strips.bell]",
            '[pictures.bell]\nalt = "A"\nsymbols = ["coin"]\ncaption = "C"\n[strips.bell]',
            ["pictures.bell", "a strip has this id"],
        ),
    ],
)
def test_names_the_fault(tree: Tree, name: str, old: str, new: str, words: list[str]) -> None:
    tree.check_fault(name, old, new, words)


@for_each([page.id for page in LIBRARY.pages.values() if page.section.id == "risks"])
def test_a_page_on_a_risk_opens_with_a_drawing(id: str) -> None:
    assert LIBRARY.pages[id].drawing


@for_each([page.id for page in LIBRARY.pages.values() if page.drawing])
def test_a_drawing_tells_its_story_in_one_sentence(id: str) -> None:
    drawing = LIBRARY.pages[id].drawing
    assert isinstance(drawing, Strip | Picture)
    assert drawing.alt.count("。") == 1
    if isinstance(drawing, Strip):
        assert drawing.alt.count("；") == 3
        assert drawing.alt.rpartition("；")[2].startswith("在这儿停，")


# Paths


@for_each([id for id, procedure in LIBRARY.procedures.items() if procedure.legs])
def test_every_leg_is_drawn_with_its_labels_and_told_once(id: str) -> None:
    procedure = LIBRARY.procedures[id]
    how = drawn("guide/_how.html", procedure=procedure)
    legs = how.css(".leg")
    assert len(legs) == len(procedure.legs)
    # The numbers go on from leg to leg.
    assert [no.text() for no in how.css(".leg .no")] == [
        str(number) for number, _ in enumerate(chain.from_iterable(leg.labels for leg in procedure.legs), 1)
    ]
    for leg, box in zip(procedure.legs, legs, strict=True):
        phones = box.css(".phones[aria-hidden=true] > [data-drawing]")
        assert [tap.text(strip=True) for phone in phones for tap in phone.css(".tap")] == list(leg.labels)
        assert [phone.attributes["data-drawing"] for phone in phones] == [kind for _, kind in leg.taps]
        assert [item.text() for item in box.css("ol.path > li")] == list(leg.labels)


@for_each(list(Kind))
def test_each_kind_is_drawn_with_its_label(kind: Kind) -> None:
    leg = Leg(start="Begin", labels=("Latch",), kinds=(kind,))
    [phone] = drawn("guide/_phones.html", leg=leg, before=0).css(".phone")
    assert [tap.text(strip=True) for tap in phone.css(".tap")] == ["Latch"]
    assert bool(phone.css("hr")) == (kind is not Kind.UNKNOWN)
