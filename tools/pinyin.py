"""Write the pinyin of titles of all apps, of terms and synonyms, or see whether it is that of the present words.

    python -m tools.pinyin            write pinyin.toml
    python -m tools.pinyin --check    exit code 1 where titles, terms or synonyms changed since

Written beforehand because pypinyin takes 49 MB in a worker. The file holds a
digest of the words that it was made of, so checking needs no pypinyin. Words
are read straight from their files: a broken pinyin.toml is no hindrance.
"""

import hashlib
import json
import re
import sys
from collections import defaultdict

from core.content.files import read_page, read_toml
from core.content.loader import LANGUAGE
from guide.editorial.extraction import extract
from guide.library import CONTENT
from quizzes.library import content_roots

ROOT = CONTENT / LANGUAGE
TABLE = ROOT / "pinyin.toml"
HEAD = "# Made by `make pinyin` from titles, terms and synonyms; nobody edits it by hand."
#: Where the title of a quiz, a letter, a step, a case or a sheet stands in its file.
TITLE = re.compile(r"((entry|(procedures|cases|sheets)\.[a-z0-9-]+)\.)?title")
HAN = re.compile(r"[㐀-䶿一-鿿]{2,}")


def main(argv: list[str]) -> int:
    titles, words = said()
    seal = digest(titles, words)
    if argv == ["--check"]:
        if TABLE.is_file() and read_toml(TABLE).get("made_from") == seal:
            return 0
        print(f"{TABLE.name}: not made from the present titles, terms and synonyms: run make pinyin", file=sys.stderr)
        return 1
    # A list of strings reads the same in JSON and in TOML.
    lines = [f"{key} = {json.dumps(sorted(found), ensure_ascii=False)}" for key, found in table(titles, words)]
    sounds = [f'{spelt} = "{characters}"' for spelt, characters in syllables()]
    content = [HEAD, f'made_from = "{seal}"', "", "[words]", *lines, "", "[syllables]", *sounds, ""]
    TABLE.write_text("\n".join(content), encoding="utf-8")
    return 0


def said() -> tuple[list[str], list[str]]:
    """The titles of all pages, and the words of terms, synonyms and what else has a title; each run of 汉字 once."""
    titles = [str(read_page(path)[0]["title"]) for path in (ROOT / "pages").glob("*/*.md")]
    others = (text for text in extract(*content_roots()) if text.path.suffix == ".toml" and TITLE.fullmatch(text.where))
    others = (text for text in others if text.path.parent.name != "scenes")  # shown in the practice alone
    terms = [str(term["word"]) for term in read_toml(ROOT / "terms.toml").values()]
    groups = read_toml(ROOT / "synonyms.toml")["groups"].values()
    words = [*terms, *(word for group in groups for word in group), *(text.text for text in others)]
    return [sorted({run for text in texts for run in HAN.findall(text)}) for texts in (titles, words)]  # type: ignore[return-value]


def digest(titles: list[str], words: list[str]) -> str:
    return hashlib.sha256("\n".join([*titles, "", *words]).encode()).hexdigest()[:16]


def table(titles: list[str], words: list[str]) -> list[tuple[str, set[str]]]:
    """The words of each spelling. Of a title also its pairs: nobody types the whole of it."""
    from pypinyin import lazy_pinyin  # here, so that checking does without

    found: dict[str, set[str]] = defaultdict(set)
    for title in titles:
        syllables = lazy_pinyin(title)  # of the whole, since a character may sound by its neighbours
        for length in {2, len(title)}:
            for start in range(len(title) - length + 1):
                found["".join(syllables[start : start + length])].add(title[start : start + length])
    for word in words:
        found["".join(lazy_pinyin(word))].add(word)
    return sorted(found.items())


def syllables() -> list[tuple[str, str]]:
    """Return the common characters of each syllable: those of the first level of GB 2312, 3,755 in all."""
    from pypinyin import lazy_pinyin

    found: dict[str, str] = defaultdict(str)
    for row in range(0xB0, 0xD8):
        for column in range(0xA1, 0xFF):
            char = bytes((row, column)).decode("gb2312", "ignore")
            if char and char != "您":  # a word that no text of ours has
                found[lazy_pinyin(char)[0]] += char
    return sorted(found.items())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
