"""`manage.py quiz_report`: range, routes, recorded readers, remedies, unused parts; with --flow, a flowchart."""

import tomllib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

import checklist.library
import quizzes.library
from quizzes.risk.quiz import RiskQuiz
from quizzes.risk.report import flow, report


class Command(BaseCommand):
    help = "Of each quiz with points: reachable range, routes, results of recorded readers, remedies, unused parts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("quiz", nargs="?", default="habits", help="which quiz (default: habits)")
        parser.add_argument("--stories", type=Path, help="a TOML file of told readers, to hold against the quiz")
        parser.add_argument("--flow", action="store_true", help="the flow as a Mermaid chart instead")

    def handle(self, *args: Any, **options: Any) -> None:
        scored = {id: one for id, one in quizzes.library.current().quizzes.items() if isinstance(one, RiskQuiz)}
        if options["quiz"] not in scored:
            raise CommandError(f"{options['quiz']!r} is no quiz with points; allowed: {', '.join(scored)}")
        quiz = scored[options["quiz"]]
        if options["flow"]:
            self.stdout.write(flow(quiz))
            return
        try:
            stories = tomllib.loads(options["stories"].read_text(encoding="utf-8")) if options["stories"] else {}
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise CommandError(f"{options['stories']}: {error}") from error
        self.stdout.write(report(quiz, checklist.library.current(), stories))
