"""Load one quiz: read its policy and its words, check them against each other and the checklist, and join them."""

from collections.abc import Mapping
from typing import TypeVar

from checklist.library import ChecklistLibrary
from core.content.files import listed
from core.content.loader import Loader
from quizzes.engine.quiz import LINKED, RESERVED, Option, Question, QuestionPolicy, Quiz, QuizPolicy, QuizWords
from quizzes.practice.scenes import PRACTICE
from quizzes.risk.quiz import RiskPolicy, RiskQuiz, RiskWords
from quizzes.signs.quiz import Sign, SignsPolicy, SignsQuiz, SignsWords, VerdictWords, Way, WayWords

Policy = TypeVar("Policy", bound=QuizPolicy)
Words = TypeVar("Words", bound=QuizWords)
#: The HTML that is said of an option, by question and option.
Feedback = Mapping[tuple[str, str], str]


def load_quiz(loader: Loader, words_loader: Loader, checklist: ChecklistLibrary) -> Quiz:
    """Return the quiz of two files, by the scheme that its policy names. Raise ContentErrors with every fault."""
    load_by_scheme = {"risk": _load_risk, "signs": _load_signs}
    scheme = loader.toml().get("scheme")
    load = load_by_scheme.get(str(scheme))
    if load is None:
        raise loader.error("scheme", f"unknown scheme {scheme!r}", listed(load_by_scheme))
    return load(loader, words_loader, checklist)


def _load_risk(loader: Loader, words_loader: Loader, checklist: ChecklistLibrary) -> RiskQuiz:
    policy, words, feedback = _read(RiskPolicy, RiskWords, loader, words_loader, checklist)
    _check_risk(policy, words, checklist, loader, words_loader)
    loader.raise_if_any()
    questions = _questions(policy, words, feedback)
    return RiskQuiz(id=loader.path.stem, policy=policy, words=words, questions=questions)


def _load_signs(loader: Loader, words_loader: Loader, checklist: ChecklistLibrary) -> SignsQuiz:
    policy, words, feedback = _read(SignsPolicy, SignsWords, loader, words_loader, checklist)
    _check_signs(policy, words, checklist, loader, words_loader)
    loader.raise_if_any()
    labels = {id: option.label for question in words.questions.values() for id, option in question.options.items()}
    signs = {
        id: Sign(
            id=id,
            weight=sign.weight,
            label=labels[id],
            line_html=words_loader.html(words.signs[id].line, f"signs.{id}.line"),
            more=sign.link,
        )
        for id, sign in policy.signs.items()
    }
    ways = {id: _ways(verdict, words_loader.below(f"verdicts.{id}")) for id, verdict in words.verdicts.items()}
    given = words_loader.html(words.given, "given") if words.given else ""
    loader.raise_if_any()
    return SignsQuiz(
        id=loader.path.stem,
        policy=policy,
        words=words,
        questions=_questions(policy, words, feedback),
        signs=signs,
        ways=ways,
        given_html=given,
    )


def _read(
    policy_model: type[Policy],
    words_model: type[Words],
    loader: Loader,
    words_loader: Loader,
    checklist: ChecklistLibrary,
) -> tuple[Policy, Words, Feedback]:
    """Return the policy, the words and the feedback of a quiz, and collect the faults that any scheme can have."""
    policy, words = loader.try_read(policy_model), words_loader.try_read(words_model)
    loader.raise_if_any()
    assert policy is not None
    assert words is not None
    _check_policy(policy, words, checklist, loader)
    words_loader.check_words(words.questions, policy.questions, "questions")
    for id in policy.questions.keys() & words.questions.keys():
        options = policy.questions[id].options
        words_loader.check_words(words.questions[id].options, options, f"questions.{id}.options")
    feedback = {
        (id, option_id): words_loader.html(option.feedback, f"questions.{id}.options.{option_id}.feedback")
        for id, question in words.questions.items()
        for option_id, option in question.options.items()
    }
    return policy, words, feedback


def _questions(policy: QuizPolicy, words: QuizWords, feedback: Feedback) -> dict[str, Question]:
    """Return the questions as they are asked."""
    questions: dict[str, Question] = {}
    for id, asked in policy.questions.items():
        worded = words.questions[id]
        options = {
            option: Option(
                id=option,
                policy=asked.options[option],
                label=worded.options[option].label,
                feedback_html=feedback[id, option],
            )
            for option in asked.options
        }
        questions[id] = Question(
            id=id, kind=asked.kind, ask_if=asked.ask_if, title=worded.title, hint=worded.hint, options=options
        )
    return questions


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


def _check_policy(policy: QuizPolicy, words: QuizWords, checklist: ChecklistLibrary, loader: Loader) -> None:
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
            here.check_known([option.urgent], checklist.cases, f"options.{option_id}", "case")
            if option.urgent in checklist.cases:
                forms = checklist.cases[option.urgent].forms
                here.check_known([option.urgent_form], forms, f"options.{option_id}", "form")
        earlier[id] = question


def _check_risk(
    policy: RiskPolicy,
    words: RiskWords,
    checklist: ChecklistLibrary,
    loader: Loader,
    words_loader: Loader,
) -> None:
    """Check every dimension, exposure, step, earlier question and channel that a quiz with points names."""
    loader.check_known(policy.exposures, checklist.exposures, "exposures", "exposure")
    for id, exposure in policy.exposures.items():
        loader.check_known(
            (*exposure.by_dimension, *exposure.reaches), policy.dimensions, f"exposures.{id}", "dimension"
        )
        loader.check_known([exposure.of], policy.exposures, f"exposures.{id}.of", "exposure")
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
            here.check_known([option.remedy], checklist.steps, place, "step")
        earlier.append(id)
    loader.check_known(policy.channels, loader.lexicon.channels, "channels", "channel")
    words_loader.check_known(words.dimension_notes, policy.dimensions, "dimension_notes", "dimension")
    words_loader.check_words(words.dimensions, policy.dimensions, "dimensions")
    words_loader.check_words(words.bands, policy.bands, "bands")


def _check_signs(
    policy: SignsPolicy, words: SignsWords, checklist: ChecklistLibrary, loader: Loader, words_loader: Loader
) -> None:
    """Check that every sign and verdict has words, and that every link and tie exists."""
    words_loader.check_words(words.signs, policy.signs, "signs")
    words_loader.check_words(words.verdicts, policy.verdicts, "verdicts")
    # A result names what a sign leads to by its title, which former steps and pages beside the quizzes do not have.
    titled = loader.knowing(step=checklist.steps, quiz={*loader.known["quiz"]} - {PRACTICE, *LINKED})
    for id, sign in policy.signs.items():
        titled.check_links([sign.link], f"signs.{id}.more")
    for id, tie in policy.ties.items():
        loader.check_links([tie.link], f"ties.{id}.leaving")
    for id, verdict in words.verdicts.items():
        for number, way in enumerate(verdict.ways):
            words_loader.check_known(way.ties, policy.ties, f"verdicts.{id}.ways.{number}.ties", "tie")
