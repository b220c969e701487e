"""Read and write a reader's answers to a quiz.

    q.<quiz>    on.1xx_1a_2c_4abc

The day on which the attempt began, if the scheme uses it; then each question by its
number, with its chosen options by letter (`quizzes/policy/numbers.toml`). Cookies are parsed
strictly and are not signed. Unreadable entries are skipped; valid ones are kept. Release
0.2.0 wrote ids (`role.in-group_shared.phone.address`), which are read as well.
"""

import datetime as dt
import re
from collections.abc import Mapping
from string import ascii_lowercase

from core.dates import read_day, write_day

#: The options of each question. Its place is the number of a question, or the letter of an option.
AnswerCodes = Mapping[str, tuple[str, ...]]

QUIZ_COOKIE = "q."
#: Precedes the day, as the id of a question precedes its options.
BEGUN = "on"
#: At the end of the cookie: the statistics counted this attempt, and do not count it again.
COUNTED = "_-"
ID = re.compile(r"[a-z0-9][a-z0-9-]*")
CODED = re.compile(r"([0-9]{1,3})([a-z]{1,26})")


def read_answers(cookie: str, codes: AnswerCodes) -> dict[str, tuple[str, ...]]:
    """Return the chosen options by question. Whether the quiz still asks them is for `replay`."""
    answers = {}
    questions = list(codes)
    for entry in cookie.split("_"):
        question, *options = entry.split(".")
        coded = CODED.fullmatch(entry)
        if coded and 0 < int(coded[1]) <= len(questions):
            question = questions[int(coded[1]) - 1]
            places = map(ascii_lowercase.index, coded[2])
            options = [codes[question][place] for place in places if place < len(codes[question])]
        if question != BEGUN and options and all(ID.fullmatch(id) for id in (question, *options)):
            answers[question] = tuple(options)
    return answers


def read_begun(cookie: str) -> dt.date | None:
    """Return the day on which the attempt began, or None if the cookie does not say."""
    found = (read_day(entry.removeprefix(f"{BEGUN}.")) for entry in cookie.split("_") if entry.startswith(f"{BEGUN}."))
    return next(found, None)


def write_answers(answers: Mapping[str, tuple[str, ...]], codes: AnswerCodes, begun: dt.date | None = None) -> str:
    """Return the cookie for these answers."""
    questions = list(codes)
    entries = [
        str(questions.index(question) + 1) + "".join(ascii_lowercase[codes[question].index(id)] for id in options)
        for question, options in answers.items()
    ]
    return "_".join([f"{BEGUN}.{write_day(begun)}", *entries] if begun and answers else entries)


def is_counted(cookie: str) -> bool:
    """Return whether the attempt in this cookie was counted, whatever became of its answers since."""
    return cookie.endswith(COUNTED)


def mark_counted(cookie: str) -> str:
    """Return a cookie just written, with the mark that its attempt was counted."""
    return cookie + COUNTED
