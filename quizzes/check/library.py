"""The signs of the check in use, and the engine that judges by them."""

from collections.abc import Collection

import checklist.library
import guide.library
import quizzes.library
from core.content.store import ContentStore
from quizzes.check import loader
from quizzes.check.engine import Engine
from quizzes.practice.scenes import PRACTICE
from quizzes.signs.quiz import SignsQuiz

#: The quiz of signs that shares the list.
GROUP_CHECK = "group-check"


def load() -> Engine:
    """Return an engine with the real signs. Raises ContentErrors with every fault."""
    guide_library, checklist_library = guide.library.current(), checklist.library.current()
    quiz_library = quizzes.library.current()
    known: dict[str, Collection[str]] = {
        "page": guide_library.pages,
        "step": checklist_library.steps,
        "case": checklist_library.case_links,
        "leaving": checklist_library.leaving,
        "quiz": {PRACTICE, *quiz_library.quizzes},
    }
    group_check = quiz_library.quizzes[GROUP_CHECK]
    assert isinstance(group_check, SignsQuiz)
    same: dict[str, Collection[str]] = {GROUP_CHECK: group_check.signs, PRACTICE: quiz_library.practice.words.tactics}
    return Engine(loader.load(quizzes.library.ROOT, guide_library.lexicon, known, same))


current = ContentStore(load)
