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
    ground, below, library = guide.library.current(), checklist.library.current(), quizzes.library.current()
    known: dict[str, Collection[str]] = {
        "page": ground.pages,
        "step": below.steps,
        "case": below.case_links,
        "leaving": below.leaving,
        "quiz": {PRACTICE, *library.quizzes},
    }
    group_check = library.quizzes[GROUP_CHECK]
    assert isinstance(group_check, SignsQuiz)
    same: dict[str, Collection[str]] = {GROUP_CHECK: group_check.signs, PRACTICE: library.practice.words.tactics}
    return Engine(loader.load(quizzes.library.ROOT, ground.lexicon, known, same))


current = ContentStore(load)
