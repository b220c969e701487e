"""Use our own site for Django's admin."""

from django.contrib.admin.apps import AdminConfig


class StaffAdminConfig(AdminConfig):
    default_site = "core.staff.site.StaffSite"
