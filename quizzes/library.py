"""Load the quizzes once, link them to the other apps and check them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import checklist.library
import guide.library
from checklist.search_documents import of_checklist
from core.content.files import listed
from core.content.loader import LANGUAGE, Loader
from core.content.markup import LINK, Link
from core.content.store import ContentStore
from core.search.index import Index
from core.search.index import build as build_index
from core.search.intents import Intent
from guide.search_documents import of_page, of_poster
from quizzes.engine.quiz import LINKED, RESERVED, TAKEN, Option, Question, QuestionPolicy, Quiz, QuizPolicy, QuizWords
from quizzes.practice import scenes
from quizzes.risk.quiz import RiskPolicy, RiskQuiz, RiskWords
from quizzes.search_documents import of_quizzes
from quizzes.signs.quiz import Sign, SignsPolicy, SignsQuiz, SignsWords, VerdictWords, Way, WayWords

ROOT = Path(__file__).parent
#: Files of the policy folder that are no quiz.
NOT_QUIZZES = (scenes.POLICY, "numbers")


class Models(NamedTuple):
    """The models of the files of one scheme."""

    policy: type[QuizPolicy]
    words: type[QuizWords]
    quiz: type[Quiz]


#: By the `scheme` that a policy names.
MODELS = {
    "risk": Models(RiskPolicy, RiskWords, RiskQuiz),
    "signs": Models(SignsPolicy, SignsWords, SignsQuiz),
}


@dataclass(frozen=True)
class QuizLibrary:
    """The quizzes by id, in the order of their files' names, and the practice; with the libraries of the other apps."""

    quizzes: dict[str, Quiz]
    practice: scenes.Practice
    ground: guide.library.GuideLibrary
    below: checklist.library.ChecklistLibrary

    @cached_property
    def index(self) -> Index:
        """Return the search index of the whole site: the guide, the checklist and the quizzes."""
        pages = map(of_page, self.ground.pages.values())
        offered = (*pages, of_poster(), *of_checklist(self.below), *of_quizzes(self.quizzes, self.practice))
        links = (LINK.match(to) for intent in self.ground.search_lexicon.intents for to in (intent.to, intent.then))
        addresses = {link[0]: self._address(Link(link[1], link[2])) for link in links if link}
        return build_index(offered, self.ground.search_lexicon, addresses)

    def _address(self, link: Link) -> str:
        """Return the address of a link, that of the procedure where a former step leads to one."""
        step = self.below.step_aliases.get(link.id) if link.kind == "step" else None
        found = self.below.steps[step] if step else None
        if found is None:
            return link.address
        return f"{found.address}#how-{link.id}" if len(found.procedures) > 1 else found.address

    @property
    def listed(self) -> list[Quiz | scenes.Practice]:
        """Return the quizzes and the practice as /quizzes/ lists them."""
        return sorted([*self.quizzes.values(), self.practice], key=lambda one: one.order)


def load(
    root: Path,
    guide_library: guide.library.GuideLibrary,
    checklist_library: checklist.library.ChecklistLibrary,
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
        case=checklist_library.cases,
        leaving=checklist_library.leaving,
    )
    _check_intents(guide_library.search_lexicon.intents, tree.at(guide.library.CONTENT / LANGUAGE / "intents.toml"))
    quizzes: dict[str, Quiz] = {}
    practice: scenes.Practice | None = None
    with tree.collect():
        practice = scenes.load(root, tree)
    for path in paths:
        loader = tree.at(path)
        with tree.collect():
            loader.check_id()
            if path.stem == scenes.PRACTICE:
                raise loader.error("file", "the name is the practice's", f"any id but {scenes.PRACTICE}")
            if path.stem in TAKEN:
                raise loader.error("file", f"{path.stem!r} is a reserved word", f"any id but {listed(TAKEN)}")
            quizzes[path.stem] = _quiz(loader.alone(), root / "content" / LANGUAGE / path.name, checklist_library)
    tree.raise_if_any()
    assert practice is not None
    return QuizLibrary(quizzes, practice, guide_library, checklist_library)


