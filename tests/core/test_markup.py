"""Words to HTML: our marks, Chinese lines, and nothing raw."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.content.converter import Lexicon
from core.content.markup import DRAWINGS, render, render_line
from core.content.rendered import Block, Heading
from tests.tiny import guide_library

LEXICON = guide_library().lexicon
#: The channel `watch`: its name begins with what one sees, then come the digits.
DIALLED = '<a aria-label="000-1，0 0 0 1" class="tel" href="tel:000-1">000-1</a>'


def html(text: str) -> str:
    rendered = render(text, LEXICON)
    assert rendered.faults == []
    return rendered.html


def faults(text: str) -> str:
    """What is wrong and what is allowed, a line each."""
    return "\n".join(f"{what}; {allowed}" for what, allowed in render(text, LEXICON).faults)


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("灯在\n街角", "灯在街角"),
        ("灯在，\n街角", "灯在，街角"),
        ("他说“灯”\n“在街角”", "他说“灯”“在街角”"),
        ("（灯）\n《街角》", "（灯）《街角》"),
        ("灯\n**在**\n街角", "灯<strong>在</strong>街角"),
        ("灯在\n  街角", "灯在街角"),
        ("一\n二\n三", "一二三"),
        ("a lamp\nat the corner", "a lamp at the corner"),
        ("**a lamp**\nat the corner", "<strong>a lamp</strong> at the corner"),
        ("灯\nlamp", "灯 lamp"),
        ("lamp\n灯", "lamp 灯"),
    ],
)
def test_joins_the_lines_of_a_paragraph(text: str, joined: str) -> None:
    assert re.sub(r"\s+", " ", html(text)) == f"<p>{joined}</p>"


def test_keeps_paragraphs_lists_and_headings_apart() -> None:
    shown = html("## 灯 {#lamp}\n一盏\n\n两盏\n\n- 三盏\n- 四盏\n\n1. 五盏\n2. 六盏")
    assert re.sub(r"\s+", "", shown) == (
        '<h2id="lamp">灯</h2><p>一盏</p><p>两盏</p><ul><li>三盏</li><li>四盏</li></ul><ol><li>五盏</li><li>六盏</li></ol>'
    )


def test_numbers_citations_in_the_order_of_their_first_use() -> None:
    rendered = render("A[@gazette]. B[@almanac]. C[@gazette].\n\nD[@almanac]", LEXICON)
    assert rendered.citations == ["gazette", "almanac"]
    assert re.findall(r'href="#source-(\d)"', rendered.html) == ["1", "2", "1", "2"]
    assert re.findall(r">(\d)</a>", rendered.html) == ["1", "2", "1", "2"]
    assert re.findall(r'id="cite-(\d)"', rendered.html) == ["1", "2"]


def test_numbers_on_across_what_is_embedded() -> None:
    rendered = render("A[@gazette]\n\n{channel:watch}\n\nB[@almanac] C[@gazette]", LEXICON)
    assert re.findall(r'href="#source-(\d)"', rendered.html) == ["1", "2", "1"]


def test_glosses_a_term_on_its_first_use_only() -> None:
    shown = html(
        "The {term:wick}, a {term:wick}.\n\n{procedure:x}\n\n## One {#one}\n\nAgain {term:wick}, {term:latch}."
    )
    assert shown.count("the string that burns") == 1
    assert shown.count("<dfn>wick</dfn>") == 1
    assert shown.count("wick") == 3
    assert shown.count("what holds the gate") == 1
    assert shown.index("the string that burns") < shown.index("a wick.")


def test_makes_a_number_that_can_be_dialled() -> None:
    assert (
        html("Dial {channel:watch}.")
        == '<p>Dial <a aria-label="000-1，0 0 0 1" class="tel" href="tel:000-1">000-1</a>.</p>'
    )


def test_links_to_a_channel_without_a_number() -> None:
    shown = html("See {channel:notice-board}.")
    assert 'href="https://board.example/"' in shown
    assert 'rel="noreferrer"' in shown
    assert ">Notice board</a>" in shown


def test_embeds_what_stands_alone() -> None:
    rendered = render("Before\n\n{procedure:change-lock}\n\n{channel:watch}\n\nAfter", LEXICON)
    assert [block.kind for block in rendered.blocks] == ["html", "procedure", "channel", "html"]
    assert rendered.blocks[1] == Block("procedure", "change-lock")
    assert rendered.html == "<p>Before</p><p>After</p>"


@pytest.mark.parametrize(
    ("to", "address"),
    [
        ("page:lend-a-key", "/guide/lend-a-key/"),
        ("page:lend-a-key#who", "/guide/lend-a-key/#who"),
        ("step:shut-bell", "/checklist/steps/shut-bell/"),
        ("case:fire", "/checklist/emergency/fire/"),
        ("quiz:lantern", "/quizzes/lantern/"),
    ],
)
def test_links_inside_the_site(to: str, address: str) -> None:
    rendered = render(f"[Go]({to})", LEXICON)
    assert rendered.html == f'<p><a href="{address}">Go</a></p>'
    kind, id = to.partition("#")[0].split(":")
    assert [(link.kind, link.id) for link in rendered.links] == [(kind, id)]
    assert rendered.faults == []


@pytest.mark.parametrize(
    "to",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "java&#115;cript:alert(1)",
        "&#106;avascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "https://evil.example/",
        "//evil.example/",
        "/guide/lend-a-key/",
        "mailto:a@b.example",
        "page:Lend",
        "page:",
        "lamp:one",
        "page:one two",
    ],
)
def test_refuses_a_link_that_is_none_of_ours(to: str) -> None:
    told = faults(f"[Go](<{to}>)") if " " in to else faults(f"[Go]({to})")
    assert "link to" in told
    assert "page, step, case, quiz" in told


def test_refuses_a_link_by_reference_too() -> None:
    assert "link to" in faults("[Go][1]\n\n[1]: javascript:alert(1)")


@pytest.mark.parametrize(
    "raw",
    [
        "<script>alert(1)</script>",
        "<b>bold</b>",
        '<img src=x onerror="alert(1)">',
        "<div>\nblock\n</div>",
        "<!-- hidden -->",
        "<https://evil.example>",
        "<a@evil.example>",
        "![x](https://evil.example/x.png)",
        "a <iframe src=x> b",
        "`<script>`",
        "<?php x ?>",
        "## <b>One</b> {#one}",
        "- <i>One</i>",
        "&lt;script&gt;",
        "&#60;script&#62;",
    ],
)
def test_shows_raw_html_as_text_and_never_as_a_tag(raw: str) -> None:
    shown = render(raw, LEXICON).html
    tags = set(re.findall(r"<\s*([a-zA-Z!?][\w-]*)", shown))
    assert tags <= {"p", "a", "code", "h2", "ul", "li"}
    assert "onerror" not in re.sub(r"&lt;.*?&gt;", "", shown)
    if raw.startswith("<") and "evil" not in raw:
        assert "&lt;" in shown


@given(st.text(alphabet=st.sampled_from("<>/ab\"'=&;#[](){}@:`*_!\n- scriptimgonerror灯，"), max_size=80))
def test_never_raises_and_never_makes_a_foreign_tag(text: str) -> None:
    shown = render(text, LEXICON).html
    tags = {tag.lower() for tag in re.findall(r"<\s*/?\s*([a-zA-Z!?][\w-]*)", shown)}
    ours = {"p", "a", "sup", "span", "dfn", "em", "strong", "code", "pre", "ul", "ol", "li", "br", "hr", "blockquote"}
    assert tags <= ours | {"h1", "h2", "h3", "h4", "h5", "h6"}


def test_keeps_the_explicit_ids_of_headings() -> None:
    rendered = render("## 灯 {#lamp}\n\n### Two lamps {#two-lamps}", LEXICON)
    assert rendered.headings == [Heading("lamp", "灯", 2), Heading("two-lamps", "Two lamps", 3)]
    assert '<h2 id="lamp">灯</h2>' in rendered.html


@pytest.mark.parametrize(
    "heading",
    ["## Lamp", "# Lamp {#lamp}", "#### Lamp {#lamp}", "## *Lamp* {#lamp}", "## {term:wick} {#wick}", "## 灯 {#灯}"],
)
def test_asks_a_heading_for_a_plain_title_and_an_id(heading: str) -> None:
    assert "heading" in faults(heading)
    assert "{#id}" in faults(heading)


def test_refuses_a_heading_id_twice() -> None:
    assert "heading id 'lamp' is defined twice" in faults("## One {#lamp}\n\n## Two {#lamp}")


@pytest.mark.parametrize(
    ("text", "what", "allowed"),
    [
        ("A[@almanack]", "unknown source 'almanack'", "almanac, gazette"),
        ("{term:wich}", "unknown term 'wich'", "latch, wick"),
        ("Dial {channel:wotch}", "unknown channel 'wotch'", "notice-board, watch"),
        ("{channel:wotch}", "unknown channel 'wotch'", "notice-board, watch"),
    ],
)
def test_names_what_it_does_not_know(text: str, what: str, allowed: str) -> None:
    assert faults(text) == f"{what}; {allowed}"


@pytest.mark.parametrize(
    "text",
    ["See {procedure:change-lock} here.", "A {chanel:watch}.", "A {term:Wick}.", "A[@Almanac].", "{chanel:watch}"],
)
def test_tells_of_a_mark_that_it_cannot_read(text: str) -> None:
    assert faults(text), "shown to the reader as it stands, without a fault"


def test_names_all_faults_of_a_text() -> None:
    assert len(render("A[@no] {term:no}\n\n## Lamp", LEXICON).faults) == 3


def test_renders_one_line_without_its_paragraph() -> None:
    line = render_line("Dial **{channel:watch}**,\nnow.", LEXICON)
    assert line.html == f"Dial <strong>{DIALLED}</strong>,\nnow."
    assert line.faults == []


@pytest.mark.parametrize("text", ["One\n\nTwo", "- One", "## One {#one}", "{channel:watch}", "{procedure:x}"])
def test_wants_one_paragraph_in_a_line(text: str) -> None:
    assert any("not one paragraph" in what for what, _ in render_line(text, LEXICON).faults)


def test_knows_nothing_of_an_empty_lexicon() -> None:
    assert render("[@almanac]", Lexicon()).faults == [("unknown source 'almanac'", "none yet")]


def test_puts_a_drawing_where_its_mark_stands() -> None:
    rendered = render("Before\n\n{drawing:forged-link}\n\nAfter", LEXICON)
    assert [(block.kind, block.content) for block in rendered.blocks][1] == ("drawing", "forged-link")
    assert not rendered.faults


def test_says_which_drawings_there_are() -> None:
    [(what, allowed)] = render("{drawing:lantern}", LEXICON).faults
    assert "lantern" in what
    assert "forged-link" in allowed


def test_has_a_template_for_each_drawing() -> None:
    assert sorted(DRAWINGS) == sorted(path.stem for path in Path("templates/guide/drawings").glob("*.html"))
