"""Load the quizzes once, link them to the other apps and check them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import checklist.library
import guide.library
from checklist.library import ChecklistLibrary
from checklist.search_documents import of_checklist
from core.content.files import listed
from core.content.loader import LANGUAGE, Loader
from core.content.rendered import Link
from core.content.store import ContentStore
from core.search.index import Index
from core.search.index import build as build_index
from core.search.intents import Intent
from guide.library import GuideLibrary
from guide.search_documents import of_page, of_poster
from quizzes.engine.quiz import LINKED, TAKEN, Quiz
from quizzes.loader import load_quiz
from quizzes.practice import loader as practice_loader
from quizzes.practice import scenes
from quizzes.risk.quiz import RiskQuiz
from quizzes.search_documents import of_quizzes

ROOT = Path(__file__).parent
#: Files of the policy folder that are no quiz.
NOT_QUIZZES = (scenes.POLICY, "numbers")
#: Pages beside the quizzes, for links of the kind `tool`.
TOOLS = frozenset({"check"})


@dataclass(frozen=True)
class QuizLibrary:
    """The quizzes by id, in the order of their files' names, and the practice; with the libraries of the other apps."""

    quizzes: dict[str, Quiz]
    practice: scenes.Practice
    guide: GuideLibrary
    checklist: ChecklistLibrary

    @cached_property
    def index(self) -> Index:
        """Return the search index of the whole site: the guide, the checklist and the quizzes."""
        pages = map(of_page, self.guide.pages.values())
        offered = (*pages, of_poster(), *of_checklist(self.checklist), *of_quizzes(self.quizzes, self.practice))
        named = {to for intent in self.guide.search_lexicon.intents for to in (intent.to, intent.then)}
        addresses = {to: self._address(link) for to in named if (link := Link.parse(to))}
        return build_index(offered, self.guide.search_lexicon, addresses)

    def _address(self, link: Link) -> str:
        """Return the address of a link, or of the procedure if a former step leads to one."""
        step = self.checklist.step_aliases.get(link.id) if link.kind == "step" else None
        found = self.checklist.steps[step] if step else None
        if found is None:
            return link.address
        return f"{found.address}#how-{link.id}" if len(found.procedures) > 1 else found.address

    @property
    def listed(self) -> list[Quiz | scenes.Practice]:
        """Return the quizzes and the practice as /quizzes/ lists them."""
        return sorted([*self.quizzes.values(), self.practice], key=lambda one: one.order)


def load(
    root: Path,
    guide_library: GuideLibrary,
    checklist_library: ChecklistLibrary,
) -> QuizLibrary:
    """Read the quizzes under `root`. Raise ContentErrors with every fault found."""
    paths = sorted(path for path in (root / "policy").glob("*.toml") if path.stem not in NOT_QUIZZES)
    known_quizzes = {scenes.PRACTICE, *LINKED, *(path.stem for path in paths)}
    tree = Loader(root, guide_library.lexicon).knowing(quiz=known_quizzes)
    for page in guide_library.pages.values():
        tree.at(page.path).check_links(page.links, "links")
    tree = tree.knowing(
        page=guide_library.pages,
        step={*checklist_library.steps, *checklist_library.step_aliases},
        case=checklist_library.case_links,
        leaving=checklist_library.leaving,
        tool=TOOLS,
    )
    _check_intents(guide_library.search_lexicon.intents, tree.at(guide.library.CONTENT / LANGUAGE / "intents.toml"))
    quizzes: dict[str, Quiz] = {}
    practice: scenes.Practice | None = None
    with tree.collect():
        practice = practice_loader.load(root, tree)
    for path in paths:
        loader = tree.at(path).alone()
        with tree.collect():
            loader.check_id()
            if path.stem == scenes.PRACTICE:
                raise loader.error("file", "the name is the practice's", f"any id but {scenes.PRACTICE}")
            if path.stem in TAKEN:
                raise loader.error("file", f"{path.stem!r} is a reserved word", f"any id but {listed(TAKEN)}")
            words = root / "content" / LANGUAGE / path.name
            quiz = load_quiz(loader, loader.at(words), checklist_library)
            if isinstance(quiz, RiskQuiz) and any(isinstance(other, RiskQuiz) for other in quizzes.values()):
                raise loader.error("scheme", "a second quiz with points", "one, because a plan names no quiz")
            quizzes[path.stem] = quiz
    tree.raise_if_any()
    assert practice is not None
    return QuizLibrary(quizzes, practice, guide_library, checklist_library)


def _check_intents(intents: Sequence[Intent], loader: Loader) -> None:
    """Add a fault for each intent of search whose link is unknown."""
    for intent in intents:
        loader.check_known(intent.calls, loader.lexicon.channels, f"intents.{intent.id}.calls", "channel")
        for to in filter(None, (intent.to, intent.then)):
            link = Link.parse(to)
            if link:
                loader.check_links([link], f"intents.{intent.id}")
            else:
                loader.fault(f"intents.{intent.id}", f"link to {to!r}", "page:, case:, step:, quiz: or tool: and an id")


def content_roots() -> list[Path]:
    """Return the content folders of all apps, for checks that read files and not models."""
    return [
        guide.library.CONTENT / LANGUAGE,
        checklist.library.ROOT / "content" / LANGUAGE,
        ROOT / "content" / LANGUAGE,
    ]


#: The real content. `current()` gives it.
current = ContentStore(lambda: load(ROOT, guide.library.current(), checklist.library.current()))
