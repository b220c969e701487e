"""Search over tiny content: what is found, in which order, where it leads, and what is marked."""

import pytest

from core.search.documents import Document, DocumentKind, make_document
from core.search.index import LONGEST, Hit, Index, build, nearest, search, tokens
from guide.search_documents import of_page
from tests.tiny import Tree, copy, guide_library

LAMP = """+++
title = "{title}"
answer = "{answer}"
summary = "{summary}"
order = {order}
checked = 2026-02-01

[[next]]
to = "page:lend-a-key"
label = "Then the keys"
+++
{body}
"""


@pytest.fixture
def tree(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    return copy(tmp_path_factory.mktemp("tree"))


@pytest.fixture
def index(tree: Tree) -> Index:
    """The tiny content, with three pages in Chinese about lanterns."""
    add(
        tree,
        "oil",
        title="灯油怎么换",
        answer="先吹灭，再倒油。",
        body="油在门房领。\n\n## 倒油的手势 {#pour}\n\n慢慢倒，别沾到灯笼纸。",
    )
    add(
        tree,
        "paper",
        title="灯笼纸破了",
        answer="用米糊补。",
        body="纸有三种颜色。\n\n## 领纸 {#fetch}\n\n到门房领，一次两张，记在 LOG 本上。",
    )
    add(tree, "night", title="晚上巡街", answer="两个人一起走。", body="带上灯笼纸和火柴。<b>不是标签</b>")
    return index_of(tree)


def index_of(tree: Tree, *others: Document) -> Index:
    """The index of the guide alone, and of what else is offered."""
    guide = tree.load_guide()
    return build([*map(of_page, guide.pages.values()), *others], guide.synonyms.values(), guide.pinyin)


def slug(found: Document) -> str:
    return found.address.removeprefix("/guide/").strip("/")


def add(tree: Tree, slug: str, title: str, answer: str, body: str) -> None:
    order = 10 + len(slug)
    tree.add(
        f"guide/pages/yard/{slug}.md",
        LAMP.format(title=title, answer=answer, summary="提灯的事。", order=order, body=body),
    )


def found(index: Index, query: str) -> list[str]:
    return [slug(hit.found) for hit in search(index, query)]


def marked(hit: Hit) -> set[str]:
    return {text for text, matches in hit.snippet if matches}


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("灯笼纸", ["灯笼", "笼纸"]),
        ("灯", ["灯"]),
        ("", []),
        ("Lend a KEY 12", ["lend", "a", "key", "12"]),
        ("ＡＰＰ里的１１０", ["app", "里的", "110"]),
        ("差0.01元", ["差", "0.01", "元"]),
        ("灯油，灯笼！", ["灯油", "灯笼"]),
    ],
)
def test_it_cuts_chinese_into_pairs_and_the_rest_into_words(text: str, cut: list[str]) -> None:
    assert tokens(text) == cut


def test_it_finds_the_page_whose_title_it_is_before_those_that_mention_it(index: Index) -> None:
    assert found(index, "灯笼纸")[0] == "paper"
    assert set(found(index, "灯笼纸")) >= {"paper", "oil"}


def test_it_finds_a_whole_question(index: Index) -> None:
    assert found(index, "灯油到底要怎么换啊？")[0] == "oil"


def test_it_finds_mixed_chinese_and_latin_in_any_case(index: Index) -> None:
    assert found(index, "log 本子")[0] == "paper"
    assert found(index, "ＬＯＧ")[0] == "paper"
    assert found(index, "LEND a key")[0] == "lend-a-key"


def test_it_leads_to_the_heading_under_which_it_stands(index: Index) -> None:
    best = search(index, "倒油的手势")[0]
    assert (best.address, best.heading) == ("/guide/oil/#pour", "倒油的手势")
    best = search(index, "一次两张")[0]
    assert (best.address, best.heading) == ("/guide/paper/#fetch", "领纸")


def test_it_leads_to_the_head_of_a_page_for_its_title(index: Index) -> None:
    best = search(index, "晚上巡街")[0]
    assert (best.address, best.heading) == ("/guide/night/", "")


def test_it_weighs_a_heading_above_the_text(index: Index) -> None:
    assert search(index, "领纸")[0].address == "/guide/paper/#fetch"


def test_it_lists_each_page_once(index: Index) -> None:
    pages = found(index, "门房领 灯笼纸")
    assert len(pages) == len(set(pages))


def test_it_finds_what_is_embedded_in_a_page(index: Index) -> None:
    procedure = guide_library().procedures["change-lock"]
    assert found(index, procedure.title)[0] == "lend-a-key"
    assert found(index, guide_library().channels["notice-board"].name)[0] == "lend-a-key"


def test_it_finds_a_synonym(index: Index) -> None:
    assert found(index, "响器在哪") == ["ring-the-bell"]
    assert found(index, "opener")[0] == "lend-a-key"


