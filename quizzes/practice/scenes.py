"""The scenes of the practice: policy and words of each put together, its cues found in its messages."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, model_validator

from core.content.files import Faults, Id, Model, Text, build, read_toml
from core.content.loader import LANGUAGE, check_id, check_known, check_links, read_line
from core.content.markup import Lexicon, Link, render
from guide.pages import LinkText
from guide.sources import Source, cited

#: Scenes in a round.
LENGTH = 8
#: What stands where a scene's id stands in an address.
RESERVED = frozenset({"next", "sure", "result", "method", "again"})
#: The practice's own id, which no quiz may have.
PRACTICE = "practice"
POLICY = "scenes"


class SceneKind(StrEnum):
    """What a scene is drawn as."""

    GROUP = "group"
    PRIVATE = "private"
    LINK = "link"
    CODE = "code"
    CALL = "call"
    PAGE = "page"
    TALK = "talk"

    @property
    def label(self) -> str:
        return {
            "group": "群聊",
            "private": "单独聊天",
            "link": "链接",
            "code": "图片和二维码",
            "call": "电话",
            "page": "页面",
            "talk": "当面说",
        }[self.value]


class Role(StrEnum):
    """Who a sender is to the reader, as far as the reader can know."""

    YOU = "you"
    FAMILY = "family"
    FRIEND = "friend"
    NEIGHBOUR = "neighbour"
    MEMBER = "member"
    OWNER = "owner"
    STRANGER = "stranger"
    SERVICE = "service"
    SCREEN = "screen"

    @property
    def label(self) -> str:
        return {
            "you": "你",
            "family": "家人",
            "friend": "朋友",
            "neighbour": "邻居",
            "member": "群友",
            "owner": "群主",
            "stranger": "不认识",
            "service": "自称客服",
            "screen": "屏幕上",
        }[self.value]


class ScenePolicy(Model):
    """A scene's number, which stands in cookies and is never reused, how it is drawn, and its tactic.

    A scene without a tactic is harmless.
    """

    number: Annotated[int, Field(ge=1, le=99)]
    kind: SceneKind
    tactic: Id | None = None


class ScenesPolicy(Model):
    """All scenes, in the order in which a first round takes them; `order` is the practice's among the quizzes."""

    version: Annotated[int, Field(ge=1)]
    order: int
    tactics: tuple[Id, ...]
    scenes: dict[Id, ScenePolicy]

    @model_validator(mode="after")
    def _makes_rounds(self) -> Self:
        numbers = [scene.number for scene in self.scenes.values()]
        twice = sorted({number for number in numbers if numbers.count(number) > 1})
        if twice:
            raise ValueError(f"a number is one scene's for ever, and {twice[0]} stands twice")
        harmless = sum(scene.tactic is None for scene in self.scenes.values())
        if len(numbers) < LENGTH or not len(numbers) <= 4 * harmless <= 2 * len(numbers):
            raise ValueError(f"a round needs {LENGTH} scenes or more, of which a quarter to a half are harmless")
        return self


class CueWords(Model):
    """A place in a message, word by word as it stands there, and what it tells."""

    mark: Annotated[Text, Field(max_length=30)]
    note: Text


class CardWords(Model):
    """A link as a chat previews it."""

    title: Text
    host: Text


class MessageWords(Model):
    """One message, line or part of a screen. `code` draws what looks like a QR code, and is none."""

    sender: Annotated[Text, Field(max_length=10)]
    role: Role
    text: str = ""
    card: CardWords | None = None
    code: bool = False
    cues: tuple[CueWords, ...] = ()

    @property
    def fields(self) -> tuple[str, str, str]:
        """What is read of it, in the order of reading."""
        return (self.text, self.card.title, self.card.host) if self.card else (self.text, "", "")


class SceneWords(Model):
    """A scene's words. Title and setting give nothing away; `explanation` says what to do instead."""

    title: Annotated[Text, Field(max_length=14)]
    setting: Annotated[Text, Field(max_length=60)]
    messages: Annotated[tuple[MessageWords, ...], Field(min_length=1)]
    explanation: Text
    to: LinkText
    label: Annotated[Text, Field(max_length=14)]
    sources: tuple[Id, ...] = ()


