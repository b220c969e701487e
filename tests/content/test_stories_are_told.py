"""The told readers and groups are whole: every id exists or is coming, and no story contradicts itself."""

import tomllib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

import checklist.library
import quizzes.library
from checklist.exposures import ExposureState
from tests.collecting import for_each

HERE = Path(__file__).parent


def told(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / f"stories_{name}.toml").read_text(encoding="utf-8"))


PLANS = told("plans")
READERS: dict[str, Any] = PLANS["readers"]
HABITS = told("habits")
GROUPS = told("groups")
OWNS = {"android", "iphone", "qq", "alipay", "mailbox"}
ONLY_WITH = {
    "ios-": "iphone",
    "phone-accessibility": "android",
    "phone-unknown-apps": "android",
    "install-switch": "android",
    "qq-": "qq",
    "ali-": "alipay",
    "mailbox-": "mailbox",
}


def named_steps(reader: dict[str, Any]) -> set[str]:
    """The steps that should stand in this reader's plan; `must_not` and `before` may name others."""
    return {reader["first"], *reader["today"], *reader["week"], *reader["must"]}


def texts(value: object) -> Iterator[str]:
    """Every key and every string of a TOML value."""
    if isinstance(value, dict):
        yield from value
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from texts(one)
    elif isinstance(value, str):
        yield value


def group_check_ids() -> set[str]:
    """What the policy of the quiz `group-check` names, nothing while there is none."""
    path = Path(settings.BASE_DIR) / "quizzes" / "policy" / "group-check.toml"
    return set(texts(tomllib.loads(path.read_text(encoding="utf-8")))) if path.exists() else set()


def test_it_tells_of_twelve_readers_twenty_attempts_and_fourteen_groups() -> None:
    assert (len(READERS), len(HABITS), len(GROUPS["groups"])) == (12, 20, 14)


@for_each(READERS)
def test_it_names_steps_that_exist_or_are_coming(name: str) -> None:
    reader = READERS[name]
    steps = checklist.library.current().steps.keys() | set(PLANS["coming"])
    pairs = {step for pair in reader["before"] for step in pair}
    assert (named_steps(reader) | set(reader["must_not"]) | pairs) - steps == set()


@for_each(READERS)
def test_it_names_exposures_and_belongings_that_exist(name: str) -> None:
    reader = READERS[name]
    assert reader["exposures"].keys() <= checklist.library.current().exposures.keys()
    assert set(reader["exposures"].values()) <= {state.value for state in ExposureState}
    assert set(reader["has"]) <= OWNS
    assert len({"android", "iphone"} & set(reader["has"])) == 1


@for_each(READERS)
def test_it_tells_a_plan_that_holds_together(name: str) -> None:
    reader = READERS[name]
    assert len(set(reader["today"])) == 3
    assert len(set(reader["week"])) == 5
    assert reader["today"][0] == reader["first"]
    assert reader["week"][:3] == reader["today"]
    assert not named_steps(reader) & set(reader["must_not"])


@for_each(READERS)
def test_it_orders_the_week_as_its_pairs_say(name: str) -> None:
    reader = READERS[name]
    pairs = {tuple(pair) for pair in reader["before"]} | set(pairwise(reader["week"]))
    waiting = {step for pair in pairs for step in pair}
    while free := {step for step in waiting if not any(b == step and a in waiting for a, b in pairs)}:
        waiting -= free
    assert waiting == set(), "steps that wait for each other"


@for_each(READERS)
def test_it_asks_nobody_for_a_step_on_what_they_do_not_have(name: str) -> None:
    reader = READERS[name]
    wrong = [
        step
        for step in named_steps(reader)
        for start, thing in ONLY_WITH.items()
        if step.startswith(start) and thing not in reader["has"]
    ]
    assert wrong == []


def test_it_names_questions_and_options_of_the_quiz_that_exist() -> None:
    questions = quizzes.library.current().quizzes["habits"].questions
    unknown = [
        (name, question, option)
        for name, story in HABITS.items()
        for question, chosen in story["answers"].items()
        for option in chosen
        if question not in questions or option not in questions[question].options
    ]
    assert unknown == []


@pytest.mark.parametrize(("field", "kind"), [("signs", "signs"), ("tie", "ties"), ("verdict", "verdicts")])
def test_it_names_parts_of_the_group_quiz_that_exist_or_are_coming(field: str, kind: str) -> None:
    allowed = set(GROUPS["coming"][kind]) | group_check_ids()
    assert {text for group in GROUPS["groups"].values() for text in texts(group[field])} - allowed == set()


def test_it_tells_no_two_stories_with_the_same_answers() -> None:
    answers = [
        *(("plan", reader["has"], reader["exposures"]) for reader in READERS.values()),
        *(("habits", story["answers"]) for story in HABITS.values()),
        *(("group", sorted(group["signs"]), group["tie"]) for group in GROUPS["groups"].values()),
    ]
    assert [one for one in answers if answers.count(one) > 1] == []


def test_it_tells_of_every_band_verdict_tie_and_sign() -> None:
    groups = GROUPS["groups"].values()
    assert {group["verdict"] for group in groups} >= {"leave-now", "leave", "careful", "nothing-found"}
    assert {group["tie"] for group in groups} >= {"stranger", "neighbours", "family", "owner", "work"}
    assert {sign for group in groups for sign in group["signs"]} >= set(GROUPS["coming"]["signs"])
    assert {story.get("band") for story in HABITS.values()} == {"calm", "notice", "week", "now", None}


def test_it_says_why_of_everyone() -> None:
    stories = [*READERS.values(), *HABITS.values(), *GROUPS["groups"].values()]
    assert all(story["story"].strip() and story["why"].strip() for story in stories)
