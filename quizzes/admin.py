"""Show staff the totals of the quiz statistics. Single rows are neither listed, changed nor deleted here."""

import datetime as dt

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern
from django.utils import timezone

from quizzes import library
from quizzes.models import Tally
from quizzes.risk.quiz import RiskQuiz
from quizzes.statistics.counting import RESULT
from quizzes.statistics.totals import LEAST, finished, shown, tables

#: Days that one may look at together; the first is the default.
SPANS = (30, 7, 365)


@admin.register(Tally)
class TallyAdmin(admin.ModelAdmin):
    def get_urls(self) -> list[URLPattern]:
        """Return only the page of totals, because the page of a row would show what the totals hide."""
        return [url for url in super().get_urls() if (url.name or "").endswith("_changelist")]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, object] | None = None) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        versions = self._versions()
        chosen = _chosen(request.GET.get("of", ""), versions)
        span = next((days for days in SPANS if str(days) == request.GET.get("days")), SPANS[0])
        context: dict[str, object] = {
            **self.admin_site.each_context(request),
            "title": "自查统计",
            "opts": self.opts,
            "versions": [
                (f"{quiz}.{version}", _title(quiz, version), (quiz, version) == chosen) for quiz, version in versions
            ],
            "spans": [(days, days == span) for days in sorted(SPANS)],
            "least": LEAST,
            "hidden": f"少于{LEAST}",
        }
        if chosen:
            context |= _totals(*chosen, timezone.localdate() - dt.timedelta(days=span - 1))
        return TemplateResponse(request, "admin/quizzes/tally/totals.html", context)

    def _versions(self) -> list[tuple[str, int]]:
        """Return each version with counts, and the present ones, the newest of each quiz first."""
        counted = set(Tally.objects.values_list("quiz", "version").distinct())
        now = {(quiz.id, quiz.policy.version) for quiz in library.current().quizzes.values()}
        return sorted(counted | now, key=lambda one: (one[0], -one[1]))


def _chosen(asked: str, versions: list[tuple[str, int]]) -> tuple[str, int] | None:
    return next((one for one in versions if f"{one[0]}.{one[1]}" == asked), versions[0] if versions else None)


def _title(id: str, version: int) -> str:
    quiz = library.current().quizzes.get(id)
    return f"{quiz.title if quiz else id} 第 {version} 版"


def _totals(id: str, version: int, since: dt.date) -> dict[str, object]:
    rows = Tally.objects.of(id, version).filter(day__gte=since).order_by().values_list("question", "option")
    sums = {(question, option): count for question, option, count in rows.annotate(sum=Sum("count"))}
    quiz = library.current().quizzes.get(id)
    if quiz and quiz.policy.version != version:
        quiz = None  # its words are those of another version
    names = {RESULT: "结果"}
    if quiz:
        names |= {id: outcome.title for id, outcome in quiz.words.outcomes.items()}
    if isinstance(quiz, RiskQuiz):
        names |= {id: band.title for id, band in quiz.words.bands.items()}
    return {"finished": shown(finished(sums)), "tables": tables(sums, quiz, names)}
