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
from collections.abc import Sequence
from html import unescape

from core.content.converter import Lexicon
from core.content.files import listed
from core.content.rendered import Block, Rendered

#: Our drawings, each a template in templates/guide/drawings.
DRAWINGS = ("ever-slower", "forged-link", "links-in-a-circle")
ALONE = re.compile(r"^\{(procedure|channel|drawing):([a-z0-9][a-z0-9-]*)\}$", re.MULTILINE)
#: What looks like a mark and was not read as one.
LEFT_OVER = re.compile(r"\{[^{}<>]*:[^{}<>]*\}|\[@[^\]<>]*\]")


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
            rendered.fault(f"heading id {id!r} is defined twice", "a different id for each heading")
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
