"""The resume link: any plan there and back, small enough at worst, and nothing from a link that is not ours."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pytest
import segno
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from checklist.exposures import ExposureState
from checklist.state import link as resume_link
from checklist.state import wire_ids
from checklist.state.cookies import LETTERS, MARKS, Given, Origin, Tick, write_given, write_has, write_tick
from checklist.state.link import KEPT_FOR, LONGEST, LinkFault, ResumeError, make_link, pack, read_link, unpack
from checklist.state.wire_ids import WireIds

NOW = dt.datetime(2026, 11, 22, 4, 0, tzinfo=dt.UTC)
TODAY = NOW.date()
SECRET, OLDER, OTHERS = "present " * 8, "earlier " * 8, "strange " * 8
#: With a gap, as after an id that never came.
HOUSE = WireIds(
    exposures={"key-lent": 1, "map-copied": 2, "bell-open": 5},
    steps={"call-smith": 1, "burn-copy": 2, "say-goodbye": 9},
    has={"lamp": 1, "ladder": 3},
)
PLAN = {
    "exposures": "or.key-lent_hq.bell-open",
    "s.call-smith": "d1xw",
    "s.say-goodbye": "y20o",
    "has": "ladder.lamp",
}
#: A site address of 40 characters, and what every link has beside its token.
SITE = "https://" + "a" * 28 + ".org"
LONGEST_LINK = 300
DIFFERENT_DAYS = 12


def days(first: int = -400, last: int = 366) -> st.SearchStrategy[dt.date]:
    """The days that a cookie's life and the farthest day to put a step off to allow."""
    return st.integers(first, last).map(lambda count: TODAY + dt.timedelta(days=count))


@st.composite
def plans(draw: st.DrawFn, numbers: WireIds, everything: bool = False, different: int = 400) -> dict[str, str]:
    """Cookies of any plan; with `everything`, of one in which nothing was left out; on so many `different` days."""
    some = draw(st.lists(days(), min_size=1, max_size=different, unique=True))

    def chosen(ids: Mapping[str, int]) -> list[str]:
        return [id for id in ids if everything or draw(st.booleans())]

    tick = st.builds(Tick, st.sampled_from(list(LETTERS)), st.sampled_from(some))
    cookies = {f"s.{id}": write_tick(draw(tick)) for id in chosen(numbers.steps)}
    if everything or draw(st.booleans()):
        cookies["has"] = write_has(chosen(numbers.has))
    if everything or draw(st.booleans()):
        marks = st.sampled_from(list(MARKS.values()))
        cookies["exposures"] = write_given({id: draw(marks) for id in chosen(numbers.exposures)})
    return cookies


def without_days(cookies: Mapping[str, str]) -> dict[str, str]:
    return {name: value[0] if name.startswith("s.") else value for name, value in cookies.items()}


def link(token: str) -> str:
    return f"{SITE}/checklist/resume/{token}/"


def fault(token: str, **changed: Any) -> LinkFault:
    asked: dict[str, Any] = {"numbers": HOUSE, "secrets": [SECRET], "now": NOW} | changed
    with pytest.raises(ResumeError) as raised:
        read_link(token, **asked)
    return raised.value.fault


# There and back


def test_it_brings_what_it_was_given() -> None:
    carried = read_link(make_link(PLAN, HOUSE, SECRET, NOW), HOUSE, [SECRET], NOW)
    assert carried.cookies == PLAN
    assert carried.made == NOW


@given(plans(HOUSE))
def test_it_brings_any_plan(cookies: dict[str, str]) -> None:
    assert unpack(pack(cookies, HOUSE), HOUSE) == cookies


@given(plans(wire_ids.current(), different=DIFFERENT_DAYS))
def test_it_brings_any_plan_of_real_ids(cookies: dict[str, str]) -> None:
    assert unpack(pack(cookies, wire_ids.current()), wire_ids.current()) == cookies


@given(plans(wire_ids.current(), everything=True, different=DIFFERENT_DAYS))
def test_it_brings_every_step_and_exposure_of_a_dozen_days_exactly(cookies: dict[str, str]) -> None:
    assert unpack(pack(cookies, wire_ids.current()), wire_ids.current()) == cookies


@given(plans(wire_ids.current(), everything=True))
@settings(max_examples=50)
def test_it_moves_days_and_nothing_else_where_there_are_too_many(cookies: dict[str, str]) -> None:
    packed = pack(cookies, wire_ids.current())
    brought = unpack(packed, wire_ids.current())
    assert len(packed) <= LONGEST
    assert without_days(brought) == without_days(cookies)
    newest = max(value[1:] for name, value in cookies.items() if name.startswith("s."))
    assert max(value[1:] for name, value in brought.items() if name.startswith("s.")) == newest


def test_it_tells_no_list_from_an_empty_one() -> None:
    for cookies in ({}, {"exposures": "-"}, {"has": "-"}, {"exposures": "-", "has": "-"}):
        assert unpack(pack(cookies, HOUSE), HOUSE) == cookies


@pytest.mark.parametrize("day", ["000", "zzz", "15u"])
def test_it_takes_any_day_that_a_cookie_can_say(day: str) -> None:
    cookies = {"s.call-smith": f"d{day}", "s.burn-copy": "d1xx"}
    assert unpack(pack(cookies, HOUSE), HOUSE) == cookies


def test_it_brings_what_an_older_release_kept_as_this_one_keeps_it() -> None:
    cookies = {"exposures": "key-lent.or_bell-open.hq_map-copied.or", "s.call-smith": "d261121", "s.burn-copy": "x1xx"}
    assert unpack(pack(cookies, HOUSE), HOUSE) == {
        "exposures": "or.key-lent.map-copied_hq.bell-open",
        "s.call-smith": "d1xw",
        "s.burn-copy": "x1xx",
    }


