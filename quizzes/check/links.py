"""Take the links of a message apart without opening them."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from ipaddress import IPv4Address, ip_address
from itertools import islice
from urllib.parse import unquote

from publicsuffixlist import PublicSuffixList

from core.content.files import Model, Text
from quizzes.check.normalise import is_han

#: Runs of the characters that an address is made of; one class, so that searching takes linear time.
RUN = re.compile(r"[!#-;=?-Z\[\]_a-z~\uff01-\uff5e]+")
#: What a chat or a sentence puts behind an address.
TRAILING = ".,;:!?)]'*~"
#: What stands before one without a space.
LEADING = ":,;.([!?="
#: Endings of files that people send, none of which is an address by itself.
FILES = frozenset("apk jpg jpeg png gif webp heic bmp pdf doc docx xls xlsx ppt pptx txt zip rar mp3 mp4 mov".split())
#: Reserved for examples (RFC 2606): in no list of suffixes, and used by our own.
RESERVED = frozenset({"example", "test", "invalid"})
#: Digits that are written in place of letters.
SKELETON = str.maketrans("0135$", "oless")
#: Letters of other scripts that look like ours.
LOOK_ALIKES = {
    "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "у": "y", "х": "x", "і": "i", "ѕ": "s", "ј": "j", "ԁ": "d",
    "һ": "h", "ɡ": "g", "ο": "o", "α": "a", "ρ": "p", "ν": "v", "τ": "t", "κ": "k", "ι": "i", "υ": "u", "ɑ": "a",
}  # fmt: skip
PUNYCODE = "xn--"
#: Links of a text that are taken apart.
MOST = 21


class Feature(StrEnum):
    """Something about an address that a reader should know."""

    APK = "apk"
    USERINFO = "userinfo"
    IP = "ip"
    LOCAL = "local"
    PORT = "port"
    SCHEME = "scheme"
    PUNYCODE = "punycode"
    FOREIGN_SCRIPT = "foreign-script"
    NAME_IN_FRONT = "name-in-front"
    RESEMBLES = "resembles"
    SHORT = "short"
    KNOWN = "known"
    UNKNOWN = "unknown"


#: These make a link one that pretends to be another.
FALSE = frozenset(
    {Feature.USERINFO, Feature.IP, Feature.SCHEME, Feature.PUNYCODE, Feature.NAME_IN_FRONT, Feature.RESEMBLES}
)


class Owner(Model):
    """The owner of well known domains. `names` are the labels that imitations are made of."""

    name: Text
    domains: tuple[str, ...]
    names: tuple[str, ...] = ()


class LinkPolicy(Model):
    """Known owners by id, and the hosts that shorten links."""

    owners: dict[str, Owner]
    short: tuple[str, ...]


@dataclass(frozen=True)
class Link:
    """A link with its parts as they stand in the message, and what is to be said of it.

    `before` and `after` stand in front of and behind `domain`, which decides where the link leads.
    `imitated` is the owner whose name it uses, `owner` whom the domain belongs to.
    """

    start: int
    end: int
    before: str
    domain: str
    after: str
    features: tuple[Feature, ...]
    owner: str = ""
    imitated: str = ""
    decoded: str = ""

    @property
    def false(self) -> bool:
        return not FALSE.isdisjoint(self.features)

    @property
    def trusted(self) -> bool:
        """Whether nothing but the owner's own pages can be behind it."""
        return bool({Feature.KNOWN, Feature.LOCAL} & set(self.features)) and not self.false


@cache
def suffixes() -> PublicSuffixList:
    """Return the list of public suffixes that comes with the library; nothing is fetched."""
    return PublicSuffixList()


class LinkReader:
    """Finds the links of a text and takes them apart by a policy."""

    def __init__(self, policy: LinkPolicy) -> None:
        self.policy = policy
        self.owners = {domain: owner for owner in policy.owners.values() for domain in owner.domains}
        self.names = {name: owner for owner in policy.owners.values() for name in owner.names}
        self.short = frozenset(policy.short)

    def read(self, text: str) -> list[Link]:
        """Return the links of a text in their order, the first `MOST` of them."""
        return [self._take_apart(*found) for found in islice(_addresses(text), MOST)]

    def _take_apart(self, start: int, end: int, address: str) -> Link:
        scheme, host, port, before, after = _split(address)
        features: list[Feature] = []
        if "@" in before.partition("://")[2]:
            features.append(Feature.USERINFO)
        if scheme not in ("http", "https", ""):
            features.append(Feature.SCHEME)
        number = _ip(host)
        decoded = imitated = owner = ""
        if number is not None:
            features.append(Feature.IP if number.is_global or _documentation(number) else Feature.LOCAL)
            domain = host
        else:
            domain = suffixes().privatesuffix(host) or host
            decoded = _decoded(host)
            owner, imitated, more = self._judge(host, domain, decoded)
            features += more
        if port not in ("", "80", "443", "8080") and Feature.LOCAL not in features:
            features.append(Feature.PORT)
        if ".apk" in unquote(after).lower():
            features.append(Feature.APK)
        shown = host[: len(host) - len(domain)]
        tail = before + shown
        return Link(start, end, tail, domain, after, tuple(features), owner, imitated, decoded)

    def _judge(self, host: str, domain: str, decoded: str) -> tuple[str, str, list[Feature]]:
        """Return the owner, the owner imitated, and what is to be said of a host that is no number."""
        owner = self._owner(host)
        if host in self.short or domain in self.short:
            return "", "", [Feature.SHORT]
        if owner:
            return owner.name, "", [Feature.KNOWN]
        features = []
        plain = _skeleton(decoded or host)
        if decoded:
            features.append(Feature.FOREIGN_SCRIPT if _all_han(decoded, host) else Feature.PUNYCODE)
        imitated, how = self._imitated(plain, domain if not decoded else plain)
        if how:
            features.append(how)
        return "", imitated, features or [Feature.UNKNOWN]

    def _owner(self, host: str) -> Owner | None:
        labels = host.split(".")
        return next((self.owners[name] for at in range(len(labels)) if (name := ".".join(labels[at:])) in self.owners), None)

    def _imitated(self, host: str, domain: str) -> tuple[str, Feature | None]:
        """Return the name of the owner whose name a host uses, and how it does."""
        for known, owner in self.owners.items():
            if f".{known}." in f".{host}.":
                return owner.name, Feature.NAME_IN_FRONT
        labels = host.split(".")
        public = suffixes().publicsuffix(host) or ""
        own = labels[: max(1, len(labels) - public.count(".") - 1)]
        joined = self._resembled("".join(own)) if len(own) > 1 else ""
        if joined:
            return joined, Feature.RESEMBLES
        for place, label in enumerate(own):
            for token in {label, *label.split("-"), label.replace("-", "")}:
                owner_name = self._resembled(token)
                if owner_name:
                    return owner_name, Feature.RESEMBLES if place == len(own) - 1 else Feature.NAME_IN_FRONT
        return "", None

    def _resembled(self, token: str) -> str:
        """Return the owner whose name a label is, holds, or differs from by one letter."""
        if token in self.names:
            return self.names[token].name
        for name, owner in self.names.items():
            if len(name) >= 6 and (name in token or _one_off(name, token)):
                return owner.name
        return ""


