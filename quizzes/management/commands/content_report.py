"""`manage.py content_report`: topics not covered, ages, claims without source, what nothing uses."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

import checklist.library
import guide.library
import quizzes.library
from guide.editorial.report import lines, overview


class Command(BaseCommand):
    help = "Topics not covered, pages and procedures by age and certainty, claims without source, what nothing uses."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="one JSON object instead of lines")

    def handle(self, *args: Any, **options: Any) -> None:
        cases = {f"case {case.id}": case.sources for case in checklist.library.current().cases.values()}
        today = timezone.localdate()
        report = overview(guide.library.current(), quizzes.library.content_roots(), today, cases)
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(lines(report)))
