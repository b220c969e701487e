"""Search over tiny content: what is found, in which order, where it leads, and what is marked."""

import pytest

from core.search.documents import Document, DocumentKind, make_document
from core.search.index import Index, SearchLexicon, build
from core.search.intents import Intent, QueryWords
from core.search.query import AFTER_A_CASE, LONGEST, Hit, intent_of, search
from core.search.text import Segmenter, normalise
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
    return build([*map(of_page, guide.pages.values()), *others], guide.search_lexicon)


def slug(found: Document) -> str:
    return found.address.removeprefix("/guide/").strip("/")


def add(tree: Tree, slug: str, title: str, answer: str, body: str) -> None:
    order = 10 + len(slug)
    tree.add(
        f"guide/pages/yard/{slug}.md",
        LAMP.format(title=title, answer=answer, summary="提灯的事。", order=order, body=body),
    )


def found(index: Index, query: str) -> list[str]:
    return [slug(hit.document) for hit in search(index, query)]


def marked(hit: Hit) -> set[str]:
    return {text for text, matches in hit.line if matches}


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("ＡＰＰ里的１１０", "app里的110"),
        ("驗證碼給了別人", "验证码给了别人"),
        ("验 证 码 发 出 去 了", "验证码发出去了"),
        ("灯笼 纸坏了", "灯笼 纸坏了"),
        ("021-53395288", "02153395288"),
        ("2-3天", "2-3天"),
        ("验\u200b证\ufeff码", "验证码"),
    ],
)
def test_compares_texts_in_one_form(text: str, normal: str) -> None:
    assert normalise(text) == normal


@pytest.mark.parametrize(
    ("run", "pieces"),
    [
        ("微信号没信号", [("微信号", True), ("没信号", True)]),
        ("提灯笼", [("提", False), ("灯笼", True)]),
        ("鲸鱼来了", [("鲸鱼来了", False)]),
        ("灯笼纸坏", [("灯笼纸", True), ("坏", False)]),
    ],
)
def test_splits_a_text_into_the_words_that_leave_least(run: str, pieces: list[tuple[str, bool]]) -> None:
    assert Segmenter(["微信", "微信号", "信号", "没信号", "灯笼", "灯笼纸"]).split(run) == pieces


def test_finds_the_page_whose_title_it_is_before_those_that_mention_it(index: Index) -> None:
    assert found(index, "灯笼纸")[0] == "paper"
    assert set(found(index, "灯笼纸")) >= {"paper", "oil"}


def test_finds_a_whole_question(index: Index) -> None:
    assert found(index, "灯油到底要怎么换啊？")[0] == "oil"


def test_finds_mixed_chinese_and_latin_in_any_case(index: Index) -> None:
    assert found(index, "log 本子")[0] == "paper"
    assert found(index, "ＬＯＧ")[0] == "paper"
    assert found(index, "LEND a key")[0] == "lend-a-key"


def test_leads_to_the_heading_under_which_it_stands(index: Index) -> None:
    best = search(index, "倒油的手势")[0]
    assert (best.address, best.heading) == ("/guide/oil/#pour", "倒油的手势")
    best = search(index, "一次两张")[0]
    assert (best.address, best.heading) == ("/guide/paper/#fetch", "领纸")


def test_leads_to_the_head_of_a_page_for_its_title(index: Index) -> None:
    best = search(index, "晚上巡街")[0]
    assert (best.address, best.heading) == ("/guide/night/", "")


def test_weighs_a_heading_above_the_text(index: Index) -> None:
    assert search(index, "领纸")[0].address == "/guide/paper/#fetch"


def test_lists_each_page_once(index: Index) -> None:
    pages = found(index, "门房领 灯笼纸")
    assert len(pages) == len(set(pages))


def test_finds_what_is_embedded_in_a_page(index: Index) -> None:
    procedure = guide_library().procedures["change-lock"]
    assert found(index, procedure.title)[0] == "lend-a-key"
    assert found(index, guide_library().channels["notice-board"].name)[0] == "lend-a-key"


def test_finds_a_synonym(index: Index) -> None:
    assert found(index, "响器在哪") == ["ring-the-bell"]
    assert found(index, "opener")[0] == "lend-a-key"


def test_prefers_the_word_itself_to_its_synonym(tree: Tree) -> None:
    add(tree, "big", title="响器大的", answer="一只。", body="响。")
    add(tree, "small", title="铃铛小的", answer="一只。", body="响。")
    index = index_of(tree)
    assert [page for page in found(index, "响器") if page in ("big", "small")] == ["big", "small"]
    assert [page for page in found(index, "铃铛") if page in ("big", "small")] == ["small", "big"]


def test_takes_latin_synonyms_as_words_of_their_own(index: Index) -> None:
    assert "lend-a-key" in found(index, "ykey")
    assert "lend-a-key" not in found(index, "monkeys")


