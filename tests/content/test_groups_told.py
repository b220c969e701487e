"""The real quizzes of signs: each told group gets the verdict that a sensible person would give, and words that fit."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

import quizzes.library
from quizzes import answer_codes
from quizzes.engine.answers import QUIZ_COOKIE, write_answers
from quizzes.engine.attempt import Attempt, replay
from quizzes.signs.quiz import SignsQuiz, Weight, judge
from tests.collecting import for_each
from tests.content.test_cookies import longest_answers
from tests.reading import read

TOLD: dict[str, Any] = tomllib.loads((Path(__file__).parent / "stories_groups.toml").read_text(encoding="utf-8"))
GROUPS: dict[str, Any] = TOLD["groups"]
KNOWN = ("neighbours", "family", "work")


def real(id: str) -> SignsQuiz:
    quiz = quizzes.library.current().quizzes[id]
    assert isinstance(quiz, SignsQuiz)
    return quiz


def answered(signs: list[str], tie: str) -> Attempt[SignsQuiz]:
    """A finished attempt with these signs, 都没有 on every other screen, and this tie."""
    quiz = real("group-check")
    answers = {}
    for question in quiz.questions.values():
        chosen = tuple(id for id in question.options if id in signs or id == tie)
        answers[question.id] = chosen or ("none",)
    attempt = replay(quiz, answers)
    assert attempt.finished
    assert attempt.answers == answers
    return attempt


def result(attempt: Attempt[SignsQuiz]) -> Any:
    client = Client()
    client.cookies[QUIZ_COOKIE + attempt.quiz.id] = write_answers(
        attempt.answers, answer_codes.current()[attempt.quiz.id]
    )
    return read(client.get(f"/quizzes/{attempt.quiz.id}/result/"))


@for_each(GROUPS)
def test_gives_the_told_group_its_verdict(name: str) -> None:
    group = GROUPS[name]
    judgement = judge(answered(group["signs"], group["tie"]))
    assert judgement.verdict == group["verdict"], group.get("settled", "")
    assert {sign.id for sign in judgement.signs} == set(group["signs"])


def test_lets_a_group_stay_only_among_people_who_know_each_other() -> None:
    """As the plan after the quiz `habits` does: a group of strangers is left, without haste."""
    signs = ["owner-unknown", "only-links"]
    titles = {tie: result(answered(signs, tie)).h1.text.strip() for tie in ("stranger", *KNOWN)}
    assert titles.pop("stranger").startswith("不用急，慢慢退")
    assert all(title.startswith("能留") for title in titles.values())


def test_knows_every_sign_tie_and_verdict_that_the_stories_use() -> None:
    quiz = real("group-check")
    assert {sign for group in GROUPS.values() for sign in group["signs"]} <= quiz.signs.keys()
    assert len(quiz.signs) == 18
    assert set(quiz.policy.ties) == {"stranger", "neighbours", "family", "owner", "work"}
    assert quiz.policy.verdicts == ("leave-now", "leave", "careful", "nothing-found")


@for_each(KNOWN)
def test_parts_from_the_one_who_asks_and_not_from_people_one_knows(tie: str) -> None:
    page = result(answered(["codes"], tie))
    assert page.select_one(".verdict.brick")
    assert "退群" not in page.h1.text
    assert page.select_one("main .actions a.ghost")


@for_each([*KNOWN, "stranger", "owner"])
def test_ends_kindly_where_nothing_is_asked(tie: str) -> None:
    page = result(answered([], tie))
    assert page.h1.text == "没看出明显不对，不代表可以放心"
    assert page.select_one(".verdict.leaf")
    assert not page.select("main .notice, main .seen")


@for_each([*KNOWN, "stranger", "owner"])
def test_gives_a_harmless_group_an_ending_of_its_own(tie: str) -> None:
    page = result(answered([], tie))
    ending = page.select_one("main .ending")
    assert ("发一条公告就够了" if tie == "owner" else "今天不用做什么") in ending.h2.text
    assert ending.select('a.button[href="/check/"]')
    assert "想退了" not in page.main.text


@for_each([*KNOWN, "stranger", "owner"])
def test_says_everywhere_to_keep_the_evidence_before_leaving(tie: str) -> None:
    page = result(answered(["codes"], tie))
    said = "".join(place.text for place in page.select(".verdict, .actions-list"))
    leaving = [said.find(word) for word in ("就退", "退群", "投诉", "移出", "拉黑") if word in said]
    assert "截图" not in said or all(said.index("截图") < place for place in leaving)
    assert "截图" in said or not leaving


def test_asks_first_for_what_stops_at_once() -> None:
    quiz = real("group-check")
    stops = [
        any(quiz.signs[id].weight is Weight.NOW for id in asked.options if id in quiz.signs)
        for asked in quiz.questions.values()
    ]
    assert stops == sorted(stops, reverse=True)
    assert any(stops)


#: What one may say of talk only where one was told of talk.
TALK = ("聊天", "家常", "说笑", "有说有笑")


def test_says_nothing_of_talk_that_an_answer_before_may_deny() -> None:
    presumed = [
        (question.id, option.id)
        for question in real("group-check").questions.values()
        for option in question.options.values()
        if option.policy.exclusive and any(word in option.label + option.feedback_html for word in TALK)
    ]
    assert presumed == []


def test_has_a_line_and_a_page_of_its_own_behind_each_sign() -> None:
    signs = real("group-check").signs.values()
    lines = [sign.line_html for sign in signs]
    assert len(set(lines)) == len(lines)
    assert all(sign.more.kind == "page" for sign in signs)


@for_each(["stranger", *KNOWN, "owner"])
def test_leads_to_a_page_on_leaving_that_is_there(tie: str) -> None:
    [link] = result(answered(["fees"], tie)).select("main .actions a")
    assert Client().get(link["href"]).status_code == 200


def test_asks_six_screens_about_a_group_and_three_to_look_back() -> None:
    assert len(real("group-check").questions) == 6
    assert len(real("refresher").questions) == 3


@for_each(["group-check", "refresher"])
def test_has_words_of_its_own_for_every_option(id: str) -> None:
    for question in real(id).questions.values():
        labels = [option.label for option in question.options.values()]
        assert len(labels) == len(set(labels)), question.id
        assert all(option.feedback_html for option in question.options.values())


@pytest.mark.parametrize(("id", "most"), [("group-check", 260), ("refresher", 60)])
def test_takes_little_room_in_the_readers_browser(id: str, most: int) -> None:
    assert len(longest_answers(real(id))) <= most


@pytest.mark.parametrize(
    ("answers", "verdict", "first"),
    [
        ("nobody none none", "well", []),
        ("refused none known", "well", []),
        (
            "forgot more joined",
            "today",
            ["/guide/watch-account/", "/checklist/steps/wx-autopay/", "/quizzes/group-check/"],
        ),
        ("gave none none", "now", ["/checklist/emergency/code-given/"]),
        ("paid unseen none", "now", ["/checklist/emergency/money-gone/", "/guide/automatic-payments/"]),
    ],
)
def test_tells_who_looks_back_three_things_at_most(answers: str, verdict: str, first: list[str]) -> None:
    quiz = real("refresher")
    attempt = replay(quiz, dict(zip(quiz.questions, ((one,) for one in answers.split()), strict=True)))
    assert judge(attempt).verdict == verdict
    page = result(attempt)
    assert [link["href"] for link in page.select(".seen a")] == first
    assert len(first) <= 3
