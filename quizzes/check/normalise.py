"""Normalise a message for matching, keeping for each character its position in the original."""

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import core.search

#: Characters and emoji that are written in place of others.
REPLACED = {
    "薇": "微", "葳": "微", "嶶": "微", "❤": "信", "♥": "信", "💗": "信", "🧡": "信", "💚": "信",
    "➕": "加", "🈶": "有", "🈚": "无", "💰": "钱", "🧧": "红包", "🐎": "码", "🐴": "码", "🐧": "qq", "🆚": "v",
    "🆓": "免费", "🉐": "得", "🉑": "可", "🈲": "禁止", "㊙": "秘", "彳": "行",
}  # fmt: skip
#: Signs put between the characters of a word to hide it, as in 验.证.码.
BETWEEN = frozenset("·.・•*_~^|/\\-—=`'\"+")
#: Where a sentence ends, and where a clause does.
SENTENCE_ENDS = frozenset("。！？!?\n;；")
CLAUSE_ENDS = SENTENCE_ENDS | frozenset(",，、：:…")
#: Direction marks can make a text read otherwise than it is; other control characters show nothing.
_DIRECTIONS = frozenset(chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F))
_KEPT_CONTROLS = frozenset("\n\t")


@dataclass(frozen=True)
class Normalised:
    """A text as it is matched; `origin[i]` is the position in the original of its character `i`."""

    text: str
    origin: tuple[int, ...]
    original: str

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where the characters from `start` to `end` stand in the original."""
        return self.origin[start], self.origin[end - 1] + 1


def clean(text: str) -> str:
    """Return a posted text with plain line ends and without control characters and direction marks."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in text if sign in _KEPT_CONTROLS or not _unseen(sign))


def normalise(text: str) -> Normalised:
    """Return the text in the form in which phrases are compared.

    Width, case, traditional characters and common stand-ins are unified; spaces, invisible
    characters and signs between 汉字 are left out.
    """
    out: list[str] = []
    origin: list[int] = []
    for position, sign in enumerate(text):
        if sign == "\n":
            if out and out[-1] != "\n":
                out.append(sign)
                origin.append(position)
            continue
        for one in _folded(sign):
            out.append(one)
            origin.append(position)
    hidden = {at for at, sign in enumerate(out) if sign in BETWEEN and _stands_between(out, at)}
    if not hidden:
        return Normalised("".join(out), tuple(origin), text)
    kept = [at for at in range(len(out)) if at not in hidden]
    return Normalised("".join(out[at] for at in kept), tuple(origin[at] for at in kept), text)


def is_han(sign: str) -> bool:
    return "\u3400" <= sign <= "\u9fff"


def _stands_between(out: list[str], at: int) -> bool:
    """Return whether a character stands alone between two 汉字."""
    return 0 < at < len(out) - 1 and is_han(out[at - 1]) and is_han(out[at + 1])


@cache
def traditional() -> dict[str, str]:
    """Return the table of traditional characters, made with OpenCC's t2s conversion (Apache License 2.0)."""
    path = Path(core.search.__file__).parent / "traditional.txt"
    before, after = path.read_text(encoding="utf-8").split()
    return dict(zip(before, after, strict=True))


@lru_cache(maxsize=8192)
def _folded(sign: str) -> str:
    """Return what a character is compared as: "" for a space or what can't be seen."""
    if sign in REPLACED:
        return REPLACED[sign]
    folded = "".join(traditional().get(one, one) for one in unicodedata.normalize("NFKC", sign).casefold())
    return "".join(REPLACED.get(one, one) for one in folded if not (one.isspace() or _ignored(one)))


def _ignored(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cf", "Cc", "Mn", "Me", "Cs", "Co") or sign == "ㅤ"


def _unseen(sign: str) -> bool:
    return sign in _DIRECTIONS or unicodedata.category(sign) in ("Cc", "Cs")
