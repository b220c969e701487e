"""A day as cookies hold it: the days since 2020 began, as three signs in base 36 (`1xx`)."""

import datetime as dt
import re
from string import ascii_lowercase, digits

EPOCH = dt.date(2020, 1, 1)
SIGNS = digits + ascii_lowercase
#: How many days three signs can tell apart: up to September 2147.
COUNT = len(SIGNS) ** 3
SHORT = re.compile(r"[0-9a-z]{3}")
#: Release 0.1.0 wrote yymmdd.
OLDER = re.compile(r"\d{6}", re.ASCII)


def write_day(day: dt.date) -> str:
    """Three signs for a day. Raises ValueError for one before 2020 or too far on; `read_day` gives none such."""
    count = (day - EPOCH).days
    if not 0 <= count < COUNT:
        raise ValueError(f"no three signs for {day}")
    return SIGNS[count // 36**2] + SIGNS[count // 36 % 36] + SIGNS[count % 36]


def read_day(written: str) -> dt.date | None:
    """The day of three signs, or of the six digits that 0.1.0 wrote; None for anything else."""
    if SHORT.fullmatch(written):
        return EPOCH + dt.timedelta(days=int(written, 36))
    try:
        day = dt.date.fromisoformat(f"20{written}") if OLDER.fullmatch(written) else None
    except ValueError:
        return None
    # A day that was read may have to be written again, and nothing was ever kept before 2020.
    return day if day and day >= EPOCH else None
