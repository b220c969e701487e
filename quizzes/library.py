"""Every quiz, read once, linked to the floors below and checked."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any, NamedTuple

import checklist.library
import guide.library
from checklist.search_documents import of_checklist
from core.content.files import ContentError, Faults, build, listed, read_toml
from core.content.loader import LANGUAGE, check_id, check_known, check_links, line_html
from core.content.markup import LINK, Lexicon, Link
from core.content.store import ContentStore
from core.search.index import Index
from core.search.index import build as build_index
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
    """What the files of a quiz of one scheme are read into."""

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
    """The quizzes by id, in the order of their files' names, and the practice; and the floors below."""

    quizzes: dict[str, Quiz]
    practice: scenes.Practice
    ground: guide.library.GuideLibrary
    below: checklist.library.ChecklistLibrary

    @cached_property
    def index(self) -> Index:
        """What search looks things up in: the pages of the guide, and what the floors above it offer."""
        pages = map(of_page, self.ground.pages.values())
        offered = (*pages, of_poster(), *of_checklist(self.below), *of_quizzes(self.quizzes, self.practice))
        links = (LINK.match(to) for intent in self.ground.search_lexicon.intents for to in (intent.to, intent.then))
        addresses = {link[0]: Link(link[1], link[2]).address for link in links if link}
        return build_index(offered, self.ground.search_lexicon, addresses)

    @property
    def listed(self) -> list[Quiz | scenes.Practice]:
        """The quizzes and the practice as /quizzes/ lists them."""
        return sorted([*self.quizzes.values(), self.practice], key=lambda one: one.order)


def load(
    root: Path,
    guide_library: guide.library.GuideLibrary,
    checklist_library: checklist.library.ChecklistLibrary,
) -> QuizLibrary:
    """The quizzes under `root`. Raises ContentErrors with every fault found."""
    faults = Faults()
    paths = sorted(path for path in (root / "policy").glob("*.toml") if path.stem not in NOT_QUIZZES)
    known: dict[str, Collection[str]] = {
        "page": guide_library.pages,
        "step": checklist_library.steps,
        "case": checklist_library.cases,
        "leaving": checklist_library.leaving,
        "quiz": {scenes.PRACTICE, *LINKED, *(path.stem for path in paths)},
    }
    quizzes: dict[str, Quiz] = {}
    practice: scenes.Practice | None = None
    with faults.collect():
        practice = scenes.load(root, guide_library.lexicon, known)
    for path in paths:
        with faults.collect():
            check_id(path)
            if path.stem == scenes.PRACTICE:
                raise ContentError(path, "file", "the name is the practice's", f"any id but {scenes.PRACTICE}")
            if path.stem in TAKEN:
                raise ContentError(path, "file", f"{path.stem!r} is a reserved word", f"any id but {listed(TAKEN)}")
            words = root / "content" / LANGUAGE / path.name
            quizzes[path.stem] = _quiz(path, words, guide_library.lexicon, checklist_library, known)
    intents_path = guide.library.CONTENT / LANGUAGE / "intents.toml"
    for intent in guide_library.search_lexicon.intents:
        for to in filter(None, (intent.to, intent.then)):
            kind, _, id = to.partition(":")
            targets = {**known, "page": guide_library.pages}
            if kind not in targets or not LINK.match(to):
                faults.add(
                    intents_path, f"intents.{intent.id}", f"link to {to!r}", "page:, case:, step: or quiz: and an id"
                )
            else:
                check_known([id], targets[kind], intents_path, f"intents.{intent.id}", kind, faults)
    for page in guide_library.pages.values():
        check_links(page.links, {"quiz": known["quiz"]}, page.path, "links", faults)
    faults.raise_if_any()
    assert practice is not None
    return QuizLibrary(quizzes, practice, guide_library, checklist_library)


