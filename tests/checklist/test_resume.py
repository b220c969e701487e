"""The resume link: any plan there and back, small enough to copy and to photograph, and nothing from altered links."""

import datetime as dt
import random
import zlib
from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest
import segno
from cryptography.fernet import Fernet
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from checklist.exposures import ExposureState
from checklist.resume import link as resume_link
from checklist.resume.link import KEPT_FOR, LinkFault, ResumeError, make_link, pack, read_link, unpack
from checklist.state import wire_ids
from checklist.state.cookies import LETTERS, MARKS, GivenExposure, Origin, ReaderState, Tick, TickState
from checklist.state.wire_ids import WireIds, WireTable
from core.sealing import key_of

NOW = dt.datetime(2026, 11, 22, 4, 0, tzinfo=dt.UTC)
TODAY = NOW.date()
SECRET, OLDER, OTHERS = "present " * 8, "earlier " * 8, "strange " * 8


def table(**numbers: int) -> WireTable:
    numbers = {id.replace("_", "-"): number for id, number in numbers.items()}
    return WireTable(numbers, frozenset(numbers))


#: With a gap, as after an id that never came.
HOUSE = WireIds(
    exposures=table(key_lent=1, map_copied=2, bell_open=5),
    steps=table(call_smith=1, burn_copy=2, say_goodbye=9),
    has=table(lamp=1, ladder=3),
)
PLAN = ReaderState(
    {"key-lent": MARKS["or"], "bell-open": MARKS["hq"]},
    {
        "call-smith": Tick(TickState.DONE, dt.date(2026, 11, 21)),
        "say-goodbye": Tick(TickState.DAY, dt.date(2027, 2, 25)),
    },
    frozenset({"lamp", "ladder"}),
)
NOTHING = ReaderState(None, {}, None)


def plans(wire: WireIds) -> st.SearchStrategy[ReaderState]:
    """Any plan, on any days that a cookie's life and the farthest day to put a step off to allow."""
    day = st.integers(-400, 366).map(lambda count: TODAY + dt.timedelta(days=count))
    ticks = st.dictionaries(
        st.sampled_from(sorted(wire.steps.known)),
        st.builds(Tick, st.sampled_from([state for state in LETTERS if state is not TickState.OPEN]), day),
    )
    given = st.dictionaries(st.sampled_from(list(wire.exposures.numbers)), st.sampled_from(list(MARKS.values())))
    has = st.frozensets(st.sampled_from(list(wire.has.numbers)))
    return st.builds(ReaderState, st.none() | given, ticks, st.none() | has)


def fault(token: str, **changed: Any) -> LinkFault:
    asked: dict[str, Any] = {"wire": HOUSE, "secrets": [SECRET], "now": NOW} | changed
    with pytest.raises(ResumeError) as raised:
        read_link(token, **asked)
    return raised.value.fault


def seal(packed: bytes) -> str:
    """A link with any text in it, made by somebody who has our secret."""
    return Fernet(key_of(SECRET, resume_link.LABEL)).encrypt_at_time(packed, int(NOW.timestamp())).decode().rstrip("=")


# There and back


def test_brings_what_it_was_given() -> None:
    carried = read_link(make_link(PLAN, HOUSE, SECRET, NOW), HOUSE, [SECRET], NOW)
    assert carried.state == PLAN
    assert carried.made == NOW


def test_reads_what_was_compressed_with_the_dictionary_of_this_format() -> None:
    """Fails where the dictionary changes without another first byte: links that are out would no longer open."""
    packed = bytes.fromhex("0303ca9bc2448d81fc8a72a02aa039d97a9600")
    assert packed[0] == resume_link.COMPRESSED
    assert unpack(packed, HOUSE) == PLAN
    assert sha256(resume_link.DICTIONARY).hexdigest().startswith("239f410aed2f5c17")


@given(plans(HOUSE))
def test_brings_any_plan(state: ReaderState) -> None:
    assert unpack(pack(state, HOUSE), HOUSE) == state


@given(plans(wire_ids.current()))
def test_brings_any_plan_of_real_ids(state: ReaderState) -> None:
    assert unpack(pack(state, wire_ids.current()), wire_ids.current()) == state


