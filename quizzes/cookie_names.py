"""List the cookies that the site knows: settings.KNOWN_COOKIE_NAMES names this function."""

from checklist.state.cookie_names import checklist_cookie_names
from quizzes import library
from quizzes.engine.answers import QUIZ_COOKIE
from quizzes.practice.rounds import COOKIE as PRACTICE_COOKIE
from quizzes.risk.previous_attempt import PREVIOUS_COOKIE


def known_cookie_names() -> frozenset[str]:
    """Return the name, without prefix, of every cookie that a reader of this content may have."""
    quizzes = library.current().quizzes
    answers = {prefix + id for id in quizzes for prefix in (QUIZ_COOKIE, PREVIOUS_COOKIE)}
    return checklist_cookie_names() | answers | {PRACTICE_COOKIE, "look", "tally"}
