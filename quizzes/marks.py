"""Cut messages at the places of their signs, and letter the marks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from quizzes.check.amounts import Span

#: Places that are marked for one sign.
MOST_MARKS = 3
#: The letters of the marks: 甲, 乙, 丙 … Beyond the tenth, the number is shown.
LETTERS = "甲乙丙丁戊己庚辛壬癸"


def letter(number: int) -> str:
    """Return the letter by which a sign is marked and listed."""
    return LETTERS[number - 1] if number <= len(LETTERS) else str(number)


@dataclass(frozen=True)
class Piece:
    """A stretch of a message; `cue` is the number of its sign, 0 if it is none."""

    text: str
    cue: int = 0

    @property
    def letter(self) -> str:
        return letter(self.cue) if self.cue else ""


def cut(
    messages: Sequence[str], places: Mapping[int, list[tuple[int, Span]]]
) -> tuple[tuple[tuple[Piece, ...], ...], set[int]]:
    """Return the messages cut at the places of the signs, and the numbers of the signs that are marked.

    `places` are by the number of the sign; where two overlap, the one that comes first keeps its place whole.
    """
    marked: set[int] = set()
    messages_cut = []
    for number, message in enumerate(messages):
        owners = [0] * len(message)
        for cue, found in places.items():
            for start, end in _merged([span for at, span in found if at == number])[:MOST_MARKS]:
                if not any(owners[start:end]):
                    owners[start:end] = [cue] * (end - start)
                    marked.add(cue)
        messages_cut.append(tuple(Piece(*each) for each in stretches(message, owners)))
    return tuple(messages_cut), marked


def _merged(spans: Sequence[Span]) -> list[Span]:
    """Return spans with those that overlap made one, the longest first."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return sorted(merged, key=lambda span: span[0] - span[1])


def stretches(message: str, owners: Sequence[int]) -> Iterable[tuple[str, int]]:
    """Yield the longest pieces of a message whose characters have the same owner, each with its owner."""
    start = 0
    for at in range(1, len(message) + 1):
        if at == len(message) or owners[at] != owners[start]:
            yield message[start:at], owners[start]
            start = at
