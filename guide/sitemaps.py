"""The sitemap: every public page, at the address that SITE_URL gives it."""

import datetime as dt
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from guide import library


class PublicPages(Sitemap):  # type: ignore[type-arg]  # generic in the stubs only
    """Addresses of public pages; the floors list theirs in `items`. The Host header plays no part."""

    @property
    def protocol(self) -> str:  # type: ignore[override]
        return urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site: object = None) -> str:
        return urlsplit(settings.SITE_URL).netloc

    def location(self, item: str) -> str:
        return item


class Pages(PublicPages):
    def items(self) -> list[str]:
        fixed = [
            reverse(f"guide:{name}") for name in ("home", "index", "terms", "privacy", "about", "changes", "poster")
        ]
        return fixed + [page.address for page in library.current().pages.values()]

    def lastmod(self, item: str) -> dt.date | None:
        page = library.current().pages.get(item.removeprefix("/guide/").strip("/"))
        return page.front.checked if page else None