class Tactic(Model):
    """A way of deceiving: its name, and the sentence that helps against it."""

    title: Annotated[Text, Field(max_length=14)]
    rule: Text


class PracticeWords(Model):
    title: Annotated[Text, Field(max_length=16)]
    summary: Text
    minutes: Annotated[int, Field(ge=1, le=30)]
    intro: Annotated[tuple[Text, ...], Field(min_length=1)]
    tactics: dict[Id, Tactic]
    method: Text


@dataclass(frozen=True)
class ScenePiece:
    """A stretch of a message; `cue` is the number of its cue, 0 where it is none."""

    text: str
    cue: int = 0


@dataclass(frozen=True)
class Message:
    sender: str
    role: Role
    code: bool
    text: tuple[ScenePiece, ...]
    card_title: tuple[ScenePiece, ...]
    card_host: tuple[ScenePiece, ...]


@dataclass(frozen=True)
class Cue:
    number: int
    mark: str
    note_html: str


@dataclass(frozen=True)
class Scene:
    """A scene as it is shown. `tactic` is None where it is harmless."""

    id: str
    number: int
    kind: SceneKind
    tactic: Tactic | None
    words: SceneWords
    messages: tuple[Message, ...]
    cues: tuple[Cue, ...]
    explanation_html: str
    next_address: str
    sources: tuple[Source, ...]

    @property
    def suspicious(self) -> bool:
        return self.tactic is not None

    @property
    def title(self) -> str:
        return self.words.title


@dataclass(frozen=True)
class Practice:
    """All scenes by id, in the order of the policy, and what is said of them."""

    words: PracticeWords
    version: int
    order: int
    scenes: dict[str, Scene]
    method_html: str
    sources: tuple[Source, ...]

    @property
    def id(self) -> str:
        return PRACTICE

    @property
    def title(self) -> str:
        return self.words.title


def load(root: Path, lexicon: Lexicon, known: Mapping[str, Collection[str]]) -> Practice:
    """The practice under `root`; `known` are the ids that a link may name. Raises ContentErrors with every fault."""
    faults = Faults()
    path, words_path = root / "policy" / f"{POLICY}.toml", root / "content" / LANGUAGE / f"{PRACTICE}.toml"
    policy: ScenesPolicy | None = None
    words: PracticeWords | None = None
    with faults.collect():
        policy = build(ScenesPolicy, read_toml(path), path)
    with faults.collect():
        words = build(PracticeWords, read_toml(words_path), words_path)
    faults.raise_if_any()
    assert policy is not None
    assert words is not None
    _check_tactics(policy, words, path, words_path, faults)
    method = render(words.method, lexicon)
    for what, allowed in method.faults:
        faults.add(words_path, "method", what, allowed)
    check_links(method.links, known, words_path, "method", faults)
    files = {file.stem: file for file in sorted((words_path.parent / "scenes").glob("*.toml"))}
    for id in sorted(files.keys() - policy.scenes.keys()):
        faults.add(files[id], "file", f"no policy for the scene {id!r}", f"[scenes.{id}] in {path.name}")
    scenes: dict[str, Scene] = {}
    for id, entry in policy.scenes.items():
        if id in RESERVED:
            faults.add(path, f"scenes.{id}", "a reserved word", f"any id but {', '.join(sorted(RESERVED))}")
        with faults.collect():
            file = words_path.parent / "scenes" / f"{id}.toml"
            check_id(file)
            told = build(SceneWords, read_toml(file), file)
            tactic = words.tactics.get(entry.tactic) if entry.tactic else None
            scenes[id] = _scene(id, entry, tactic, told, file, lexicon, known)
    faults.raise_if_any()
    sources = tuple(lexicon.sources[id] for id in method.citations)
    return Practice(words, policy.version, policy.order, scenes, method.html, sources)


