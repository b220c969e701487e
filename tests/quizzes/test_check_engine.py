"""The engine of the check, on invented signs."""

from pathlib import Path

import pytest

from core.content.files import ContentErrors
from quizzes.check.engine import MessageJudgement
from quizzes.check.signs import Verdict
from tests.fixtures import check

ENGINE = check.load()


def judged(*messages: str) -> tuple[str, list[str]]:
    judgement = ENGINE.judge(messages)
    return judgement.verdict.value, judgement.signs


def marked(judgement: MessageJudgement) -> list[tuple[int, str]]:
    return [(piece.cue, piece.text) for pieces in judgement.messages for piece in pieces if piece.cue]


@pytest.mark.parametrize(
    ("text", "verdict", "signs"),
    [
        ("你把石头借我", "red", ["stones"]),
        ("鹅卵石你明天再给我吧", "red", ["stones"]),
        ("石头多得很，河里到处都是，这一个你拿去给我", "none", []),  # too far apart
        ("石头。给我", "none", []),  # another sentence
        ("八块一块石板，要吗", "red", ["stones"]),
        ("8一块石板，要吗", "red", ["stones"]),
        ("8点一块石板，要吗", "none", []),  # no money
        ("去河滩走走", "amber", ["stones"]),
        ("卖歌，三首20元", "red", ["songs"]),
        ("卖歌的人走了以后很久很久又来了一个，20元", "none", []),
        ("唱一回，付20，返35", "amber", ["songs"]),
        ("唱一回，付35，返20", "none", []),  # no gain
        ("笛子借我", "red", ["songs"]),  # two of three are enough
        ("笛子吹了很久很久，二十块钱买的", "none", []),  # too far apart
        ("石头00:20一块给我", "red", ["stones"]),
        ("笛子 00:20", "none", []),  # a time of day is no money
    ],
)
def test_finds_patterns(text: str, verdict: str, signs: list[str]) -> None:
    assert judged(text) == (verdict, signs)


@pytest.mark.parametrize(
    "text",
    [
        "别把石头给我",  # negated
        "请勿带走石头给我看",  # a counter covers the word
        "你把石头借我，不急",  # unless
        "说什么石头给我，都是骗人的",  # a text that warns
        "谁要你把石头借我，都别给",  # and one that does in several words
    ],
)
def test_leaves_out_what_means_something_else(text: str) -> None:
    assert judged(text) == ("none", [])


def test_does_not_take_another_word_for_a_negation() -> None:
    assert judged("别人的石头给我") == ("red", ["stones"])
    assert judged("别哭，石头给我") == ("red", ["stones"])


def test_a_space_between_words_ends_what_a_negation_reaches() -> None:
    assert judged("不要哭 石头给我") == ("red", ["stones"])
    assert judged("不 要 石 头 给 我") == ("none", [])
    assert judged("不要石头给我") == ("none", [])


@pytest.mark.parametrize(
    ("text", "cry"),
    [("石头没了", "lost"), ("歌我忘了", "lost"), ("石头没了，不急", ""), ("别说石头没了", ""), ("石头还在", "")],
)
def test_hears_a_cry_for_help(text: str, cry: str) -> None:
    assert ENGINE.judge([text]).cry == cry


def test_hears_a_cry_beside_the_signs_of_a_message() -> None:
    judgement = ENGINE.judge(["石头没了，他还说石头给我"])
    assert (judgement.cry, judgement.signs, judgement.verdict) == ("lost", ["stones"], Verdict.RED)


def test_takes_nothing_in_the_readers_own_clause_for_a_sign() -> None:
    judgement = ENGINE.judge(["我歌丢了石头给我，不哭"])
    assert (judgement.cry, judgement.signs, judgement.verdict) == ("lost", [], Verdict.NONE)


def test_names_the_kind_of_a_message() -> None:
    assert [ENGINE.judge([text]).nature for text in ("饭好了，快回来", "鱼好了，快回来")] == ["dinner", ""]


@pytest.mark.parametrize(
    "text",
    ["石 头 给 我", "石\u200b头\u200d给我", "石.头-给我", "石頭給我", "石头\n给我"],
    ids=["spaces", "zero width", "signs between", "traditional", "line break"],
)
def test_sees_through_how_words_are_written(text: str) -> None:
    found = judged(text)[1]
    assert found == ([] if "\n" in text else ["stones"])


