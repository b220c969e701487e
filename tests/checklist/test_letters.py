"""Letters: what a form says, and the text that comes of it."""

import datetime as dt
import re

import pytest
from django.utils.datastructures import MultiValueDict
from hypothesis import given
from hypothesis import strategies as st

from checklist.letters.forms import LetterForm
from checklist.letters.letter import BLANK, LetterWords, Place, as_text, fill, inputs
from tests.tiny import checklist_library

TODAY = dt.date(2026, 11, 22)
FORM = dict[str, list[str]]


def lantern() -> LetterWords:
    return checklist_library().letters["lantern-lost"].words


def entered(data: FORM) -> LetterForm:
    return LetterForm(lantern(), MultiValueDict(data), TODAY)


def text(data: FORM) -> str:
    return as_text(fill(lantern(), entered(data).entered))


def test_can_be_read_before_anything_is_filled_in() -> None:
    assert text({}).splitlines() == [
        "To the watch",
        "On ＿＿＿ my lantern went, seen: ＿＿＿. Story: ＿＿＿",
        "＿＿＿: ＿＿＿.",
        "Name: ＿＿＿",
    ]


def test_puts_in_what_the_form_says() -> None:
    data = {
        "on": ["2026-11-03"],
        "price": ["12.5"],
        "seen": ["shadow", "light"],
        "lit": ["no"],
        "story": ["  It went\r\n out "],
        "walks-1-who": ["a cat"],
        "walks-3-day": ["2026-11-22"],
        "walks-3-took": ["oil"],
    }
    assert text(data).splitlines() == [
        "To the watch",
        "On 2026年11月3日 my lantern went, seen: a light；a shadow. Story: It went out",
        "It cost 12.5.",
        "Mind the fire.",
        "＿＿＿: a cat.",
        "2026年11月22日: ＿＿＿.",
        "It took the oil.",
        "Name: ＿＿＿",
    ]


def test_takes_one_where_one_may_be_chosen() -> None:
    assert entered({"lit": ["no", "yes"]}).entered.chosen == {"lit=yes"}


def test_leaves_out_names_and_options_that_it_does_not_know() -> None:
    forged = {"seen": ["ghost", "light"], "walks-4-who": ["nobody"], "walks-0-who": ["x"], "walks": ["x"], "": ["x"]}
    assert text(forged) == text({"seen": ["light"]})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("on", "2026-11-23"),
        ("on", "2009-12-31"),
        ("on", "2026-02-30"),
        ("on", "yesterday"),
        ("price", "12 coins"),
        ("price", "-1"),
        ("price", "1.234"),
        ("price", "13812345678"),
        ("story", "x" * 21),
        ("walks-2-day", "2027-01-01"),
    ],
)
def test_says_what_can_not_be_and_gives_it_back(name: str, value: str) -> None:
    form = entered({name: [value], "seen": ["light"]})
    assert form.errors.keys() == {name}
    assert form[name].value() == value
    assert form.entered.said == {"seen": "a light"}


def test_counts_the_present_day_as_past() -> None:
    assert entered({"on": ["2026-11-22"]}).entered.said == {"on": "2026年11月22日"}


@pytest.mark.parametrize("number", ["13812345678", "138-1234-5678", "１３８１２３４５６７８", "一三八一二三四五六七八"])
def test_strikes_a_long_number_and_says_so(number: str) -> None:
    form = entered({"story": [f"call {number}"], "price": ["12345"]})
    assert form.entered.said["story"] == form["story"].value() == "call ＊＊＊"
    assert [name for name in form.fields if form[name].is_struck] == ["story"]  # type: ignore[attr-defined]
    assert not form.errors


@pytest.mark.parametrize("typed", ["9" * 21, "a" * 10_000, "1-" * 5_000])
def test_gives_back_what_is_too_long_without_matching_it(typed: str) -> None:
    form = entered({"story": [typed]})
    assert form.errors.keys() == {"story"}
    assert form["story"].value() == typed


@pytest.mark.parametrize("typed", ["He left。", "He left.", "He left，。", "He left"])
def test_has_one_full_stop_where_one_was_typed(typed: str) -> None:
    assert entered({"story": [typed]}).entered.said["story"] == "He left"


def test_takes_a_full_stop_alone_for_nothing() -> None:
    assert "story" not in entered({"story": ["。"]}).entered.said


def test_takes_braces_for_words() -> None:
    assert "Story: {price} {story}" in text({"story": ["{price} {story}"], "price": ["3"]})


def test_marks_where_a_hand_fills_in() -> None:
    paragraphs = fill(lantern(), entered({"story": ["x"]}).entered)
    assert [(part.slot, part.blank) for part in paragraphs[1].parts if part.slot] == [
        ("on", True),
        ("seen", True),
        ("story", False),
    ]
    assert paragraphs[-1].place is Place.END
    assert paragraphs[-1].parts[-1].blank


NAMES = [name for name, _ in inputs(lantern())]
VALUES = st.one_of(
    st.text(max_size=30),
    st.text(alphabet="0123456789０１２３一二 -.＿{}@a", max_size=30),
    st.sampled_from(["light", "yes", "oil", "2026-11-01", "12.50"]),
)


@given(st.dictionaries(st.sampled_from(NAMES), st.lists(VALUES, max_size=3)))
def test_makes_a_letter_of_any_form(data: FORM) -> None:
    form = entered(data)
    letter = as_text(fill(lantern(), form.entered))
    assert letter.startswith("To the watch\nOn ")
    assert letter.endswith(f"Name: {BLANK}")
    assert not re.search(r"\d{8}", letter)
    assert form.errors.keys().isdisjoint(form.entered.said)
    slots = "".join(part.slot for paragraph in fill(lantern(), form.entered) for part in paragraph.parts)
    assert not re.search(r"\{(?:on|price|seen|story|walks)", slots)


@given(st.dictionaries(st.sampled_from(NAMES), st.lists(VALUES, max_size=3)))
def test_fills_every_slot_with_words_or_a_blank(data: FORM) -> None:
    said = entered(data).entered
    for paragraph in fill(lantern(), said):
        for part in paragraph.parts:
            assert part.text
            if part.slot:
                assert part.text == said.said.get(part.slot, BLANK)
            else:
                assert "{" not in part.text
