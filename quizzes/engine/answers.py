"""Read and write the cookie of a reader's answers to a quiz.

    q.<quiz>    on.1xx_role.in-group_code.none_shared.phone.address

The day on which the attempt began, where the scheme uses it; then question and
chosen options, joined by dots; questions by underscores. Parsed strictly and not
signed; unreadable entries are skipped, and valid ones are kept.
"""

import datetime as dt
import re
from collections.abc import Mapping

from core.dates import read_day, write_day

QUIZ_COOKIE = "q."
#: Stands before the day, where a question's id stands before its options.
BEGUN = "on"
#: At the end of the cookie: the statistics counted this attempt, and do not count it again.
COUNTED = "_-"
ID = re.compile(r"[a-z0-9][a-z0-9-]*")


def read_answers(cookie: str) -> dict[str, tuple[str, ...]]:
    """Return options by question. `replay` leaves out those that the quiz does not have."""
    answers = {}
    for entry in cookie.split("_"):
        question, *options = entry.split(".")
        if question != BEGUN and options and all(ID.fullmatch(id) for id in (question, *options)):
            answers[question] = tuple(options)
    return answers


def read_begun(cookie: str) -> dt.date | None:
    """Return the day on which the attempt began, or None if the cookie has none."""
    found = (read_day(entry.removeprefix(f"{BEGUN}.")) for entry in cookie.split("_") if entry.startswith(f"{BEGUN}."))
    return next(found, None)


def write_answers(answers: Mapping[str, tuple[str, ...]], begun: dt.date | None = None) -> str:
    day = {BEGUN: (write_day(begun),)} if begun and answers else {}
    return "_".join(".".join([question, *options]) for question, options in {**day, **answers}.items())


def is_counted(cookie: str) -> bool:
    """Return whether the attempt in this cookie was counted, whatever became of its answers since."""
    return cookie.endswith(COUNTED)


def mark_counted(cookie: str) -> str:
    return cookie if is_counted(cookie) else cookie + COUNTED
