"""The changes of the site as an Atom feed."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed

from guide import library
from guide.changes import DatedChange, by_day

#: The newest entries that a feed holds.
LONGEST = 40


@dataclass(frozen=True)
class Entry:
    date: dt.date
    change: DatedChange

    @property
    def address(self) -> str:
        """Return the page that changed, or the day in the list of changes if there are none or several."""
        if len(self.change.pages) == 1:
            return self.change.pages[0].address
        return f"{reverse('guide:changes')}#day-{self.date:%Y-%m-%d}"


class ChangesFeed(Feed):  # type: ignore[type-arg]  # a type parameter in the stubs only
    """Atom feed of `/changes/`. URLs begin with SITE_URL, whatever the Host header."""

    feed_type = Atom1Feed
    title = "安心退群：改了什么"
    subtitle = "哪天改了哪一页，改了什么。"

    def link(self) -> str:
        return settings.SITE_URL + reverse("guide:changes")

    def feed_url(self) -> str:
        return settings.SITE_URL + reverse("guide:feed")

    def items(self) -> list[Entry]:
        guide = library.current()
        days = by_day(guide.changes, guide.pages.values())
        return [Entry(day.date, change) for day in days for change in day.entries][:LONGEST]

    def item_title(self, item: Entry) -> str:
        pages = item.change.pages
        return f"{pages[0].title}：{item.change.what}" if len(pages) == 1 else item.change.what

    def item_description(self, item: Entry) -> str:
        return "、".join(page.title for page in item.change.pages) or item.change.what

    def item_link(self, item: Entry) -> str:
        return settings.SITE_URL + item.address

    def item_guid(self, item: Entry) -> str:
        named = " ".join([str(item.date), item.change.what, *(page.id for page in item.change.pages)])
        return uuid.uuid5(uuid.NAMESPACE_URL, named).urn

    def item_updateddate(self, item: Entry) -> dt.datetime:
        return dt.datetime.combine(item.date, dt.time(), timezone.get_current_timezone())
