"""Ids that were renamed, split or retired: what a reader kept under them still counts."""

from pathlib import Path

import pytest

from checklist.state import retired
from checklist.state.retired import Retired
from core.content.files import ContentErrors

ALIVE = ("lock", "chain", "bolt")


def load(folder: Path, text: str) -> Retired:
    path = folder / "retired.toml"
    path.write_text(text, encoding="utf-8")
    return retired.load(path, ALIVE, ALIVE)


def faults(folder: Path, text: str) -> list[str]:
    with pytest.raises(ContentErrors) as raised:
        load(folder, text)
    return [f"{error.where}: {error.what}" for error in raised.value.errors]


@pytest.fixture
def house() -> Retired:
    names = {"latch": ("lock",), "door": ("chain", "bolt"), "gate": ()}
    return Retired(exposures=names, steps=names)


def test_it_follows_an_id_through_every_change(tmp_path: Path) -> None:
    read = load(
        tmp_path, '[steps]\nfirst = ["second"]\nsecond = ["third", "bolt"]\nthird = ["lock", "bolt"]\nend = []\n'
    )
    assert read.steps["first"] == ("lock", "bolt")
    assert read.steps["end"] == ()
    assert read.exposures == {}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('[steps]\nlock = ["bolt"]\n', "steps.lock: 'lock' is still in use"),
        ('[exposures]\nold = ["window"]\n', "exposures.old: unknown exposure 'window'"),
        ('[steps]\none = ["two"]\ntwo = ["one"]\n', "steps: ids stand for one another: "),
        ('[steps]\none = ["one"]\n', "steps: ids stand for one another: "),
        ('[letters]\none = ["lock"]\n', "letters: "),
        ("[steps]\nOne = []\n", "steps.One"),
    ],
)
def test_it_names_what_is_wrong(tmp_path: Path, text: str, fault: str) -> None:
    [found] = faults(tmp_path, text)
    assert found.startswith(fault)


def test_it_counts_a_tick_of_a_renamed_step(house: Retired) -> None:
    assert house.renew({"s.latch": "d261122"}) == {"s.lock": "d261122"}


def test_it_counts_a_tick_for_each_part_of_a_split_step(house: Retired) -> None:
    assert house.renew({"s.door": "d261122"}) == {"s.chain": "d261122", "s.bolt": "d261122"}


def test_it_believes_what_was_ticked_under_the_new_id(house: Retired) -> None:
    assert house.renew({"s.bolt": "x261123", "s.door": "d261122"}) == {"s.bolt": "x261123", "s.chain": "d261122"}


def test_it_leaves_out_what_nothing_stands_for(house: Retired) -> None:
    assert house.renew({"s.gate": "d261122", "look": "dark"}) == {"look": "dark"}


def test_it_carries_exposures_over_with_all_that_is_said_of_them(house: Retired) -> None:
    cookies = {"exposures": "or.latch.gate_hq.door_hr.lock"}
    assert house.renew(cookies) == {"exposures": "hq.chain.bolt_hr.lock"}
    assert house.renew({"exposures": "or.latch"}) == {"exposures": "or.lock"}


def test_it_carries_exposures_over_from_the_older_form(house: Retired) -> None:
    assert house.renew({"exposures": "latch.or_door.hq_gate.or"}) == {"exposures": "or.lock_hq.chain.bolt"}


def test_it_keeps_an_empty_list_apart_from_none(house: Retired) -> None:
    assert house.renew({"exposures": "or.gate"}) == {"exposures": "-"}
    assert house.renew({"exposures": "-"}) == {"exposures": "-"}
    assert house.renew({}) == {}


def test_it_forgets_the_older_cookie_when_its_step_is_written(house: Retired) -> None:
    assert house.replaced({"s.latch": "d261122"}, "lock") == {"s.latch": ""}


def test_it_keeps_the_other_parts_when_one_is_written(house: Retired) -> None:
    assert house.replaced({"s.door": "d261122"}, "bolt") == {"s.door": "", "s.chain": "d261122"}
    assert house.replaced({"s.door": "d261122", "s.chain": "x261123"}, "bolt") == {"s.door": ""}


def test_it_leaves_other_steps_alone(house: Retired) -> None:
    assert house.replaced({"s.door": "d261122", "s.bolt": "d261122"}, "lock") == {}
