"""What the database keeps of the guide: readers' reports, and nothing about the readers."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from core.redaction import struck, struck_version

#: The longest sentence that a report has.
LONGEST = 200
#: The longest name of a version: 微信 8.0.50 on 鸿蒙 5.0.
LONGEST_VERSION = 30


class Rating(models.TextChoices):
    USEFUL = "useful", "有用"
    USELESS = "useless", "没用"
    WRONG = "wrong", "这里不对"


class ReportState(models.TextChoices):
    NEW = "new", "新的"
    SEEN = "seen", "看过"
    MENDED = "mended", "改好了"
    DECLINED = "declined", "不改"


class ReportQuerySet(models.QuerySet["Report"]):
    def waiting(self) -> "ReportQuerySet":
        """Reports that nobody has looked at."""
        return self.filter(state=ReportState.NEW)

    def open(self) -> "ReportQuerySet":
        """Reports that nothing came of yet: new ones and those seen."""
        return self.filter(state__in=(ReportState.NEW, ReportState.SEEN))

    def by(self, about: str) -> dict[str, int]:
        """How many there are of each page, or of each procedure: `about` is the field."""
        counted = self.exclude(**{about: ""}).order_by().values(about).annotate(reports=models.Count("id"))
        return {row[about]: row["reports"] for row in counted}

    def doubted(self, since: dt.date, enough: int) -> dict[str, int]:
        """How many open reports each procedure has had since a day, for those that have enough of them."""
        counted = self.open().filter(on__gte=since).by("procedure")
        return {id: reports for id, reports in counted.items() if reports >= enough}

    def put(self, state: ReportState) -> int:
        """Puts them all into a state; returns how many."""
        return self.update(state=state)

    def take(self, **said: str) -> "Report | None":
        """A new report, unless this hour has had its number of them. Either both rows are written or neither."""
        with transaction.atomic():
            return self.create(**said) if TakenHour.objects.count_one() else None


class Report(models.Model):
    """What one reader said of a page, or of a procedure. Not who, from where, or at what time of the day."""

    page = models.SlugField("页", max_length=100, blank=True)
    procedure = models.SlugField("操作", max_length=100, blank=True)
    # The column keeps the name that release 0.2.0 reads and writes: migrations only add.
    rating = models.CharField("评价", max_length=10, choices=Rating, db_column="verdict")
    sentence = models.CharField("写的话", max_length=LONGEST, blank=True)
    app_version = models.CharField("读者的版本", max_length=LONGEST_VERSION, blank=True)
    on = models.DateField("日期", default=timezone.localdate)
    release = models.CharField("版本", max_length=20)
    content_version = models.CharField("内容", max_length=20)
    state = models.CharField("状态", max_length=10, choices=ReportState, default=ReportState.NEW)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-id"]
        verbose_name = verbose_name_plural = "读者反馈"

    def __str__(self) -> str:
        return f"{self.page or self.procedure} · {Rating(self.rating).label}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        # Here, and not in a form: no way into the table goes around it.
        self.sentence = struck(self.sentence)
        self.app_version = struck_version(self.app_version)
        super().save(*args, **kwargs)


class TakenHourQuerySet(models.QuerySet["TakenHour"]):
    def count_one(self) -> bool:
        """Counts one more report in this hour; False, and nothing counted, where the hour is full."""
        hour = timezone.now().replace(minute=0, second=0, microsecond=0)
        self.exclude(hour=hour).delete()
        self.get_or_create(hour=hour)
        room = self.filter(hour=hour, taken__lt=settings.REPORTS_PER_HOUR)
        return bool(room.update(taken=models.F("taken") + 1))


class TakenHour(models.Model):
    """How many reports the present hour took: one row, and the next hour replaces it.

    The limit needs a time, and a report has none: a reader's address is never
    looked at, so all readers share one limit.
    """

    hour = models.DateTimeField(primary_key=True)
    taken = models.PositiveIntegerField(default=0)

    objects = TakenHourQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.hour:%H:00} {self.taken}"