def _quiz(
    path: Path,
    words_path: Path,
    lexicon: Lexicon,
    below: checklist.library.ChecklistLibrary,
    known: Mapping[str, Collection[str]],
) -> Quiz:
    """One quiz out of its two files; `known` are the ids by kind that a feedback may link to."""
    faults = Faults()
    policy: QuizPolicy | None = None
    words: QuizWords | None = None
    table = read_toml(path)
    models = _models(table, path)
    with faults.collect():
        policy = build(models.policy, table, path)
    with faults.collect():
        words = build(models.words, read_toml(words_path), words_path)
    faults.raise_if_any()
    assert policy is not None
    assert words is not None
    _check_policy(policy, words, path, below, faults)
    _check_words(policy, words, words_path, faults)
    if isinstance(policy, RiskPolicy) and isinstance(words, RiskWords):
        _check_risk(policy, path, below, faults)
        check_known(policy.channels, lexicon.channels, path, "channels", "channel", faults)
        check_known(words.dimension_notes, policy.dimensions, words_path, "dimension_notes", "dimension", faults)
        _check_named("dimensions", policy.dimensions, words.dimensions, words_path, faults)
        _check_named("bands", policy.bands, words.bands, words_path, faults)
    line = partial(line_html, lexicon=lexicon, known=known, path=words_path, faults=faults)
    feedback = {
        (id, option_id): line(option.feedback, where=f"questions.{id}.options.{option_id}.feedback")
        for id, question in words.questions.items()
        for option_id, option in question.options.items()
    }
    more: dict[str, Any] = {}
    if isinstance(policy, SignsPolicy) and isinstance(words, SignsWords):
        _check_signs(policy, words, path, words_path, known, faults)
        faults.raise_if_any()
        more = _signs(policy, words, line)
    faults.raise_if_any()
    questions = _questions(policy, words, feedback)
    return models.quiz(id=path.stem, policy=policy, words=words, questions=questions, **more)


def _questions(policy: QuizPolicy, words: QuizWords, feedback: Mapping[tuple[str, str], str]) -> dict[str, Question]:
    """The questions as they are asked; `feedback` is HTML by question and option."""
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


def _models(table: Mapping[str, object], path: Path) -> Models:
    """The models by which a policy is read. Raises ContentError where it names none."""
    models = MODELS.get(str(table.get("scheme")))
    if models is None:
        raise ContentError(path, "scheme", f"unknown scheme {table.get('scheme')!r}", listed(MODELS))
    return models


def _signs(policy: SignsPolicy, words: SignsWords, line: Callable[..., str]) -> dict[str, Any]:
    """What a quiz of signs has beside its questions: the signs, and what to do first by verdict and tie."""
    labels = {id: told.label for asked in words.questions.values() for id, told in asked.options.items()}
    signs = {
        id: Sign(
            id=id,
            weight=sign.weight,
            label=labels[id],
            line_html=line(words.signs[id].line, where=f"signs.{id}.line"),
            more=sign.link,
        )
        for id, sign in policy.signs.items()
    }

    def way(told: VerdictWords | WayWords, of: VerdictWords, where: str) -> Way:
        items = [line(item, where=f"{where}.items.{number}") for number, item in enumerate(told.items or of.items)]
        first = line(told.first, where=f"{where}.first")
        title = told.title or of.title
        name = of.name if title == of.title and of.name not in title else ""
        return Way(name=name, title=title, first_html=first, items_html=tuple(items))

    ways = {
        id: {"": way(told, told, f"verdicts.{id}")}
        | {
            tie: way(one, told, f"verdicts.{id}.ways.{number}")
            for number, one in enumerate(told.ways)
            for tie in one.ties
        }
        for id, told in words.verdicts.items()
    }
    given = line(words.given, where="given") if words.given else ""
    return {"signs": signs, "ways": ways, "given_html": given}


