"""What search can find of all apps: every public address and no other, by its title."""

import quizzes.library
from core.search.documents import Document
from tests.collecting import for_each
from tests.site.visits import PUBLIC, Visit, attributes, page

#: Public, and not for finding: doors, and what is about the site itself.
APART = {"/", "/guide/", "/guide/terms/", "/privacy/", "/about/", "/changes/", "/styleguide/"}


def offered() -> list[Document]:
    return list(dict.fromkeys(passage.document for passage in quizzes.library.current().index.passages))


def test_offers_what_is_public_and_nothing_else() -> None:
    # 值不值 is filled in by one reader, so it is no public page, but it begins empty and may be found.
    addresses = {visit.address for visit in PUBLIC} - APART | {"/quizzes/worth-it/"}
    assert {found.address.partition("#")[0] for found in offered()} == addresses


def test_offers_each_address_once() -> None:
    addresses = [found.address for found in offered()]
    assert len(addresses) == len(set(addresses))


@for_each([found for found in offered() if not found.address.startswith("/guide/")])
def test_leads_to_a_place_that_bears_the_title(found: Document) -> None:
    address, _, anchor = found.address.partition("#")
    [place] = page(Visit(address)).css(f"[id='{anchor}']" if anchor else "main")
    for words in found.title.split("：怎么算的"):
        assert words in place.text(), found.address
    assert {part.anchor for part in found.parts} - {""} <= set(attributes(Visit(address), "[id]", "id")), found.address


def test_offers_words_and_no_markup() -> None:
    texts = [text for found in offered() for part in found.parts for text in (found.line, part.heading, part.text)]
    assert not [text for text in texts if "</" in text or "{" in text or "[@" in text]


def test_is_built_once() -> None:
    library = quizzes.library.current()
    assert library.index is library.index
