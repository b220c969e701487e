"""The queue of readers' reports. Staff set a state; what a reader said is never changed."""

from django.contrib import admin, messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guide.models import Report, ReportQuerySet, State


@admin.register(Report)
class ReportAdmin(admin.ModelAdmin):
    list_display = ["page", "verdict", "sentence", "state", "on", "release", "content_version"]
    list_filter = ["state", "verdict", "page", "on"]
    list_per_page = 50
    date_hierarchy = "on"
    fields = ["page", "verdict", "sentence", "on", "release", "content_version", "state"]
    readonly_fields = ["page", "verdict", "sentence", "on", "release", "content_version"]
    actions = ["mark_seen", "mark_mended", "mark_declined", "mark_new"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Readers write reports, on the page that they are about."""
        return False

    def view_on_site(self, report: Report) -> str:
        return reverse("guide:page", args=[report.page])

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

    def _put(self, request: HttpRequest, reports: ReportQuerySet, state: State) -> None:
        count, waiting = reports.put(state), Report.objects.waiting()
        words = _("%(count)d 条记为“%(state)s”，还有 %(waiting)d 条没看。")
        said = words % {"count": count, "state": state.label, "waiting": waiting.count()}
        self.message_user(request, said, messages.SUCCESS)
