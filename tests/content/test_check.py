"""The signs of the check on recorded messages: enough found, few harmless ones suspected, within the time."""

import math
import random
import time
import timeit
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

import quizzes.check.library
import quizzes.library
from quizzes.check.signs import Patterns, Verdict
from quizzes.practice.scenes import Role
from tests.reading import read

ENGINE = quizzes.check.library.current()
HERE = Path(__file__).parent
#: CPU for a text of 4,000 characters: half of what a whole answer may take. The middle of several runs.
MILLISECONDS = 25
#: Telling apart linear from quadratic: 16 times the text may take so many times as long.
LINEAR = 40


def told(name: str) -> list[dict[str, str]]:
    messages: list[dict[str, str]] = tomllib.loads((HERE / name).read_text(encoding="utf-8"))["message"]
    return messages


def phrasings(name: str) -> Iterator[str]:
    for path in sorted((HERE / "phrasings").glob(f"{name}*.txt")):
        yield from path.read_text(encoding="utf-8").splitlines()


def test_hears_who_asks_for_help_and_nobody_else() -> None:
    cries = tomllib.loads((HERE / "cries.toml").read_text(encoding="utf-8"))["cry"]
    heard = {one["text"]: ENGINE.judge([one["text"]]).cry for one in cries}
    assert {text: case for text, case in heard.items() if {"text": text, "case": case} not in cries} == {}
    assert [sum(bool(one["case"]) is case for one in cries) for case in (True, False)] == [56, 34]


@pytest.mark.parametrize("name", ["messages_a.toml", "messages_b.toml"])
def test_finds_the_bad_ones_and_leaves_the_harmless_ones(name: str) -> None:
    messages = told(name)
    bad = [message for message in messages if message["kind"] == "bad"]
    harmless = [message for message in messages if message["kind"] == "harmless"]
    missed = [message["id"] for message in bad if message["sign"] not in ENGINE.judge([message["text"]]).signs]
    suspected = [message["id"] for message in harmless if ENGINE.judge([message["text"]]).found]
    assert len(missed) <= 0.05 * len(bad), missed
    assert len(suspected) <= 0.03 * len(harmless), suspected


def test_judges_what_others_told() -> None:
    messages = tomllib.loads((HERE / "messages_unseen.toml").read_text(encoding="utf-8"))["message"]
    bad, harmless = ([one for one in messages if bool(one["signs"]) is kind] for kind in (True, False))
    missed = [one["text"] for one in bad if not set(one["signs"]) & {*ENGINE.judge([one["text"]]).signs}]
    suspected = [one["text"] for one in harmless if ENGINE.judge([one["text"]]).found]
    assert len(bad) == len(harmless) == 80
    assert len(missed) <= 0.05 * len(bad), missed
    assert len(suspected) <= 0.03 * len(harmless), suspected


def test_judges_each_told_message_as_it_says() -> None:
    messages = told("messages_told.toml")
    wrong: list[tuple[object, ...]] = []
    for one in messages:
        judgement = ENGINE.judge([one["text"]])
        calls = any(found.sign.policy.calls for found in judgement.found)
        seen = {"found": bool(judgement.found), "nature": judgement.nature, "cry": judgement.cry, "calls": calls}
        wrong += [(one["text"], name, was) for name, was in seen.items() if one.get(name, was) != was]
        wrong += [(one["text"], judgement.signs)] * ("sign" in one and one["sign"] not in judgement.signs)
        wrong += [(one["text"], judgement.signs)] * (one.get("without") in judgement.signs)
    assert len(messages) >= 20
    assert wrong == []


def test_tells_what_people_type_apart() -> None:
    for group in tomllib.loads((HERE / "messages_told.toml").read_text(encoding="utf-8"))["told"]:
        wrong = [text for text in group["texts"] if bool(ENGINE.judge([text]).found) is not group["found"]]
        assert len(wrong) <= 0.05 * len(group["texts"]), wrong


def test_finds_further_phrasings() -> None:
    lines = [line.partition("\t") for line in phrasings("bad")]
    missed = [text for sign, _, text in lines if sign not in ENGINE.judge([text]).signs]
    assert len(lines) >= 300
    assert len(missed) <= 0.05 * len(lines), missed


def test_takes_nothing_told_for_a_cry_for_help() -> None:
    told_ones = [
        one["text"] for name in ("messages_a.toml", "messages_b.toml", "messages_unseen.toml") for one in told(name)
    ]
    told_ones += [line.rpartition("\t")[2] for name in ("bad", "harmless") for line in phrasings(name)]
    assert [text for text in told_ones if ENGINE.judge([text]).cry] == []


def test_leaves_ordinary_chat_alone() -> None:
    lines = list(phrasings("harmless"))
    suspected = [text for text in lines if ENGINE.judge([text]).found]
    assert len(lines) >= 300
    assert len(suspected) <= 0.03 * len(lines), suspected


def test_judges_the_told_examples_as_they_say() -> None:
    library = ENGINE.library
    told: dict[str, Patterns] = {**library.signs, **library.kinds, **library.cries}
    for id, patterns in told.items():
        for text in (*patterns.match, *patterns.differ):
            judgement = ENGINE.judge([text])
            found = id in (judgement.cry, judgement.nature, *judgement.signs)
            assert found is (text in patterns.match), (id, text)


def test_agrees_with_the_practice() -> None:
    """The scenes were written without the signs: the suspicious ones are told, the harmless ones are not."""
    practice = quizzes.library.current().practice
    for scene in practice.scenes.values():
        words = [field for message in scene.words.messages if message.role is not Role.YOU for field in message.fields]
        judgement = ENGINE.judge(["\n".join(filter(None, words))])
        assert bool(judgement.found) is scene.suspicious, scene.id


