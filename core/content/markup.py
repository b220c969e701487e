"""Render content to HTML: Markdown with a few marks of our own and without raw HTML.

    [@source]        a numbered citation
    {term:id}        a word, glossed where the page first uses it
    {channel:id}     a number to dial (alone in a paragraph: the whole channel)
    {procedure:id}   alone in a paragraph: the procedure, embedded
    {drawing:id}     alone in a paragraph: one of our drawings
    [words](page:id) a link inside the site; also step:, quiz:, case:,
                     leaving: (a tie), checklist: (leaving, together, emergency)
    ## Title {#id}   a heading with its explicit id

Raw HTML is off, addresses on the web come from sources only, and lines of a
Chinese paragraph are joined without a space.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from html import escape, unescape
from typing import Any, Literal
from xml.etree.ElementTree import Element

import markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from core.content.files import listed
from core.content.shapes import Shapes
from core.content.telephone import spoken

#: The address of each kind of link. Addresses of higher apps are spelled out, because core
#: does not import them; tests/site and `make check` follow the links.
ADDRESSES = {
    "page": "/guide/{}/",
    "step": "/checklist/steps/{}/",
    "case": "/checklist/emergency/{}/",
    "quiz": "/quizzes/{}/",
    "leaving": "/checklist/leaving/{}/",
    "checklist": "/checklist/{}/",
}
LINK = re.compile(rf"^({'|'.join(ADDRESSES)}):([a-z0-9][a-z0-9-]*(?:/[a-z0-9-]+)?)(?:#([a-z0-9][a-z0-9-]*))?$")
#: Our drawings, each a template in templates/guide/drawings.
DRAWINGS = ("ever-slower", "forged-link", "links-in-a-circle")
ALONE = re.compile(r"^\{(procedure|channel|drawing):([a-z0-9][a-z0-9-]*)\}$", re.MULTILINE)
#: What looks like a mark and was not read as one.
LEFT_OVER = re.compile(r"\{[^{}<>]*:[^{}<>]*\}|\[@[^\]<>]*\]")
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
    def converter(self) -> "_Converter":
        """Return a converter for one text after another: making one takes longer than most texts."""
        return _Converter(self)


@dataclass(frozen=True)
class Link:
    """A link inside the site, by kind and id, with the address that it has."""

    kind: str
    id: str
    anchor: str = ""

    @property
    def address(self) -> str:
        return ADDRESSES[self.kind].format(self.id) + (f"#{self.anchor}" if self.anchor else "")


@dataclass(frozen=True)
class Heading:
    id: str
    title: str
    level: int


@dataclass(frozen=True)
class Block:
    """A part of a page: HTML, or the id of something to embed there."""

    kind: Literal["html", "procedure", "channel", "drawing"]
    content: str


@dataclass
class Rendered:
    """A text as HTML blocks, with its citations, terms and links.

    `faults` holds (what is wrong, what is allowed) for each mark that could not
    be understood; the caller knows the file.
    """

    blocks: list[Block] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    citations: list[str] = field(default_factory=list)
    terms: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    faults: list[tuple[str, str]] = field(default_factory=list)

    @property
    def html(self) -> str:
        """Return the HTML blocks, joined."""
        return "".join(block.content for block in self.blocks if block.kind == "html")

    def fault(self, what: str, allowed: str) -> None:
        self.faults.append((what, allowed))


def render(text: str, lexicon: Lexicon, glossed: Sequence[str] = ()) -> Rendered:
    """Return a page's Markdown as blocks. Faults are listed in the result, not raised.

    `glossed` are terms that the page explained before this text.
    """
    rendered = Rendered(terms=list(glossed))
    text = _in_reading_order(text, rendered)
    lexicon.converter.begin(rendered)
    position = 0
    for mark in ALONE.finditer(text):
        lexicon.converter.add_html(text[position : mark.start()])
        _add_embedded(mark, lexicon, rendered)
        position = mark.end()
    lexicon.converter.add_html(text[position:])
    for mark in LEFT_OVER.findall(rendered.html):
        rendered.fault(f"a mark that can't be read: {unescape(mark)}", "the marks of core/content/markup.py")
    for id, times in Counter(heading.id for heading in rendered.headings).items():
        if times > 1:
            rendered.fault(f"heading id {id!r} stands twice", "each id once a page")
    return rendered


def render_line(text: str, lexicon: Lexicon, glossed: Sequence[str] = ()) -> Rendered:
    """Return one paragraph as HTML without its <p>, for steps, answers and buttons; `glossed` as in `render`."""
    rendered = render(text, lexicon, glossed)
    html = rendered.html
    if not (html.startswith("<p>") and html.endswith("</p>") and html.count("<p>") == 1):
        rendered.fault(f"not one paragraph: {text!r}", "one paragraph")
    rendered.blocks = [Block("html", html.removeprefix("<p>").removesuffix("</p>"))]
    return rendered


def _in_reading_order(text: str, rendered: Rendered) -> str:
    """Return `text` with each citation numbered and each first use marked.

    Done before Markdown, which walks lists after the paragraphs around them.
    """

    def citation(mark: re.Match[str]) -> str:
        first = mark[1] not in rendered.citations
        if first:
            rendered.citations.append(mark[1])
        return f"[@{mark[1]}|{rendered.citations.index(mark[1]) + 1}{'!' if first else ''}]"

    def term(mark: re.Match[str]) -> str:
        first = mark[1] not in rendered.terms
        if first:
            rendered.terms.append(mark[1])
        return f"{{term:{mark[1]}{'!' if first else ''}}}"

    return re.sub(r"\{term:([a-z0-9-]+)\}", term, re.sub(r"\[@([a-z0-9-]+)\]", citation, text))


def _add_embedded(mark: re.Match[str], lexicon: Lexicon, rendered: Rendered) -> None:
    kind, id = mark.groups()
    if kind == "procedure":  # known to the caller alone
        rendered.blocks.append(Block("procedure", id))
        return
    known = lexicon.channels if kind == "channel" else DRAWINGS
    if id not in known:
        rendered.fault(f"unknown {kind} {id!r}", listed(known))
    rendered.blocks.append(Block("channel" if kind == "channel" else "drawing", id))


class _Converter(markdown.Markdown):
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
    md: _Converter

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
    md: _Converter

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
    md: _Converter

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
        inside = LINK.match(href)
        if inside:
            link = Link(inside[1], inside[2], inside[3] or "")
            self.md.rendered.links.append(link)
            element.set("href", link.address)
        elif set(element.keys()) <= {"href", "title"}:  # one of our marks carries more
            self.md.rendered.fault(f"link to {escape(href)!r}", f"{', '.join(ADDRESSES)}: and an id")
