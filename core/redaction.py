"""Remove long numbers and mail addresses from what a reader wrote."""

import re

STRUCK = "＊＊＊"
#: Five digits or more in a row, however they are written; one space, dash or dot between two hides nothing.
#: Up to seven before 元, 块 or 万 are an amount of money, which stays. No lookbehind: old browsers run this, too.
_DIGIT, _BETWEEN = "[\\d〇零一二三四五六七八九幺]", "[ .·_．–—－-]?"
_NEXT = f"{_BETWEEN}{_DIGIT}"
NUMBER = re.compile(f"{_DIGIT}(?:(?:{_NEXT}){{7,}}|(?:{_NEXT}){{4,6}}(?!{_NEXT}| ?(?:[多几]?[元块万]|人民币)))")
#: ASCII, because Chinese words stand right beside an address. The bounds are those of RFC 5321 and RFC 1035;
#: without them a long run of letters takes quadratic time. No lookbehind: old browsers run this pattern too.
MAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64} ?[@＠] ?[A-Za-z0-9-]{1,63}(?: ?[.．。] ?[A-Za-z0-9-]{1,63})+")


def one_line(text: str) -> str:
    """Return the text on one line; invisible characters count as spaces."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def struck(sentence: str) -> str:
    """Return the sentence with mail addresses and long numbers replaced. It is never longer than before."""
    return NUMBER.sub(STRUCK, MAIL.sub(STRUCK, sentence))


#: 8.0.50, iOS 17.5.1, V5.0.0.102: groups of a few digits, eight at most together. A telephone number has eleven.
#: Around them nothing that could be part of a number in 汉字 or of a mail address.
_AROUND = "[^\\d@＠〇零一二三四五六七八九幺]*"
VERSION = re.compile(_AROUND + r"\d{1,4}(?:\.\d{1,4}){0,3}" + _AROUND)


def struck_version(version: str) -> str:
    """Return the version of an app as typed. Anything longer than a version is redacted like a sentence."""
    if VERSION.fullmatch(version) and sum(char.isdigit() for char in version) <= 8:
        return version
    return struck(version)