def _check_tactics(policy: ScenesPolicy, words: PracticeWords, path: Path, words_path: Path, faults: Faults) -> None:
    """Policy, words and scenes name the same tactics."""
    used = {scene.tactic for scene in policy.scenes.values()} - {None}
    for id, scene in policy.scenes.items():
        check_known([scene.tactic] if scene.tactic else [], policy.tactics, path, f"scenes.{id}", "tactic", faults)
    for id in policy.tactics:
        if id not in used:
            faults.add(path, "tactics", f"no scene shows {id!r}")
        if id not in words.tactics:
            faults.add(words_path, "tactics", f"no words for {id!r}")
    check_known(words.tactics, policy.tactics, words_path, "tactics", "tactic", faults)


def _scene(
    id: str,
    policy: ScenePolicy,
    tactic: Tactic | None,
    words: SceneWords,
    path: Path,
    lexicon: Lexicon,
    known: Mapping[str, Collection[str]],
) -> Scene:
    """One scene; its notes and its explanation are read in that order, so that a word is explained once."""
    faults = Faults()
    messages: list[Message] = []
    cues: list[CueWords] = []
    for position, message in enumerate(words.messages):
        pieces, found = _marked(message, len(cues) + 1, path, f"messages.{position}", faults)
        cues += found
        messages.append(Message(message.sender, message.role, message.code, *pieces))
    if not cues:
        faults.add(path, "messages", "no cue", "one cue or more: what gives it away, or why it is fine")
    sources = cited(words.sources, lexicon.sources, path, "sources", faults)
    kind, _, target = words.to.partition(":")
    check_links([Link(kind, target)], known, path, "to", faults)
    html = _told(cues, words.explanation, path, lexicon, known, faults)
    faults.raise_if_any()
    return Scene(
        id=id,
        number=policy.number,
        kind=policy.kind,
        tactic=tactic,
        words=words,
        messages=tuple(messages),
        cues=tuple(Cue(number, cue.mark, html[number - 1]) for number, cue in enumerate(cues, 1)),
        explanation_html=html[-1],
        next_address=Link(kind, target).address,
        sources=sources,
    )


def _told(
    cues: list[CueWords],
    explanation: str,
    path: Path,
    lexicon: Lexicon,
    known: Mapping[str, Collection[str]],
    faults: Faults,
) -> list[str]:
    """The notes of the cues and the explanation as HTML, in that order."""
    glossed: list[str] = []
    html = []
    for where, text in [*((f"cue {cue.mark!r}", cue.note) for cue in cues), ("explanation", explanation)]:
        line = read_line(text, lexicon, known, path, where, faults, glossed)
        if line.citations:
            faults.add(path, where, "cites a source", "the key sources")
        glossed = line.terms
        html.append(line.html)
    return html


def _marked(
    message: MessageWords, first: int, path: Path, where: str, faults: Faults
) -> tuple[list[tuple[ScenePiece, ...]], list[CueWords]]:
    """The fields of a message in pieces, and its cues in the order of reading, numbered from `first`."""
    fields = message.fields
    found: list[tuple[int, int, CueWords]] = []
    for cue in message.cues:
        places = [(number, field.find(cue.mark)) for number, field in enumerate(fields) if cue.mark in field]
        if sum(field.count(cue.mark) for field in fields) != 1:
            what = f"the mark {cue.mark!r} stands {sum(field.count(cue.mark) for field in fields)} times"
            faults.add(path, f"{where}.cues", what, "words that stand exactly once in the message")
        else:
            found.append((*places[0], cue))
    found.sort(key=lambda place: place[:2])
    pieces: list[tuple[ScenePiece, ...]] = []
    for number, field in enumerate(fields):
        parts: list[ScenePiece] = []
        end = 0
        for cue_number, (at, start, cue) in enumerate(found, first):
            if at != number:
                continue
            if start < end:
                faults.add(path, f"{where}.cues", f"the mark {cue.mark!r} begins inside another", "marks side by side")
                continue
            parts += [ScenePiece(field[end:start]), ScenePiece(cue.mark, cue_number)]
            end = start + len(cue.mark)
        parts.append(ScenePiece(field[end:]))
        pieces.append(tuple(piece for piece in parts if piece.text))
    return pieces, [cue for _, _, cue in found]