@pytest.mark.parametrize("query", ["jiejiao", "jie jiao", "JIEJIAO", "jie'jiao", "zai jiejiao ma", "zaijiejiaoma"])
def test_reads_pinyin(index: Index, query: str) -> None:
    assert found(index, query) == ["ring-the-bell"]


def test_reads_the_pinyin_that_is_being_typed(index: Index) -> None:
    assert found(index, "jieji") == ["ring-the-bell"]
    assert found(index, "jie") == []


def test_reads_pinyin_beside_words_that_it_knows(index: Index) -> None:
    assert set(found(index, "key jiejiao")) == {"lend-a-key", "ring-the-bell"}


def test_finds_synonyms_by_pinyin_too(index: Index) -> None:
    assert found(index, "lingdang")[0] == "ring-the-bell"


def test_takes_latin_that_stands_in_a_page_as_it_is(tree: Tree) -> None:
    add(tree, "name", title="一条狗", answer="它叫。", body="它叫 jiejiao。")
    assert found(index_of(tree), "jiejiao") == ["name"]


def test_shows_the_sentence_that_answers_and_marks_what_matches(index: Index) -> None:
    best = search(index, "灯油怎么换 倒油")[0]
    assert "".join(text for text, _ in best.line) == "先吹灭，再倒油。"
    assert marked(best) == {"倒油"}


def test_hands_markup_of_a_line_on_as_text(tree: Tree) -> None:
    add(tree, "sign", title="不是标签", answer="看 &lt;b&gt;。", body="灯。")
    [hit] = search(index_of(tree), "不是标签")
    assert "<b>" in "".join(text for text, _ in hit.line), "plain text: the template escapes it"


@pytest.mark.parametrize("query", ["", " ", "灯", "k", "?!", "😀😀", "\0\0", "qqqq", "鲸鱼"])
def test_finds_nothing(index: Index, query: str) -> None:
    assert search(index, query) == []


def test_reads_no_more_than_the_longest_query(index: Index) -> None:
    assert found(index, "x" * LONGEST + "灯笼纸") == []
    assert found(index, "灯笼纸" + " x" * 5000)[0] == "paper"


def test_shows_no_more_than_asked_for(index: Index) -> None:
    assert len(search(index, "灯笼纸", limit=1)) == 1


def test_finds_nothing_in_nothing() -> None:
    assert search(build([], SearchLexicon()), "灯笼纸") == []


def lantern_index(*documents: Document, **lexicon: object) -> Index:
    """An index of documents with words of its own."""
    return build(documents, SearchLexicon(**lexicon))  # type: ignore[arg-type]


OIL = make_document(DocumentKind.PAGE, "/oil/", "灯油", "灯油怎么换。", ["灯笼灯笼灯笼灯笼"])
PAPER = make_document(DocumentKind.PAGE, "/paper/", "灯笼纸", "纸怎么糊。", ["灯笼"])


def test_a_question_around_a_word_changes_nothing() -> None:
    words = QueryWords(questions=("怎么办", "怎么"), particles="了吗")
    index = lantern_index(OIL, PAPER, query_words=words)
    plain = [hit.address for hit in search(index, "灯笼纸")]
    assert plain == [hit.address for hit in search(index, "灯笼纸怎么办")]
    assert search(index, "灯笼了纸吗")[0].address == "/paper/"


def test_a_query_of_nothing_but_a_question_is_still_looked_up() -> None:
    index = lantern_index(OIL, query_words=QueryWords(questions=("怎么换",)))
    assert [hit.address for hit in search(index, "怎么换")] == ["/oil/"]


def test_a_page_that_has_all_the_words_comes_before_one_that_repeats_some() -> None:
    both = make_document(DocumentKind.PAGE, "/both/", "换纸", "灯油和灯笼纸。")
    index = lantern_index(OIL, both, synonyms=[("灯油", "火油"), ("灯笼纸", "皮纸")])
    assert search(index, "灯油 灯笼纸")[0].address == "/both/"


def test_a_word_does_not_match_across_the_border_of_two_others() -> None:
    signal = make_document(DocumentKind.PAGE, "/signal/", "没信号", "没信号的时候。")
    name = make_document(DocumentKind.PAGE, "/name/", "账号", "微信号给不给。")
    index = lantern_index(signal, name, synonyms=[("微信号", "号"), ("没信号", "无服务")])
    assert search(index, "微信号")[0].address == "/name/"


def test_an_intent_comes_first_and_its_second_page_second() -> None:
    intent = Intent(id="fire", to="case:fire", then="page:oil", all=(("着火", "烧了"), ("灯",)), none=("没",))
    fire = make_document(DocumentKind.CASE, "/fire/", "着火", "先跑。")
    index = build([OIL, PAPER, fire], SearchLexicon(intents=[intent]), {"case:fire": "/fire/", "page:oil": "/oil/"})
    assert [hit.address for hit in search(index, "灯笼烧了")][:2] == ["/fire/", "/oil/"]
    assert "/fire/" not in [hit.address for hit in search(index, "灯笼没烧了")]
    assert search(index, "灯笼")[0].address != "/fire/"


