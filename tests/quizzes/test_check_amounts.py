"""The numbers, amounts and shares in a message."""

import pytest

from quizzes.check.amounts import numbers


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("返你3成利润", "3成"),
        ("返你3成", "3成"),
        ("返你三成利润", "三成"),
        ("给3个点佣金", "3个点"),
        ("给三个点佣金", "三个点"),
        ("抽12.5%的佣金", "12.5%"),
    ],
)
def test_a_share_reaches_to_the_end_of_its_unit(text: str, share: str) -> None:
    assert [text[start:end] for kind, (start, end) in numbers(text) if kind == "percent"] == [share]


@pytest.mark.parametrize("text", ["前3成功的人有奖", "拉3成员进群", "再来3个", "三成员到齐"])
def test_other_words_after_a_number_are_no_share(text: str) -> None:
    assert [kind for kind, _ in numbers(text) if kind == "percent"] == []
