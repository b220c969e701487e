"""The guide's files: linked, in order, and every fault named, all at once."""

from pathlib import Path

import pytest

from core.content.files import ContentErrors
from core.content.loader import fingerprint
from core.content.rendered import Link
from tests.tiny import Tree, guide_library


def test_puts_sections_and_pages_in_reading_order() -> None:
    shelves = [(section.id, [page.id for page in pages]) for section, pages in guide_library().shelves]
    assert shelves == [("yard", ["walk-the-yard", "lend-a-key"]), ("street", ["ring-the-bell"])]
    assert list(guide_library().pages) == ["walk-the-yard", "lend-a-key", "ring-the-bell"]


def test_leaves_out_a_section_without_pages(tree: Tree) -> None:
    tree.add("guide/sections.toml", '\n[hill]\ntitle = "Hill"\nsummary = "Up."\norder = 3\n')
    assert [section.id for section, _ in tree.load_guide().shelves] == ["yard", "street"]


def test_knows_the_pages_before_and_after() -> None:
    library = guide_library()
    first, middle, last = library.pages.values()
    assert library.neighbours(first) == (None, middle)
    assert library.neighbours(middle) == (first, last)
    assert library.neighbours(last) == (middle, None)


def test_links_a_page_to_what_it_leans_on() -> None:
    page = guide_library().pages["lend-a-key"]
    assert page.title == "Lend a key"
    assert page.address == "/guide/lend-a-key/"
    assert page.answer_html == "Lend it to one neighbour, and write it down."
    assert [source.id for source in page.sources] == ["gazette", "almanac"]
    assert list(page.procedures) == ["change-lock"]
    assert list(page.channels) == ["notice-board"]
    assert set(page.links) == {
        Link("page", "walk-the-yard", "gate"),
        Link("case", "fire"),
        Link("step", "change-lock"),
        Link("quiz", "lantern"),
    }


def test_shows_a_page_in_parts() -> None:
    page = guide_library().pages["lend-a-key"]
    assert [kind for kind, _ in page.parts] == ["html", "procedure", "html", "channel"]
    assert page.parts[1][1] is guide_library().procedures["change-lock"]
    assert page.parts[3][1] is guide_library().channels["notice-board"]


def test_lists_the_contents_of_long_pages_only(tree: Tree) -> None:
    tree.add("guide/pages/yard/walk-the-yard.md", "\n## Two {#two}\n\n### Small {#small}\n\n## Three {#three}\n")
    assert tree.load_guide().pages["walk-the-yard"].contents == []
    tree.add("guide/pages/yard/walk-the-yard.md", "\n## Four {#four}\n")
    contents = [heading.id for heading in tree.load_guide().pages["walk-the-yard"].contents]
    assert contents == ["gate", "two", "three", "four"]


def test_gives_a_procedure_its_app_and_sources() -> None:
    procedure = guide_library().procedures["change-lock"]
    assert procedure.app is guide_library().apps["house"]
    assert [source.id for source in procedure.sources] == ["gazette"]


def test_keeps_an_older_slug_as_an_alias() -> None:
    assert guide_library().aliases == {"lending-keys": "lend-a-key"}


def test_makes_another_version_of_other_words(tree: Tree) -> None:
    before = fingerprint(tree.guide_root)
    assert fingerprint(tree.guide_root) == before
    tree.change("guide/terms.toml", "burns", "glows")
    assert fingerprint(tree.guide_root) != before