def test_tells_no_list_from_an_empty_one() -> None:
    for state in (
        NOTHING,
        NOTHING._replace(given={}),
        NOTHING._replace(has=frozenset()),
        ReaderState({}, {}, frozenset()),
    ):
        assert unpack(pack(state, HOUSE), HOUSE) == state


@pytest.mark.parametrize("day", [dt.date(2020, 1, 1), dt.date(2147, 9, 16)])
def test_brings_any_day_that_a_cookie_can_hold(day: dt.date) -> None:
    state = NOTHING._replace(ticks={"call-smith": Tick(TickState.DONE, day)})
    assert unpack(pack(state, HOUSE), HOUSE) == state


def test_holds_the_text_of_the_cookies() -> None:
    """Short enough not to be compressed."""
    one = NOTHING._replace(ticks={"say-goodbye": PLAN.ticks["say-goodbye"]})
    assert pack(one, HOUSE) == bytes([resume_link.PLAIN]) + b"  y20k.9"


# Not ours, too old, too new


@given(st.data())
@settings(max_examples=200)
def test_refuses_a_link_with_any_sign_changed(data: st.DataObject) -> None:
    token = make_link(data.draw(plans(HOUSE)), HOUSE, SECRET, NOW)
    place = data.draw(st.integers(0, len(token) - 1))
    char = data.draw(st.one_of(st.sampled_from("ABCxyz019-_=+/ ."), st.characters(codec="utf-8")))
    assume(char != token[place])
    assert fault(token[:place] + char + token[place + 1 :]) is LinkFault.ALTERED


@pytest.mark.parametrize("cut", [0, 1, 7, 60, -1])
def test_refuses_a_link_that_was_cut_off(cut: int) -> None:
    assert fault(make_link(PLAN, HOUSE, SECRET, NOW)[:cut]) is LinkFault.ALTERED


@given(st.text(max_size=500))
def test_refuses_whatever_was_made_up(token: str) -> None:
    assert fault(token) is LinkFault.ALTERED


@pytest.mark.parametrize("more", ["=", "==", "\n", " ", "A", "AAAA"])
def test_refuses_a_link_with_something_behind_it(more: str) -> None:
    assert fault(make_link(PLAN, HOUSE, SECRET, NOW) + more) is LinkFault.ALTERED


def test_refuses_a_link_made_with_a_secret_of_others() -> None:
    assert fault(make_link(PLAN, HOUSE, OTHERS, NOW)) is LinkFault.ALTERED


def test_reads_a_link_made_before_the_secret_rotated() -> None:
    token = make_link(PLAN, HOUSE, OLDER, NOW)
    assert read_link(token, HOUSE, [SECRET, OLDER], NOW).state == PLAN
    assert fault(token) is LinkFault.ALTERED


def test_holds_for_ninety_days() -> None:
    token = make_link(PLAN, HOUSE, SECRET, NOW)
    assert read_link(token, HOUSE, [SECRET], NOW + KEPT_FOR).state == PLAN
    assert fault(token, now=NOW + dt.timedelta(days=91)) is LinkFault.EXPIRED
    assert dt.timedelta(days=90) == KEPT_FOR


def test_refuses_a_link_of_the_day_after_tomorrow() -> None:
    token = make_link(PLAN, HOUSE, SECRET, NOW)
    assert read_link(token, HOUSE, [SECRET], NOW - dt.timedelta(hours=23)).state == PLAN
    assert fault(token, now=NOW - dt.timedelta(hours=25)) is LinkFault.AHEAD


@pytest.mark.parametrize("form", [4, 255])
def test_says_when_a_later_format_was_used(form: int) -> None:
    assert fault(seal(bytes([form]) + b"  d1xw.1")) is LinkFault.NEWER


@pytest.mark.parametrize(
    "packed",
    [
        *(b"", b"\x00  ", b"\x02", b"\x02 ", b"\x02   ", b"\x02\xff  ", b"\x03", b"\x03\xff\xff", b"\x03  d1xw.1"),
        b"\x01" + (1 << 10 | 1 << 11 | 1 << 19).to_bytes(3, "big"),  # as 0.2.0 wrote: a tick, and no day
    ],
)
def test_refuses_text_that_no_release_wrote(packed: bytes) -> None:
    assert fault(seal(packed)) in (LinkFault.ALTERED, LinkFault.NEWER)


