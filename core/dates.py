"""Write a date as three characters in base 36, counted from 2020: `1xx` is 22 November 2026."""

import datetime as dt
import re
from string import ascii_lowercase, digits

EPOCH = dt.date(2020, 1, 1)
CHARACTERS = digits + ascii_lowercase
#: How many days three characters can tell apart: up to September 2147.
COUNT = len(CHARACTERS) ** 3
SHORT_DATE = re.compile(r"[0-9a-z]{3}")


def write_day(day: dt.date) -> str:
    """Return the three characters for a date. Raise ValueError for a date before 2020 or after `COUNT` days."""
    count = (day - EPOCH).days
    if not 0 <= count < COUNT:
        raise ValueError(f"no three characters for {day}")
    return CHARACTERS[count // 36**2] + CHARACTERS[count // 36 % 36] + CHARACTERS[count % 36]


def read_day(written: str) -> dt.date | None:
    """Return the date that `write_day` wrote, None for any other text."""
    return EPOCH + dt.timedelta(days=int(written, 36)) if SHORT_DATE.fullmatch(written) else None
