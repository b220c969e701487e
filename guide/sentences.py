"""A sentence that a reader wrote to us, without what we never want to have: numbers and mail addresses."""

import re

STRUCK = "＊＊＊"
#: Five digits or more in a row, however they are written; one space, dash or dot between two hides nothing.
_DIGIT = "[\\d〇零一二三四五六七八九幺]"
NUMBER = re.compile(f"{_DIGIT}(?:[ .·_．–—－-]?{_DIGIT}){{4,}}")
#: ASCII, because Chinese words stand right beside an address.
MAIL = re.compile(r"[A-Za-z0-9._%+-]+ ?[@＠] ?[A-Za-z0-9-]+(?: ?[.．。] ?[A-Za-z0-9-]+)+")


def one_line(text: str) -> str:
    """The text on one line; what can't be seen counts as a space."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def struck(sentence: str) -> str:
    """The sentence with each mail address and each long number struck out. Never longer than it was."""
    return NUMBER.sub(STRUCK, MAIL.sub(STRUCK, sentence))
