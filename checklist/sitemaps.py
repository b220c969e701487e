"""The checklist's public pages."""

from django.urls import reverse

from checklist import library
from guide.sitemaps import PublicPages


class Pages(PublicPages):
    def items(self) -> list[str]:
        checklist = library.current()
        fixed = [reverse("checklist:index"), reverse("checklist:emergency"), reverse("checklist:letters")]
        cases = [reverse("checklist:case", args=[id]) for id in checklist.cases]
        return fixed + cases + [step.address for step in checklist.steps.values()]
