"""What is struck out of a reader's sentence, and what stays."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.redaction import STRUCK, one_line, struck, struck_version

SIGNS = st.text(alphabet="0123456789０９三五 -.@a用。，", max_size=60)


@pytest.mark.parametrize(
    "number",
    [
        "12345",
        "123456",
        "13800138000",
        "138 0013 8000",
        "138-0013-8000",
        "138.0013.8000",
        "１３８００１３８０００",
        "一三八零零一三八零零零",
        "1三8零〇1幺8",
        "6222020200112233445",
        "11010519491231002",
    ],
)
def test_long_number_is_struck_out(number: str) -> None:
    assert struck(f"打我{number}问") == f"打我{STRUCK}问"


@pytest.mark.parametrize(
    "address", ["abc@qq.com", "12345678@qq.com", "a.b-c+d@mail.example.cn", "abc＠qq。com", "a @ b.cn"]
)
def test_mail_address_is_struck_out(address: str) -> None:
    assert struck(f"发到{address}谢谢") == f"发到{STRUCK}谢谢"


@pytest.mark.parametrize(
    "sentence",
    [
        *["", "第3步没有“隐私”", "微信8.0.50里在1234后面", "2026年11月22日", "110和12小时", "@我", "三四个人，五六天"],
        *[
            "转了3,000元",
            "转了12000元",
            "先垫１２０００块",
            "一共123456 元",
            "12000.50元",
            "三万五千元",
            "10000多元",
            "99999万",
        ],
    ],
)
def test_amounts_dates_and_hotlines_stay(sentence: str) -> None:
    assert struck(sentence) == sentence


@pytest.mark.parametrize("number", ["13800138000", "62220202001122", "12345678"])
def test_long_number_before_yuan_is_struck_out(number: str) -> None:
    assert struck(f"转了{number}元") == f"转了{STRUCK}元"


def test_each_number_and_address_is_struck_out() -> None:
    assert struck("13800138000，或者a@b.cn，或者010-12345678") == f"{STRUCK}，或者{STRUCK}，或者{STRUCK}"


@pytest.mark.parametrize("version", ["8.0.50", "iOS 17.5.1", "V5.0.0.102", "微信８.０", "鸿蒙5.0", ""])
def test_version_of_an_app_stays(version: str) -> None:
    assert struck_version(version) == version


@pytest.mark.parametrize("contact", ["一三八零零一三八零零零", "li＠qq.com", "li@qq.com", "13800138000"])
def test_version_keeps_no_telephone_number_or_mail_address(contact: str) -> None:
    assert contact not in struck_version(f"{contact} 8.0")


@given(SIGNS)
def test_struck_sentence_has_no_long_number_and_is_never_longer(sentence: str) -> None:
    once = struck(sentence)
    assert not re.search(r"\d{8}", once)
    assert len(once) <= len(sentence)
    assert struck(once) == once


def test_one_line_joins_lines_and_drops_invisible_characters() -> None:
    assert one_line("  第一行\r\n第二行\t\x00完\u202e了\u3000") == "第一行 第二行 完 了"
    assert struck(one_line("138\u200b0013\u200b8000")) == STRUCK


@given(st.text(max_size=60))
def test_one_line_is_printable(text: str) -> None:
    assert one_line(text).isprintable()
