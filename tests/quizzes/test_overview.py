"""What authors are told of a quiz: range, routes, stories, what nothing uses, and the flow."""

from collections.abc import Collection
from io import StringIO
from itertools import combinations
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

import quizzes.library
from quizzes.engine.attempt import replay
from quizzes.risk.report import flow, reachable, remedies, report, routes, story_results, unraised, unused
from tests.tiny import checklist_library, lantern

LANTERN, BELOW = lantern(), checklist_library()
CRITICAL = {"key-lent", "map-copied"}
STORIES = {
    "asked": {
        "band": "now",
        "answers": {"place": ["outside"], "key": ["lent"], "key-since": ["waiting"], "shared": ["none"]},
    },
    "shy": {"band": "now", "answers": {"place": ["outside"], "key": ["never"], "shared": ["none"]}},
    "friend": {"outcome": "together", "answers": {"place": ["helper"]}},
    "half": {"band": "calm", "answers": {"place": ["inside"]}},
}
REAL_STORIES = Path(__file__).parent.parent / "content" / "stories_habits.toml"


def test_tells_the_range_that_can_be_reached() -> None:
    assert reachable(LANTERN, CRITICAL) == (0, 100)


def test_counts_the_screens_of_each_route() -> None:
    assert routes(LANTERN) == {"inside": (4, 7), "outside": (3, 5), "helper": (1, 1)}


def test_holds_told_readers_against_the_quiz() -> None:
    assert [
        (one.name, one.expected, one.given, one.value, one.screens) for one in story_results(LANTERN, STORIES, CRITICAL)
    ] == [
        ("asked", "now", "now", 70, 4),
        ("shy", "now", "calm", 0, 3),
        ("friend", "together", "together", None, 1),
        ("half", "calm", "unfinished", None, 1),
    ]


def test_names_what_nothing_uses() -> None:
    assert "visits.rare" in unused(LANTERN, STORIES)
    assert unraised(LANTERN, BELOW) == []
    assert ("visits.daily", "street+15", "say-goodbye") in remedies(LANTERN)


def test_draws_the_flow() -> None:
    drawn = flow(LANTERN).splitlines()
    assert drawn[0] == "flowchart TD"
    assert '  key -. "Lent" .-> key-since' in drawn
    assert any("outcome-together" in line for line in drawn)
    assert all(line.count('"') % 2 == 0 for line in drawn)


def test_marks_a_story_that_comes_out_otherwise() -> None:
    assert "| shy | now | **calm** | 0 | 3 |" in report(LANTERN, BELOW, STORIES)


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("quiz_report", *arguments, stdout=out)
    return out.getvalue()


def test_reports_the_real_quiz() -> None:
    assert "| average-member | notice | notice |" in run("--stories", str(REAL_STORIES))
    assert run("--flow").startswith("flowchart TD")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["nowhere"], "allowed: habits"), (["--stories", "nowhere.toml"], "nowhere.toml")],
)
def test_says_what_is_wrong_with_a_wish(arguments: list[str], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        run(*arguments)


#: The critical answers of the real quiz, one or several to a question.
GIVEN = [("codes", "given"), ("things", "app"), ("things", "screen"), ("things", "money"), ("things", "bank-card")]
GIVEN += [("accounts", "password"), ("accounts", "sign-in")]
NOTHING = {"things": "none", "accounts": "none", "things-after": "not-yet", "accounts-after": "not-yet"}


def screens(situation: str, given: Collection[tuple[str, str]]) -> int:
    """Return how many screens somebody sees who gave these, and handled none of them."""
    quiz = quizzes.library.current().quizzes["habits"]
    attempt = replay(quiz, {"situation": (situation,)})
    while attempt.next is not None:
        asked = attempt.next
        chosen = tuple(option for question, option in given if question == asked.id)
        one = NOTHING.get(asked.id, next(iter(asked.options)))
        attempt = replay(quiz, attempt.answers | {asked.id: chosen or (one,)})
    return len(attempt.answers)


@pytest.mark.parametrize(("many", "most"), [(0, 12), (1, 15), (2, 17), (len(GIVEN), 22)])
def test_stays_within_the_screens_of_what_was_given(many: int, most: int) -> None:
    """The owner is asked one question more than everybody else: what was not given is not asked about."""
    assert max(screens("owner", given) for given in combinations(GIVEN, many)) == most
    assert max(screens("in-group", given) for given in combinations(GIVEN, many)) == most - 1


def test_asks_least_of_those_who_were_in_no_group() -> None:
    assert (screens("never", ()), screens("neither", ())) == (6, 4)
