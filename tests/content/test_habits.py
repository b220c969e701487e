"""The real quiz `habits`: every point can be taken away, every exposure is asked for, and recorded readers fit."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

import checklist.library
import quizzes.library
from quizzes import answer_codes
from quizzes.engine.answers import write_answers
from quizzes.engine.attempt import replay
from quizzes.risk.quiz import RiskOption, RiskQuiz
from quizzes.risk.scoring import score
from tests.collecting import for_each
from tests.reading import read

STORIES: dict[str, Any] = tomllib.loads((Path(__file__).parent / "stories_habits.toml").read_text(encoding="utf-8"))
UNSURE = {
    ("codes", "unsure"): "code-unsure",
    ("things", "unsure"): "app-unsure",
    ("accounts", "unsure"): "account-unsure",
}


@pytest.fixture(scope="module")
def quiz() -> RiskQuiz:
    quiz = quizzes.library.current().quizzes["habits"]
    assert isinstance(quiz, RiskQuiz)
    return quiz


def finished(quiz: RiskQuiz, answers: dict[str, tuple[str, ...]], address: str = "/quizzes/habits/result/") -> Any:
    """The page after these answers, and the mildest ones to all other questions."""
    attempt = replay(quiz, answers)
    while attempt.next is not None:
        asked = quiz.policy.questions[attempt.next.id]
        mildest = (asked.severity or [id for id, one in asked.options.items() if not one.exposures and not one.points])[
            0
        ]
        answers |= {attempt.next.id: ("none",) if "none" in asked.options else (mildest,)}
        attempt = replay(quiz, answers)
    client = Client()
    client.cookies["q.habits"] = write_answers(attempt.answers, answer_codes.current()["habits"])
    return read(client.get(address))


def options(quiz: RiskQuiz) -> list[tuple[str, str, RiskOption]]:
    """Every option with its question's id and its own."""
    return [(id, name, option) for id, asked in quiz.policy.questions.items() for name, option in asked.options.items()]


def test_asks_ten_questions_or_more(quiz: RiskQuiz) -> None:
    assert len(quiz.questions) >= 10


def test_has_a_remedy_for_every_option_that_costs_points(quiz: RiskQuiz) -> None:
    steps = checklist.library.current().steps
    assert [
        (id, name) for id, name, option in options(quiz) if any(option.points.values()) and option.remedy not in steps
    ] == []


#: What only the emergency pages and the list of exposures ask for.
ELSEWHERE = {
    "phone-controlled", "on-the-line", "no-signal", "phone-lost", "loan-found", "paid-digital-yuan", "money-in",
    "papers-old", "under-age",
}  # fmt: skip


def test_raises_every_other_exposure_of_the_checklist(quiz: RiskQuiz) -> None:
    raised = {exposure for _, _, option in options(quiz) for exposure in option.exposures}
    assert checklist.library.current().exposures.keys() - raised == ELSEWHERE
    assert quiz.policy.exposures.keys() == raised


def test_offers_an_emergency_where_something_critical_opens(quiz: RiskQuiz) -> None:
    exposures = checklist.library.current().exposures
    silent = [
        (id, name)
        for id, name, option in options(quiz)
        if any(exposures[raised].critical for raised in option.exposures) and not option.handled and not option.urgent
    ]
    assert silent == []


def test_tells_nobody_to_restart_who_only_shared_the_screen(quiz: RiskQuiz) -> None:
    shared = quiz.policy.questions["things"].options["screen"]
    assert (shared.urgent, shared.urgent_form) == ("remote-control", "shared")


def test_leads_to_the_form_of_the_emergency_that_an_answer_tells_of(quiz: RiskQuiz) -> None:
    cases = checklist.library.current().cases
    for question, name, option in options(quiz):
        if option.urgent and option.exposures and all(quiz.policy.exposures[id].points for id in option.exposures):
            case = cases[option.urgent]
            exact = [id for id, form in case.forms.items() if {*form.given} == {*option.exposures} and not form.has]
            if exact:
                assert option.urgent_form == exact[0], (question, name)


