"""What a reader gave becomes facts of the table, and recorded readers get the actions that were written for them."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from checklist import library
from checklist.urgent import implied
from checklist.urgent.facts import Facts, ForeignApp, Live, Money, Paper, Phone, Pressed, Sender, YesNo
from checklist.urgent.implied import cautious, facts_of, outdated
from checklist.urgent.table import run_table
from core.content.files import ContentErrors
from core.content.loader import Loader

TABLE, IMPLIED = library.current().urgent.policy, library.current().urgent.implied
READERS: dict[str, Any] = tomllib.loads((Path(__file__).parent / "readers.toml").read_text(encoding="utf-8"))["readers"]


def facts(*exposures: str, has: tuple[str, ...] = ()) -> Facts:
    return facts_of(IMPLIED, exposures, has)


def test_has_two_dozen_recorded_readers() -> None:
    assert len(READERS) >= 24


@pytest.mark.parametrize("reader", [pytest.param(one, id=name) for name, one in READERS.items()])
def test_begins_the_plan_of_a_recorded_reader_as_recorded(reader: dict[str, Any]) -> None:
    known = IMPLIED
    mild = {"tapped-links", "phone-number", "owns-group", "relatives-pulled"}
    assert set(reader["exposures"]) <= known.exposures.keys() | mild
    actions = run_table(TABLE, facts_of(known, reader["exposures"], reader.get("has", ()))).actions
    assert [action.id for action in actions] == reader["urgent"]
    assert len(actions) <= reader["size"]


def test_a_more_precise_answer_takes_the_place_of_the_general_one() -> None:
    assert facts("code-given").code == {Sender.UNKNOWN}
    assert facts("code-given", "code-bank").code == {Sender.BANK}
    assert facts("code-given", "code-bank", "code-carrier").code == {Sender.BANK, Sender.CARRIER}
    assert facts("unknown-app", "app-earlier").app is ForeignApp.EARLIER
    assert facts("bank-card", "card-number-only", "id-photo").papers == {Paper.ID, Paper.CARD_NUMBER}
    assert facts("fee-pressed", "threatened").pressed is Pressed.THREAT
    assert facts("money-gone", "money-by-itself") == Facts(money=Money.FRESH, sent=False)


def test_of_two_answers_the_more_urgent_counts() -> None:
    assert facts("money-gone", "money-old", "money-pending").money is Money.PENDING
    assert facts("brushing-paid", "money-gone", "money-old").money is Money.FRESH
    assert facts("on-the-line", "screen-shared", "sharing-now").live is Live.CALL


def test_a_milder_answer_does_not_outlive_the_same_thing_opened_anew() -> None:
    assert outdated(IMPLIED, ["money-gone", "code-given"]) == {"money-old"}
    assert outdated(IMPLIED, ["unknown-app", "app-earlier"]) == set()
    assert outdated(IMPLIED, ["fee-pressed"]) == set()


def test_two_phones_that_contradict_one_another_say_nothing() -> None:
    assert facts(has=("iphone",)).os is Phone.IPHONE
    assert facts(has=("iphone", "android")).os is Phone.UNKNOWN
    assert facts(has=("iphone", "another-phone", "alipay")) == Facts(os=Phone.IPHONE, other=YesNo.YES)


def test_what_it_does_not_know_brings_nothing_urgent() -> None:
    assert facts("tapped-links", "no-such-thing", has=("pinduoduo",)) == Facts()


def test_names_a_fact_that_does_not_exist(tmp_path: Path) -> None:
    path = tmp_path / "facts.toml"
    text = (library.ROOT / "policy" / "facts.toml").read_text(encoding="utf-8")
    path.write_text(text.replace("lost = true", "gone = true").replace('app = "earlier"', 'app = "often"'))
    with pytest.raises(ContentErrors) as raised:
        implied.load(Loader(path))
    said = str(raised.value)
    assert "exposures.phone-lost.gone" in said
    assert "exposures.app-earlier.app" in said
    assert "often" in said


def test_drops_a_milder_answer_where_another_list_has_the_general_one_alone() -> None:
    milder, plain = {"money-gone", "money-old"}, {"money-gone", "paid-bank"}
    assert cautious(IMPLIED, milder, plain) == cautious(IMPLIED, plain, milder) == plain
    assert cautious(IMPLIED, milder, {"id-photo"}) == milder | {"id-photo"}
    assert cautious(IMPLIED, milder, milder) == milder
