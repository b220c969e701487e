"""Every content file: words that never stand in it, and numbers that one can really dial."""

import re

import pytest

import guide.library
from tests.content.words import FILES, texts

FORBIDDEN = ["上当", "贪便宜", "轻信", "安全了", "就安全", "您"]
#: Who sends a text message, not whom to call: allowed where the same file says who says so.
SMS_SENDER = re.compile(r"^(?:106\d{3,}|12381)$")
URL = re.compile(r"https?://\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:cn|com|net)\b\S*")
DATE = re.compile(r"\d{4}-\d{2}-\d{2}|\d{4}年|\d{1,2}[:：]\d{2}")
#: A run of digits that looks like a number to dial: an area code, a mobile, a long or a short service number.
DIALLED = re.compile(
    r"(?<![\d.A-Za-z-])(?:0\d{2,3}-\d{5,8}|400-?\d{3}-?\d{4}|\d{7,}|(?:95|96|12)\d{3}|100\d{2}|106\d{3}|1[12]\d)(?!\d|[元块个人天次条分秒万亿岁页名款位张号])"
)


def dialled(text: str) -> list[str]:
    return DIALLED.findall(DATE.sub(" ", URL.sub(" ", text)))


def in_channels() -> set[str]:
    numbers = {channel.number for channel in guide.library.current().channels.values() if channel.number}
    return numbers | {number.partition("-")[2] for number in numbers if "-" in number}


def test_it_reads_every_kind_of_content() -> None:
    assert len(FILES) > 20
    assert {file.partition("/")[0] for file in FILES} == {"guide", "checklist", "quizzes"}


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("打110，或021-53395288。", ["110", "021-53395288"]),
        ("2026年11月，120元，第2024条，第121号令，8:00–21:30[@order-121]", []),
        ("拨95017、96110、10699000、10019", ["95017", "96110", "10699000", "10019"]),
        ("见 https://www.12315.cn/ 和 weixin110.qq.com", []),
        ("打400-123-4567，13800138000", ["400-123-4567", "13800138000"]),
    ],
)
def test_it_knows_a_number_to_dial(text: str, numbers: list[str]) -> None:
    assert dialled(text) == numbers


@pytest.mark.parametrize("file", FILES)
def test_it_names_only_numbers_that_stand_in_channels(file: str) -> None:
    unknown = [
        (where, number)
        for where, text in texts(file)
        for number in dialled(text)
        if number not in in_channels() and not (SMS_SENDER.match(number) and is_cited(file, where))
    ]
    assert unknown == []


def is_cited(file: str, where: str) -> bool:
    """Whether the entry in which a text stands cites a source."""
    if file.endswith(".md"):
        return "[@" in dict(texts(file))["body"]
    entry = ".".join(where.split(".")[:2])
    return any(place.startswith(f"{entry}.sources.") for place, _ in texts(file))


@pytest.mark.parametrize("word", FORBIDDEN)
@pytest.mark.parametrize("file", FILES)
def test_it_never_blames_and_never_promises(file: str, word: str) -> None:
    assert [(where, text) for where, text in texts(file) if word in text] == []
