"""Totals of the quiz statistics for staff, from which nobody can derive the answers of a few.

A figure below twenty is hidden. All others are rounded down to tens, so that a
hidden one can't be worked out from a total and its neighbours, nor from two spans
of days that overlap. A share is a share of rounded figures.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from quizzes.engine.quiz import Quiz
from quizzes.statistics.counting import RESULT

LEAST = 20
STEP = 10

#: How often each option was chosen, by question and option.
Sums = Mapping[tuple[str, str], int]


@dataclass(frozen=True)
class TotalsRow:
    """An option: its words (its id, if the quiz no longer has it), count and share; None is hidden."""

    option: str
    count: int | None
    percent: int | None


@dataclass(frozen=True)
class Table:
    """A question with its options, or the results."""

    title: str
    rows: list[TotalsRow]


def shown(count: int) -> int | None:
    """Return a count as it may be seen: rounded down to tens; None if it is below twenty."""
    return count // STEP * STEP if count >= LEAST else None


def finished(sums: Sums) -> int:
    """Return how many attempts came to a result: each comes to one."""
    return sum(count for (question, _), count in sums.items() if question == RESULT)


def tables(sums: Sums, quiz: Quiz | None, names: Mapping[str, str]) -> list[Table]:
    """Results first, then each question: those of the quiz in its order, then those that it no longer has.

    `quiz` is None if no version of it is left; `names` are the titles of results by id.
    """
    base = shown(finished(sums))
    counted: dict[str, dict[str, int]] = {}
    for (question, option), count in sums.items():
        counted.setdefault(question, {})[option] = count
    results = counted.pop(RESULT, {})
    made = [Table(names.get(RESULT, RESULT), _rows(results, dict.fromkeys(results, "") | dict(names), base))]
    known = quiz.questions if quiz else {}
    for id in [*known, *(id for id in counted if id not in known)]:
        labels = {option.id: option.label for option in known[id].options.values()} if id in known else {}
        title = known[id].title if id in known else id
        made.append(Table(title, _rows(counted.get(id, {}), labels, base)))
    return made


def _rows(counts: Mapping[str, int], labels: Mapping[str, str], base: int | None) -> list[TotalsRow]:
    ids = [*(id for id in labels if id != RESULT), *(id for id in counts if id not in labels)]
    return [_row(labels.get(id) or id, shown(counts.get(id, 0)), base) for id in ids]


def _row(option: str, count: int | None, base: int | None) -> TotalsRow:
    return TotalsRow(option, count, round(100 * count / base) if count is not None and base else None)
