"""Every quiz, read once, linked to the floors below and checked."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import checklist.library
import guide.library
from guide.contentfile import ContentError, Faults, build, read_toml
from guide.current import Current
from guide.library import LANGUAGE, check_id, check_known, check_links
from guide.markup import Lexicon, render_line
from quizzes import scenes
from quizzes.quiz import RESERVED, Option, Question, QuestionPolicy, Quiz, QuizPolicy, QuizWords

ROOT = Path(__file__).parent


@dataclass(frozen=True)
class Library:
    """The quizzes by id, in the order of their files' names, and the practice."""

    quizzes: dict[str, Quiz]
    practice: scenes.Practice


def load(
    root: Path,
    guide_library: guide.library.Library,
    checklist_library: checklist.library.Library,
) -> Library:
    """The quizzes under `root`. Raises ContentErrors with every fault found."""
    faults = Faults()
    paths = sorted(path for path in (root / "policy").glob("*.toml") if path.stem != scenes.POLICY)
    known: dict[str, Collection[str]] = {
        "page": guide_library.pages,
        "step": checklist_library.steps,
        "case": checklist_library.cases,
        "quiz": {scenes.PRACTICE, *(path.stem for path in paths)},
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
            words = root / "content" / LANGUAGE / path.name
            quizzes[path.stem] = _quiz(path, words, guide_library.lexicon, checklist_library, known)
    for page in guide_library.pages.values():
        check_links(page.links, {"quiz": known["quiz"]}, page.path, "links", faults)
    faults.raise_if_any()
    assert practice is not None
    return Library(quizzes, practice)


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
    with faults.collect():
        policy = build(QuizPolicy, read_toml(path), path)
    with faults.collect():
        words = build(QuizWords, read_toml(words_path), words_path)
    faults.raise_if_any()
    assert policy is not None
    assert words is not None
    _check_policy(policy, words, path, below, faults)
    _check_words(policy, words, words_path, faults)
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
    return Quiz(id=path.stem, policy=policy, words=words, questions=questions)


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
    check_known(policy.exposures, below.exposures, path, "exposures", "exposure", faults)
    for id, exposure in policy.exposures.items():
        check_known([exposure.dimension], policy.dimensions, path, f"exposures.{id}", "dimension", faults)
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
            check_known(option.points, policy.dimensions, path, f"{place}.points", "dimension", faults)
            check_known(option.exposures, policy.exposures, path, f"{place}.exposures", "exposure", faults)
            for name, known, kind in (
                (option.handles, earlier, "earlier question"),
                (option.ends, words.outcomes, "outcome"),
                (option.urgent, below.cases, "case"),
                (option.remedy, below.steps, "step"),
            ):
                check_known([name] if name else [], known, path, place, kind, faults)
        earlier[id] = question


def _check_words(policy: QuizPolicy, words: QuizWords, path: Path, faults: Faults) -> None:
    """Words and policy name the same things."""

    def check(where: str, in_policy: Collection[str], in_words: Collection[str]) -> None:
        for missing in sorted(set(in_policy) - set(in_words)):
            faults.add(path, where, f"no words for {missing!r}")
        check_known(in_words, in_policy, path, where, "id", faults)

    check("dimensions", policy.dimensions, words.dimensions)
    check("bands", policy.bands, words.bands)
    check("questions", policy.questions, words.questions)
    for id in policy.questions.keys() & words.questions.keys():
        check(f"questions.{id}.options", policy.questions[id].options, words.questions[id].options)


def content_roots() -> list[Path]:
    """The folders of every floor's words, for who reads files and not models."""
    return [
        guide.library.CONTENT / LANGUAGE,
        checklist.library.ROOT / "content" / LANGUAGE,
        ROOT / "content" / LANGUAGE,
    ]


#: The real content. `current()` gives it.
current = Current(lambda: load(ROOT, guide.library.current(), checklist.library.current()))
