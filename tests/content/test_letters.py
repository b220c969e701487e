"""The real letters: six, readable with their blanks, and never asking for what stays with the reader."""

import datetime as dt
import re

from django.utils.datastructures import MultiValueDict

import checklist.library
from checklist.letters.forms import LetterForm
from checklist.letters.letter import BLANK, FieldKind, Letter, as_text, fill, inputs
from tests.collecting import for_each
from tests.content.words import hans

LETTERS = checklist.library.current().letters
TODAY = dt.date(2026, 11, 22)
#: What no field may ask for; the letter's own words leave room for it.
BY_HAND = ("姓名", "证件号", "身份证号", "电话", "手机号", "账号", "卡号", "户名", "住址", "微信号", "QQ 号")


def text(letter: Letter, data: dict[str, list[str]]) -> str:
    return as_text(fill(letter.words, LetterForm(letter.words, MultiValueDict(data), TODAY).entered))


def everything(letter: Letter) -> dict[str, list[str]]:
    data = {}
    for name, column in inputs(letter.words):
        plain = {FieldKind.DATE: "2026-11-03", FieldKind.AMOUNT: "880", FieldKind.LINE: "晚上8点"}
        data[name] = list(column.options) or [plain[column.kind]]
    return data


def test_has_six_letters_that_of_the_police_first() -> None:
    assert list(LETTERS) == ["police", "platform", "consumer", "relatives", "owner", "leak"]


@for_each(LETTERS.values())
def test_never_asks_for_what_is_filled_in_by_hand(letter: Letter) -> None:
    typed = [column for _, column in inputs(letter.words) if column.kind is FieldKind.LINE]
    asked = [f"{column.label}{column.hint}" for column in typed]
    assert not [words for words in asked if any(word in words for word in BY_HAND)]


@for_each(LETTERS.values())
def test_leaves_nothing_empty_once_all_is_filled_in(letter: Letter) -> None:
    filled = text(letter, everything(letter))
    by_hand = "".join(passage.words for passage in letter.words.text).count(BLANK)
    rows = sum(
        one.rows * "".join(passage.words for passage in one.row).count(BLANK) for one in letter.words.fields.values()
    )
    assert filled.count(BLANK) == by_hand + rows
    assert not re.search(r"[{}]|。。|，。|：。|；。", filled)


@for_each(LETTERS.values())
def test_reads_well_with_its_blanks(letter: Letter) -> None:
    empty = text(letter, {})
    assert not re.search(r"[{}]|。。|，。|：。", empty)
    assert len(empty.splitlines()) >= 3


@for_each(LETTERS.values())
def test_tells_an_option_in_the_readers_own_short_words(letter: Letter) -> None:
    options = [words for _, column in inputs(letter.words) for words in column.options.values()]
    assert not [words for words in options if hans(words) > 22 or words.endswith(("。", "；"))]


def test_has_room_for_eight_things_in_a_timeline() -> None:
    assert LETTERS["police"].words.fields["timeline"].rows == 8
    told = text(LETTERS["police"], everything(LETTERS["police"]))
    assert told.count("2026年11月3日那天，大约晚上8点，在群里，事情是：晚上8点。") == 8
    assert told.count("少了880元") == 8


def test_names_the_law_only_where_the_reader_wants_it() -> None:
    owner = LETTERS["owner"]
    assert "第四十七条" in text(owner, {"law": ["yes"]})
    assert "法" not in text(owner, {"law": ["no"]})
    assert "法" not in text(owner, {})


@for_each(["police", "consumer", "platform"])
def test_leaves_room_for_a_signature(letter: str) -> None:
    assert [passage.words[-3:] for passage in LETTERS[letter].words.text[-2:]] == [BLANK, BLANK]


def test_says_what_a_picture_must_show_and_what_comes_before() -> None:
    desk = checklist.library.current().letter_intro
    assert len(desk.evidence_html) >= 6
    assert "110" in desk.first_html[0]
    assert "故意编造要负法律责任" in desk.rules_html[0]
