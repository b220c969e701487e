"""Letters: what a form says, and the text that comes of it."""

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklist.letters.letter import BLANK, LetterWords, Place, as_text, enter, fill, inputs
from tests.tiny import checklist_library

TODAY = dt.date(2026, 11, 22)
FORM = dict[str, list[str]]


def lantern() -> LetterWords:
    return checklist_library().letters["lantern-lost"].words


def text(data: FORM) -> str:
    return as_text(fill(lantern(), enter(lantern(), data, TODAY)))


def test_it_can_be_read_before_anything_is_filled_in() -> None:
    assert text({}).splitlines() == [
        "To the watch",
        "On ＿＿＿ my lantern went, seen: ＿＿＿. Story: ＿＿＿",
        "＿＿＿: ＿＿＿.",
        "Name: ＿＿＿",
    ]


def test_it_puts_in_what_the_form_says() -> None:
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


def test_it_takes_one_where_one_may_be_chosen() -> None:
    entered = enter(lantern(), {"lit": ["no", "yes"]}, TODAY)
    assert entered.chosen == {"lit=yes"}


def test_it_leaves_out_names_and_options_that_it_does_not_know() -> None:
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
def test_it_says_what_can_not_be_and_gives_it_back(name: str, value: str) -> None:
    entered = enter(lantern(), {name: [value], "seen": ["light"]}, TODAY)
    assert entered.wrong == {name}
    assert entered.typed[name] == value
    assert name not in entered.said
    assert entered.said["seen"] == "a light"


def test_it_counts_the_present_day_as_past() -> None:
    assert enter(lantern(), {"on": ["2026-11-22"]}, TODAY).said == {"on": "2026年11月22日"}


@pytest.mark.parametrize("number", ["13812345678", "138-1234-5678", "１３８１２３４５６７８", "一三八一二三四五六七八"])
def test_it_strikes_a_long_number_and_says_so(number: str) -> None:
    entered = enter(lantern(), {"story": [f"call {number}"]}, TODAY)
    assert entered.said["story"] == entered.typed["story"] == "call ＊＊＊"
    assert entered.struck == {"story"}
    assert entered.wrong == frozenset()


def test_it_takes_braces_for_words() -> None:
    assert "Story: {price} {story}" in text({"story": ["{price} {story}"], "price": ["3"]})


def test_it_marks_where_a_hand_fills_in() -> None:
    paragraphs = fill(lantern(), enter(lantern(), {"story": ["x"]}, TODAY))
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
def test_it_makes_a_letter_of_any_form(data: FORM) -> None:
    entered = enter(lantern(), data, TODAY)
    letter = as_text(fill(lantern(), entered))
    assert letter.startswith("To the watch\nOn ")
    assert letter.endswith(f"Name: {BLANK}")
    assert not re.search(r"\d{8}", letter)
    assert entered.wrong.isdisjoint(entered.said)
    assert not re.search(
        r"\{(?:on|price|seen|story|walks)", "".join(part.slot for p in fill(lantern(), entered) for part in p.parts)
    )


@given(st.dictionaries(st.sampled_from(NAMES), st.lists(VALUES, max_size=3)))
def test_it_fills_every_slot_with_words_or_a_blank(data: FORM) -> None:
    entered = enter(lantern(), data, TODAY)
    for paragraph in fill(lantern(), entered):
        for part in paragraph.parts:
            assert part.text
            if part.slot:
                assert part.text == entered.said.get(part.slot, BLANK)
            else:
                assert "{" not in part.text
