"""Take the links of a message apart without opening them."""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv4Address, IPv6Address, ip_network
from itertools import islice
from urllib.parse import unquote

from core.content.files import Model, Text
from quizzes.check.addresses import addresses, number_of, split, suffixes
from quizzes.check.normalise import is_han

#: Digits that are written in place of letters.
SKELETON = str.maketrans("0135$", "oless")
#: Letters of other scripts that look like ours.
LOOK_ALIKES = {
    "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "у": "y", "х": "x", "і": "i", "ѕ": "s", "ј": "j", "ԁ": "d",
    "һ": "h", "ɡ": "g", "ο": "o", "α": "a", "ρ": "p", "ν": "v", "τ": "t", "κ": "k", "ι": "i", "υ": "u", "ɑ": "a",
}  # fmt: skip
PUNYCODE = "xn--"
#: Kept for examples (RFC 5737, RFC 3849): nobody's, and not local either.
EXAMPLES = tuple(map(ip_network, ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32")))
#: Links of a text that are taken apart; more are counted.
MOST = 20


class Feature(StrEnum):
    """A property of an address that the page explains."""

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


#: With one of these, a link pretends to be another.
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
class WebLink:
    """A link with its parts as the message has them, and its features.

    `before` and `after` are the text before and after `domain`, which decides where the link leads.
    `owner` is the owner of the domain, `imitated` the owner whose name it imitates.
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
    def domain_span(self) -> tuple[int, int]:
        """Return the place of the domain in the message."""
        start = self.start + len(self.before)
        return start, max(start, self.end - len(self.after))

    @property
    def false(self) -> bool:
        return not FALSE.isdisjoint(self.features)

    @property
    def trusted(self) -> bool:
        """Return whether only pages of its owner can be behind the link."""
        return bool({Feature.KNOWN, Feature.LOCAL} & set(self.features)) and not self.false


class LinkReader:
    """Find the links of a text, and take them apart by a policy."""

    def __init__(self, policy: LinkPolicy) -> None:
        self.policy = policy
        self.owners = {domain: owner for owner in policy.owners.values() for domain in owner.domains}
        self.names = {name: owner for owner in policy.owners.values() for name in owner.names}
        self.short = frozenset(policy.short)

    def read(self, text: str) -> tuple[list[WebLink], int]:
        """Return the first `MOST` links of a text in their order, and how many more there are."""
        found = addresses(text)
        return [self._take_apart(*one) for one in islice(found, MOST)], sum(1 for _ in found)

    def _take_apart(self, start: int, end: int, address: str) -> WebLink:
        scheme, host, port, before, after = split(address)
        features: list[Feature] = []
        if "@" in before.partition("://")[2]:
            features.append(Feature.USERINFO)
        if scheme not in ("http", "https", ""):
            features.append(Feature.SCHEME)
        number = number_of(host)
        decoded = imitated = owner = ""
        if number is not None:
            features.append(Feature.LOCAL if _is_local(number) else Feature.IP)
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
        return WebLink(start, end, tail, domain, after, tuple(features), owner, imitated, decoded)

    def _judge(self, host: str, domain: str, decoded: str) -> tuple[str, str, list[Feature]]:
        """Return the owner, the owner imitated, and the features of a host that is a name."""
        owner = self._owner(host)
        if host in self.short or domain in self.short:
            return "", "", [Feature.SHORT]
        if owner:
            return owner.name, "", [Feature.KNOWN]
        features = []
        plain = _skeleton(decoded or host)
        if decoded:
            features.append(Feature.FOREIGN_SCRIPT if _all_han(decoded) else Feature.PUNYCODE)
        imitated, how = self._imitated(plain, domain if not decoded else plain)
        if how:
            features.append(how)
        return "", imitated, features or [Feature.UNKNOWN]

    def _owner(self, host: str) -> Owner | None:
        labels = host.split(".")
        return next(
            (self.owners[name] for at in range(len(labels)) if (name := ".".join(labels[at:])) in self.owners), None
        )

    def _imitated(self, host: str, domain: str) -> tuple[str, Feature | None]:
        """Return the owner whose name a host imitates, and the feature that says how."""
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
        """Return the owner whose name a label equals, contains, or differs from by one letter."""
        if token in self.names:
            return self.names[token].name
        for name, owner in self.names.items():
            if len(name) >= 6 and (name in token or _one_off(name, token)):
                return owner.name
        return ""


def _is_local(number: IPv4Address | IPv6Address) -> bool:
    return not (number.is_global or any(number in network for network in EXAMPLES))


def _decoded(host: str) -> str:
    """Return a host with its punycode decoded, or "" if it has no punycode and only ASCII letters."""
    if PUNYCODE not in host and host.isascii():
        return ""
    labels = []
    for label in host.split("."):
        try:
            labels.append(label[len(PUNYCODE) :].encode().decode("punycode") if label.startswith(PUNYCODE) else label)
        except (UnicodeError, ValueError):
            labels.append(label)
    return ".".join(labels)


def _all_han(decoded: str) -> bool:
    """Return whether the letters outside a-z are all 汉字."""
    return all(is_han(char) for char in decoded if not char.isascii()) and any(is_han(char) for char in decoded)


def _skeleton(host: str) -> str:
    """Return a host with look-alike letters and digits read as the letters that they resemble."""
    characters = (char for char in unicodedata.normalize("NFKD", host) if not unicodedata.combining(char))
    return "".join(LOOK_ALIKES.get(char, char) for char in characters)


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
