"""The checklist's public pages."""

from django.urls import reverse

from checklist import library
from core.sitemaps import PublicPages


class ChecklistPages(PublicPages):
    def items(self) -> list[str]:
        checklist = library.current()
        fixed = [reverse(f"checklist:{name}") for name in ("index", "emergency", "leaving", "together", "letters")]
        cases = [reverse("checklist:case", args=[id]) for id in checklist.cases]
        forms = [
            reverse("checklist:form", args=[case.id, form]) for case in checklist.cases.values() for form in case.forms
        ]
        ties = [reverse("checklist:tie", args=[id]) for id in checklist.leaving]
        return fixed + cases + forms + ties + [step.address for step in checklist.steps.values()]
