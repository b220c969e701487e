"""What search can find on all floors: public addresses alone, every one of them, by the title that they bear."""

from xml.etree import ElementTree

import pytest
from django.test import Client

import quizzes.library
from core.search.documents import Document
from tests.reading import read

#: Public, and not for finding: doors, and what is about the site itself.
APART = {"/", "/guide/", "/guide/terms/", "/privacy/", "/about/", "/changes/", "/styleguide/"}


def offered() -> list[Document]:
    return list(dict.fromkeys(passage.of for passage in quizzes.library.current().index.passages))


def public() -> set[str]:
    """The addresses of the sitemap, without the site."""
    root = ElementTree.fromstring(Client().get("/sitemap.xml").content)
    return {"/" + (place.text or "").split("/", 3)[3] for place in root.iter() if place.tag.endswith("}loc")}


def test_it_offers_what_is_public_and_nothing_else() -> None:
    # 值不值 is filled in by one reader, so it is no public page, but it begins empty and may be found.
    assert {found.address.partition("#")[0] for found in offered()} == public() - APART | {"/quizzes/worth-it/"}


def test_it_offers_each_address_once() -> None:
    addresses = [found.address for found in offered()]
    assert len(addresses) == len(set(addresses))


@pytest.mark.parametrize(
    "found", [found for found in offered() if not found.address.startswith("/guide/")], ids=lambda found: found.address
)
def test_it_leads_to_a_place_that_bears_the_title(client: Client, found: Document) -> None:
    address, _, anchor = found.address.partition("#")
    page = read(client.get(address))
    place = page.select_one(f"#{anchor}" if anchor else "main")
    assert place
    for words in found.title.split("：怎么算的"):
        assert words in place.text
    assert {part.anchor for part in found.parts} - {""} <= {str(one["id"]) for one in page.select("[id]")}


def test_it_offers_words_and_no_markup() -> None:
    texts = [text for found in offered() for part in found.parts for text in (found.line, part.heading, part.text)]
    assert not [text for text in texts if "</" in text or "{" in text or "[@" in text]


def test_it_is_built_once() -> None:
    library = quizzes.library.current()
    assert library.index is library.index
