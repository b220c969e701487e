"""Check that a source supports each telephone number, domain, law article and percentage in a text.

A telephone number or a domain needs a channel, or a cited source that has it in its title, its URL or its
`says`. An article or a percentage needs the source. Other numbers (minutes, counts in advice) are not checked.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from core.content.files import ContentError
from core.numerals import DIGITS, read_numeral
from guide.editorial.extraction import Extract
from guide.sources import Channel, Source


class ClaimKind(StrEnum):
    PHONE = "phone number"
    DOMAIN = "domain"
    ARTICLE = "law article"
    PERCENTAGE = "percentage"


@dataclass(frozen=True)
class Claim:
    """One of the four kinds, in the form in which two of them are compared (第五十六条 is article 56)."""

    kind: ClaimKind
    value: str

    def __str__(self) -> str:
        return f"{self.kind.value} {self.value}"


WEB = re.compile(r"https?://[^\s，。；、）」”]+", re.IGNORECASE)
DOMAIN = re.compile(r"(?<![a-z0-9.-])(?:[a-z0-9-]+\.)+[a-z]{2,}(?![a-z0-9-])", re.IGNORECASE)
#: Endings of file names, which look like domains.
FILES = frozenset({"apk", "exe", "zip", "pdf", "jpg", "png", "md", "toml", "html"})
#: Keys of a scene where a link's address stands as it is shown. One under .example can be nobody's (RFC 2606).
SHOWN = frozenset({"host", "mark"})
#: Days, years and hours, whose digits nobody dials.
TIME = re.compile(r"\d{4}-\d{2}-\d{2}|\d{4}年|\d{1,2}[:：]\d{2}")
PHONE = re.compile(
    r"(?<![\d.A-Za-z-])(?:0\d{2,3}-\d{5,8}|400-?\d{3}-?\d{4}|1[3-9]\d-?\d{4}-?\d{4}|\d{7,}"
    r"|(?:95|96|12)\d{3}|100\d{2}|106\d{3}|1[12]\d)"
    r"(?!\d|[.]\d|[元块个人天次条分秒万亿岁页名款位张号级种家%％])"
)
PERCENTAGE = re.compile(
    r"(\d+(?:\.\d+)?)\s*[%％]|百分之([零〇一二两三四五六七八九十百\d]+(?:点[零〇一二三四五六七八九]+)?)"
)
NUMERAL = r"[零〇一二两三四五六七八九十百千\d]+"
#: 第十四条 · 第十四至十七条 · 第十四、十五条 · 第二百八十七条之一、之二. Not 第一条消息.
ARTICLE = re.compile(
    rf"第({NUMERAL}(?:条?(?:至|到|—|–|-|、|和|及)第?{NUMERAL})*)条"
    r"((?:之[一二三四五六七八九](?:(?:、|和|及)(?=之[一二三四五六七八九]))?)*)"
    r"(?!消息|短信|信息|路|链接|语音|建议|回复|评论|线|说法)"
)


def claims(text: str) -> list[Claim]:
    """Return the claims of the four kinds in a text, each once, in order of kind."""
    found: list[Claim] = []
    hosts = [urlsplit(address).hostname or "" for address in WEB.findall(text)]
    rest = WEB.sub(" ", text)
    domains = [*hosts, *(match.group().lower() for match in DOMAIN.finditer(rest))]
    found += [Claim(ClaimKind.DOMAIN, name) for name in domains if name and name.rpartition(".")[2] not in FILES]
    rest = DOMAIN.sub(" ", rest)
    found += [Claim(ClaimKind.PERCENTAGE, _percentage(match)) for match in PERCENTAGE.finditer(rest)]
    found += [Claim(ClaimKind.ARTICLE, article) for match in ARTICLE.finditer(rest) for article in _articles(match)]
    rest = TIME.sub(" ", PERCENTAGE.sub(" ", ARTICLE.sub(" ", rest)))
    found += [Claim(ClaimKind.PHONE, number) for number in PHONE.findall(rest)]
    return list(dict.fromkeys(found))


def of_channels(channels: Iterable[Channel]) -> set[Claim]:
    """Return the claims that channels support: numbers (also without area code) and the hosts of their sites."""
    vouched = set()
    for channel in channels:
        if channel.number:
            vouched |= {
                Claim(ClaimKind.PHONE, channel.number),
                Claim(ClaimKind.PHONE, channel.number.partition("-")[2]),
            }
        vouched |= {claim for claim in claims(channel.url) if claim.kind is ClaimKind.DOMAIN}
    return vouched


def of_source(source: Source) -> set[Claim]:
    """Return the claims that a source supports: those in its title, its URL and its `says`."""
    return {claim for text in (source.title, source.url, *source.says) for claim in claims(text)}


def unvouched(text: Extract, sources: Mapping[str, Source], channels: set[Claim]) -> list[Claim]:
    """Return the claims of a text that neither a channel nor a source cited there supports."""
    vouched = channels.union(*(of_source(sources[id]) for id in text.cited if id in sources))
    vouched |= {claim for own in text.examples for claim in claims(own) if claim.kind is ClaimKind.PERCENTAGE}
    if text.key in SHOWN:
        vouched |= {
            claim for claim in claims(text.text) if claim.kind is ClaimKind.DOMAIN and claim.value.endswith(".example")
        }
    return [claim for claim in claims(text.text) if claim not in vouched]


def faults(
    texts: Iterable[Extract], sources: Mapping[str, Source], channels: Iterable[Channel]
) -> Iterator[ContentError]:
    """Return a fault for each claim without a source."""
    known = of_channels(channels)
    for text in texts:
        for claim in unvouched(text, sources, known):
            allowed = "what a channel, or a source cited here, has (its title or its says)"
            yield ContentError(text.path, text.where, f"nobody vouches for the {claim}", allowed)


def number(numeral: str) -> int:
    """Return the number of a numeral: 二百五十三 and 253 are the same. One that can't be read is 0."""
    if numeral.isascii():
        return int(numeral)
    whole = f"一{numeral}" if numeral[0] in "百千" else numeral  # 百分之百
    return read_numeral(whole) or 0


def _percentage(match: re.Match[str]) -> str:
    if match[1]:
        return f"{match[1]}%"
    whole, _, part = match[2].partition("点")
    decimals = "".join(str(DIGITS[char]) for char in part)
    return f"{number(whole)}{'.' if decimals else ''}{decimals}%"


def _articles(match: re.Match[str]) -> list[str]:
    """Return the articles of one 第…条: a range is all of its articles."""
    articles: list[int] = []
    parts = re.split(r"(至|到|—|–|-|、|和|及)", re.sub(r"[条第]", "", match[1]))
    for joint, numeral in zip(["", *parts[1::2]], parts[::2], strict=True):
        value = number(numeral)
        articles += range(articles[-1] + 1, value + 1) if joint in ("至", "到", "—", "–", "-") else [value]
    after = re.findall(r"之[一二三四五六七八九]", match[2])
    last = [f"{articles[-1]}{suffix}" for suffix in after] or [str(articles[-1])]
    return [*(str(article) for article in articles[:-1]), *last]
