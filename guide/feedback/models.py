"""Models of feedback: reports and budgets, without data about readers."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from core.redaction import struck, struck_version

#: Characters of a report's sentence.
MAX_SENTENCE = 200
#: Characters of a version: 微信 8.0.50 on 鸿蒙 5.0.
MAX_VERSION = 30
#: Reports on one procedure that are accepted a day. An editor needs no more.
REPORTS_PER_PATH = 10


class Rating(models.TextChoices):
    USEFUL = "useful", "有用"
    USELESS = "useless", "没用"
    WRONG = "wrong", "这里不对"


class ReportState(models.TextChoices):
    NEW = "new", "新的"
    SEEN = "seen", "看过"
    CONFIRMED = "confirmed", "确认不对"
    MENDED = "mended", "改好了"
    DECLINED = "declined", "不改"


class ReportQuerySet(models.QuerySet["Report"]):
    def waiting(self) -> "ReportQuerySet":
        """Return the reports that nobody has looked at."""
        return self.filter(state=ReportState.NEW)

    def open(self) -> "ReportQuerySet":
        """Return the reports that are not settled."""
        return self.filter(state__in=(ReportState.NEW, ReportState.SEEN, ReportState.CONFIRMED))

    def by(self, about: str) -> dict[str, int]:
        """Return the number of reports by page or by procedure: `about` is the field."""
        counted = self.exclude(**{about: ""}).order_by().values(about).annotate(reports=models.Count("id"))
        return {row[about]: row["reports"] for row in counted}

    def disputed(self, since: dt.date, days: int, most: int) -> dict[str, int]:
        """Return how many open reports each disputed procedure has.

        A procedure is disputed if an editor confirmed a report, or if readers reported it on at least `days`
        different days since a date. Of the latter, at most `most` count: those with the most days, then the oldest.
        """
        reports = self.open().by("procedure")
        confirmed = set(self.filter(state=ReportState.CONFIRMED).values_list("procedure", flat=True))
        rows = self.open().filter(on__gte=since).exclude(procedure="").order_by().values("procedure")
        counted = rows.annotate(days=models.Count("on", distinct=True), first=models.Min("on"))
        reported = [row for row in counted if row["days"] >= days and row["procedure"] not in confirmed]
        reported.sort(key=lambda row: (-row["days"], row["first"], row["procedure"]))
        ids = confirmed | {row["procedure"] for row in reported[:most]}
        return {id: count for id, count in reports.items() if id in ids}

    def submit(self, **fields: str) -> "Report":
        """Write a new report and count it. If a budget is spent, write nothing and raise BudgetError."""
        path, now = fields.get("procedure"), timezone.localtime()
        hour = now.replace(minute=0, second=0, microsecond=0)
        with transaction.atomic():
            if path:
                Budget.objects.spend(f"path:{path}", REPORTS_PER_PATH, hour.replace(hour=0))
            Budget.objects.spend("paths" if path else "pages", settings.REPORTS_PER_HOUR, hour)
            return self.create(**fields)


class Report(models.Model):
    """A reader's report on a page or a procedure. It holds no sender, address or time of day."""

    page = models.SlugField("页", max_length=100, blank=True)
    procedure = models.SlugField("操作", max_length=100, blank=True)
    # The column keeps the name that release 0.2.0 reads and writes: migrations only add.
    rating = models.CharField("评价", max_length=10, choices=Rating, db_column="verdict")
    sentence = models.CharField("写的话", max_length=MAX_SENTENCE, blank=True)
    app_version = models.CharField("读者的版本", max_length=MAX_VERSION, blank=True)
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
        # Here and not in a form, so that every row is redacted.
        self.sentence = struck(self.sentence)
        self.app_version = struck_version(self.app_version)
        super().save(*args, **kwargs)


class BudgetError(Exception):
    """Raised when a budget is spent; `name` says which."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(name)


class BudgetQuerySet(models.QuerySet["Budget"]):
    def spend(self, name: str, limit: int, period: dt.datetime) -> None:
        """Count one more report in the period that begins at `period`. Raise BudgetError if the limit is reached.

        A period is never replaced by an earlier one, so a clock that is set back refills nothing.
        """
        self.get_or_create(name=name, defaults={"period": period})
        self.filter(name=name, period__lt=period).update(period=period, taken=0)
        if not self.filter(name=name, taken__lt=limit).update(taken=models.F("taken") + 1):
            raise BudgetError(name)


class Budget(models.Model):
    """The number of reports in the present hour or day: one row for all pages, one for all paths, one for each path.

    All readers share the budgets, because addresses are never looked at.
    """

    name = models.CharField(primary_key=True, max_length=120)
    period = models.DateTimeField()
    taken = models.PositiveIntegerField(default=0)

    objects = BudgetQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.name} {timezone.localtime(self.period):%m-%d %H:00} {self.taken}"
