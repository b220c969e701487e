"""Find the addresses of the web in a message, and cut them into their parts."""

import re
from collections.abc import Iterator
from functools import cache
from ipaddress import IPv4Address, IPv6Address, ip_address

from publicsuffixlist import PublicSuffixList

from quizzes.check.normalise import is_han

#: Runs of the characters that an address is made of; one class, so that searching takes linear time. Full-width
#: letters and punctuation count too, except those that end a sentence or a clause: ！（），；［］｛｝～.
RUN = re.compile(r"[!#-;=?-Z\[\]_a-z~\uff02-\uff07\uff0a\uff0b\uff0d-\uff1a\uff1c-\uff3a\uff3c\uff3e-\uff5a]+")
#: Punctuation that may follow an address.
TRAILING = ".,;:!?)]'*~"
#: Punctuation that may precede one without a space.
LEADING = ":,;.([!?="
#: Endings of files that people send, none of which is an address by itself.
FILES = frozenset(
    [
        *("apk", "jpg", "jpeg", "png", "gif", "webp", "heic", "bmp", "pdf", "doc", "docx", "xls", "xlsx", "ppt"),
        *("pptx", "txt", "zip", "rar", "mp3", "mp4", "mov"),
    ]
)
#: Reserved for examples (RFC 2606): in no list of suffixes, and used by our own.
RESERVED = frozenset({"example", "test", "invalid"})


@cache
def suffixes() -> PublicSuffixList:
    """Return the list of public suffixes that comes with the library; nothing is fetched."""
    return PublicSuffixList()


def addresses(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and text of what is an address."""
    taken = 0
    for run in RUN.finditer(text):
        start, end = max(run.start(), taken), run.end()
        if not any(char in run[0] for char in "./．／"):
            continue
        piece = "".join(chr(ord(char) - 0xFEE0) if char >= "\uff01" else char for char in text[start:end])
        bare = piece.lstrip(LEADING)
        start, piece = start + len(piece) - len(bare), bare
        at = piece.lower().find("://")
        if at >= 0:
            scheme = at
            while scheme > 0 and piece[scheme - 1].isascii() and piece[scheme - 1].isalpha():
                scheme -= 1
            start, piece = start + scheme, piece[scheme:]
            if not piece.partition("://")[2]:
                piece, end = _with_han(text, start, end)
        elif piece.lower().startswith("www.") and len(piece) == 4:
            piece, end = _with_han(text, start, end)
        address = piece.rstrip(TRAILING)
        if address.count("[") > address.count("]") and piece[len(address) :].startswith("]"):
            address += "]"  # The end of an IPv6 address.
        if _is_address(address):
            taken = start + len(address)
            yield start, start + len(address), address


def _with_han(text: str, start: int, end: int) -> tuple[str, int]:
    """Return a piece that goes on in 汉字, as names of sites may."""
    while end < len(text) and (is_han(text[end]) or (text[end].isascii() and not text[end].isspace())):
        end += 1
    return text[start:end], end


def _is_address(piece: str) -> bool:
    """Return whether a piece is an address: with a scheme, or a host that ends in a public suffix."""
    if "://" in piece:
        scheme, _, rest = piece.partition("://")
        return bool(scheme) and bool(re.split(r"[/?#]", rest, maxsplit=1)[0].strip(".@:"))
    host = re.split(r"[/?#:]", piece, maxsplit=1)[0].lower()
    if "@" in host or "." not in host:
        return False
    if number_of(host) is not None:
        return host.count(".") == 3 and ("/" in piece or ":" in piece)
    labels = host.split(".")
    if labels[-1] in FILES or not all(label and label.replace("-", "").isalnum() for label in labels):
        return False
    if labels[-1] in RESERVED:
        return True
    return labels[-1].isalpha() and suffixes().privatesuffix(host, accept_unknown=False) is not None


def split(address: str) -> tuple[str, str, str, str, str]:
    """Return scheme, host, port, the text before the host, and the text after it."""
    scheme, separator, rest = address.partition("://")
    if not separator:
        scheme, rest = "", address
    cut = min((at for at in map(rest.find, "/?#\\") if at >= 0), default=len(rest))
    authority, after = rest[:cut], rest[cut:]
    user, at, host = authority.rpartition("@")
    before = (scheme + separator) + user + at
    if host.startswith("[") and "]" in host:
        name, bracket, port = host.partition("]")
        name += bracket
        colon, port = port[:1], port[1:]
    else:
        name, colon, port = host.partition(":")
    return scheme.lower(), name.lower().rstrip("."), port, before, colon + port + after


def number_of(host: str) -> IPv4Address | IPv6Address | None:
    """Return the IP address that a host is, also if it is one whole number or hexadecimal; None if it is a name."""
    try:
        found = ip_address(host.removeprefix("[").removesuffix("]"))
    except ValueError:
        pass
    else:
        return getattr(found, "ipv4_mapped", None) or found
    try:
        whole = int(host, 0) if len(host) < 12 and host[:1].isdigit() else -1
    except ValueError:
        return None
    return IPv4Address(whole) if 0xFFFF < whole < 2**32 else None
