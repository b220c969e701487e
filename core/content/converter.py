"""Convert Markdown with the marks of `core.content.markup` to HTML."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from typing import Any
from xml.etree.ElementTree import Element

import markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from core.content.files import listed
from core.content.rendered import ADDRESSES, Block, Heading, Link, Rendered
from core.content.shapes import Shapes
from core.content.telephone import spoken

HEADING_ID = re.compile(r"\s*\{#([a-z0-9][a-z0-9-]*)\}$")
#: A line that ends in, or begins with, Chinese text or one of our marks.
ENDS_CHINESE = re.compile(r"[⺀-鿿　-〿＀-￯“”‘’…—\]})*]$")
BEGINS_CHINESE = re.compile(r"^ *(?:[⺀-鿿　-〿＀-￯“”‘’…—\[{]|\*\*)")


@dataclass(frozen=True)
class Lexicon:
    """The entries that marks may name, by id. Sources, channels and terms are models of the guide."""

    sources: Mapping[str, Any] = field(default_factory=dict)
    channels: Mapping[str, Any] = field(default_factory=dict)
    terms: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def converter(self) -> "Converter":
        """Return a converter for one text after another: making one takes longer than most texts."""
        return Converter(self)


class Converter(markdown.Markdown):
    """Markdown without raw HTML and with our marks. Not for two threads at once."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon, self.rendered = lexicon, Rendered()
        super().__init__(extensions=["sane_lists"], output_format="html")
        self.preprocessors.deregister("html_block")
        for name in ("html", "autolink", "automail", "image_link", "image_reference"):
            self.inlinePatterns.deregister(name)
        self.preprocessors.register(_JoinLines(self), "join-lines", 25)
        self.inlinePatterns.register(_Citation(r"\[@([a-z0-9-]+)\|(\d+)(!?)\]", self), "citation", 185)
        self.inlinePatterns.register(_Named(r"\{(term|channel):([a-z0-9-]+)(!?)\}", self), "named", 184)
        self.treeprocessors.register(_HeadingsAndLinks(self), "headings and links", 15)
        names = {channel.number: channel.name for channel in lexicon.channels.values() if channel.number}
        self.shapes = Shapes(self, names)
        self.treeprocessors.register(self.shapes, "shapes", 13)

    def begin(self, rendered: Rendered) -> None:
        """Begin a text, whose parts `add_html` adds to `rendered`."""
        self.rendered = rendered
        self.shapes.begin()

    def add_html(self, text: str) -> None:
        """Add a part of the text to what is rendered."""
        if text.strip():
            self.rendered.blocks.append(Block("html", self.reset().convert(text)))


class _JoinLines(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        joined: list[str] = []
        for line in lines:
            before = joined[-1] if joined else ""
            if not before.startswith("#") and ENDS_CHINESE.search(before) and BEGINS_CHINESE.match(line):
                joined[-1] = before + line.lstrip()
            else:
                joined.append(line)
        return joined


class _Citation(InlineProcessor):
    md: Converter

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: N802
        id, number, first = m.groups()
        if id not in self.md.lexicon.sources:
            self.md.rendered.fault(f"unknown source {id!r}", listed(self.md.lexicon.sources))
        sup = Element("sup", {"class": "cite"})
        link = Element("a", {"href": f"#source-{number}", "aria-label": f"来源 {number}"})
        if first:
            link.set("id", f"cite-{number}")
        link.text = number
        # Joined to the word before it: no line begins with a number and a full stop.
        sup.text = "\u2060"
        sup.append(link)
        return sup, m.start(0), m.end(0)


class _Named(InlineProcessor):
    md: Converter

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element | str, int, int]:  # type: ignore[override]  # noqa: N802
        kind, id, first = m.groups()
        terms, channels = self.md.lexicon.terms, self.md.lexicon.channels
        if kind == "channel" and id in channels:
            return _channel_link(channels[id]), m.start(0), m.end(0)
        if kind == "term" and id in terms:
            return (_glossed(terms[id]) if first else terms[id].word), m.start(0), m.end(0)
        self.md.rendered.fault(f"unknown {kind} {id!r}", listed(terms if kind == "term" else channels))
        return id, m.start(0), m.end(0)


def _glossed(term: Any) -> Element:
    element = Element("span", {"class": "term"})
    word = Element("dfn")
    word.text = term.word
    word.tail = f"（{term.gloss}）"
    element.append(word)
    return element


def _channel_link(channel: Any) -> Element:
    if channel.number:
        said = spoken(channel.number, channel.number)
        link = Element("a", {"href": f"tel:{channel.number}", "class": "tel", "aria-label": said})
        link.text = channel.number
    else:
        link = Element("a", {"href": channel.url, "rel": "noreferrer"})
        link.text = channel.name
    return link


class _HeadingsAndLinks(Treeprocessor):
    md: Converter

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
                self._read_heading(element)
        for element in root.iter("a"):
            self._read_link(element)

    def _read_heading(self, element: Element) -> None:
        title = "".join(element.itertext())
        mark = HEADING_ID.search(title)
        if element.tag not in ("h2", "h3") or not mark or len(element):
            self.md.rendered.fault(f"heading {title!r}", "## or ### with plain words and an id: ## 标题 {#id}")
            return
        element.text = title[: mark.start()]
        element.set("id", mark.group(1))
        self.md.rendered.headings.append(Heading(mark.group(1), element.text, int(element.tag[1])))

    def _read_link(self, element: Element) -> None:
        href = element.get("href", "")
        link = Link.parse(href)
        if link:
            self.md.rendered.links.append(link)
            element.set("href", link.address)
        elif set(element.keys()) <= {"href", "title"}:  # one of our marks carries more
            self.md.rendered.fault(f"link to {escape(href)!r}", f"{', '.join(ADDRESSES)}: and an id")
