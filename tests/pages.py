"""Addresses of pages of the guide, found by what is on them: a page may be renamed at any time."""

import guide.library

_pages = list(guide.library.current().pages.values())
#: A page that has no form but that at its foot.
PAGE = next(page.address for page in _pages if not page.procedures)
#: A page with a card of a place to call.
CALLS = next(
    page.address
    for page in _pages
    if any(kind == "channel" and getattr(part, "number", "") for kind, part in page.parts)
)
#: A page with the address of a source.
SOURCED = next(page.address for page in _pages if any(source.url for source in page.sources))
#: Another one.
OTHER = next(page.address for page in _pages if page.address != PAGE)
#: A page that links to the quiz `habits`.
TO_QUIZ = next(page.address for page in _pages if any((at.kind, at.id) == ("quiz", "habits") for at in page.links))