def test_it_prefers_the_word_itself_to_its_synonym(tree: Tree) -> None:
    add(tree, "big", title="响器大的", answer="一只。", body="响。")
    add(tree, "small", title="铃铛小的", answer="一只。", body="响。")
    index = index_of(tree)
    assert [page for page in found(index, "响器") if page in ("big", "small")] == ["big", "small"]
    assert [page for page in found(index, "铃铛") if page in ("big", "small")] == ["small", "big"]


def test_it_takes_latin_synonyms_as_words_of_their_own(index: Index) -> None:
    assert "lend-a-key" in found(index, "ykey")
    assert "lend-a-key" not in found(index, "monkeys")


@pytest.mark.parametrize("query", ["jiejiao", "jie jiao", "JIEJIAO", "jie'jiao", "zai jiejiao ma", "zaijiejiaoma"])
def test_it_reads_pinyin(index: Index, query: str) -> None:
    assert found(index, query) == ["ring-the-bell"]


def test_it_reads_the_pinyin_that_is_being_typed(index: Index) -> None:
    assert found(index, "jieji") == ["ring-the-bell"]
    assert found(index, "jie") == []


def test_it_reads_pinyin_beside_words_that_it_knows(index: Index) -> None:
    assert set(found(index, "key jiejiao")) == {"lend-a-key", "ring-the-bell"}


def test_it_finds_synonyms_by_pinyin_too(index: Index) -> None:
    assert found(index, "lingdang")[0] == "ring-the-bell"


def test_it_takes_latin_that_stands_in_a_page_as_it_is(tree: Tree) -> None:
    add(tree, "name", title="一条狗", answer="它叫。", body="它叫 jiejiao。")
    assert found(index_of(tree), "jiejiao") == ["name"]


def test_it_marks_what_matches_in_the_snippet(index: Index) -> None:
    best = search(index, "别沾到灯笼纸")[0]
    assert "".join(text for text, _ in best.snippet) == "…别沾到灯笼纸。"
    assert marked(best) == {"别沾到灯笼纸"}


def test_it_marks_a_synonym_in_the_snippet(index: Index) -> None:
    assert marked(search(index, "响器")[0]) == {"街角"}


def test_it_keeps_markup_of_readers_out_of_the_snippet(index: Index) -> None:
    [hit] = [hit for hit in search(index, "不是标签") if slug(hit.found) == "night"]
    assert "".join(text for text, _ in hit.snippet).count("<b>不是标签</b>") == 1, "plain text: the template escapes it"


def test_it_cuts_a_snippet_out_of_a_long_text(tree: Tree) -> None:
    add(
        tree, "long", title="很长的一页", answer="长。", body="前面的话。" * 60 + "中间藏着萤火虫。" + "后面的话。" * 60
    )
    [hit] = search(index_of(tree), "萤火虫")
    text = "".join(text for text, _ in hit.snippet)
    assert text.startswith("…中间藏着萤火虫。后面的话。")
    assert text.endswith("…")
    assert len(text) < 70
    assert marked(hit) == {"萤火虫"}


@pytest.mark.parametrize("query", ["", " ", "灯", "k", "?!", "😀😀", "\0\0", "qqqq", "鲸鱼"])
def test_it_finds_nothing(index: Index, query: str) -> None:
    assert search(index, query) == []


def test_it_reads_no_more_than_the_longest_query(index: Index) -> None:
    assert found(index, "x" * LONGEST + "灯笼纸") == []
    assert found(index, "灯笼纸" + " x" * 5000)[0] == "paper"


def test_it_shows_no_more_than_asked_for(index: Index) -> None:
    assert len(search(index, "灯笼纸", limit=1)) == 1


def test_it_finds_nothing_in_nothing() -> None:
    assert search(build([]), "灯笼纸") == []
    assert nearest(build([]), "灯笼纸") == []


def test_it_knows_the_nearest_pages_by_single_characters(index: Index) -> None:
    assert search(index, "纸坏") == []
    assert [slug(found) for found in nearest(index, "纸坏")] == ["paper"]
    assert nearest(index, "鲸") == []
    assert nearest(index, "whale") == []


def test_it_puts_a_page_of_the_guide_before_what_else_has_the_same_title(tree: Tree) -> None:
    add(tree, "oil", title="灯油怎么换", answer="先吹灭。", body="油在门房领。")
    other = make_document(
        DocumentKind.STEP, "/checklist/steps/oil/", "灯油怎么换", "提灯的事。", ["<b>油在门房领。</b>"]
    )
    hits = search(index_of(tree, other), "灯油怎么换")
    assert [hit.address for hit in hits] == ["/guide/oil/", "/checklist/steps/oil/"]
    assert "".join(text for text, _ in hits[1].snippet) == "提灯的事。油在门房领。"


def test_it_finds_what_the_guide_says_nothing_of(tree: Tree) -> None:
    [hit] = search(
        index_of(tree, make_document(DocumentKind.LETTER, "/checklist/letters/#letter-key", "讨回钥匙", "借了不还。")),
        "钥匙",
    )
    assert (hit.address, hit.found.kind.label) == ("/checklist/letters/#letter-key", "信")
