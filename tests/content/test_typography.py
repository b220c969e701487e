"""Chinese typography of the real content: AutoCorrect for punctuation, and what it leaves to us."""

import json
import re

import autocorrect_py

import guide.library
from guide.editorial.readability import LINK, MARK, TERM
from tests.collecting import for_each
from tests.content.words import FILES, texts

#: Its rules for spaces go further than ours: we put no space between 汉字 and digits.
SPACES = ["space-word", "space-punctuation", "space-bracket", "space-backticks", "space-dash", "space-dollar"]
ON = ["no-space-fullwidth", "no-space-fullwidth-quote", "halfwidth-word", "halfwidth-punctuation", "fullwidth"]
RULES = dict.fromkeys([*SPACES, "spellcheck"], 0) | dict.fromkeys(ON, 1)
#: A blank to fill in words to copy: （　）.
BLANK = "\u3000"
#: What AutoCorrect passes: straight quotes, brackets, semicolons and the like beside 汉字.
HALF_WIDTH = re.compile(r"""[一-鿿][;!?()"']|[;!?()"'][一-鿿]""")
#: 汉字 and a Latin word without a space: 打开App. Labels and titles are quoted, names written, as others have them.
CLOSE = re.compile(r"[一-鿿][A-Za-z]|[A-Za-z][一-鿿]")
LABEL = re.compile(r"「[^」]*」|《[^》]*》|IT之家")
NAMES = re.compile(r"\.(?:labels|also|search)\.\d+$|\.url$")


def plain(text: str) -> str:
    terms = guide.library.current().terms
    words = TERM.sub(lambda mark: terms[mark[1]].word, LINK.sub(r"\1", MARK.sub("", text)))
    return words.replace(BLANK, "")


def mended(text: str) -> str:
    autocorrect_py.load_config(json.dumps({"rules": RULES}))  # type: ignore[attr-defined]
    return str(autocorrect_py.format(text))


def wrong(where: str, text: str) -> list[str]:
    """The lines of a text that a typesetter would send back."""
    lines = [line for line in plain(text).splitlines() if mended(line) != line or HALF_WIDTH.search(line)]
    if not NAMES.search(where):
        lines += [line for line in plain(text).splitlines() if CLOSE.search(LABEL.sub("", line))]
    return lines


@for_each(["看灯,点灯。", "打１１０。", "看灯 ，点灯", '他说"好"。', "（灯)", "看App吧", "灯;油"])
def test_sees_what_is_wrong(text: str) -> None:
    assert wrong("body", text) == [text]


@for_each(["打110，约3分钟。", "打开 App（真的）。", "8:00–21:30", "看 lamp.example.com 的灯。", "「VPN与灯」"])
def test_leaves_what_is_right(text: str) -> None:
    assert wrong("body", text) == []


@for_each([file for file in FILES if not file.endswith(("synonyms.toml", "intents.toml"))])
def test_keeps_to_chinese_typography(file: str) -> None:
    assert [(where, lines) for where, text in texts(file) if (lines := wrong(where, text))] == []
