"""Quiz statistics: how often each option was chosen on a day, and nothing about a person."""

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db import models, transaction
from django.db.models import F, Q

from quizzes.statistics.counting import Counted


class TallyQuerySet(models.QuerySet["Tally"]):
    def add(self, counted: Iterable[Counted]) -> None:
        """Add one to the count of each key, all or none."""
        # Sorted keys and locks in order, so that two processes never wait for each other.
        keys = [key._asdict() for key in sorted(counted)]
        with transaction.atomic(using=self.db):
            self.bulk_create([Tally(**key, count=0) for key in keys], ignore_conflicts=True)
            mine = self.filter(reduce(or_, (Q(**key) for key in keys)))
            rows = mine.select_for_update().order_by("pk").values_list("pk", flat=True)
            self.filter(pk__in=list(rows)).update(count=F("count") + 1)

    def of(self, quiz: str, version: int) -> "TallyQuerySet":
        return self.filter(quiz=quiz, version=version)


class Tally(models.Model):
    """How many attempts chose an option on a day: not who, not at what time, not with which other options."""

    quiz = models.CharField("自查", max_length=60)
    version = models.PositiveIntegerField("版本")
    question = models.CharField("题", max_length=60)
    option = models.CharField("选项", max_length=60)
    day = models.DateField("日期")
    count = models.PositiveIntegerField("人次", default=0)

    objects = TallyQuerySet.as_manager()

    class Meta:
        default_permissions = ("view",)
        verbose_name = verbose_name_plural = "自查统计"
        constraints = [models.UniqueConstraint(fields=Counted._fields, name="one_row_an_option_and_day")]
        # The index covers all columns that the page of totals reads, so the database does not read the rows.
        indexes = [
            models.Index(fields=["quiz", "version", "question", "option", "day", "count"], name="quizzes_totals")
        ]

    def __str__(self) -> str:
        return f"{self.quiz} {self.version} {self.question}.{self.option} {self.day}"
