"""The tiny invented content, read through the real loaders, and copies of it to break."""

import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from hypothesis import settings

import checklist.library
import core.content.loader
import guide.library
import quizzes.library
from checklist.state.wire_ids import WireIds, WireTable
from core.content.files import ContentError, ContentErrors
from quizzes.risk.quiz import RiskQuiz
from quizzes.signs.quiz import SignsQuiz

# Machines differ in speed, and so do their neighbours: a slow example is no fault.
settings.register_profile("any-machine", deadline=None)
settings.load_profile("any-machine")

FIXTURES = Path(__file__).parent / "fixtures"


@dataclass(frozen=True)
class Tree:
    """A content tree of all three apps, in the real layout."""

    root: Path

    @property
    def guide_root(self) -> Path:
        return self.root / "guide" / "content" / core.content.loader.LANGUAGE

    def load_guide(self) -> guide.library.GuideLibrary:
        return guide.library.load(self.guide_root)

    def load_checklist(self) -> checklist.library.ChecklistLibrary:
        return checklist.library.load(self.root / "checklist", self.load_guide())

    def load_quizzes(self) -> quizzes.library.QuizLibrary:
        guide_library = self.load_guide()
        checklist_library = checklist.library.load(self.root / "checklist", guide_library)
        return quizzes.library.load(self.root / "quizzes", guide_library, checklist_library)

    def path(self, name: str) -> Path:
        """Return the path of a file like `guide/terms.toml`, which leaves out the language folder."""
        app, _, rest = name.partition("/")
        folder = self.root / app
        return folder / rest if rest.startswith("policy/") else folder / "content" / core.content.loader.LANGUAGE / rest

    def change(self, name: str, old: str, new: str) -> None:
        """Replace the first `old` in a file, which must contain it, by `new`."""
        text = self.path(name).read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {name}"
        self.path(name).write_text(text.replace(old, new, 1), encoding="utf-8")

    def add(self, name: str, text: str) -> None:
        """Append to a file. It is created if there is none."""
        path = self.path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.write(text)

    def errors(self) -> list[ContentError]:
        """Return the faults that the loaders find, those of the lowest app that has any."""
        try:
            self.load_quizzes()
        except ContentErrors as faults:
            return faults.errors
        return []

    def check_fault(self, name: str, old: str, new: str, words: list[str]) -> None:
        """Change a file, and check that one of the errors has all these words."""
        self.change(name, old, new)
        errors = [str(error) for error in self.errors()]
        assert any(all(word in error for word in words) for error in errors), "\n".join(errors)


def copy(to: Path) -> Tree:
    """A copy of the tiny content, to change one thing in it."""
    for app in ("guide", "checklist", "quizzes"):
        shutil.copytree(FIXTURES / app, to / app)
    return Tree(to)


@cache
def guide_library() -> guide.library.GuideLibrary:
    return Tree(FIXTURES).load_guide()


@cache
def checklist_library() -> checklist.library.ChecklistLibrary:
    return Tree(FIXTURES).load_checklist()


def numbered(library: checklist.library.ChecklistLibrary) -> WireIds:
    """A number for each id, by its place."""

    def table(ids: Iterable[str], aliases: Mapping[str, str], parts: Mapping[str, str] | None = None) -> WireTable:
        parts = parts or {}
        numbers = {id: place for place, id in enumerate([*ids, *aliases, *parts], 1)}
        return WireTable(numbers, frozenset(ids), aliases, parts)

    exposures = table(library.exposures, library.exposure_aliases)
    return WireIds(exposures, table(library.steps, library.whole_steps, library.step_parts), table(library.kit, {}))


def coded(library: quizzes.library.QuizLibrary) -> dict[str, dict[str, tuple[str, ...]]]:
    """A code for each question and option, by its place."""
    return {
        quiz.id: {question.id: tuple(question.options) for question in quiz.questions.values()}
        for quiz in library.quizzes.values()
    }


@cache
def lantern() -> RiskQuiz:
    """The tiny quiz with points."""
    quiz = Tree(FIXTURES).load_quizzes().quizzes["lantern"]
    assert isinstance(quiz, RiskQuiz)
    return quiz


@cache
def gate() -> SignsQuiz:
    """The tiny quiz of signs."""
    quiz = Tree(FIXTURES).load_quizzes().quizzes["gate"]
    assert isinstance(quiz, SignsQuiz)
    return quiz