@for_each([("code-given", ["password", "sign-in"]), ("code-given/sign-in", ["sign-in"])])
def test_leads_to_the_whole_case_where_several_of_its_forms_are_told(expected: tuple[str, list[str]]) -> None:
    case, chosen = expected
    client = Client()
    for question, option in (("situation", "in-group"), ("codes", "nobody"), ("things", "none")):
        client.post(f"/quizzes/habits/{question}/", {"option": option})
    page = read(client.post("/quizzes/habits/accounts/", {"option": chosen}, follow=True))
    [button] = [link for link in page.select("main a") if link.text.strip() == "现在去做"]
    assert button["href"] == f"/checklist/emergency/{case}/"


def test_a_follow_up_names_what_it_asks_about() -> None:
    client = Client()
    for question, option in (("situation", "in-group"), ("codes", "nobody"), ("things", ["money", "id-photo"])):
        client.post(f"/quizzes/habits/{question}/", {"option": option})
    text = read(client.get("/quizzes/habits/things-after/")).select_one("main").text  # type: ignore[union-attr]
    assert "“钱被骗走了，或者卡里少了钱”“拍过、发过身份证”" in text


def test_counts_an_act_once_however_closely_it_is_told(quiz: RiskQuiz) -> None:
    answers: dict[str, tuple[str, ...]] = {
        "situation": ("in-group",),
        "codes": ("given",),
        "sender": ("bank",),
        "tasks": ("stopped",),
    }
    page = finished(quiz, answers)
    titles = {row.text for row in page.select(".points > li > b")}
    assert titles == {"把短信验证码告诉过别人，那条验证码是银行发的", "做过刷单、点赞的任务，做任务垫过钱"}
    assert "没处理的 2 件，都在这里。" in page.select_one("#points").text


def test_the_plan_of_one_who_has_not_listed_it_yet_leads_there_with_the_first_call(quiz: RiskQuiz) -> None:
    plan = "/checklist/plan/"
    page = finished(quiz, {"situation": ("in-group",), "codes": ("given",), "sender": ("wechat-pay",)}, plan)
    assert page.h1.text == "自查答完了，点一下列出来"
    assert page.select_one(".now-step a[href='tel:95017']")
    given = {field["value"] for field in page.select(f"form[action='{plan}'] [name=given]")}
    assert given == {"in-wechat-group", "code-given", "code-wechat-pay"}
    assert finished(quiz, {"situation": ("neither",)}, plan).h1.text == "这里还没有清单"


def test_a_dimension_says_why_it_comes_first_where_nothing_of_its_own_is_open(quiz: RiskQuiz) -> None:
    page = finished(quiz, {"situation": ("in-group",), "codes": ("given",), "sender": ("wechat",)})
    money = next(row for row in page.select(".dimensions > li") if row.b.text == "财产")
    assert "先处理" in money.text
    assert "“把短信验证码告诉过别人”还没了结" in money.text


@for_each(UNSURE)
def test_finds_out_what_a_reader_is_unsure_of(place: tuple[str, str], quiz: RiskQuiz) -> None:
    question, option = place
    policy = quiz.policy.questions[question].options[option]
    assert policy.exposures == (UNSURE[place],)
    assert not checklist.library.current().exposures[UNSURE[place]].critical


#: Where the reader stops for the feedback though it costs no points: what it says to do can't wait for the end.
AT_ONCE = {
    ("shared", "seen"),
    ("paid-when", "pending"),
    ("shared", "now"),
    ("app-when", "today"),
    ("paid-when", "recent"),
    ("card-shown", "full"),
    ("sender", "forgotten"),
}


def test_stops_for_what_cannot_wait_and_for_nothing_that_costs_nothing(quiz: RiskQuiz) -> None:
    stops = set()
    for question, name, policy in options(quiz):
        raised = () if policy.handled else policy.exposures
        costs = any(policy.points.values()) or any(quiz.policy.exposures[id].points for id in raised)
        if quiz.matters(quiz.questions[question].options[name]) and not (costs or policy.ends):
            stops.add((question, name))
    assert stops == AT_ONCE