@pytest.mark.parametrize(
    "cookies",
    [
        {"s.call-smith": "d261399"},
        {"s.call-smith": "z261122"},
        {"s.call-smith": "d26112２"},
        {"s.call-smith": "d1x"},
        {"s.unknown": "d1xx"},
        {"has": "boat"},
        {"q.lantern": "dark.yes"},
        {"look": "large"},
    ],
    ids=str,
)
def test_it_leaves_out_what_it_cannot_read_and_what_is_not_of_the_plan(cookies: dict[str, str]) -> None:
    assert unpack(pack(cookies, HOUSE), HOUSE) == {}


def test_it_leaves_out_parts_of_a_list_that_it_cannot_read() -> None:
    cookies = {"exposures": "key-lent.or261122_hq.bell-open.unknown_zz.map-copied__", "has": "lamp.boat"}
    assert unpack(pack(cookies, HOUSE), HOUSE) == {"exposures": "hq.bell-open", "has": "lamp"}


# Not ours, too old, too new


@given(st.data())
@settings(max_examples=200)
def test_it_refuses_a_link_with_any_sign_changed(data: st.DataObject) -> None:
    token = make_link(data.draw(plans(HOUSE)), HOUSE, SECRET, NOW)
    place = data.draw(st.integers(0, len(token) - 1))
    sign = data.draw(st.one_of(st.sampled_from("ABCxyz019-_=+/ ."), st.characters()))
    assume(sign != token[place])
    assert fault(token[:place] + sign + token[place + 1 :]) is LinkFault.ALTERED


@pytest.mark.parametrize("cut", [0, 1, 7, 60, -1])
def test_it_refuses_a_link_that_was_cut_off(cut: int) -> None:
    assert fault(make_link(PLAN, HOUSE, SECRET, NOW)[:cut]) is LinkFault.ALTERED


@given(st.text(max_size=500))
def test_it_refuses_whatever_was_made_up(token: str) -> None:
    assert fault(token) is LinkFault.ALTERED


@pytest.mark.parametrize("more", ["=", "==", "\n", " ", "A", "AAAA"])
def test_it_refuses_a_link_with_something_behind_it(more: str) -> None:
    assert fault(make_link(PLAN, HOUSE, SECRET, NOW) + more) is LinkFault.ALTERED


def test_it_refuses_a_link_made_with_a_secret_of_others() -> None:
    assert fault(make_link(PLAN, HOUSE, OTHERS, NOW)) is LinkFault.ALTERED


def test_it_reads_a_link_made_before_the_secret_rotated() -> None:
    token = make_link(PLAN, HOUSE, OLDER, NOW)
    assert read_link(token, HOUSE, [SECRET, OLDER], NOW).cookies == PLAN
    assert fault(token) is LinkFault.ALTERED


def test_it_holds_for_ninety_days() -> None:
    token = make_link(PLAN, HOUSE, SECRET, NOW)
    assert read_link(token, HOUSE, [SECRET], NOW + KEPT_FOR).cookies == PLAN
    assert fault(token, now=NOW + dt.timedelta(days=91)) is LinkFault.EXPIRED
    assert dt.timedelta(days=90) == KEPT_FOR


def test_it_says_when_a_later_format_was_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resume_link, "FORMAT", 2)
    token = make_link(PLAN, HOUSE, SECRET, NOW)
    monkeypatch.undo()
    assert fault(token) is LinkFault.NEWER


def test_it_refuses_ticks_without_a_day() -> None:
    """No release wrote them; whoever has our secret could."""
    no_days, no_lists, ticks, highest, done = 0, 0, 1 << 10, 1 << 11, 1 << 19
    number = no_days + no_lists + ticks + highest + done
    with pytest.raises(ResumeError):
        unpack(bytes([resume_link.FORMAT]) + number.to_bytes(3, "big"), HOUSE)


@pytest.mark.parametrize("table", ["exposures", "steps", "has"])
def test_it_says_when_a_later_release_knew_more(table: str) -> None:
    held = getattr(HOUSE, table)
    older = HOUSE.model_copy(update={table: {id: held[id] for id in list(held)[:-1]}})
    assert fault(make_link(PLAN, HOUSE, SECRET, NOW), numbers=older) is LinkFault.NEWER


def test_it_is_encrypted_by_a_key_of_its_own() -> None:
    first, second = (make_link(PLAN, HOUSE, SECRET, NOW) for _ in range(2))
    assert first != second
    assert resume_link._key(SECRET) != resume_link._key(OLDER)
    assert SECRET.strip().encode() not in resume_link._key(SECRET)


# Small enough


@given(plans(wire_ids.current(), everything=True))
@settings(max_examples=25)
def test_it_stays_short_enough_for_a_chat_and_coarse_enough_for_a_camera(cookies: dict[str, str]) -> None:
    assert len(SITE) == 40
    longest = link(make_link(cookies, wire_ids.current(), SECRET, NOW))
    assert len(longest) <= LONGEST_LINK
    assert int(segno.make_qr(longest).version) <= 10


def test_it_has_room_for_steps_to_come() -> None:
    """Nothing but states and one day must fit for every number that can be given out soon."""
    more = WireIds(
        exposures={f"exposure-{place}": place for place in range(1, 41)},
        steps={f"step-{place}": place for place in range(1, 81)},
        has={f"thing-{place}": place for place in range(1, 11)},
    )
    cookies = {f"s.{id}": "d1xx" for id in more.steps}
    cookies["exposures"] = write_given(dict.fromkeys(more.exposures, Given(ExposureState.HANDLED, Origin.READER)))
    cookies["has"] = write_has(more.has)
    assert unpack(pack(cookies, more), more) == cookies
