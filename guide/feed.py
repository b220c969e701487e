"""The changes of the site as an Atom feed."""

import datetime as dt
import uuid

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed

from guide import library
from guide.changes import DatedChange, by_day

#: The newest entries that a feed holds.
LONGEST = 40


class ChangesFeed(Feed):  # type: ignore[type-arg]  # a type parameter in the stubs only
    """Atom feed of `/changes/`. URLs begin with SITE_URL, whatever the Host header."""

    feed_type = Atom1Feed
    title = "安心退群：改了什么"
    subtitle = "哪天改了哪一页，改了什么。"

    def link(self) -> str:
        return settings.SITE_URL + reverse("guide:changes")

    def feed_url(self) -> str:
        return settings.SITE_URL + reverse("guide:feed")

    def items(self) -> list[DatedChange]:
        guide = library.current()
        return [change for day in by_day(guide.changes, guide.pages.values()) for change in day.entries][:LONGEST]

    def item_title(self, item: DatedChange) -> str:
        return f"{item.pages[0].title}：{item.what}" if len(item.pages) == 1 else item.what

    def item_description(self, item: DatedChange) -> str:
        return "、".join(page.title for page in item.pages) or item.what

    def item_link(self, item: DatedChange) -> str:
        """Return the page that changed, or the day in the list of changes if there are none or several."""
        if len(item.pages) == 1:
            return settings.SITE_URL + item.pages[0].address
        return f"{settings.SITE_URL}{reverse('guide:changes')}#day-{item.date:%Y-%m-%d}"

    def item_guid(self, item: DatedChange) -> str:
        named = " ".join([str(item.date), item.what, *(page.id for page in item.pages)])
        return uuid.uuid5(uuid.NAMESPACE_URL, named).urn

    def item_updateddate(self, item: DatedChange) -> dt.datetime:
        return dt.datetime.combine(item.date, dt.time(), timezone.get_current_timezone())
