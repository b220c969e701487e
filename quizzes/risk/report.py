"""Report on a quiz with points for its authors: range, routes, stories, unused parts, flow."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from checklist.library import ChecklistLibrary
from quizzes.engine.attempt import replay
from quizzes.engine.quiz import Question, QuestionKind
from quizzes.risk.quiz import RiskQuiz
from quizzes.risk.scoring import band_of, score

#: Longest words in a box of the flow.
BOX = 14


@dataclass(frozen=True)
class StoryResult:
    """The expected and the actual result of a story: a band, or an outcome without a score."""

    name: str
    expected: str
    given: str
    value: int | None
    screens: int


def reachable(quiz: RiskQuiz, critical: Collection[str]) -> tuple[int, int]:
    """Return the lowest and highest risk value, by the mildest and gravest answers on each route."""
    values = []
    for pick in (_mildest, _gravest):
        for first in next(iter(quiz.questions.values())).options:
            attempt = replay(quiz, {next(iter(quiz.questions)): (first,)})
            while attempt.next is not None:
                attempt = replay(quiz, attempt.answers | {attempt.next.id: pick(quiz, attempt.next)})
            if not attempt.ended:
                values.append(score(attempt, critical, ()).value)
    return min(values), max(values)


def _weight(quiz: RiskQuiz, question: str, option: str) -> tuple[int, int]:
    """Return how grave an option is: its points, and whether it handles an exposure."""
    policy = quiz.policy.questions[question].options[option]
    raised = 0 if policy.handled else sum(quiz.policy.exposures[id].points for id in policy.exposures)
    return raised + sum(policy.points.values()), 0 if policy.handles or policy.handled else 1


def _mildest(quiz: RiskQuiz, question: Question) -> tuple[str, ...]:
    return (min(question.options, key=lambda id: _weight(quiz, question.id, id)),)


def _gravest(quiz: RiskQuiz, question: Question) -> tuple[str, ...]:
    if question.kind is QuestionKind.MULTI:
        return tuple(id for id, option in question.options.items() if not option.policy.exclusive)
    return (max(question.options, key=lambda id: _weight(quiz, question.id, id)),)


def routes(quiz: RiskQuiz) -> dict[str, tuple[int, int]]:
    """Return the fewest and the most screens by the first answer."""
    first = next(iter(quiz.questions))
    return {
        option: (min(screens), max(screens))
        for option in quiz.questions[first].options
        for screens in [list(_screens(quiz, {first: (option,)}))]
    }


def _screens(quiz: RiskQuiz, answers: Mapping[str, tuple[str, ...]]) -> Iterator[int]:
    """Return the number of screens of each route. Options that lead to the same questions are tried once."""
    attempt = replay(quiz, answers)
    if attempt.next is None:
        yield len(attempt.answers)
        return
    asked = attempt.next
    asking = [later.ask_if[asked.id] for later in quiz.questions.values() if asked.id in later.ask_if]
    kinds = {tuple(option in names for names in asking): option for option in asked.options}
    for option in kinds.values():
        yield from _screens(quiz, {**attempt.answers, asked.id: (option,)})


def story_results(quiz: RiskQuiz, stories: Mapping[str, Any], critical: Collection[str]) -> list[StoryResult]:
    """Return each story with the quiz's result. A story has `answers`, and a `band` or an `outcome`."""
    found = []
    for name, story in stories.items():
        attempt = replay(quiz, {id: tuple(options) for id, options in story["answers"].items()})
        outcome = None if attempt.ended or not attempt.finished else score(attempt, critical, ())
        given = attempt.ended or (band_of(quiz.policy, outcome.value) if outcome else "unfinished")
        expected = story.get("band") or story.get("outcome", "")
        found.append(StoryResult(name, expected, given, outcome.value if outcome else None, len(attempt.answers)))
    return found


