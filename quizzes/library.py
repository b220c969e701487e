"""Every quiz, read once, linked to the floors below and checked."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import checklist.library
import guide.library
from guide.contentfile import ContentError, Faults, build, listed, read_toml
from guide.current import Current
from guide.library import LANGUAGE, check_id, check_known, check_links
from guide.markup import Lexicon, render_line
from quizzes.quiz import LINKED, RESERVED, TAKEN, Option, Question, QuestionPolicy, Quiz, QuizPolicy, QuizWords
from quizzes.risk import RiskPolicy, RiskQuiz, RiskWords

ROOT = Path(__file__).parent


class Scheme(NamedTuple):
    """The models of one kind of quiz."""

    policy: type[QuizPolicy]
    words: type[QuizWords]
    quiz: type[Quiz]


#: By the `scheme` that a policy names.
SCHEMES = {
    "risk": Scheme(RiskPolicy, RiskWords, RiskQuiz),
}


@dataclass(frozen=True)
class Library:
    """The quizzes by id, in the order of their files' names."""

    quizzes: dict[str, Quiz]


def load(
    root: Path,
    guide_library: guide.library.Library,
    checklist_library: checklist.library.Library,
) -> Library:
    """The quizzes under `root`. Raises ContentErrors with every fault found."""
    faults = Faults()
    paths = sorted((root / "policy").glob("*.toml"))
    known: dict[str, Collection[str]] = {
        "page": guide_library.pages,
        "step": checklist_library.steps,
        "case": checklist_library.cases,
        "quiz": {path.stem for path in paths} | LINKED,
    }
    quizzes: dict[str, Quiz] = {}
    for path in paths:
        with faults.collect():
            check_id(path)
            if path.stem in TAKEN:
                raise ContentError(path, "file", f"{path.stem!r} is a reserved word", f"any id but {listed(TAKEN)}")
            words = root / "content" / LANGUAGE / path.name
            quizzes[path.stem] = _quiz(path, words, guide_library.lexicon, checklist_library, known)
    for page in guide_library.pages.values():
        check_links(page.links, {"quiz": known["quiz"]}, page.path, "links", faults)
    faults.raise_if_any()
    return Library(quizzes)


def _quiz(
    path: Path,
    words_path: Path,
    lexicon: Lexicon,
    below: checklist.library.Library,
    known: Mapping[str, Collection[str]],
) -> Quiz:
    """One quiz out of its two files; `known` are the ids by kind that a feedback may link to."""
    faults = Faults()
    policy: QuizPolicy | None = None
    words: QuizWords | None = None
    table = read_toml(path)
    scheme = _scheme(table, path)
    with faults.collect():
        policy = build(scheme.policy, table, path)
    with faults.collect():
        words = build(scheme.words, read_toml(words_path), words_path)
    faults.raise_if_any()
    assert policy is not None
    assert words is not None
    _check_policy(policy, words, path, below, faults)
    _check_words(policy, words, words_path, faults)
    if isinstance(policy, RiskPolicy) and isinstance(words, RiskWords):
        _check_risk(policy, path, below, faults)
        _check_named("dimensions", policy.dimensions, words.dimensions, words_path, faults)
        _check_named("bands", policy.bands, words.bands, words_path, faults)
    feedback = _feedback(words, words_path, lexicon, known, faults)
    faults.raise_if_any()
    questions = {}
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
    return scheme.quiz(id=path.stem, policy=policy, words=words, questions=questions)


def _scheme(table: Mapping[str, object], path: Path) -> Scheme:
    """The models by which a policy is read. Raises ContentError where it names none."""
    scheme = SCHEMES.get(str(table.get("scheme")))
    if scheme is None:
        raise ContentError(path, "scheme", f"unknown scheme {table.get('scheme')!r}", listed(SCHEMES))
    return scheme


def _feedback(
    words: QuizWords, path: Path, lexicon: Lexicon, known: Mapping[str, Collection[str]], faults: Faults
) -> dict[tuple[str, str], str]:
    """The feedback of each option as HTML, by question and option."""
    html = {}
    for id, question in words.questions.items():
        for option_id, option in question.options.items():
            rendered = render_line(option.feedback, lexicon)
            where = f"questions.{id}.options.{option_id}.feedback"
            for what, allowed in rendered.faults:
                faults.add(path, where, what, allowed)
            check_links(rendered.links, known, path, where, faults)
            html[id, option_id] = rendered.html
    return html


def _check_policy(
    policy: QuizPolicy, words: QuizWords, path: Path, below: checklist.library.Library, faults: Faults
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


def _check_risk(policy: RiskPolicy, path: Path, below: checklist.library.Library, faults: Faults) -> None:
    """Every dimension, exposure, step and earlier question that points and exposures name exists."""
    check_known(policy.exposures, below.exposures, path, "exposures", "exposure", faults)
    for id, exposure in policy.exposures.items():
        check_known([exposure.dimension], policy.dimensions, path, f"exposures.{id}", "dimension", faults)
    earlier: list[str] = []
    for id, question in policy.questions.items():
        for option_id, option in question.options.items():
            place = f"questions.{id}.options.{option_id}"
            check_known(option.points, policy.dimensions, path, f"{place}.points", "dimension", faults)
            check_known(option.exposures, policy.exposures, path, f"{place}.exposures", "exposure", faults)
            _check_one(option.handles, earlier, path, place, "earlier question", faults)
            _check_one(option.remedy, below.steps, path, place, "step", faults)
        earlier.append(id)


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
current = Current(lambda: load(ROOT, guide.library.current(), checklist.library.current()))
