"""The real pages of the guide: enough to read, an answer first, sources, and something to do next."""

import re

import checklist.library
import guide.library
from tests.collecting import for_each
from tests.content.words import body, hans, sentences

PAGES = list(guide.library.current().pages)


def is_question(slug: str) -> bool:
    return guide.library.current().pages[slug].section.id == "questions"


def least(slug: str) -> int:
    """The fewest 汉字 of a page: a question may be answered in a few lines."""
    return 150 if is_question(slug) else 400


@for_each(PAGES)
def test_says_enough(slug: str) -> None:
    assert least(slug) <= hans(body(slug)) <= 1500


@for_each(PAGES)
def test_cites_two_sources_or_more(slug: str) -> None:
    assert len(guide.library.current().pages[slug].sources) >= (1 if is_question(slug) else 2)


@for_each(PAGES)
def test_has_a_short_title_an_answer_and_a_next_step(slug: str) -> None:
    page = guide.library.current().pages[slug]
    assert hans(page.title) <= 12
    assert page.answer_html
    assert page.front.next


@for_each(PAGES)
def test_speaks_in_short_sentences(slug: str) -> None:
    page = guide.library.current().pages[slug]
    told = "\n".join([page.front.answer, page.front.summary, body(slug)])
    assert [sentence for sentence in sentences(told) if hans(sentence) > 60] == []


@for_each(PAGES)
def test_leaves_no_mark_unread(slug: str) -> None:
    page = guide.library.current().pages[slug]
    shown = page.answer_html + "".join(str(part) for kind, part in page.parts if kind == "html")
    assert re.findall(r"[{}]|\[@|\]\(", shown) == []


@for_each(PAGES)
def test_links_to_headings_that_are_there(slug: str) -> None:
    pages = guide.library.current().pages
    links = re.findall(r"\]\(page:([a-z0-9-]+)#([a-z0-9-]+)\)", body(slug))
    assert [(id, at) for id, at in links if at not in {heading.id for heading in pages[id].headings}] == []


def test_cites_every_source_somewhere() -> None:
    library = guide.library.current()
    cited = {source.id for page in library.pages.values() for source in page.sources}
    cited |= {source.id for procedure in library.procedures.values() for source in procedure.sources}
    cited |= {source.id for channel in library.channels.values() for source in channel.sources}
    cited |= {source.id for case in checklist.library.current().cases.values() for source in case.sources}
    assert library.sources.keys() - cited == set()