def unused(quiz: RiskQuiz, stories: Mapping[str, Any]) -> list[str]:
    """Return the options that change nothing and that no story chooses."""
    chosen = {(id, name) for story in stories.values() for id, names in story["answers"].items() for name in names}
    asked_for = {
        (id, name) for later in quiz.questions.values() for id, names in later.ask_if.items() for name in names
    }
    return [
        f"{id}.{name}"
        for id, question in quiz.policy.questions.items()
        for name, option in question.options.items()
        if (id, name) not in chosen | asked_for
        and not (
            option.points or option.exposures or option.handles or option.doubts or option.ends or option.exclusive
        )
    ]


def unraised(quiz: RiskQuiz, checklist: ChecklistLibrary) -> list[str]:
    """Return the exposures of the checklist that no option raises."""
    raised = {id for asked in quiz.policy.questions.values() for one in asked.options.values() for id in one.exposures}
    return [id for id in checklist.exposures if id not in raised]


def remedies(quiz: RiskQuiz) -> list[tuple[str, str, str]]:
    """Return every option with points for its habit: its place, the points, and the step that takes them away."""
    return [
        (f"{id}.{name}", " ".join(f"{area}+{more}" for area, more in option.points.items()), option.remedy or "")
        for id, question in quiz.policy.questions.items()
        for name, option in question.options.items()
        if any(option.points.values())
    ]


def flow(quiz: RiskQuiz) -> str:
    """Return the quiz as a Mermaid flowchart: the questions in order, and what leads to each follow-up."""
    lines = ["flowchart TD"]
    before = ""
    for id, question in quiz.questions.items():
        lines.append(f'  {id}["{_box(question.title)}"]')
        if before:
            lines.append(f"  {before} --> {id}")
        for asked, options in question.ask_if.items():
            if len(options) < len(quiz.questions[asked].options):
                labels = "、".join(_box(quiz.questions[asked].options[option].label) for option in options[:2])
                lines.append(f'  {asked} -. "{labels}{"…" if len(options) > 2 else ""}" .-> {id}')
        for option in question.options.values():
            if option.policy.ends:
                end = quiz.words.outcomes[option.policy.ends]
                lines.append(
                    f'  {id} -- "{_box(option.label)}" --> outcome-{option.policy.ends}(["{_box(end.title)}"])'
                )
        before = id
    lines.append(f'  {before} --> result(["结果"])')
    return "\n".join(lines)


def _box(words: str) -> str:
    return (words if len(words) <= BOX else words[:BOX] + "…").replace('"', "'")


def report(quiz: RiskQuiz, checklist: ChecklistLibrary, stories: Mapping[str, Any]) -> str:
    """Return the whole report as Markdown."""
    critical = {id for id, exposure in checklist.exposures.items() if exposure.critical}
    low, high = reachable(quiz, critical)
    lines = [f"## {quiz.id}, version {quiz.policy.version}", "", f"Risk value: {low} to {high}.", ""]
    lines += ["| first answer | fewest screens | most screens |", "|---|---|---|"]
    lines += [f"| {name} | {few} | {many} |" for name, (few, many) in routes(quiz).items()]
    if stories:
        lines += ["", "| story | expected | given | value | screens |", "|---|---|---|---|---|"]
        for one in story_results(quiz, stories, critical):
            given = one.given if one.given == one.expected else f"**{one.given}**"
            value = "–" if one.value is None else one.value
            lines.append(f"| {one.name} | {one.expected} | {given} | {value} | {one.screens} |")
    lines += ["", "| option | points | taken away by |", "|---|---|---|"]
    lines += [f"| {where} | {points} | {step} |" for where, points, step in remedies(quiz)]
    lines += [
        "",
        f"Options that change nothing and that no story chooses: {', '.join(unused(quiz, stories)) or 'none'}.",
    ]
    lines += ["", f"Exposures that nothing raises: {', '.join(unraised(quiz, checklist)) or 'none'}."]
    return "\n".join(lines)
