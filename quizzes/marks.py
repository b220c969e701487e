"""Cut messages at the places of their signs, and letter the marks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from quizzes.check.amounts import Span

#: Places of one sign with at most `NEAR` characters between them share a mark of at most `LONGEST` characters.
NEAR, LONGEST = 4, 24
#: Words of signs that would explain nothing if they were marked alone.
PALE = frozenset(("您", "您的", "你", "你的", "我是", "您好", "你好", "亲", "给您", "给你"))
#: No mark goes beyond the end of a sentence.
ENDS = frozenset("。！？!?；;\n")
#: The letters of the marks: 甲, 乙, 丙 … Beyond the tenth, the number is shown.
LETTERS = "甲乙丙丁戊己庚辛壬癸"


def letter(number: int) -> str:
    """Return the letter by which a sign is marked and listed, "" for 0."""
    if not number:
        return ""
    return LETTERS[number - 1] if number <= len(LETTERS) else str(number)


@dataclass(frozen=True)
class Piece:
    """A stretch of a message; `cue` is the number of its sign or of its cue in a scene, 0 if it is none."""

    text: str
    cue: int = 0

    @property
    def letter(self) -> str:
        return letter(self.cue)


def cut(
    messages: Sequence[str], places: Mapping[str, list[tuple[int, Span]]]
) -> tuple[tuple[tuple[Piece, ...], ...], list[str]]:
    """Return the messages cut at one mark for each sign, and the marked signs in the order of their marks.

    `places` are by sign; where two overlap, the first sign is marked there, and the
    other one at another of its places, or not at all.
    """
    marks: dict[str, tuple[int, Span]] = {}
    taken = [bytearray(len(message)) for message in messages]
    for sign, found in places.items():
        for number, (start, end) in _candidates(messages, found):
            if not any(taken[number][start:end]):
                taken[number][start:end] = b"\1" * (end - start)
                marks[sign] = (number, (start, end))
                break
    order = sorted(marks, key=marks.__getitem__)
    owners = [[0] * len(message) for message in messages]
    for cue, sign in enumerate(order, 1):
        number, (start, end) = marks[sign]
        owners[number][start:end] = [cue] * (end - start)
    cuts = zip(messages, owners, strict=True)
    return tuple(tuple(Piece(*each) for each in stretches(*one)) for one in cuts), order


def _candidates(messages: Sequence[str], found: list[tuple[int, Span]]) -> list[tuple[int, Span]]:
    """Return the places that may be marked, the longest first: neighbours joined, then each place alone.

    Only places in one sentence are joined.
    """
    joined: list[tuple[int, Span]] = []
    for number, (start, end) in sorted(found):
        if joined and joined[-1][0] == number:
            first, last = joined[-1][1]
            near = start <= last or (
                start - last <= NEAR and end - first <= LONGEST and not ENDS & {*messages[number][last:start]}
            )
            if near:
                joined[-1] = (number, (first, max(end, last)))
                continue
        joined.append((number, (start, end)))
    candidates = [*sorted(joined, key=_shortness), *sorted(found, key=_shortness)]
    return [(number, (start, end)) for number, (start, end) in candidates if messages[number][start:end] not in PALE]


def _shortness(place: tuple[int, Span]) -> int:
    return place[1][0] - place[1][1]


def stretches(message: str, owners: Sequence[int]) -> Iterable[tuple[str, int]]:
    """Yield the longest pieces of a message whose characters have the same owner, each with its owner."""
    start = 0
    for at in range(1, len(message) + 1):
        if at == len(message) or owners[at] != owners[start]:
            yield message[start:at], owners[start]
            start = at
