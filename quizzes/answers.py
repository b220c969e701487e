"""A reader's answers to a quiz, as a cookie string.

    q.<quiz>    role.in-group_code.none_shared.phone.address

Question and chosen options, joined by dots; questions by underscores. Parsed
strictly and not signed; what can't be read is left out, and the rest is kept.
"""

import re
from collections.abc import Mapping

QUIZ_COOKIE = "q."
#: At the end of the cookie: this attempt was counted (quizzes/tallies.py), and is not counted again.
COUNTED = "_-"
ID = re.compile(r"[a-z0-9][a-z0-9-]*")


def read_answers(cookie: str) -> dict[str, tuple[str, ...]]:
    """Options by question. Whether the quiz knows them is for the replay to say."""
    answers = {}
    for entry in cookie.split("_"):
        question, *options = entry.split(".")
        if options and all(ID.fullmatch(id) for id in (question, *options)):
            answers[question] = tuple(options)
    return answers


def write_answers(answers: Mapping[str, tuple[str, ...]]) -> str:
    return "_".join(".".join([question, *options]) for question, options in answers.items())


def is_counted(cookie: str) -> bool:
    """Whether the attempt in this cookie was counted, whatever became of its answers since."""
    return cookie.endswith(COUNTED)


def mark_counted(cookie: str) -> str:
    return cookie if is_counted(cookie) else cookie + COUNTED
