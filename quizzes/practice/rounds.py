"""A round of practice: its eight scenes, the reader's answers, and their outcome.

One cookie, `q.practice`, keeps it:

    2.07s03f.1f.m    round 2; scene 7 called suspicious, 3 fine; the bits of 1f seen in earlier rounds; half sure

The number of the round and the scenes seen decide which scenes it has, and their order:
nothing is random. The cookie is parsed strictly and is not signed; what can't be read is
left out. Answers name scenes by number, so if a scene is removed, only its answer is lost.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from core.content.labels import Labelled
from quizzes.practice.scenes import LENGTH, Scene

COOKIE = "q.practice"
ROUND = re.compile(r"[0-9]{1,3}", re.ASCII)
WRITTEN = re.compile(r"(?:[0-9]{2}[sf])*", re.ASCII)
SEEN = re.compile(r"[0-9a-f]{1,25}", re.ASCII)
#: After this round, rounds are counted from 1 again. Only a reader's first round is 0.
MOST_ROUNDS = 999
#: Of each kind, harmless and suspicious, a round has at least these many.
LEAST = 2


class Answer(Labelled):
    """What a reader says of a scene."""

    SUSPICIOUS = "suspicious", "可疑"
    FINE = "fine", "没问题"


class Sureness(Labelled):
    """How sure the reader was of a whole round."""

    SURE = "sure", "很有把握"
    HALF = "half", "有几条拿不准"
    GUESS = "guess", "多半靠猜"


ANSWERS = {"s": Answer.SUSPICIOUS, "f": Answer.FINE}
SURENESSES = {"y": Sureness.SURE, "m": Sureness.HALF, "n": Sureness.GUESS}


@dataclass(frozen=True)
class Round:
    """One round: its scenes in order, and the answers to the first of them.

    `seen` are the numbers of the scenes seen in earlier rounds; it is emptied once it has all.
    """

    number: int
    seen: frozenset[int]
    scenes: tuple[Scene, ...]
    answers: dict[str, Answer]
    sureness: Sureness | None = None

    @property
    def next(self) -> Scene | None:
        """Return the first scene without an answer; None at the end."""
        return next((scene for scene in self.scenes if scene.id not in self.answers), None)

    def can_show(self, scene: Scene) -> bool:
        """Return whether the reader may be at this scene: it was answered, or is the next one."""
        return scene.id in self.answers or scene == self.next

    def position(self, scene: Scene) -> int:
        """Return the position of the scene in the round, from 1."""
        return self.scenes.index(scene) + 1

    def before(self, scene: Scene) -> Scene | None:
        """Return the scene one screen back, None at the first."""
        return self.scenes[self.scenes.index(scene) - 1] if self.scenes.index(scene) else None

    def after(self, scene: Scene) -> Scene | None:
        """Return the scene one screen on; None after the last."""
        rest = self.scenes[self.position(scene) :]
        return rest[0] if rest else None

    def was_right(self, scene: Scene) -> bool:
        return (self.answers[scene.id] is Answer.SUSPICIOUS) == scene.suspicious

    def answered(self, scene: Scene, answer: Answer) -> "Round":
        """Return this round with an answer to a scene. The first one counts."""
        return self if scene.id in self.answers else replace(self, answers=self.answers | {scene.id: answer})

    def how_sure(self, sureness: Sureness) -> "Round":
        return replace(self, sureness=sureness)

    @property
    def outcome(self) -> "RoundOutcome":
        """Return the outcome of the answers."""

        def those(suspicious: bool, right: bool) -> tuple[Scene, ...]:
            answered = (scene for scene in self.scenes if scene.id in self.answers)
            return tuple(
                scene for scene in answered if (scene.suspicious, self.was_right(scene)) == (suspicious, right)
            )

        return RoundOutcome(those(True, True), those(True, False), those(False, False), those(False, True))


@dataclass(frozen=True)
class RoundOutcome:
    """Suspicious scenes caught and missed; harmless ones taken for suspicious, and trusted."""

    caught: tuple[Scene, ...]
    missed: tuple[Scene, ...]
    alarms: tuple[Scene, ...]
    trusted: tuple[Scene, ...]

    @property
    def suspicious(self) -> int:
        return len(self.caught) + len(self.missed)

    @property
    def harmless(self) -> int:
        return len(self.alarms) + len(self.trusted)


def deal(scenes: Sequence[Scene], seen: Iterable[int], number: int) -> tuple[Scene, ...]:
    """Return the scenes of round `number`, in order.

    Unseen scenes are taken first, harmless and suspicious ones in the proportion that they have.
    Round 0 takes them in the order of the policy, easy ones first.
    """

    def shuffled(scene: Scene) -> bytes:
        return sha256(f"{number} {scene.number}".encode()).digest()

    order = list(scenes) if number == 0 else sorted(scenes, key=shuffled)
    seen = frozenset(seen)
    fresh = [scene for scene in order if scene.number not in seen]
    if not fresh:
        fresh, seen = order, frozenset()
    ranked = [*fresh, *(scene for scene in order if scene.number in seen)]
    harmless = sum(not scene.suspicious for scene in fresh)
    if len(fresh) >= LENGTH:
        share = harmless * LENGTH // len(fresh)
    else:
        share = harmless + (LENGTH - len(fresh)) // 3
    share = min(max(share, LEAST), LENGTH - LEAST)
    taken = [scene for scene in ranked if not scene.suspicious][:share]
    taken += [scene for scene in ranked if scene.suspicious][: LENGTH - share]
    taken += [scene for scene in ranked if scene not in taken][: LENGTH - len(taken)]
    return tuple(scene for scene in order if scene in taken)


def read_round(cookie: str, scenes: Sequence[Scene]) -> Round:
    """Return the round that a cookie keeps. Any string gives one; numbers that no scene has are left out."""
    number, written, seen, sureness = (*cookie.split("."), "", "", "", "")[:4]
    by_number = {scene.number: scene for scene in scenes}
    answers: dict[str, Answer] = {}
    if WRITTEN.fullmatch(written):
        for place in range(0, len(written), 3):
            scene = by_number.get(int(written[place : place + 2]))
            if scene and len(answers) < LENGTH:
                answers.setdefault(scene.id, ANSWERS[written[place + 2]])
    bits = int(seen, 16) if SEEN.fullmatch(seen) else 0
    before = frozenset(scene.number for scene in scenes if bits >> scene.number & 1)
    which = int(number) if ROUND.fullmatch(number) else 0
    answered = [scene for id in answers for scene in scenes if scene.id == id]
    rest = [scene for scene in deal(scenes, before, which) if scene.id not in answers]
    round = Round(which, before, (*answered, *rest)[:LENGTH], answers)
    return replace(round, sureness=SURENESSES.get(sureness)) if round.next is None else round


def write_round(round: Round) -> str:
    """Return a round as a cookie string."""
    letters = {answer: letter for letter, answer in ANSWERS.items()}
    by_id = {scene.id: scene for scene in round.scenes}
    answers = "".join(f"{by_id[id].number:02}{letters[answer]}" for id, answer in round.answers.items())
    sureness = next((letter for letter, sure in SURENESSES.items() if sure is round.sureness), "")
    return f"{round.number}.{answers}.{sum(1 << number for number in round.seen):x}.{sureness}"


def next_round(round: Round, scenes: Sequence[Scene]) -> Round:
    """Return the round after this one. A round without answers is not skipped, so asking twice changes nothing."""
    if not round.answers:
        return round
    seen = round.seen | {scene.number for scene in round.scenes if scene.id in round.answers}
    if all(scene.number in seen for scene in scenes):
        seen = frozenset()
    number = round.number % MOST_ROUNDS + 1
    return Round(number, seen, deal(scenes, seen, number), {})