def test_asks_no_exposure_twice_where_one_answer_may_handle_it(quiz: RiskQuiz) -> None:
    handled = {option.handles for _, _, option in options(quiz) if option.handles}
    asked = [(id, exposure) for id, _, option in options(quiz) for exposure in set(option.exposures)]
    for question in handled:
        here = {exposure for id, exposure in asked if id == question}
        assert not here & {exposure for id, exposure in asked if id != question}


def test_has_words_of_its_own_for_every_option(quiz: RiskQuiz) -> None:
    for question in quiz.questions.values():
        labels = [option.label for option in question.options.values()]
        assert len(labels) == len(set(labels)), question.id
        assert all(option.feedback_html for option in question.options.values())


#: Where we stand by what the quiz says, against what was expected before: stories_habits.toml says why.
EXPLAINED = {"lent-to-a-cousin": "now"}


@for_each(STORIES)
def test_fits_the_told_reader(name: str, quiz: RiskQuiz) -> None:
    story = STORIES[name]
    answers = {question: tuple(chosen) for question, chosen in story["answers"].items()}
    attempt = replay(quiz, answers)
    assert attempt.answers == answers, "an answer that this reader is not asked for"
    assert attempt.finished, f"{attempt.next} is not answered"
    assert attempt.ended == story.get("outcome")
    if "band" in story:
        critical = {id for id, one in checklist.library.current().exposures.items() if one.critical}
        assert score(attempt, critical, ()).band == EXPLAINED.get(name, story["band"])


def test_tells_of_every_band(quiz: RiskQuiz) -> None:
    assert {story.get("band") for story in STORIES.values()} - {None} == quiz.policy.bands.keys()
    assert {story.get("outcome") for story in STORIES.values()} - {None} == quiz.words.outcomes.keys()


def result_of(story: str) -> Any:
    """Return the result page of a recorded reader."""
    quiz = quizzes.library.current().quizzes["habits"]
    client = Client()
    answers = {question: tuple(chosen) for question, chosen in STORIES[story]["answers"].items()}
    client.cookies["q.habits"] = write_answers(answers, answer_codes.current()["habits"], None)
    return read(client.get(f"/quizzes/{quiz.id}/result/"))


def test_leads_who_is_in_a_group_to_leaving_it_by_its_people() -> None:
    page = result_of("careful-aunt")
    assert page.select('main a[href="/checklist/leaving/neighbours/"]')
    assert "不用列清单" not in page.main.text
    assert "一共" not in page.main.text


def test_offers_nobody_outside_of_groups_to_leave_one() -> None:
    page = result_of("outside")
    assert not page.select('main a[href*="/leaving/"]')
    assert "退群" not in page.main.text


PAID = {"things": ("money",), "things-after": ("not-yet",), "paid-how": ("bank",), "paid-when": ("recent",)}


def test_the_result_names_whom_to_call_first_and_second(quiz: RiskQuiz) -> None:
    page = finished(quiz, {"situation": ("in-group",), "codes": ("given",), "sender": ("bank",), **PAID})
    assert "".join(page.h1.text.split()) == "先打110，再打银行"
    assert "打银行卡背面的电话：查这笔钱，再挂失" in page.select_one(".now-step li").text
    page = finished(quiz, {"situation": ("in-group",), **PAID, "paid-how": ("wechat",)})
    assert "".join(page.h1.text.split()) == "先打110，再打95017"


def test_puts_no_words_into_the_mouth_of_who_does_not_remember(quiz: RiskQuiz) -> None:
    page = finished(quiz, {"situation": ("in-group",), "codes": ("unsure",)})
    assert "先打" not in page.h1.text
    [says] = page.select(".now-step .say blockquote")
    assert says.text.startswith("我记不清有没有把你们发的验证码告诉过别人")


def test_keeps_the_questions_for_who_has_to_call_first(quiz: RiskQuiz) -> None:
    page = finished(quiz, {"situation": ("in-group",), **PAID}, "/quizzes/habits/paid-when/")
    assert "题目给你留着" in page.select_one(".feedback").text


def test_the_method_says_of_what_costs_nothing_that_it_costs_nothing(client: Client) -> None:
    text = read(client.get("/quizzes/habits/method/")).text
    assert "+0" not in text
    assert "不加点" in text
