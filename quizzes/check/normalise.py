"""Normalise a message for matching, keeping for each character its position in the original."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from core.search.text import TRADITIONAL

#: Characters and emoji that are written in place of others.
REPLACED = {
    "薇": "微", "葳": "微", "嶶": "微", "❤": "信", "♥": "信", "💗": "信", "🧡": "信", "💚": "信",
    "➕": "加", "🈶": "有", "🈚": "无", "💰": "钱", "🧧": "红包", "🐎": "码", "🐴": "码", "🐧": "qq", "🆚": "v",
    "🆓": "免费", "🉐": "得", "🉑": "可", "🈲": "禁止", "㊙": "秘", "彳": "行",
}  # fmt: skip
#: Characters written for 微信 and QQ to avoid the plain words.
DISGUISES = frozenset("薇葳嶶❤♥💗🧡💚🐧🆚徽威")
#: Words as they are misspelt, from Taiwan, or to hide them; each is as long as its replacement.
SPELLINGS = {
    "萤幕": "屏幕", "荧幕": "屏幕", "屏目": "屏幕", "软体": "软件", "视讯": "视频", "简讯": "短信",
    "讯息": "信息", "网路": "网络", "连结": "链接", "银航": "银行", "密马": "密码", "密玛": "密码",
    "验正": "验证", "验証": "验证", "证马": "证码", "证嘛": "证码", "正马": "证码", "正码": "证码",
    "接马": "接码", "个马": "个码", "收马": "收码", "发马": "发码", "有马进": "有码进", "把马": "把码",
    "报马": "报码", "付款马": "付款码", "做旦": "做单", "刷旦": "刷单", "接旦": "接单", "派旦": "派单",
    "s单": "刷单", "b单": "补单", "刷蛋": "刷单", "唰单": "刷单", "佣今": "佣金", "拥金": "佣金", "反利": "返利",
    "冲值": "充值", "垫负": "垫付", "迸群": "进群", "押今": "押金", "保正金": "保证金", "解东": "解冻",
    "转帐": "转账", "红苞": "红包", "威信": "微信", "徽信": "微信", "微芯": "微信", "维信": "微信", "扣扣": "qq",
    "口口": "qq", "球球": "qq", "企娥": "企鹅", "坎价": "砍价", "看价": "砍价", "坎一": "砍一", "助历": "助力",
    "代主力": "代助力", "住个力": "助个力", "帮主力": "帮助力",
    "拼夕夕": "拼多多", "兼耳": "兼职", "监职": "兼职", "苻合": "符合", "贷宽": "贷款", "代宽": "贷款",
    "客伏": "客服", "理陪": "理赔",
}  # fmt: skip
#: Characters put between those of a word to hide it, as in 验.证.码.
BETWEEN = frozenset("·.・•*_~^|/\\-—=`'\"+")
#: The ends of sentences, and of clauses.
SENTENCE_ENDS = frozenset("。！？!?\n;；")
CLAUSE_ENDS = SENTENCE_ENDS | frozenset(",，、：:…")
#: Direction marks can make a text read otherwise than it is; other control characters show nothing.
_DIRECTIONS = frozenset(chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F))


@dataclass(frozen=True)
class Normalised:
    """A text as it is matched; `origin[i]` is the position in the original of its character `i`."""

    text: str
    origin: tuple[int, ...]
    original: str
    #: Positions of `text` after a space between two words, which in a chat replaces a comma.
    breaks: frozenset[int] = frozenset()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the place in the original of the characters from `start` to `end`."""
        return self.origin[start], self.origin[end - 1] + 1


def clean(text: str) -> str:
    """Return a posted text with plain line ends and without control characters and direction marks."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(char for char in text if char in "\n\t" or not _unseen(char))


def normalise(text: str) -> Normalised:
    """Return the text in the form in which phrases are compared.

    Width, case, traditional characters and common stand-ins are unified; spaces, invisible
    characters and punctuation between 汉字 are left out.
    """
    out: list[str] = []
    origin: list[int] = []
    for position, char in enumerate(text):
        if char == "\n":
            if out and out[-1] != "\n":
                out.append(char)
                origin.append(position)
            continue
        for one in _folded(char):
            out.append(one)
            origin.append(position)
    out = list(_respelt("".join(out)))
    breaks = _breaks(text, origin)
    hidden = {at for at, char in enumerate(out) if char in BETWEEN and _stands_between(out, at)}
    if not hidden:
        return Normalised("".join(out), tuple(origin), text, breaks)
    kept = [at for at in range(len(out)) if at not in hidden]
    breaks = frozenset(number for number, at in enumerate(kept) if at in breaks)
    return Normalised(_respelt("".join(out[at] for at in kept)), tuple(origin[at] for at in kept), text, breaks)


def _breaks(text: str, origin: Sequence[int]) -> frozenset[int]:
    """Return the normalised positions that follow a space with two characters or more on both sides of it.

    A space between single characters (验 证 码) hides a word and parts nothing.
    """
    return frozenset(
        at
        for at in range(2, len(origin) - 1)
        if origin[at] - origin[at - 1] > 1
        and text[origin[at] - 1].isspace()
        and origin[at - 1] - origin[at - 2] <= 1
        and origin[at + 1] - origin[at] <= 1
    )


def _respelt(text: str) -> str:
    """Return a text with misspelt words in their plain form, of the same length."""
    for wrong, right in SPELLINGS.items():
        if wrong in text:
            text = text.replace(wrong, right)
    return text


def is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"


def _stands_between(out: list[str], at: int) -> bool:
    """Return whether a character is alone between two 汉字."""
    return 0 < at < len(out) - 1 and is_han(out[at - 1]) and is_han(out[at + 1])


@lru_cache(maxsize=8192)
def _folded(char: str) -> str:
    """Return what a character is compared as: "" for a space or what can't be seen."""
    if char in REPLACED:
        return REPLACED[char]
    folded = unicodedata.normalize("NFKC", char).casefold().translate(TRADITIONAL)
    return "".join(REPLACED.get(one, one) for one in folded if not (one.isspace() or _ignored(one)))


def _ignored(char: str) -> bool:
    return unicodedata.category(char) in ("Cf", "Cc", "Mn", "Me", "Cs", "Co") or char == "ㅤ"


def _unseen(char: str) -> bool:
    return char in _DIRECTIONS or unicodedata.category(char) in ("Cc", "Cs")