def test_unpacks_no_more_than_a_plan_can_hold() -> None:
    compressor = zlib.compressobj(9, wbits=-15, zdict=resume_link.DICTIONARY)
    bomb = compressor.compress(b"1" * 10_000_000) + compressor.flush()
    assert len(resume_link._decompress(bomb)) == resume_link.LONGEST


@given(st.binary(max_size=200))
def test_reads_or_refuses_whatever_bytes_it_is_given(packed: bytes) -> None:
    try:
        state = unpack(packed, HOUSE)
    except ResumeError:
        return
    assert unpack(pack(state, HOUSE), HOUSE) == state


@pytest.mark.parametrize("kind", ["exposures", "steps", "has"])
def test_says_when_a_later_release_knew_more(kind: str) -> None:
    held = getattr(HOUSE, kind)
    older = {id: held.numbers[id] for id in list(held.numbers)[:-1]}
    wire = HOUSE._replace(**{kind: WireTable(older, frozenset(older))})
    assert fault(make_link(PLAN, HOUSE, SECRET, NOW), wire=wire) is LinkFault.NEWER


def test_leaves_out_what_was_removed_since() -> None:
    wire = HOUSE._replace(steps=replace(HOUSE.steps, known=frozenset({"call-smith"})))
    carried = read_link(make_link(PLAN, HOUSE, SECRET, NOW), wire, [SECRET], NOW)
    assert carried.state == PLAN._replace(ticks={"call-smith": PLAN.ticks["call-smith"]})


def test_is_encrypted_by_a_key_of_its_own() -> None:
    first, second = (make_link(PLAN, HOUSE, SECRET, NOW) for _ in range(2))
    assert first != second
    assert key_of(SECRET, resume_link.LABEL) != key_of(OLDER, resume_link.LABEL)
    assert SECRET.strip().encode() not in key_of(SECRET, resume_link.LABEL)


# Small enough

#: A host of 40 characters, and what every link has beside its token.
SITE = "https://" + "a" * 36 + ".org"
ALL = len(wire_ids.current().steps.known), len(wire_ids.current().exposures.known)


def some_plan(chance: random.Random, wire: WireIds, steps: int, exposures: int, days: int) -> ReaderState:
    """A plan with so many ticks and exposures, of so many different days in half a year."""
    some = [TODAY + dt.timedelta(days=count) for count in chance.sample(range(-180, 0), days)]
    states = [TickState.DONE] * 6 + [TickState.SKIP] * 2 + [TickState.DAY, TickState.AGAIN]
    given = chance.sample(sorted(wire.exposures.numbers), exposures)
    return ReaderState(
        {id: GivenExposure(chance.choice(list(ExposureState)), chance.choice(list(Origin))) for id in given},
        {
            id: Tick(chance.choice(states), chance.choice(some))
            for id in chance.sample(sorted(wire.steps.numbers), steps)
        },
        frozenset(wire.has.numbers),
    )


@pytest.mark.parametrize(
    ("steps", "exposures", "days", "version"),
    [(12, 5, 4, 10), (32, 14, 12, 12), (*ALL, 12, 17), (*ALL, 60, 17)],
    ids=["typical", "heavy", "full", "full, every step on another day"],
)
def test_its_code_is_coarse_enough_for_a_camera(steps: int, exposures: int, days: int, version: int) -> None:
    chance = random.Random(steps)
    versions = []
    for _ in range(40):
        state = some_plan(chance, wire_ids.current(), steps, exposures, days)
        address = f"{SITE}/checklist/resume/{make_link(state, wire_ids.current(), SECRET, NOW)}/"
        versions.append(int(segno.make_qr(address, error="l", boost_error=False).version))
    assert max(versions) <= version


def test_has_room_for_steps_to_come() -> None:
    """120 steps of different days fit the token that `read_link` accepts."""
    more = WireIds(
        exposures=table(**{f"exposure_{place}": place for place in range(1, 61)}),
        steps=table(**{f"step_{place}": place for place in range(1, 121)}),
        has=table(**{f"thing_{place}": place for place in range(1, 11)}),
    )
    state = some_plan(random.Random(1), more, 120, 60, 120)
    token = make_link(state, more, SECRET, NOW)
    assert len(token) < 1000
    assert read_link(token, more, [SECRET], NOW).state == state
