"""Base class of the sitemaps, and the paths in all of them."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.utils.module_loading import import_string


class PublicPages(Sitemap):  # type: ignore[type-arg]  # generic in the stubs only
    """Addresses of public pages; each app lists its own in `items`. The Host header is not used."""

    @property
    def protocol(self) -> str:  # type: ignore[override]
        return urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site: object = None) -> str:
        return urlsplit(settings.SITE_URL).netloc

    def location(self, item: str) -> str:
        return item


def public_paths() -> list[str]:
    """Return the path of every public page: those of the sitemap."""
    sitemaps: dict[str, type[Sitemap[str]]] = import_string(f"{settings.ROOT_URLCONF}.SITEMAPS")
    return [path for sitemap in sitemaps.values() for path in sitemap().items()]
