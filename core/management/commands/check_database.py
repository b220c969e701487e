"""manage.py check_database: exit with a one-line error if SQLite's file is damaged."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection


class Command(BaseCommand):
    help = "Exits with an error that says what to do if the SQLite file is damaged. Run before migrations."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(str(settings.DATABASES["default"]["NAME"]))
        if connection.vendor != "sqlite" or not path.exists():
            return
        try:
            with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as database:
                found = str(database.execute("PRAGMA quick_check(1)").fetchone()[0])
        except sqlite3.OperationalError:
            return  # locked or unreadable: the next command says so
        except sqlite3.DatabaseError as error:
            found = str(error)
        if found != "ok":
            raise CommandError(
                f"{path} is damaged ({found}). Stop the site and put the db.sqlite3 of a backup in its place "
                "(docs/deploy.md), or move the file away: the site starts with an empty one. "
                "It holds readers' reports, totals of quizzes and the staff's accounts, and no reader's progress."
            )
