"""The house agrees with the plan: a door for each part with steps, open while steps are left."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given, settings

import checklist.library
from checklist.exposures import ExposureState
from checklist.plan.builder import make_plan
from checklist.state.cookies import GivenExposure, Origin, Tick
from checklist.steps import PlanPart
from core.dates import write_day
from tests.fixtures.readers import givens, kits, ticks
from tests.reading import read

LIBRARY = checklist.library.current()
ADDRESS = "/checklist/plan/"
TODAY = dt.date(2026, 11, 22)


@given(given=givens(list(LIBRARY.exposures)), ticked=ticks(LIBRARY.steps), has=kits(LIBRARY.kit))
@settings(max_examples=40)
def test_agrees_with_the_plan(
    given: dict[str, GivenExposure], ticked: dict[str, Tick], has: frozenset[str] | None
) -> None:
    plan = make_plan(LIBRARY, given, ticked, TODAY, has)
    assert sum(part.left for part in plan.parts) == plan.left
    assert sum(part.postponed for part in plan.parts) == len(plan.postponed)
    for part in plan.parts:
        if part.part is PlanPart.URGENT:
            assert part.due == sum(item.part is PlanPart.URGENT for item in plan.today)
    assert bool(plan.first_part) == bool(plan.left)
    if plan.first_part and plan.now:
        assert plan.first_part.part is plan.now.part


def test_counts_what_shows_nothing_yet_to_the_look_back_and_not_to_the_urgent() -> None:
    opened = {"id-photo": GivenExposure(ExposureState.OPEN, Origin.READER)}
    plan = make_plan(LIBRARY, opened, {}, TODAY)
    assert [item.step.id for item in plan.follow_up] == ["credit-report"]
    assert {part.part.label: part.left for part in plan.parts} == {"急的": len(plan.today), "过后看看": 1}


@pytest.mark.usefixtures("tiny")
class TestPages:
    """The house on the plan, on paper and on a finished plan, with the tiny content."""

    @pytest.fixture
    def owner(self, reader: Client) -> Client:
        reader.cookies["exposures"] = "or.key-lent"
        return reader

    @pytest.mark.parametrize("address", [ADDRESS, f"{ADDRESS}print/"])
    def test_says_of_each_door_how_many_steps_are_left(self, owner: Client, address: str) -> None:
        owner.cookies["s.keep-diary"] = "d" + write_day(timezone.localdate())
        [house] = read(owner.get(address)).select("[data-drawing=house]")
        said = [door.get_text(" ", strip=True) for door in house.select("li")]
        assert len(said) == 4
        assert sum(bool(re.fullmatch(r".+ 还有[1-9]步", one)) for one in said) == 3

    def test_says_how_many_of_a_door_are_put_off(self, owner: Client) -> None:
        owner.cookies["s.count-keys"] = "y" + write_day(timezone.localdate() + dt.timedelta(days=9))
        page = read(owner.get(ADDRESS))
        [urgent, *_] = page.select("[data-drawing=house] li")
        assert urgent.get_text(" ", strip=True) == "急的 还有2步 1步放到以后"
        assert "今天3步" in page.select_one("#plan .count").text  # type: ignore[union-attr]

    @pytest.mark.parametrize("address", [ADDRESS, f"{ADDRESS}print/"])
    def test_says_of_a_closed_door_that_it_is_done(self, owner: Client, address: str) -> None:
        owner.cookies["s.keep-diary"] = "d" + write_day(timezone.localdate())
        [house] = read(owner.get(address)).select("[data-drawing=house]")
        said = [door.get_text(" ", strip=True) for door in house.select("li")]
        assert [one for one in said if one.endswith(" 做完了")] == [
            door.get_text(" ", strip=True) for door in house.select("li.finished")
        ]
        assert all(svg.get("aria-hidden") for svg in house.select("svg"))

    def test_a_finished_plan_shows_closed_doors_and_one_way_to_a_reminder(self, reader: Client) -> None:
        reader.cookies["exposures"] = "or.bell-open"
        for step, letter in (("keep-diary", "d"), ("shut-bell", "d"), ("say-goodbye", "d"), ("walk-again", "d")):
            reader.cookies[f"s.{step}"] = letter + write_day(timezone.localdate())
        plan = read(reader.get(ADDRESS)).select("#plan")[0]
        assert {door["class"][0] for door in plan.select("[data-drawing=house] li")} == {"finished"}
        assert [link["href"] for link in plan.select("a.button")] == ["/checklist/reminders/"]
        assert "不能说往后就没有风险" in plan.text
