"""Base class of the sitemaps."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap


class PublicPages(Sitemap):  # type: ignore[type-arg]  # generic in the stubs only
    """Addresses of public pages; each app lists its own in `items`. The Host header is not used."""

    @property
    def protocol(self) -> str:  # type: ignore[override]
        return urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site: object = None) -> str:
        return urlsplit(settings.SITE_URL).netloc

    def location(self, item: str) -> str:
        return item