def test_makes_one_version_of_several_folders(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    (tmp_path / "a" / "one.toml").write_text("1")
    both = fingerprint(tmp_path / "a", tmp_path / "b")
    (tmp_path / "b" / "two.toml").write_text("2")
    assert fingerprint(tmp_path / "a", tmp_path / "b") != both


def test_glosses_a_term_once_on_a_page_with_its_answer(tree: Tree) -> None:
    tree.change("guide/pages/yard/lend-a-key.md", "Lend it to one", "Mind the {term:latch}, lend it to one")
    page = tree.load_guide().pages["lend-a-key"]
    assert (page.answer_html + str(page.parts)).count("what holds the gate") == 1


LEND, HOUSE = "pages/yard/lend-a-key.md", "procedures/house.toml"
FAULTS = [
    ("terms.toml", "[latch]", "[latch", ["TOML", "line 5"]),
    ("terms.toml", 'word = "latch"', 'wort = "latch"', ["latch.wort", "saw 'latch'", "gloss, id, word"]),
    ("terms.toml", 'word = "latch"\n', "", ["latch.word", "field required"]),
    ("terms.toml", "[latch]", "[Latch]", ["Latch.id", "'Latch'", "^[a-z0-9]"]),
    ("terms.toml", "[wick]", "lamp = 1\n\n[wick]", ["lamp", "saw 1"]),
    ("channels.toml", 'number = "000-1"', 'number = "the watch"', ["watch.number", "[0-9-]"]),
    ("channels.toml", 'number = "000-1"\n', "", ["watch", "a number or a url"]),
    (
        "channels.toml",
        '["almanac"]',
        '["almanack"]',
        ["watch.sources", "unknown source 'almanack'", "almanac, gazette"],
    ),
    ("sources.toml", '"medium"', '"so-so"', ["gazette.certainty", "'so-so'", "'medium-high'"]),
    ("sections.toml", "order = 2", 'order = "two"', ["street.order", "integer", "'two'"]),
    ("synonyms.toml", '"opener"', '"Opener"', ["groups.key.1", "lower case", "'Opener'"]),
    ("synonyms.toml", '"opener"', '"开"', ["groups.key.1", "at least 2 characters"]),
    ("synonyms.toml", '["key", "opener", "ykey"]', '["key"]', ["groups.key", "at least 2 items"]),
    ("pinyin.toml", "jiejiao =", "Jiejiao =", ["words.Jiejiao", "^[a-z0-9]+$"]),
    ("pinyin.toml", 'made_from = "hand"', "", ["made_from", "field required"]),
    (HOUSE, "[app]", "[app", ["TOML", "line 1"]),
    (HOUSE, "[app]", "[appp]", ["appp", "app, procedures"]),
    (HOUSE, "[app]", "[extra]\n\n[app]", ["extra", "app, procedures"]),
    (HOUSE, "minutes = 40", "minuts = 40", ["procedures.call-smith.minuts", "saw 40", "minutes"]),
    (HOUSE, "minutes = 40", "minutes = 500", ["procedures.call-smith.minutes", "120", "saw 500"]),
    (HOUSE, 'undo = "How to undo call-smith."\n', "", ["procedures.call-smith.undo", "field required"]),
    (HOUSE, '["Handle", "Bolt"]', '["A", "B", "C", "D", "E"]', ["procedures.change-lock.legs.0.labels", "at most 4"]),
    (HOUSE, '["Handle", "Bolt"]', '["A"], kinds = ["row", "tab"]', ["change-lock.legs.0", "one kind for each label"]),
    (HOUSE, '["Handle", "Bolt"]', '["A"], kinds = ["raw"]', ["change-lock.legs.0.kinds.0", "'row'", "saw 'raw'"]),
    (HOUSE, 'actions = ["Do it: call the smith."]\n', "", ["procedures.call-smith", "legs or actions"]),
    (HOUSE, 'certainty = "high"', 'certainty = "low"', ["procedures.change-lock", "low certainty", "search"]),
    (HOUSE, 'certainty = "high"', 'certainty = "medium"', ["procedures.change-lock", "medium certainty", "also"]),
    (HOUSE, '["gazette"]', '["gazete"]', ["procedures.change-lock.sources", "'gazete'", "almanac, gazette"]),
    (HOUSE, "[app]", "[procedures]\nloose = 1\n\n[app]", ["procedures.loose", "saw 1"]),
    (LEND, 'title = "Lend a key"', "title = Lend a key", ["TOML", "line 1"]),
    (LEND, "+++\ntitle", "title", ["line 1", "no front matter", "+++"]),
    (LEND, 'summary = "', 'sumary = "', ["front matter.sumary", "saw", "summary"]),
    (LEND, "order = 2\n", "", ["front matter.order", "field required"]),
    (
        LEND,
        'label = "A new lock"',
        'label = "A new lock"\nicon = "key"',
        ["front matter.next.0.icon", "'key'", "label, note, to"],
    ),
    (LEND, "step:change-lock", "https://x.example", ["front matter.next.0.to", "https://x.example", "page|step"]),
    (LEND, "[@gazette]", "[@gazete]", ["body", "unknown source 'gazete'", "almanac, gazette"]),
    (LEND, "{term:latch}", "{term:lach}", ["body", "unknown term 'lach'", "latch, wick"]),
    (LEND, "{channel:watch}", "{channel:wotch}", ["body", "unknown channel 'wotch'", "notice-board, watch"]),
    (LEND, "{channel:notice-board}", "{channel:board}", ["body", "unknown channel 'board'", "notice-board, watch"]),
    (LEND, "{procedure:change-lock}", "{procedure:change}", ["body", "unknown procedure 'change'", "change-lock"]),
    (LEND, "page:walk-the-yard", "page:walk", ["links", "unknown page 'walk'", "walk-the-yard"]),
    (LEND, "{#who}", "", ["body", "heading 'Who has it'", "{#id}"]),
    (LEND, "page:walk-the-yard", "javascript:alert", ["body", "link to 'javascript:alert", "page, step, case, quiz"]),
    (
        LEND,
        "page:walk-the-yard",
        "https://x.example/",
        ["body", "link to 'https://x.example/", "page, step, case, quiz"],
    ),
    (LEND, "write it down.", "write it down[@almanac].", ["front matter.answer", "cites a source", "in the body"]),
    (LEND, "write it down.", "see {term:lach}.", ["front matter.answer", "unknown term 'lach'", "latch, wick"]),
    (LEND, "lending-keys", "ring-the-bell", ["aliases", "'ring-the-bell' is taken", "no page has or had"]),
]


@pytest.mark.parametrize(("name", "old", "new", "words"), FAULTS, ids=[f"{f[0]}:{f[2][:30]}" for f in FAULTS])
def test_names_the_fault(tree: Tree, name: str, old: str, new: str, words: list[str]) -> None:
    name = f"guide/{name}"
    tree.check_fault(name, old, new, [f"{tree.path(name)}: ", *words])


def test_shows_raw_html_of_a_page_as_text(tree: Tree) -> None:
    tree.change(f"guide/{LEND}", "A key opens", "<script>alert(1)</script> opens")
    shown = str(tree.load_guide().pages["lend-a-key"].parts[0][1])
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert "<script" not in shown


def test_refuses_a_slug_twice(tree: Tree) -> None:
    text = tree.path(f"guide/{LEND}").read_text(encoding="utf-8").replace('aliases = ["lending-keys"]\n', "")
    tree.add("guide/pages/street/lend-a-key.md", text)
    [error] = tree.errors()
    assert error.path.name == "lend-a-key.md"
    assert "'lend-a-key'" in error.what
    assert error.allowed == "each slug once"


@pytest.mark.parametrize("slug", ["search", "feed", "index", "en", "terms"])
def test_refuses_a_reserved_word_for_a_slug(tree: Tree, slug: str) -> None:
    path = tree.path("guide/pages/street/ring-the-bell.md")
    path.rename(path.with_name(f"{slug}.md"))
    [error] = tree.errors()
    assert error.path == path.with_name(f"{slug}.md")
    assert f"{slug!r} is reserved" in error.what
    assert "search" in error.allowed


@pytest.mark.parametrize("slug", ["Ring the bell", "ring_the_bell", "拉铃", "-ring"])
def test_refuses_a_file_name_that_is_no_id(tree: Tree, slug: str) -> None:
    path = tree.path("guide/pages/street/ring-the-bell.md")
    path.rename(path.with_name(f"{slug}.md"))
    errors = [error for error in tree.errors() if error.path.name == f"{slug}.md"]
    assert any(slug in error.what and "a-z" in f"{error.what} {error.allowed}" for error in errors)


def test_refuses_a_folder_that_is_no_section(tree: Tree) -> None:
    path = tree.path("guide/pages/street/ring-the-bell.md")
    (path.parent.parent / "attic").mkdir()
    path.rename(path.parent.parent / "attic" / path.name)
    [error] = tree.errors()
    assert error.where == "folder"
    assert "unknown section 'attic'" in error.what
    assert error.allowed == "street, yard"


def test_refuses_a_procedure_twice(tree: Tree) -> None:
    text = tree.path("guide/procedures/street.toml").read_text(encoding="utf-8").partition("[procedures.burn-copy]")[2]
    tree.add(f"guide/{HOUSE}", "\n[procedures.burn-copy]" + text.partition("[procedures")[0])
    [error] = tree.errors()
    assert error.path.name == "street.toml"
    assert "burn-copy" in f"{error.where} {error.what}"
    assert error.allowed == "a different id for each"


def test_refuses_an_alias_twice(tree: Tree) -> None:
    tree.change("guide/pages/yard/walk-the-yard.md", "order = 1", 'order = 1\naliases = ["lending-keys"]')
    [error] = tree.errors()
    assert "'lending-keys' is taken" in error.what


@pytest.mark.parametrize("name", ["sections.toml", "sources.toml", "channels.toml", "terms.toml"])
def test_names_a_file_that_is_missing(tree: Tree, name: str) -> None:
    tree.path(f"guide/{name}").unlink()
    errors = [error for error in tree.errors() if error.path == tree.path(f"guide/{name}")]
    assert [error.where for error in errors] == ["file"]


def test_finds_the_faults_of_all_its_files_at_once(tree: Tree) -> None:
    tree.change("guide/terms.toml", 'word = "wick"\n', "")
    tree.change("guide/sources.toml", '"medium"', '"so-so"')
    tree.change(f"guide/{HOUSE}", "minutes = 40", "minutes = 0")
    tree.change(f"guide/{LEND}", "{#who}", "")
    tree.change("guide/pages/street/ring-the-bell.md", 'answer = "Twice, and wait."\n', "")
    with pytest.raises(ContentErrors) as caught:
        tree.load_guide()
    names = {error.path.name for error in caught.value.errors}
    assert names >= {"terms.toml", "sources.toml", "house.toml", "lend-a-key.md", "ring-the-bell.md"}
    assert len(str(caught.value).splitlines()) == len(caught.value.errors)


def test_blames_no_page_that_links_to_a_faulty_one(tree: Tree) -> None:
    tree.change(f"guide/{LEND}", "order = 2\n", "")
    assert {error.path.name for error in tree.errors()} == {"lend-a-key.md"}


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://example.org/", "example.org", "https://exa mple.org"])
def test_refuses_what_is_no_address_on_the_web(tree: Tree, url: str) -> None:
    entry = f'[odd]\npublisher = "P"\ntitle = "T"\ndate = "D"\nurl = "{url}"\ncertainty = "low"'
    tree.add("guide/sources.toml", f"\n{entry}\n")
    with pytest.raises(ContentErrors, match=r"odd\.url"):
        tree.load_guide()


@pytest.mark.parametrize("number", ["１１０", "٣", "²"])
def test_refuses_digits_that_no_telephone_has(tree: Tree, number: str) -> None:
    entry = f'[odd]\nname = "N"\nnumber = "{number}"\npurpose = "P"\nasks = "A"\ncannot = "C"'
    tree.add("guide/channels.toml", f"\n{entry}\n")
    with pytest.raises(ContentErrors, match=r"odd\.number"):
        tree.load_guide()


def test_reads_a_file_with_a_byte_order_mark(tree: Tree) -> None:
    path = tree.path("guide/terms.toml")
    path.write_text("\ufeff" + path.read_text())
    assert tree.load_guide().terms


def test_refuses_an_id_inside_a_table(tree: Tree) -> None:
    tree.add("guide/terms.toml", '\n[odd]\nid = "other"\nword = "W"\ngloss = "G"\n')
    with pytest.raises(ContentErrors, match=r"odd\.id"):
        tree.load_guide()


def test_knows_the_topics_that_it_has_to_cover() -> None:
    assert guide_library().topics == {"Y01": "Where the yard begins", "Y02": "Who holds a key"}


def test_refuses_a_topic_that_the_inventory_does_not_have(tree: Tree) -> None:
    tree.change(f"guide/{LEND}", "order = 2", 'order = 2\ntopics = ["Y02", "Y03"]')
    [error] = tree.errors()
    assert (error.where, error.what, error.allowed) == ("front matter.topics", "unknown topic 'Y03'", "Y01, Y02")


@pytest.mark.parametrize("line", ['y01 = "T"', 'Y1 = "T"', 'Y03 = ""', "Y03 = 3"])
def test_refuses_a_topic_without_id_or_title(tree: Tree, line: str) -> None:
    tree.add("guide/topics.toml", f"{line}\n")
    assert {error.path.name for error in tree.errors()} == {"topics.toml"}


def test_links_a_channel_to_its_sources() -> None:
    assert [source.publisher for source in guide_library().channels["watch"].sources] == ["Almanac Office"]


def test_names_a_source_that_a_channel_does_not_have(tree: Tree) -> None:
    tree.change("guide/channels.toml", '["almanac"]', '["almanack"]')
    with pytest.raises(ContentErrors, match=r"channels.toml: watch.sources: unknown source 'almanack'"):
        tree.load_guide()


@pytest.mark.parametrize("example", ["110", "about 5%", "lamp.example"])
def test_takes_only_percentages_for_examples(tree: Tree, example: str) -> None:
    tree.change(f"guide/{LEND}", "order = 2", f'order = 2\nexamples = ["{example}"]')
    [error] = tree.errors()
    assert error.where.startswith("front matter.examples")
