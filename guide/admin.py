"""The queue of readers' reports. Staff set a state; what a reader said is never changed."""

import re
from collections.abc import Iterator

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import Count, Min
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guide import library
from guide.models import Report, ReportQuerySet, State

#: The number of a report, as a form sends it.
ROW = re.compile(r"[0-9]{1,18}")


class PathFilter(admin.SimpleListFilter):
    """Paths by reports and age: those with most open reports first, of these the one looked at longest ago."""

    title = gettext_lazy("路径，按反馈多少和核对早晚")
    parameter_name = "path"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Iterator[tuple[str, str]]:
        about = Report.objects.exclude(procedure="").filter(state__in=(State.NEW, State.SEEN)).order_by()
        counted = about.values("procedure").annotate(reports=Count("id"), since=Min("on"))
        procedures = library.current().procedures
        words = _("%(title)s：%(reports)d 条，最早 %(since)s，核对于 %(checked)s")

        def checked(row: dict[str, object]) -> str:
            known = procedures.get(str(row["procedure"]))
            return known.checked.isoformat() if known else "-"

        for row in sorted(counted, key=lambda row: (-row["reports"], checked(row), row["procedure"])):
            id = row["procedure"]
            title = procedures[id].title if id in procedures else id
            said = {"title": title, "reports": row["reports"], "since": row["since"], "checked": checked(row)}
            yield id, words % said

    def queryset(self, request: HttpRequest, queryset: ReportQuerySet) -> ReportQuerySet:  # type: ignore[override]
        return queryset.filter(procedure=self.value()) if self.value() else queryset


@admin.register(Report)
class ReportAdmin(admin.ModelAdmin):
    list_display = ["about", "verdict", "sentence", "app_version", "state", "on", "release", "content_version"]
    list_filter = ["state", "verdict", PathFilter, "page", "on"]
    list_per_page = 50
    date_hierarchy = "on"
    readonly_fields = ["page", "procedure", "verdict", "sentence", "app_version", "on", "release", "content_version"]
    fields = [*readonly_fields, "state"]
    actions = ["mark_seen", "mark_mended", "mark_declined", "mark_new"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Readers write reports, on the page that they are about."""
        return False

    @admin.display(description=gettext_lazy("哪里"))
    def about(self, report: Report) -> str:
        return report.page or report.procedure

    def view_on_site(self, report: Report) -> str:
        if report.page:
            return reverse("guide:page", args=[report.page])
        return reverse("guide:procedure-report", args=[report.procedure])

    @admin.action(description=gettext_lazy("记为：看过"), permissions=["change"])
    def mark_seen(self, request: HttpRequest, reports: ReportQuerySet) -> None:
        self._put(request, reports, State.SEEN)

    @admin.action(description=gettext_lazy("记为：改好了"), permissions=["change"])
    def mark_mended(self, request: HttpRequest, reports: ReportQuerySet) -> None:
        self._put(request, reports, State.MENDED)

    @admin.action(description=gettext_lazy("记为：不改"), permissions=["change"])
    def mark_declined(self, request: HttpRequest, reports: ReportQuerySet) -> None:
        self._put(request, reports, State.DECLINED)

    @admin.action(description=gettext_lazy("放回：新的"), permissions=["change"])
    def mark_new(self, request: HttpRequest, reports: ReportQuerySet) -> None:
        self._put(request, reports, State.NEW)

    def response_action(self, request: HttpRequest, queryset: ReportQuerySet) -> HttpResponseBase | None:  # type: ignore[override]
        """Django raises ValueError where a forged form names a row that is no number; here nothing is chosen then."""
        if all(ROW.fullmatch(row) for row in request.POST.getlist(ACTION_CHECKBOX_NAME)):
            return super().response_action(request, queryset)
        self.message_user(request, _("这一下没看懂，什么都没有改。"), messages.WARNING)
        return redirect(request.get_full_path())

    def _put(self, request: HttpRequest, reports: ReportQuerySet, state: State) -> None:
        count, waiting = reports.put(state), Report.objects.waiting()
        words = _("%(count)d 条记为“%(state)s”，还有 %(waiting)d 条没看。")
        said = words % {"count": count, "state": state.label, "waiting": waiting.count()}
        self.message_user(request, said, messages.SUCCESS)
