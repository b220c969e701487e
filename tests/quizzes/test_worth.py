"""值不值 as arithmetic: numbers are read kindly, sums are right, nothing is divided by nothing."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.worth.calculation import (
    FIELDS,
    Account,
    Came,
    WorthFault,
    WorthField,
    helpers_until,
    missing_after,
    read_number,
)

ANY = WorthField("分钟", 5000, whole=False, units=("分",))


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("30", 30),
        ("３０", 30),
        (" 30 ", 30),
        ("30分钟", 30),
        ("３０ 分", 30),
        ("1,200", 1200),
        ("2.5", Fraction(5, 2)),
        ("三十", 30),
        ("十五", 15),
        ("一百二十", 120),
        ("一百二", 120),
        ("一百零五", 105),
        ("两千零五", 2005),
        ("一千二", 1200),
        ("二〇", 20),
        ("约20", 20),
        ("大概20分钟左右", 20),
        ("半小时", 30),
        ("一个半小时", 90),
        ("1.5小时", 90),
        ("1个半小时", 90),
        ("1小时30分钟", 90),
        ("１小时３０分钟", 90),
        ("1个小时 30分", 90),
        ("一小时零五分", 65),
        ("2小时", 120),
        ("两个钟头15分钟", 135),
        ("1小时半", 90),
        ("约1.5小时", 90),
        ("0", 0),
        ("零", 0),
    ],
)
def test_reads_a_number_as_people_write_it(typed: str, number: Fraction) -> None:
    assert read_number(typed, ANY) == number


@pytest.mark.parametrize(
    ("name", "typed", "number"),
    [
        ("reward", "30块钱", 30),
        ("reward", "¥30.5", Fraction(61, 2)),
        ("reward", "1万元", 10_000),
        ("reward", "一万二", 12_000),
        ("reward", "两万五", 25_000),
        ("reward", "1万2", 12_000),
        ("reward", "3千5", 3500),
        ("reward", "3百", 300),
        ("reward", "一万零五", 10_005),
        ("reward", "一万二百", 10_200),
        ("reward", "三十块", 30),
        ("people", "十二个人", 12),
        ("weeks", "两周", 2),
        ("weeks", "", 1),
        ("people", "  ", 0),
        ("days", "三天", 3),
    ],
)
def test_knows_the_unit_behind_it(name: str, typed: str, number: Fraction) -> None:
    assert read_number(typed, FIELDS[name]) == number


@pytest.mark.parametrize(
    ("name", "typed", "fault"),
    [
        ("rounds", "", WorthFault.EMPTY),
        ("rounds", "很多", WorthFault.UNREADABLE),
        ("rounds", "百", WorthFault.UNREADABLE),
        ("rounds", "1e5", WorthFault.UNREADABLE),
        ("rounds", "<b>3", WorthFault.UNREADABLE),
        ("rounds", "-3", WorthFault.TOO_SMALL),
        ("rounds", "999999999", WorthFault.TOO_LARGE),
        ("rounds", "9" * 30, WorthFault.UNREADABLE),
        ("rounds", "吧" * 100_000 + "x", WorthFault.UNREADABLE),
        ("minutes", "小时30分钟", WorthFault.UNREADABLE),
        ("minutes", "1小时很久", WorthFault.UNREADABLE),
        ("minutes", "9小时61分钟", WorthFault.TOO_LARGE),
        ("rounds", "2.5", WorthFault.NOT_WHOLE),
        ("weeks", "0", WorthFault.TOO_SMALL),
        ("tries", "0", WorthFault.TOO_SMALL),
    ],
)
def test_says_what_is_wrong(name: str, typed: str, fault: WorthFault) -> None:
    assert read_number(typed, FIELDS[name]) is fault


@given(st.text(max_size=40), st.sampled_from(sorted(FIELDS)))
def test_reads_anything_without_an_error(typed: str, name: str) -> None:
    number = read_number(typed, FIELDS[name])
    assert isinstance(number, WorthFault) or FIELDS[name].least <= number <= FIELDS[name].most


def whole(name: str) -> st.SearchStrategy[Fraction]:
    return st.integers(FIELDS[name].least, FIELDS[name].most).map(Fraction)


def money(name: str) -> st.SearchStrategy[Fraction]:
    return st.integers(0, FIELDS[name].most * 100).map(lambda cents: Fraction(cents, 100))


ACCOUNTS = st.builds(
    Account,
    rounds=whole("rounds"),
    minutes=whole("minutes"),
    weeks=whole("weeks"),
    people=whole("people"),
    reward=money("reward"),
    came=st.sampled_from(Came),
    tries=whole("tries"),
    paid=money("paid"),
)


@given(ACCOUNTS)
def test_never_divides_by_nothing(account: Account) -> None:
    assert (account.an_hour is None) == (account.hours == 0)


@given(ACCOUNTS)
def test_adds_up(account: Account) -> None:
    assert account.hours * 60 == account.rounds * account.minutes * account.weeks
    assert account.people_in_all == account.people * account.weeks
    assert account.left + account.paid == account.on_average <= account.reward
    if account.an_hour is not None:
        assert account.an_hour * account.hours == account.left


@given(ACCOUNTS, st.integers(1, 60))
def test_takes_longer_where_a_round_takes_longer(account: Account, more: int) -> None:
    longer = Account(**{**vars(account), "minutes": account.minutes + more})
    assert longer.hours >= account.hours
    assert (longer.hours > account.hours) == (account.rounds > 0)


@given(ACCOUNTS)
def test_brings_more_the_surer_it_is(account: Account) -> None:
    never, some, always = (Account(**{**vars(account), "came": came}).on_average for came in Came)
    assert never <= some <= always


def test_agrees_with_the_example_of_the_guide() -> None:
    pot = Account(
        rounds=Fraction(3),
        minutes=Fraction(40),
        weeks=Fraction(1),
        people=Fraction(12),
        reward=Fraction(30),
        came=Came.SOME,
        tries=Fraction(3),
        paid=Fraction(0),
    )
    figures = [pot.hours, pot.on_average, pot.an_hour, pot.people_in_all]
    assert figures == [Fraction(of) for of in (2, 10, 5, 12)]


def test_needs_as_many_helpers_for_each_nine() -> None:
    assert [helpers_until(Fraction(1, 10**power)) for power in range(1, 5)] == [22, 44, 66, 88]
    assert missing_after(1000) > 0
    with pytest.raises(ValueError, match="complete"):
        helpers_until(Fraction(0))
