"""Calculate for 值不值 what an invitation costs and what it brings.

Nothing is rounded before the end, so that readers can check each figure with those that they typed.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from core.numerals import read_numeral

HOURS_A_WEEK = 7 * 24
#: The longest input that is read as a number.
LONGEST = 30


class Came(StrEnum):
    """How often the reward really came."""

    NEVER = "never"
    SOME = "some"
    ALWAYS = "always"


@dataclass(frozen=True)
class WorthField:
    """A number that the form asks for: its unit, its bounds, and the value of an empty field."""

    unit: str
    most: int
    least: int = 0
    whole: bool = True
    #: None: the field must be filled in.
    default: int | None = None
    #: Other words that may follow the number.
    units: tuple[str, ...] = ()


FIELDS = {
    "rounds": WorthField("回", 2000, units=("次", "下")),
    "minutes": WorthField("分钟", 600, whole=False, units=("分",)),
    "weeks": WorthField("周", 52, least=1, default=1, units=("个星期", "星期", "个礼拜", "礼拜")),
    "people": WorthField("人", 2000, default=0, units=("个人", "个", "位")),
    "reward": WorthField("元", 100_000, whole=False, units=("块钱", "块", "元钱", "圆")),
    "tries": WorthField("份", 1000, least=1, default=1, units=("次", "回", "个")),
    "paid": WorthField("元", 100_000, whole=False, default=0, units=("块钱", "块", "元钱", "圆")),
    "days": WorthField("天", 30, default=3, units=("日",)),
    "more": WorthField("人", 100, default=3, units=("个人", "个", "位")),
}


class WorthFault(StrEnum):
    """Why a number could not be taken."""

    EMPTY = "empty"
    UNREADABLE = "unreadable"
    NOT_WHOLE = "not-whole"
    TOO_SMALL = "too-small"
    TOO_LARGE = "too-large"


#: Words behind a figure: 3百, 2.5千, 1万.
WORDS = {"百": 100, "千": 1000, "万": 10_000}
#: Said around a number, and no part of it.
ABOUT = re.compile(r"^(?:大概|大约|差不多|约|每回|每次|一共|共|¥)+|(?:左右|上下|吧)+$")
ARABIC = re.compile(r"-?[0-9]{1,9}(?:\.[0-9]{1,6})?", re.ASCII)
#: 1万2 is 12000.
SHORT = re.compile(r"(-?[0-9]{1,9})([百千万])([1-9])", re.ASCII)
CHINESE = re.compile("[零〇一二两俩三四五六七八九十百千万半]{1,12}")
HOURS = ("个小时", "小时", "个钟头", "钟头")


def read_number(typed: str, field: WorthField) -> Fraction | WorthFault:
    """Return the number that somebody typed: 30, ３０, 30分钟, 三十, 半小时, 1小时30分钟, 1,200元."""
    if len(typed.strip()) > LONGEST:  # before any pattern sees it
        return WorthFault.UNREADABLE
    text = ABOUT.sub("", re.sub(r"[\s,，]", "", unicodedata.normalize("NFKC", typed)))
    if not text:
        return WorthFault.EMPTY if field.default is None else Fraction(field.default)
    number = _hours(text) if field.unit == "分钟" else None
    if number is None:
        units = sorted((field.unit, *field.units), key=len, reverse=True)
        unit = next((unit for unit in units if text.endswith(unit)), "")
        number = _number(text.removesuffix(unit))
    return WorthFault.UNREADABLE if number is None else _within(number, field)


def _hours(text: str) -> Fraction | None:
    """Return the minutes of a time given in hours: 半小时, 1.5小时, 一个半小时, 1小时30分钟, 1小时半."""
    unit = next((unit for unit in HOURS if unit in text), None)
    if unit is None:
        return None
    whole, _, rest = text.partition(unit)
    hours = _number(whole.replace("个半", "半"))
    rest = rest.removesuffix("钟").removesuffix("分").lstrip("零")
    minutes = Fraction(30) if rest == "半" else _number(rest or "0")
    return None if hours is None or minutes is None else hours * 60 + minutes


def _number(text: str) -> Fraction | None:
    if ARABIC.fullmatch(text):
        return Fraction(text)
    if short := SHORT.fullmatch(text):
        unit = WORDS[short[2]]
        return Fraction(int(short[1]) * unit + int(short[3]) * unit // 10)
    # 1万, 2.5千, 1半: a figure with a word behind it.
    if text[-1:] in ("半", *WORDS) and ARABIC.fullmatch(text[:-1]):
        number = Fraction(text[:-1])
        return number + Fraction(1, 2) if text[-1] == "半" else number * WORDS[text[-1]]
    return _chinese(text) if CHINESE.fullmatch(text) else None


def _chinese(text: str) -> Fraction | None:
    """Return the number of a numeral that may end in 半: 三十, 半, and 一半 as one and a half."""
    whole = text.removesuffix("半")
    half = Fraction(1, 2) if whole != text else Fraction(0)
    number = read_numeral(whole) if whole else 0
    return None if number is None else number + half


def _within(number: Fraction, field: WorthField) -> Fraction | WorthFault:
    if number < field.least:
        return WorthFault.TOO_SMALL
    if number > field.most:
        return WorthFault.TOO_LARGE
    if field.whole and number.denominator != 1:
        return WorthFault.NOT_WHOLE
    return number


@dataclass(frozen=True)
class Account:
    """What was typed. A round takes `minutes`, a week has `rounds` and `people`, one reward takes `weeks`."""

    rounds: Fraction
    minutes: Fraction
    weeks: Fraction
    people: Fraction
    reward: Fraction
    came: Came
    tries: Fraction
    paid: Fraction

    @property
    def minutes_a_week(self) -> Fraction:
        return self.rounds * self.minutes

    @property
    def minutes_in_all(self) -> Fraction:
        return self.minutes_a_week * self.weeks

    @property
    def hours(self) -> Fraction:
        return self.minutes_in_all / 60

    @property
    def people_in_all(self) -> Fraction:
        return self.people * self.weeks

    @property
    def on_average(self) -> Fraction:
        """Return what one reward is worth, by how often it came."""
        if self.came is Came.NEVER:
            return Fraction(0)
        return self.reward / self.tries if self.came is Came.SOME else self.reward

    @property
    def left(self) -> Fraction:
        """Return the reward on average without what was paid; negative if more was paid."""
        return self.on_average - self.paid

    @property
    def an_hour(self) -> Fraction | None:
        """Return yuan an hour, or None if no time was spent."""
        return self.left / self.hours if self.hours else None


#: Our example of why 99.9% is far: each helper takes away so much of what is missing.
EACH_TAKES = Fraction(1, 10)


def missing_after(helpers: int) -> Fraction:
    """Return what is still missing after so many helpers, as a share of the whole."""
    return (1 - EACH_TAKES) ** helpers


def helpers_until(missing: Fraction) -> int:
    """Return the first number of helpers after which less than `missing` is missing. `missing` is above 0."""
    if missing <= 0:
        raise ValueError("nothing ever is complete in this example")
    number = 0
    while missing_after(number) > missing:
        number += 1
    return number