def test_one_list_of_signs_serves_the_check_the_group_check_and_the_practice() -> None:
    library = quizzes.library.current()
    named = [name for sign in ENGINE.library.policy.signs.values() for name in sign.same]
    wanted = [f"practice:{id}" for id in library.practice.words.tactics]
    wanted += [f"group-check:{id}" for id in library.quizzes["group-check"].policy.signs]  # type: ignore[attr-defined]
    assert sorted(named) == sorted(wanted)


def test_every_sign_with_words_has_told_examples() -> None:
    signs = ENGINE.library.signs.values()
    assert not [sign.id for sign in signs if not (sign.match and sign.differ)]


def milliseconds(text: str, runs: int = 5) -> float:
    """Return the CPU time of a verdict, without the garbage collector: it reads what all tests before left."""
    seconds = timeit.repeat(lambda: ENGINE.judge([text]), repeat=runs, number=1, timer=time.process_time)
    return sorted(seconds)[runs // 2] * 1000


def long_text(parts: list[str], length: int = 4000) -> str:
    drawn = random.Random(7)
    text = ""
    while len(text) < length:
        text += drawn.choice(parts) + "\n"
    return text[:length]


#: The lists whose words took longest in a search over random mixes.
WORST = ("b-mine", "odd-install", "authority", "trouble", "b-do", "b-why", "out-verbs")
TEXTS = {
    "chat": long_text(list(phrasings("harmless"))),
    "fraud": long_text([line.partition("\t")[2] for line in phrasings("bad")]),
    "its own words": long_text([*ENGINE.library.vocabulary.names]),
    "words of few lists": long_text([word for name in WORST for word in ENGINE.library.vocabulary.lists[name]]),
    "addresses": "http://a-b.pinduo-duo.top/x " * 142,
    "dots": "a." * 2000,
    "digits": "1" * 4000,
    "amounts": "12返" * 1333,
    "one word": "验证码" * 1333,
    "passphrases": "¥a" * 2000,
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_takes_linear_time_within_the_budget(text: str) -> None:
    # Twice as much here: two tests may share a core. The figures of a quiet machine stand in the record.
    assert milliseconds(text) <= 2 * MILLISECONDS
    assert milliseconds(text * 16, 1) <= LINEAR * max(1.0, milliseconds(text))


def test_a_verdict_has_its_words_and_none_says_safe() -> None:
    words = ENGINE.library.page.verdicts
    assert set(words) == set(Verdict)
    assert not [one for one in words.values() if "安全" in one.title + one.first]


def test_leads_whoever_is_asked_for_a_deposit_to_the_page_of_pressing(client: Client) -> None:
    page = read(client.post("/check/", {"text": "先交800块押金，才能把钱提出来"}))
    links = [str(link["href"]) for link in page.select("main a")]
    assert "/checklist/emergency/pressed/" in links
    assert "/checklist/emergency/money-gone/" in links


CODE = "【工商银行】您尾号1234的账户正在异地登录，验证码482913，5分钟内有效，请勿泄露"


def test_tells_what_to_do_about_a_code_that_nobody_asked_for(client: Client) -> None:
    page = read(client.post("/check/", {"text": CODE}))
    assert "谁要都别给" in page.select_one(".verdict").text  # type: ignore[union-attr]
    assert "打银行卡背面的电话" in page.select_one(".verdict").text  # type: ignore[union-attr]


def test_says_that_it_misses_much_where_it_found_nothing(client: Client) -> None:
    page = read(client.post("/check/", {"text": "妈，晚上回来吃饭不，我买了鱼"}))
    assert "常常看不出" in page.select_one(".verdict").text  # type: ignore[union-attr]


def test_marks_the_haste_beside_the_deposit() -> None:
    found = ENGINE.judge(["先交800元押金，10分钟内不付就冻结你的账户"]).signs
    assert {"entry-fee", "secrecy-haste"} <= {*found}


#: What was measured on messages that nobody had seen: how many were told, and how many of them were found.
USUAL, EVASIVE = [(40, 35), (20, 14), (20, 14), (20, 18)], [(80, 28)]
#: Ordinary messages: how many, and how many of them were suspected.
ORDINARY = [(40, 2), (40, 1), (100, 2)]
NUMERALS = "零一二三四五六七八九十"


def numeral(number: int) -> str:
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    words = (f"{NUMERALS[hundreds]}百" if hundreds else "") + (f"{NUMERALS[tens]}十" if tens else "")
    return (words + (NUMERALS[ones] if ones else "")).removeprefix("一" if 10 <= number < 20 else "")


def test_the_method_begins_with_the_sum_of_what_was_measured() -> None:
    shares = sorted(10 * found / told for told, found in USUAL)
    missed = sum(told - found for told, found in EVASIVE) * 10 / sum(told for told, _ in EVASIVE)
    told, suspected = (sum(figures) for figures in zip(*ORDINARY, strict=True))
    sums = [
        f"十条看出{NUMERALS[math.floor(shares[0])]}到{NUMERALS[math.floor(shares[-1])]}条",
        f"十条漏掉{NUMERALS[math.floor(missed)]}{NUMERALS[math.ceil(missed)]}条",
        f"平常的话{numeral(told)}条，错怪了{NUMERALS[suspected]}条",
    ]
    method = ENGINE.library.method_html
    section = method[method.index('id="how-good"') :]
    assert [line for line in sums if line not in section.partition("</p>")[0]] == []
    each = [f"{numeral(told)}条" for told, _ in (*USUAL, *EVASIVE)] + [
        f"{numeral(found)}条" for _, found in (*USUAL, *EVASIVE)
    ]
    assert [figure for figure in each if figure not in section] == []
