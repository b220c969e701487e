"""manage.py check_content: editorial faults and overdue reviews."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

import guide.library
import quizzes.library
from guide.editorial import freshness


class Command(BaseCommand):
    help = "Fails if words are wrong or reviews are overdue. Prints a warning for reviews that are soon due."

    def handle(self, *args: Any, **options: Any) -> None:
        library = guide.library.current()
        reviews = freshness.ages(library, timezone.localdate())
        for warning in reviews.warnings:
            self.stderr.write(f"warning: {warning}")
        faults = [*freshness.words(library, quizzes.library.content_roots()), *reviews.faults]
        if faults:
            raise CommandError("\n".join(map(str, faults)))
