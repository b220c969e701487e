"""manage.py backup FOLDER: write the database and the secret into a new folder under FOLDER."""

import os
import sqlite3
from argparse import ArgumentParser
from contextlib import closing
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

#: What restoring puts back into VAR_DIR.
DATABASE, SECRET = "db.sqlite3", "secret"


class Command(BaseCommand):
    help = (
        "Writes a copy of the database, made while the site runs, and the secret into a new folder under FOLDER. "
        "To restore, stop the site and copy both into VAR_DIR. A PostgreSQL is for pg_dump (docs/deploy.md)."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="FOLDER")
        parser.add_argument(
            "--without-secret",
            action="store_true",
            help="leave the secret out, for a backup that others may read; keep the secret elsewhere",
        )

    def handle(self, *args: Any, folder: Path, without_secret: bool, **options: Any) -> None:
        to = folder / timezone.localtime().strftime("%Y-%m-%d-%H%M%S")
        try:
            to.mkdir(parents=True, mode=0o700)
            written = [*self._database(to), *([] if without_secret else self._secret(to))]
        except (OSError, sqlite3.Error) as error:
            raise CommandError(f"{to}: {error}") from error
        self.stdout.write(f"{to}: {', '.join(written) or 'nothing'}")
        if without_secret:
            self.stdout.write("Without the secret: resume links and sessions need it, so keep it elsewhere.")

    def _database(self, to: Path) -> list[str]:
        """Copy the database with VACUUM INTO, which reads one consistent state while others write."""
        if connection.vendor != "sqlite":
            self.stderr.write("The database is PostgreSQL: back it up with pg_dump (docs/deploy.md).")
            return []
        name = str(settings.DATABASES["default"]["NAME"])
        with closing(sqlite3.connect(f"file:{name}?mode=ro", uri=True)) as source:
            source.execute("VACUUM INTO ?", [str(to / DATABASE)])
        (to / DATABASE).chmod(0o600)
        return [DATABASE]

    def _secret(self, to: Path) -> list[str]:
        """Write the secret in use, from the environment or the file. Resume links and sessions need it."""
        with os.fdopen(os.open(to / SECRET, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(settings.SECRET_KEY)
        return [SECRET]
