"""The sitemap of the guide."""

import datetime as dt

from django.urls import reverse

from core.sitemaps import PublicPages
from guide import library


class GuidePages(PublicPages):
    def items(self) -> list[str]:
        fixed = [
            reverse(f"guide:{name}") for name in ("home", "index", "terms", "privacy", "about", "changes", "poster")
        ]
        return fixed + [page.address for page in library.current().pages.values()]

    def lastmod(self, item: str) -> dt.date | None:
        page = library.current().pages.get(item.removeprefix("/guide/").strip("/"))
        return page.front.checked if page else None