def _check_intents(intents: Sequence[Intent], loader: Loader) -> None:
    """Add a fault for each intent of search that leads nowhere."""
    for intent in intents:
        for to in filter(None, (intent.to, intent.then)):
            link = LINK.match(to)
            if link:
                loader.check_links([Link(link[1], link[2])], f"intents.{intent.id}")
            else:
                loader.fault(f"intents.{intent.id}", f"link to {to!r}", "page:, case:, step: or quiz: and an id")


def _quiz(loader: Loader, words_path: Path, below: checklist.library.ChecklistLibrary) -> Quiz:
    """Return one quiz, made of its two files."""
    words_loader = loader.at(words_path)
    models = _models(loader)
    policy, words = loader.try_read(models.policy), words_loader.try_read(models.words)
    loader.raise_if_any()
    assert policy is not None
    assert words is not None
    _check_policy(policy, words, below, loader)
    _check_words(policy, words, words_loader)
    if isinstance(policy, RiskPolicy) and isinstance(words, RiskWords):
        _check_risk(policy, words, below, loader, words_loader)
    feedback = {
        (id, option_id): words_loader.html(option.feedback, f"questions.{id}.options.{option_id}.feedback")
        for id, question in words.questions.items()
        for option_id, option in question.options.items()
    }
    more: dict[str, Any] = {}
    if isinstance(policy, SignsPolicy) and isinstance(words, SignsWords):
        _check_signs(policy, words, loader, words_loader)
        loader.raise_if_any()
        more = _signs(policy, words, words_loader)
    loader.raise_if_any()
    questions = _questions(policy, words, feedback)
    return models.quiz(id=loader.path.stem, policy=policy, words=words, questions=questions, **more)


def _questions(policy: QuizPolicy, words: QuizWords, feedback: Mapping[tuple[str, str], str]) -> dict[str, Question]:
    """Return the questions as they are asked; `feedback` is HTML by question and option."""
    questions: dict[str, Question] = {}
    for id, asked in policy.questions.items():
        told = words.questions[id]
        options = {
            option: Option(
                id=option,
                policy=asked.options[option],
                label=told.options[option].label,
                feedback_html=feedback[id, option],
            )
            for option in asked.options
        }
        questions[id] = Question(
            id=id, kind=asked.kind, ask_if=asked.ask_if, title=told.title, hint=told.hint, options=options
        )
    return questions


def _models(loader: Loader) -> Models:
    """Return the models of the policy's scheme. Raise ContentError if it names none."""
    scheme = loader.toml().get("scheme")
    models = MODELS.get(str(scheme))
    if models is None:
        raise loader.error("scheme", f"unknown scheme {scheme!r}", listed(MODELS))
    return models


def _signs(policy: SignsPolicy, words: SignsWords, loader: Loader) -> dict[str, Any]:
    """Return what a quiz of signs has beside its questions: the signs, and what to do first by verdict and tie."""
    labels = {id: told.label for asked in words.questions.values() for id, told in asked.options.items()}
    signs = {
        id: Sign(
            id=id,
            weight=sign.weight,
            label=labels[id],
            line_html=loader.html(words.signs[id].line, f"signs.{id}.line"),
            more=sign.link,
        )
        for id, sign in policy.signs.items()
    }
    ways = {id: _ways(told, loader.below(f"verdicts.{id}")) for id, told in words.verdicts.items()}
    given = loader.html(words.given, "given") if words.given else ""
    return {"signs": signs, "ways": ways, "given_html": given}


def _ways(verdict: VerdictWords, loader: Loader) -> dict[str, Way]:
    """Return what to do first at a verdict, by tie; "" is for every other tie."""
    ways = {"": _way(verdict, verdict, loader)}
    for number, words in enumerate(verdict.ways):
        way = _way(words, verdict, loader.below(f"ways.{number}"))
        ways |= dict.fromkeys(words.ties, way)
    return ways


def _way(words: VerdictWords | WayWords, verdict: VerdictWords, loader: Loader) -> Way:
    items = [loader.html(item, f"items.{number}") for number, item in enumerate(words.items or verdict.items)]
    title = words.title or verdict.title
    name = verdict.name if title == verdict.title and verdict.name not in title else ""
    return Way(name=name, title=title, first_html=loader.html(words.first, "first"), items_html=tuple(items))


