"""The real scenes: enough of them, a third harmless, nobody real named, and nothing given away by a title."""

import re

import quizzes.library
from guide.editorial.citations import DOMAIN, FILES
from quizzes.practice.rounds import Answer, read_round, write_round
from quizzes.practice.scenes import LENGTH, Scene, SceneKind
from tests.collecting import for_each
from tests.content.words import hans, sentences

PRACTICE = quizzes.library.current().practice
SCENES = list(PRACTICE.scenes.values())
#: What the practice has to show.
TACTICS = {
    "code", "paid-help", "unknown-app", "odd-link", "fake-service", "brushing",
    "fee", "sign-in", "poster", "lend-account", "shills", "secrecy",
    "threat", "off-platform", "hand-over", "borrowed-face", "family-card",
}  # fmt: skip
#: Words that would answer the question before it is asked.
TELLING = re.compile(r"可疑|没问题|骗|假|真的|当心|小心")


def said(scene: Scene) -> str:
    """All that is read before the answer."""
    words = [field for message in scene.words.messages for field in (message.sender, *message.fields)]
    return "\n".join([scene.title, scene.words.setting, *words])


def test_has_scenes_enough_and_a_third_of_them_harmless() -> None:
    harmless = [scene for scene in SCENES if not scene.suspicious]
    assert len(SCENES) >= 16
    assert len(harmless) >= 6
    assert 3 * len(harmless) >= len(SCENES)


def test_shows_every_tactic_and_every_kind() -> None:
    assert PRACTICE.words.tactics.keys() == TACTICS
    assert {scene.kind for scene in SCENES} == set(SceneKind)


def test_begins_with_three_harmless_ones_of_eight() -> None:
    first = read_round("", SCENES).scenes
    assert first == tuple(SCENES[:LENGTH])
    assert sum(not scene.suspicious for scene in first) == 3


@for_each(SCENES)
def test_gives_nothing_away_before_the_answer(scene: Scene) -> None:
    assert hans(scene.title) <= 12
    assert not TELLING.search(scene.title + scene.words.setting)


@for_each(SCENES)
def test_fits_on_a_phone(scene: Scene) -> None:
    assert len(scene.messages) <= 8
    assert hans(said(scene)) <= 180


@for_each(SCENES)
def test_explains_in_two_sentences_and_marks_two_places(scene: Scene) -> None:
    assert len(sentences(scene.words.explanation)) <= 3
    assert len(scene.cues) >= 2


@for_each(SCENES)
def test_names_no_host_that_could_exist(scene: Scene) -> None:
    hosts = [name for name in DOMAIN.findall(said(scene)) if name.rpartition(".")[2] not in FILES]
    assert all(name.endswith(".example") for name in hosts)


@for_each(SCENES)
def test_names_no_number_to_dial(scene: Scene) -> None:
    assert not re.search(r"\d{7,}|1[3-9]\d-|400-", said(scene))


def test_keeps_a_round_in_ninety_characters() -> None:
    round = read_round(f"999..{sum(1 << scene.number for scene in SCENES[LENGTH:]):x}.", SCENES)
    for scene in round.scenes:
        round = round.answered(scene, Answer.SUSPICIOUS)
    assert len(write_round(round) + "y") <= 90