def _addresses(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and text of what is an address."""
    taken = 0
    for run in RUN.finditer(text):
        start, end = max(run.start(), taken), run.end()
        if not any(sign in run[0] for sign in "./．／"):
            continue
        piece = "".join(chr(ord(sign) - 0xFEE0) if sign >= "\uff01" else sign for sign in text[start:end])
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
        if _is_address(address):
            taken = start + len(address)
            yield start, start + len(address), address


def _with_han(text: str, start: int, end: int) -> tuple[str, int]:
    """Return a piece that goes on in 汉字, as names of sites may."""
    while end < len(text) and (is_han(text[end]) or text[end].isascii() and not text[end].isspace()):
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
    if (number := _ip(host)) is not None:
        return host.count(".") == 3 and ("/" in piece or ":" in piece) and number is not None
    labels = host.split(".")
    if labels[-1] in FILES or not all(label and label.replace("-", "").isalnum() for label in labels):
        return False
    if labels[-1] in RESERVED:
        return True
    return labels[-1].isalpha() and _suffix_is_known(host)


@cache
def _strict() -> PublicSuffixList:
    return PublicSuffixList(accept_unknown=False)


def _suffix_is_known(host: str) -> bool:
    return _strict().privatesuffix(host) is not None


def _split(address: str) -> tuple[str, str, str, str, str]:
    """Return scheme, host, port, what stands before the host, and what stands behind it."""
    scheme, separator, rest = address.partition("://")
    if not separator:
        scheme, rest = "", address
    cut = min((at for at in map(rest.find, "/?#\\") if at >= 0), default=len(rest))
    authority, after = rest[:cut], rest[cut:]
    user, at, host = authority.rpartition("@")
    before = (scheme + separator) + user + at
    name, colon, port = host.partition(":")
    return scheme.lower(), name.lower().rstrip("."), port, before, colon + port + after


def _ip(host: str) -> IPv4Address | None:
    """Return the number that a host is, also where it is written as one whole number or in hexadecimal."""
    try:
        found = ip_address(host)
        return found if isinstance(found, IPv4Address) else None
    except ValueError:
        pass
    try:
        whole = int(host, 0) if len(host) < 12 and host[:1].isdigit() else -1
    except ValueError:
        return None
    return IPv4Address(whole) if 0xFFFF < whole < 2**32 else None


def _documentation(number: IPv4Address) -> bool:
    """Return whether a number is one of those kept for examples (RFC 5737)."""
    return str(number).startswith(("192.0.2.", "198.51.100.", "203.0.113."))


def _decoded(host: str) -> str:
    """Return a host with its punycode read, "" where it has none and no other letters than a-z."""
    if PUNYCODE not in host and host.isascii():
        return ""
    labels = []
    for label in host.split("."):
        try:
            labels.append(label[len(PUNYCODE) :].encode().decode("punycode") if label.startswith(PUNYCODE) else label)
        except (UnicodeError, ValueError):
            labels.append(label)
    return ".".join(labels)


def _all_han(decoded: str, host: str) -> bool:
    """Return whether the letters outside a-z are all 汉字."""
    return all(is_han(sign) for sign in decoded if not sign.isascii()) and any(is_han(sign) for sign in decoded)


def _skeleton(host: str) -> str:
    """Return a host with look-alike letters and digits read as the letters that they resemble."""
    signs = (sign for sign in unicodedata.normalize("NFKD", host) if not unicodedata.combining(sign))
    return "".join(LOOK_ALIKES.get(sign, sign) for sign in signs)


def _one_off(name: str, token: str) -> bool:
    """Return whether two names differ by one letter, or by two neighbours that changed places."""
    token_plain, name_plain = token.translate(SKELETON), name.translate(SKELETON)
    if token_plain == name_plain:
        return True
    if abs(len(token) - len(name)) > 1:
        return False
    same = 0
    while same < min(len(token_plain), len(name_plain)) and token_plain[same] == name_plain[same]:
        same += 1
    a, b = token_plain[same:], name_plain[same:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[:2][::-1] and a[2:] == b[2:])