def test_an_emergency_case_comes_first_and_few_results_follow_it() -> None:
    pages = [make_document(DocumentKind.PAGE, f"/p{n}/", f"灯笼{n}", "灯笼烧了。") for n in range(9)]
    intent = Intent(id="fire", to="/fire/", all=(("烧了",),))
    index = build([*pages, FIRE], SearchLexicon(intents=[intent]))
    assert len(search(index, "灯笼")) == 9
    assert [hit.address for hit in search(index, "灯笼烧了")][:1] == ["/fire/"]
    assert len(search(index, "灯笼烧了")) == 1 + AFTER_A_CASE


def test_only_the_pages_of_an_intent_stand_under_what_it_says() -> None:
    intent = Intent(id="dark", to="/oil/", all=(("灯",),), say="别一个人走。", calls=("guard",))
    index = build([OIL, PAPER], SearchLexicon(intents=[intent]))
    assert intent_of(index, "灯笼") == intent
    assert [hit.address for hit in search(index, "灯笼")] == ["/oil/"]
    assert intent_of(index, "火柴") is None


def test_an_intent_knows_an_amount_of_money() -> None:
    intent = Intent(id="paid", to="case:fire", all=(("付",), ("{money}",)))
    assert intent.matches("付了3000")
    assert intent.matches("付了两千多块")
    assert not intent.matches("付了灯油")


FIRE = make_document(DocumentKind.CASE, "/fire/", "着火", "先跑。")


def test_an_intent_is_looked_for_in_the_plain_form_of_words() -> None:
    intent = Intent(id="fire", to="/fire/", all=(("油灯",), ("烧了",)))
    index = build([OIL, FIRE], SearchLexicon(intents=[intent], query_words=QueryWords(spellings={"ydeng": "油灯"})))
    assert search(index, "ydeng烧了")[0].address == "/fire/"


def test_letters_are_read_as_words_only_where_they_spell_them_as_a_whole() -> None:
    words = QueryWords(spoken={"zhuan": "转", "zhuang": "装", "gei": "给", "geile": "给了", "le": "了", "ta": "他"})
    assert [words.spelt(typed) for typed in ("zhuangeile", "zhuanggeita", "taobao", "转gei他", "geilex")] == [
        "转给了",
        "装给他",
        "taobao",
        "转给他",
        "geilex",
    ]
    assert QueryWords().spelt("geile") == "geile"
    assert QueryWords(spoken={"le": "了", "lele": "乐"}).spelt("le" * 30) == "乐" * 15


def test_a_word_that_only_an_intent_knows_leads_to_it() -> None:
    intent = Intent(id="fire", to="/fire/", all=(("烧了", "怎么飞"), ("油灯",)), none=("没",))
    index = build([FIRE], SearchLexicon(intents=[intent], query_words=QueryWords(questions=("怎么",))))
    assert [hit.address for hit in search(index, "烧了")] == ["/fire/"]
    assert search(index, "没烧了") == []
    assert search(index, "怎么飞") == []


def test_words_that_sound_the_same_are_found_where_nothing_else_is() -> None:
    syllables = {"deng": "灯登", "you": "油由"}
    index = lantern_index(OIL, pinyin={"dengyou": ["灯油"]}, syllables=syllables)
    assert [hit.address for hit in search(index, "登由")] == ["/oil/"]


def test_one_result_stands_for_a_family() -> None:
    sheets = [Document(f"/s{n}/", DocumentKind.LIST, f"灯笼{n}", "灯笼。", (), family="s") for n in range(3)]
    parts = [Document(s.address, s.kind, s.title, s.line, PAPER.parts, family=s.family) for s in sheets]
    assert len(search(lantern_index(*parts), "灯笼")) == 1


def test_puts_a_page_of_the_guide_before_what_else_has_the_same_title(tree: Tree) -> None:
    add(tree, "oil", title="灯油怎么换", answer="先吹灭。", body="油在门房领。")
    other = make_document(
        DocumentKind.STEP, "/checklist/steps/oil/", "灯油怎么换", "提灯的事。", ["<b>油在门房领。</b>"]
    )
    hits = search(index_of(tree, other), "灯油怎么换")
    assert [hit.address for hit in hits] == ["/guide/oil/", "/checklist/steps/oil/"]


def test_finds_what_the_guide_says_nothing_of(tree: Tree) -> None:
    [hit] = search(
        index_of(tree, make_document(DocumentKind.LETTER, "/checklist/letters/#letter-key", "讨回钥匙", "借了不还。")),
        "钥匙",
    )
    assert (hit.address, hit.document.kind.label) == ("/checklist/letters/#letter-key", "信")
