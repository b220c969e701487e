"""Load the scenes of the practice: the policy and the words of each, with its cues in its messages."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, model_validator

from core.content.files import Id, Model, Text
from core.content.labels import Labelled
from core.content.loader import LANGUAGE, Loader
from core.content.markup import Link, render
from guide.pages import LinkText
from guide.sources import Source

#: Scenes in a round.
LENGTH = 8
#: What stands where a scene's id stands in an address.
RESERVED = frozenset({"next", "sure", "result", "method", "again"})
#: The practice's own id, which no quiz may have.
PRACTICE = "practice"
POLICY = "scenes"


#: The colours of the squares with the senders' initials. They follow the order of the senders, and tell nothing.
TINTS = 3


class SceneKind(Labelled):
    """How a scene is drawn."""

    GROUP = "group", "群聊"
    PRIVATE = "private", "单独聊天"
    LINK = "link", "链接"
    CODE = "code", "图片和二维码"
    CALL = "call", "电话"
    PAGE = "page", "页面"
    TALK = "talk", "当面说"


class Role(Labelled):
    """Who a sender is to the reader, as far as the reader can know."""

    YOU = "you", "你"
    FAMILY = "family", "家人"
    FRIEND = "friend", "朋友"
    NEIGHBOUR = "neighbour", "邻居"
    MEMBER = "member", "群友"
    OWNER = "owner", "群主"
    STRANGER = "stranger", "不认识"
    SERVICE = "service", "自称客服"
    SCREEN = "screen", "屏幕上"


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
        """Return the texts of the message, in reading order."""
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
    tint: int

    @property
    def initial(self) -> str:
        """Return the first character of the sender, which stands in the coloured square."""
        return self.sender[:1]


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
    """All scenes by id, in the order of the policy, with the words of the practice."""

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


def load(root: Path, tree: Loader) -> Practice:
    """Return the practice under `root`. Raise ContentErrors with every fault."""
    loader = tree.at(root / "policy" / f"{POLICY}.toml").alone()
    words_loader = loader.at(root / "content" / LANGUAGE / f"{PRACTICE}.toml")
    policy, words = loader.try_read(ScenesPolicy), words_loader.try_read(PracticeWords)
    loader.raise_if_any()
    assert policy is not None
    assert words is not None
    _check_tactics(policy, words, loader, words_loader)
    method = render(words.method, loader.lexicon)
    words_loader.check_marks(method, "method")
    words_loader.check_links(method.links, "method")
    folder = words_loader.path.parent / "scenes"
    for file in sorted(folder.glob("*.toml")):
        if file.stem not in policy.scenes:
            allowed = f"[scenes.{file.stem}] in {loader.path.name}"
            loader.at(file).fault("file", f"no policy for the scene {file.stem!r}", allowed)
    scenes: dict[str, Scene] = {}
    for id, entry in policy.scenes.items():
        if id in RESERVED:
            loader.fault(f"scenes.{id}", "a reserved word", f"any id but {', '.join(sorted(RESERVED))}")
        with loader.collect():
            tactic = words.tactics.get(entry.tactic) if entry.tactic else None
            scenes[id] = _scene(entry, tactic, loader.at(folder / f"{id}.toml").alone())
    loader.raise_if_any()
    sources = tuple(loader.lexicon.sources[id] for id in method.citations)
    return Practice(words, policy.version, policy.order, scenes, method.html, sources)


def _check_tactics(policy: ScenesPolicy, words: PracticeWords, loader: Loader, words_loader: Loader) -> None:
    """Check that policy, words and scenes name the same tactics."""
    used = {scene.tactic for scene in policy.scenes.values()} - {None}
    for id, scene in policy.scenes.items():
        loader.check_known([scene.tactic], policy.tactics, f"scenes.{id}", "tactic")
    for id in policy.tactics:
        if id not in used:
            loader.fault("tactics", f"no scene shows {id!r}")
        if id not in words.tactics:
            words_loader.fault("tactics", f"no words for {id!r}")
    words_loader.check_known(words.tactics, policy.tactics, "tactics", "tactic")


def _scene(policy: ScenePolicy, tactic: Tactic | None, loader: Loader) -> Scene:
    """Return one scene. Its notes and its explanation are read in that order, so that a word is explained once."""
    loader.check_id()
    words = loader.read(SceneWords)
    messages: list[Message] = []
    cues: list[CueWords] = []
    senders = list(dict.fromkeys(message.sender for message in words.messages))
    for position, message in enumerate(words.messages):
        pieces, found = _marked(message, len(cues) + 1, loader.below(f"messages.{position}.cues"))
        cues += found
        text, card_title, card_host = pieces
        tint = senders.index(message.sender) % TINTS
        messages.append(Message(message.sender, message.role, message.code, text, card_title, card_host, tint))
    if not cues:
        loader.fault("messages", "no cue", "one cue or more: what gives it away, or why it is fine")
    sources = loader.cited(words.sources)
    kind, _, target = words.to.partition(":")
    loader.check_links([Link(kind, target)], "to")
    html = _explained(cues, words.explanation, loader)
    loader.raise_if_any()
    return Scene(
        id=loader.path.stem,
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


def _explained(cues: list[CueWords], explanation: str, loader: Loader) -> list[str]:
    """Return the notes of the cues and the explanation as HTML, in that order."""
    glossed: list[str] = []
    html = []
    for where, text in [*((f"cue {cue.mark!r}", cue.note) for cue in cues), ("explanation", explanation)]:
        line = loader.line(text, where, glossed)
        if line.citations:
            loader.fault(where, "cites a source", "the key sources")
        glossed = line.terms
        html.append(line.html)
    return html


def _marked(message: MessageWords, first: int, loader: Loader) -> tuple[list[tuple[ScenePiece, ...]], list[CueWords]]:
    """Return the fields of a message in pieces, and its cues in reading order, numbered from `first`."""
    fields = message.fields
    found: list[tuple[int, int, CueWords]] = []
    for cue in message.cues:
        count = sum(field.count(cue.mark) for field in fields)
        if count != 1:
            allowed = "words that stand exactly once in the message"
            loader.fault("", f"the mark {cue.mark!r} stands {count} times", allowed)
        else:
            [(number, field)] = [(number, field) for number, field in enumerate(fields) if cue.mark in field]
            found.append((number, field.find(cue.mark), cue))
    found.sort(key=lambda place: place[:2])
    pieces: list[tuple[ScenePiece, ...]] = []
    for number, field in enumerate(fields):
        parts: list[ScenePiece] = []
        end = 0
        for cue_number, (at, start, cue) in enumerate(found, first):
            if at != number:
                continue
            if start < end:
                loader.fault("", f"the mark {cue.mark!r} begins inside another", "marks side by side")
                continue
            parts += [ScenePiece(field[end:start]), ScenePiece(cue.mark, cue_number)]
            end = start + len(cue.mark)
        parts.append(ScenePiece(field[end:]))
        pieces.append(tuple(piece for piece in parts if piece.text))
    return pieces, [cue for _, _, cue in found]