def _check_policy(
    policy: QuizPolicy, words: QuizWords, below: checklist.library.ChecklistLibrary, loader: Loader
) -> None:
    """Check every id that the policy names, here and in the checklist."""
    earlier: dict[str, QuestionPolicy] = {}
    for id, question in policy.questions.items():
        here = loader.below(f"questions.{id}")
        if id in RESERVED:
            here.fault("", "a reserved word", f"any id but {', '.join(sorted(RESERVED))}")
        here.check_known(question.ask_if, earlier, "ask_if", "earlier question")
        for asked, chosen in question.ask_if.items():
            if asked in earlier:
                here.check_known(chosen, earlier[asked].options, f"ask_if.{asked}", "option")
        for option_id, option in question.options.items():
            here.check_known([option.ends], words.outcomes, f"options.{option_id}", "outcome")
            here.check_known([option.urgent], below.cases, f"options.{option_id}", "case")
            if option.urgent in below.cases:
                forms = below.cases[option.urgent].forms
                here.check_known([option.urgent_form], forms, f"options.{option_id}", "form")
        earlier[id] = question


def _check_risk(
    policy: RiskPolicy,
    words: RiskWords,
    below: checklist.library.ChecklistLibrary,
    loader: Loader,
    words_loader: Loader,
) -> None:
    """Check every dimension, exposure, step, earlier question and channel that a quiz with points names."""
    loader.check_known(policy.exposures, below.exposures, "exposures", "exposure")
    for id, exposure in policy.exposures.items():
        loader.check_known(exposure.by_dimension, policy.dimensions, f"exposures.{id}", "dimension")
    earlier: list[str] = []
    for id, question in policy.questions.items():
        here = loader.below(f"questions.{id}")
        here.check_known(question.severity, question.options, "severity", "option")
        for option_id, option in question.options.items():
            place = f"options.{option_id}"
            here.check_known(option.points, policy.dimensions, f"{place}.points", "dimension")
            here.check_known(option.exposures, policy.exposures, f"{place}.exposures", "exposure")
            here.check_known(option.instead_of, policy.exposures, f"{place}.instead_of", "exposure")
            here.check_known([option.handles, option.doubts], earlier, place, "earlier question")
            here.check_known([option.remedy], below.steps, place, "step")
        earlier.append(id)
    loader.check_known(policy.channels, loader.lexicon.channels, "channels", "channel")
    words_loader.check_known(words.dimension_notes, policy.dimensions, "dimension_notes", "dimension")
    _check_named("dimensions", policy.dimensions, words.dimensions, words_loader)
    _check_named("bands", policy.bands, words.bands, words_loader)


def _check_signs(policy: SignsPolicy, words: SignsWords, loader: Loader, words_loader: Loader) -> None:
    """Check that every sign and verdict has words, and that every link and tie exists."""
    _check_named("signs", policy.signs, words.signs, words_loader)
    _check_named("verdicts", policy.verdicts, words.verdicts, words_loader)
    for id, sign in policy.signs.items():
        loader.check_links([sign.link], f"signs.{id}.more")
    for id, tie in policy.ties.items():
        loader.check_links([tie.link], f"ties.{id}.leaving")
    for id, told in words.verdicts.items():
        for number, one in enumerate(told.ways):
            words_loader.check_known(one.ties, policy.ties, f"verdicts.{id}.ways.{number}.ties", "tie")


def _check_words(policy: QuizPolicy, words: QuizWords, loader: Loader) -> None:
    """Check that words and policy name the same questions and options."""
    _check_named("questions", policy.questions, words.questions, loader)
    for id in policy.questions.keys() & words.questions.keys():
        _check_named(f"questions.{id}.options", policy.questions[id].options, words.questions[id].options, loader)


def _check_named(where: str, in_policy: Collection[str], in_words: Collection[str], loader: Loader) -> None:
    """Check that every id of the policy has words, and that the words have no other id."""
    for missing in sorted(set(in_policy) - set(in_words)):
        loader.fault(where, f"no words for {missing!r}")
    loader.check_known(in_words, in_policy, where, "id")


def content_roots() -> list[Path]:
    """Return the content folders of all apps, for checks that read files and not models."""
    return [
        guide.library.CONTENT / LANGUAGE,
        checklist.library.ROOT / "content" / LANGUAGE,
        ROOT / "content" / LANGUAGE,
    ]


#: The real content. `current()` gives it.
current = ContentStore(lambda: load(ROOT, guide.library.current(), checklist.library.current()))