def test_marks_the_words_as_they_stand_in_the_message() -> None:
    judgement = ENGINE.judge(["妹，石 頭\u200b給 我，歌不要"])
    assert marked(judgement) == [(1, "石 頭\u200b給 我")]
    assert "".join(piece.text for piece in judgement.messages[0]) == "妹，石 頭\u200b給 我，歌不要"


def test_reads_each_message_by_itself_and_judges_them_together() -> None:
    assert judged("都是骗人的", "石头给我") == ("red", ["stones"])
    assert judged("石头", "给我") == ("none", [])
    judgement = ENGINE.judge(["石头给我", "卖歌20元"])
    assert [found.number for found in judgement.found] == [1, 2]


def test_makes_a_grave_verdict_of_three_slight_signs(tmp_path: Path) -> None:
    policy = check.copy(tmp_path) / "policy" / "check" / "policy.toml"
    policy.write_text(policy.read_text().replace("amber = 3", "amber = 2"))
    assert judged("河滩，唱，付2返5") == ("amber", ["stones", "songs"])
    assert check.load(tmp_path).judge(["河滩，唱，付2返5"]).verdict is Verdict.RED


@pytest.mark.parametrize(
    ("text", "nature"),
    [("😀😀👍", "emoji"), ("  ", "empty"), ("IMG_2031.JPG", "file"), ("嗯嗯", "short"), ("12", "short")],
)
def test_says_that_a_text_is_too_short(text: str, nature: str) -> None:
    judgement = ENGINE.judge([text])
    assert (judgement.verdict, judgement.nature) == (Verdict.SHORT, nature)


@pytest.mark.parametrize(
    ("text", "nature"),
    [("hello, how are you", "foreign"), ("https://a.example/", "link"), ("¥Ab12cd34Ef¥", "passphrase")],
)
def test_tells_what_a_text_is(text: str, nature: str) -> None:
    assert ENGINE.judge([text]).nature == nature


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("signs/stones", "{stone}…", "{stoan}…", ["stones.toml: phrases", "unknown list 'stoan'", "calm, digits"]),
        ("signs/stones", '"河滩"', '"…河滩"', ["hints '…河滩'", "begins or ends with …"]),
        ("signs/stones", '"河滩"', '"\u200b"', ["nothing to look for"]),
        ("signs/stones", 'unless = ["calm"]', 'unless = ["storm"]', ["unless", "unknown list 'storm'"]),
        ("signs/stones", "hints", "hint", ["stones.toml: hint", "allowed: differ, hints"]),
        ("signs/songs", "within = 12", "within = 2", ["together.0.within"]),
        ("signs/songs", "least = 2", "least = 4", ["together.1.least", "4 of 3"]),
        ("words", "calm = ", "link = ", ["the name is the engine's"]),
        ("words", '["不急"]', '"不急"', ["words.toml: calm: not a list of words"]),
        ("words", 'neutral = ["别人"]', "", ["words.toml: neutral: missing"]),
        ("warnings", "all = [", "al = [", ["warnings.toml: together.0"]),
        ("cries/lost", "calm", "storm", ["lost.toml: unless", "unknown list 'storm'"]),
    ],
)
def test_names_file_place_and_reason_of_a_fault(tmp_path: Path, file: str, old: str, new: str, said: list[str]) -> None:
    path = check.copy(tmp_path) / "policy" / "check" / f"{file}.toml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    with pytest.raises(ContentErrors) as fault:
        check.load(tmp_path)
    for words in said:
        assert words in str(fault.value)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"group-check:stones"', '"group-check:pebbles"', "unknown sign 'group-check:pebbles'"),
        (', "group-check:stones"', "", "no sign is the same as 'group-check:stones'"),
        ('case = "lost", actions = ["hum"]', 'actions = ["dance"]', "unknown action 'dance'"),
        ('more = "lantern", case', 'more = "candle", case', "unknown page 'candle'"),
        ("songs = ", "tunes = ", "a file check/signs/tunes.toml"),
    ],
)
def test_holds_the_policy_to_what_there_is(tmp_path: Path, old: str, new: str, said: str) -> None:
    path = check.copy(tmp_path) / "policy" / "check" / "policy.toml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    with pytest.raises(ContentErrors, match=said):
        check.load(tmp_path)


def test_a_mark_ends_where_a_word_ends() -> None:
    """滩涂 is a word of the lists, and 河滩 a hint."""
    assert marked(ENGINE.judge(["去河滩涂走走"])) == [(1, "河滩涂")]
