"""Numbers, domains, articles and percentages: found in a text, and vouched for or not. Everything here is invented."""

from pathlib import Path

import pytest

from guide.editorial.citations import Claim, ClaimKind, claims, faults, number
from guide.editorial.extraction import Extract
from guide.sources import Certainty, Channel, Source


def found(text: str, kind: ClaimKind) -> list[str]:
    return [claim.value for claim in claims(text) if claim.kind is kind]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("打110，或021-53395288。", ["110", "021-53395288"]),
        ("2026年11月，120元，第2024条，第121号令，8:00–21:30，约120分钟", []),
        ("拨95017、96110、10699000、10019", ["95017", "96110", "10699000", "10019"]),
        ("见 https://www.12315.example/ 和 lamp110.example.com", []),
        ("打400-123-4567，13800138000，139 号", ["400-123-4567", "13800138000"]),
        ("119%的灯，1200盏灯，2024-05-01", []),
        ("打119。报12345、12.5元", ["119", "12345"]),
    ],
)
def test_knows_a_number_to_dial(text: str, numbers: list[str]) -> None:
    assert found(text, ClaimKind.PHONE) == numbers


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("打开 lamp.example.com，或Lantern.CN。", ["lamp.example.com", "lantern.cn"]),
        ("见https://oil.example.cn/a/b?c=1。", ["oil.example.cn"]),
        ("写信给 keeper@oil.example", ["oil.example"]),
        ("装了 wick.apk，版本8.0.21，3.5元，等等...", []),
    ],
)
def test_knows_a_domain(text: str, names: list[str]) -> None:
    assert found(text, ClaimKind.DOMAIN) == names


@pytest.mark.parametrize(
    ("text", "articles"),
    [
        ("第五十六条", ["56"]),
        ("第56条", ["56"]),
        ("第十四至十七条", ["14", "15", "16", "17"]),
        ("第十条到第十二条", ["10", "11", "12"]),
        ("第三、五条和第九条", ["3", "5", "9"]),
        ("第二百五十三条之一", ["253之一"]),
        ("第二百八十七条之一、之二", ["287之一", "287之二"]),
        ("第一百零二条、第一百条", ["102", "100"]),
        ("第一条消息，第二条路，第12个", []),
    ],
)
def test_knows_an_article_of_a_law(text: str, articles: list[str]) -> None:
    assert found(text, ClaimKind.ARTICLE) == articles


@pytest.mark.parametrize(
    ("text", "percentages"),
    [
        ("62.1%的灯", ["62.1%"]),
        ("占8 ％", ["8%"]),
        ("百分之六十二点一，百分之百", ["62.1%", "100%"]),
        ("三成", []),
    ],
)
def test_knows_a_percentage(text: str, percentages: list[str]) -> None:
    assert found(text, ClaimKind.PERCENTAGE) == percentages


@pytest.mark.parametrize(
    ("numeral", "value"),
    [("十", 10), ("二十", 20), ("一千零一", 1001), ("三百一十二", 312), ("百", 100), ("7", 7), ("七7", 0)],
)
def test_reads_numerals(numeral: str, value: int) -> None:
    assert number(numeral) == value


LAW = Source(id="law", publisher="P", title="《灯法》第三条、第五至七条", date="2026", certainty=Certainty.HIGH)
COUNT = Source(
    id="count",
    publisher="P",
    title="T",
    date="2026",
    url="https://count.example/a",
    certainty=Certainty.HIGH,
    says=("62.1%", "10699000", "wick.example"),
)
WATCH = Channel(
    id="watch", name="W", number="021-5551234", url="https://www.watch.example/", purpose="P", asks="A", cannot="C"
)


def unvouched(text: str, *cited: str, examples: tuple[str, ...] = ()) -> list[str]:
    told = Extract(Path("yard.md"), "body", text, cited, examples)
    return [fault.what for fault in faults([told], {"law": LAW, "count": COUNT}, [WATCH])]


def test_passes_what_a_channel_has() -> None:
    assert unvouched("打021-5551234或5551234，上 www.watch.example。") == []


def test_passes_what_a_source_cited_there_says() -> None:
    assert unvouched("62.1%，10699000，wick.example，count.example。", "count") == []
    assert unvouched("第三条，第六条，第五至七条。", "law") == []


def test_names_what_the_source_does_not_say() -> None:
    assert unvouched("第八条。", "law") == ["nobody vouches for the law article 8"]
    assert unvouched("62%。", "count") == ["nobody vouches for the percentage 62%"]
    assert unvouched("打5551235。", "count") == ["nobody vouches for the phone number 5551235"]
    assert unvouched("上 watch.example。", "count") == ["nobody vouches for the domain watch.example"]


def test_names_what_is_said_by_a_source_that_is_not_cited_there() -> None:
    assert unvouched("62.1%的灯，第三条。") == [
        "nobody vouches for the percentage 62.1%",
        "nobody vouches for the law article 3",
    ]


def test_lets_a_page_have_percentages_of_its_own_and_no_more() -> None:
    assert unvouched("99.9%和100%。", examples=("99.9%", "100%")) == []
    assert unvouched("打5551235。", examples=("5551235",)) != []


def test_says_a_claim_once() -> None:
    assert claims("62.1%，62.1%") == [Claim(ClaimKind.PERCENTAGE, "62.1%")]


@pytest.mark.parametrize(
    ("where", "text", "said"),
    [
        ("messages.0.card.host", "oil.lantern.example", []),
        ("messages.0.cues.0.mark", "lantern.example", []),
        ("messages.0.card.host", "oil.lantern.com", ["nobody vouches for the domain oil.lantern.com"]),
        ("messages.0.text", "oil.lantern.example", ["nobody vouches for the domain oil.lantern.example"]),
    ],
)
def test_lets_a_scene_show_an_address_that_nobody_can_own(where: str, text: str, said: list[str]) -> None:
    told = Extract(Path("scenes/oil.toml"), where, text)
    assert [fault.what for fault in faults([told], {}, [])] == said
