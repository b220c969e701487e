"""Models of the practice: the policy and the words of each scene, and the scene as it is shown."""

from dataclasses import dataclass
from typing import Annotated, Self

from pydantic import Field, model_validator

from core.content.files import Id, Model, Text
from core.content.labels import Labelled
from guide.pages import LinkText
from guide.sources import Source
from quizzes.marks import Piece

#: Scenes in a round.
LENGTH = 8
#: Words that a URL has in place of a scene's id.
RESERVED = frozenset({"next", "sure", "result", "method", "again"})
#: The practice's own id, which no quiz may have.
PRACTICE = "practice"
POLICY = "scenes"


#: The number of colours of the squares with initials. Senders get them in turn; a colour means nothing.
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
    """A scene's number (kept in cookies, never reused), how it is drawn, and its tactic.

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
            raise ValueError(f"a number is one scene's for ever, and {twice[0]} is defined twice")
        harmless = sum(scene.tactic is None for scene in self.scenes.values())
        if len(numbers) < LENGTH or not len(numbers) <= 4 * harmless <= 2 * len(numbers):
            raise ValueError(f"a round needs {LENGTH} scenes or more, of which a quarter to a half are harmless")
        return self


class CueWords(Model):
    """The exact text of a cue in a message, and what it gives away."""

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
class Message:
    sender: str
    role: Role
    code: bool
    text: tuple[Piece, ...]
    card_title: tuple[Piece, ...]
    card_host: tuple[Piece, ...]
    tint: int

    @property
    def initial(self) -> str:
        """Return the first character of the sender, for the coloured square."""
        return self.sender[:1]


@dataclass(frozen=True)
class Cue:
    number: int
    mark: str
    note_html: str


@dataclass(frozen=True)
class Scene:
    """A scene as it is shown. `tactic` is None if it is harmless."""

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
