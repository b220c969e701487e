"""What the database keeps of the quizzes: how often each option was chosen on a day, and nothing about a person."""

from collections.abc import Iterator

from django.db import Error, models, transaction
from django.db.models import F

from quizzes.statistics.counting import Counted, Tallied, UncertainError


class TallyQuerySet(models.QuerySet["Tally"]):
    def add(self, counts: Tallied) -> None:
        """Adds these counts to the rows, in one short transaction: all or none.

        Raises Error where none was written, and UncertainError where the
        commit itself failed and nobody can know. The order is the same in each
        process, so that two of them never wait for one another in a circle.
        """
        ordered = sorted(counts.items())
        ready = False
        try:
            with transaction.atomic(using=self.db):
                # Rows first, at nothing and only where there are none; so each count has a row to be added to.
                self.bulk_create([Tally(**one._asdict(), count=0) for one, _ in ordered], ignore_conflicts=True)
                for one, number in ordered:
                    self.filter(**one._asdict()).update(count=F("count") + number)
                ready = True
        except Error as error:
            if ready:
                raise UncertainError from error
            raise

    def versions(self) -> Iterator[tuple[str, int]]:
        """Each quiz and version that was counted: one look into the index each; DISTINCT would read all of it."""
        ordered = self.order_by("quiz", "version").values_list("quiz", "version")
        found = ordered.first()
        while found:
            yield found
            quiz, version = found
            found = ordered.filter(quiz=quiz, version__gt=version).first() or ordered.filter(quiz__gt=quiz).first()

    def of(self, quiz: str, version: int) -> "TallyQuerySet":
        return self.filter(quiz=quiz, version=version)


class Tally(models.Model):
    """How many attempts chose an option on a day. Not who, not at what time, not together with which other option."""

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
        # All that the page of totals asks for stands in the index: the rows themselves are not read.
        indexes = [
            models.Index(fields=["quiz", "version", "question", "option", "day", "count"], name="quizzes_totals")
        ]

    def __str__(self) -> str:
        return f"{self.quiz} {self.version} {self.question}.{self.option} {self.day}"
