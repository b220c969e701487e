"""Admin of feedback, and the list of content that is due for review.

Staff set the state of a report. Its text never changes.
"""

import re
from collections.abc import Mapping
from functools import partial
from typing import Any, NamedTuple

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from guide import library
from guide.editorial.freshness import AGEING, STALE, Aged, by_age, month_end, procedures_by_age
from guide.feedback import disputed_procedures
from guide.feedback.models import Report, ReportQuerySet, ReportState
from guide.pages import Page
from guide.procedures import Procedure

#: The number of a report, as a form sends it.
ROW = re.compile(r"[0-9]{1,18}")
#: The action that gives reports each state.
ACTIONS = {
    ReportState.SEEN: "记为：看过",
    ReportState.CONFIRMED: "记为：确认不对（页面上会提醒读者）",
    ReportState.MENDED: "记为：改好了",
    ReportState.DECLINED: "记为：不改",
    ReportState.NEW: "放回：新的",
}


def set_state(admin_: "ReportAdmin", request: HttpRequest, reports: ReportQuerySet, state: ReportState) -> None:
    """Set the state of the chosen reports, and say how many there were."""
    count, waiting = reports.update(state=state), Report.objects.waiting().count()
    admin_.message_user(request, f"{count} 条记为“{state.label}”，还有 {waiting} 条没看。", messages.SUCCESS)


class Queue(ChangeList):
    """Show the whole list if the year of a filter is none. Django does so for other filters, but fails at that."""

    def get_queryset(self, *args: Any, **kwargs: Any) -> QuerySet[Any]:
        try:
            return super().get_queryset(*args, **kwargs)
        except OverflowError as error:
            raise IncorrectLookupParameters(error) from error


@admin.register(Report)
class ReportAdmin(admin.ModelAdmin):
    list_display = ["about", "rating", "sentence", "app_version", "state", "on", "release", "content_version"]
    list_filter = ["state", "rating", "page", "procedure", "on"]
    list_per_page = 50
    date_hierarchy = "on"
    readonly_fields = ["page", "procedure", "rating", "sentence", "app_version", "on", "release", "content_version"]
    fields = [*readonly_fields, "state"]

    def get_urls(self) -> list[URLPattern]:
        desk = path("desk/", self.admin_site.admin_view(self.desk_view), name="guide_desk")
        return [desk, *super().get_urls()]

    def desk_view(self, request: HttpRequest) -> HttpResponse:
        """List menu paths by open reports, then by the age of their review, and everything due for review."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        guide, until = library.current(), month_end(timezone.localdate())
        reports = {field: Report.objects.open().by(field) for field in ("page", "procedure")}
        told = [aged for aged in procedures_by_age(guide) if aged.it.legs or aged.it.id in reports["procedure"]]
        paths = [_row(aged, reports) for aged in told]
        every = sorted(by_age(guide), key=lambda aged: aged.due)
        context = {
            **self.admin_site.each_context(request),
            "title": "编辑台",
            "opts": self.opts,
            "waits": what_waits(),
            "paths": sorted(paths, key=lambda row: -row.reports),
            "gone": sorted(reports["procedure"].keys() - guide.procedures.keys()),
            "due": [_row(aged, reports) for aged in every if aged.due <= until],
            "first_due": every[0].due if every else None,
            "ageing": AGEING,
            "stale": STALE,
        }
        return TemplateResponse(request, "admin/guide/report/desk.html", context)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return Queue

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Return False: readers write reports on the page that they are about."""
        return False

    @admin.display(description="哪里")
    def about(self, report: Report) -> str:
        return report.page or report.procedure

    def view_on_site(self, report: Report) -> str:
        return _address("page", report.page) if report.page else _address("procedure", report.procedure)

    def response_action(self, request: HttpRequest, queryset: ReportQuerySet) -> HttpResponseBase | None:  # type: ignore[override]
        """Answer an action. Django raises ValueError if a damaged form names a row that is not a number."""
        if all(ROW.fullmatch(row) for row in request.POST.getlist(ACTION_CHECKBOX_NAME)):
            return super().response_action(request, queryset)
        self.message_user(request, "这一下没看懂，什么都没有改。", messages.WARNING)
        return redirect(request.get_full_path())

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Return Django's actions and one for each state."""
        actions: dict[str, Any] = super().get_actions(request)
        if self.has_change_permission(request):
            for state, words in ACTIONS.items():
                actions[f"mark_{state}"] = (partial(set_state, state=state), f"mark_{state}", words)
        return actions


def what_waits() -> dict[str, int]:
    """Return the number of new reports, of disputed paths (with the limits), and of reviews due this month."""
    until = month_end(timezone.localdate())
    return {
        "new": Report.objects.waiting().count(),
        "disputed": len(disputed_procedures.query_disputed()),
        "enough": disputed_procedures.ENOUGH,
        "days": disputed_procedures.DAYS,
        "due": sum(aged.due <= until for aged in by_age(library.current())),
    }


class FreshnessRow(NamedTuple):
    """A page or a procedure on the desk: the field of a report that names it, where readers see it, open reports."""

    aged: Aged[Page] | Aged[Procedure]
    field: str
    address: str
    days: int
    reports: int


def _row(aged: Aged[Page] | Aged[Procedure], reports: Mapping[str, Mapping[str, int]]) -> FreshnessRow:
    field = "page" if isinstance(aged.it, Page) else "procedure"
    days = aged.days(timezone.localdate())
    return FreshnessRow(aged, field, _address(field, aged.it.id), days, reports[field].get(aged.it.id, 0))


def _address(field: str, id: str) -> str:
    """Return where readers see a page; for a procedure, the page with its form."""
    return reverse("guide:page" if field == "page" else "guide:procedure-report", args=[id])