def _check_policy(
    policy: QuizPolicy, words: QuizWords, path: Path, below: checklist.library.ChecklistLibrary, faults: Faults
) -> None:
    """Every id that the policy names exists: on this floor or on the one below."""
    earlier: dict[str, QuestionPolicy] = {}
    for id, question in policy.questions.items():
        where = f"questions.{id}"
        if id in RESERVED:
            faults.add(path, where, "a reserved word", f"any id but {', '.join(sorted(RESERVED))}")
        check_known(question.ask_if, earlier, path, f"{where}.ask_if", "earlier question", faults)
        for asked, chosen in question.ask_if.items():
            if asked in earlier:
                check_known(chosen, earlier[asked].options, path, f"{where}.ask_if.{asked}", "option", faults)
        for option_id, option in question.options.items():
            place = f"{where}.options.{option_id}"
            _check_one(option.ends, words.outcomes, path, place, "outcome", faults)
            _check_one(option.urgent, below.cases, path, place, "case", faults)
        earlier[id] = question


def _check_risk(policy: RiskPolicy, path: Path, below: checklist.library.ChecklistLibrary, faults: Faults) -> None:
    """Every dimension, exposure, step and earlier question that points and exposures name exists."""
    check_known(policy.exposures, below.exposures, path, "exposures", "exposure", faults)
    for id, exposure in policy.exposures.items():
        check_known([exposure.dimension], policy.dimensions, path, f"exposures.{id}", "dimension", faults)
    earlier: list[str] = []
    for id, question in policy.questions.items():
        check_known(question.severity, question.options, path, f"questions.{id}.severity", "option", faults)
        for option_id, option in question.options.items():
            place = f"questions.{id}.options.{option_id}"
            check_known(option.points, policy.dimensions, path, f"{place}.points", "dimension", faults)
            check_known(option.exposures, policy.exposures, path, f"{place}.exposures", "exposure", faults)
            _check_one(option.handles, earlier, path, place, "earlier question", faults)
            _check_one(option.remedy, below.steps, path, place, "step", faults)
        earlier.append(id)


def _check_signs(
    policy: SignsPolicy,
    words: SignsWords,
    path: Path,
    words_path: Path,
    known: Mapping[str, Collection[str]],
    faults: Faults,
) -> None:
    """Every sign and verdict has words, and every link and tie that is named exists."""
    _check_named("signs", policy.signs, words.signs, words_path, faults)
    _check_named("verdicts", policy.verdicts, words.verdicts, words_path, faults)
    for id, sign in policy.signs.items():
        check_links([sign.link], known, path, f"signs.{id}.more", faults)
    for id, tie in policy.ties.items():
        check_links([tie.link], known, path, f"ties.{id}.leaving", faults)
    for id, told in words.verdicts.items():
        for number, one in enumerate(told.ways):
            check_known(one.ties, policy.ties, words_path, f"verdicts.{id}.ways.{number}.ties", "tie", faults)


def _check_one(id: str | None, known: Collection[str], path: Path, where: str, kind: str, faults: Faults) -> None:
    """A fault where an id is named and not known."""
    check_known([id] if id else [], known, path, where, kind, faults)


def _check_words(policy: QuizPolicy, words: QuizWords, path: Path, faults: Faults) -> None:
    """Words and policy name the same questions and options."""
    _check_named("questions", policy.questions, words.questions, path, faults)
    for id in policy.questions.keys() & words.questions.keys():
        asked, told = policy.questions[id].options, words.questions[id].options
        _check_named(f"questions.{id}.options", asked, told, path, faults)


def _check_named(where: str, in_policy: Collection[str], in_words: Collection[str], path: Path, faults: Faults) -> None:
    """Every id of the policy has words, and the words have no other."""
    for missing in sorted(set(in_policy) - set(in_words)):
        faults.add(path, where, f"no words for {missing!r}")
    check_known(in_words, in_policy, path, where, "id", faults)


def content_roots() -> list[Path]:
    """The folders of every floor's words, for who reads files and not models."""
    return [
        guide.library.CONTENT / LANGUAGE,
        checklist.library.ROOT / "content" / LANGUAGE,
        ROOT / "content" / LANGUAGE,
    ]


#: The real content. `current()` gives it.
current = ContentStore(lambda: load(ROOT, guide.library.current(), checklist.library.current()))
