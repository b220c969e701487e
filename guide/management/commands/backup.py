"""manage.py backup FOLDER: write the database and the secret into a new folder under FOLDER."""

import os
import sqlite3
import subprocess
from argparse import ArgumentParser
from contextlib import closing
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

#: What restoring puts back into VAR_DIR, and what pg_restore reads.
DATABASE, SECRET, DUMP = "db.sqlite3", "secret", "anxin.dump"


class Command(BaseCommand):
    help = (
        "Writes a copy of the database, made while the site runs, and the secret into a new folder under FOLDER. "
        "To restore, stop the site and copy both into VAR_DIR. A PostgreSQL is dumped with pg_dump (docs/deploy.md)."
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
        except (OSError, sqlite3.Error, subprocess.CalledProcessError) as error:
            raise CommandError(f"{to}: {error}") from error
        self.stdout.write(f"{to}: {', '.join(written) or 'nothing'}")
        if without_secret:
            self.stdout.write("Without the secret: resume links and sessions need it, so keep it elsewhere.")

    def _database(self, to: Path) -> list[str]:
        """Copy the database with VACUUM INTO, which reads one consistent state while others write."""
        if connection.vendor == "postgresql":
            return self._dump(to)
        path = Path(str(settings.DATABASES["default"]["NAME"]))
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as source:
            source.execute("VACUUM INTO ?", [str(to / DATABASE)])
        (to / DATABASE).chmod(0o600)
        return [DATABASE]

    def _dump(self, to: Path) -> list[str]:
        """Run pg_dump, with the password in its environment, where other users can't see it."""
        psql, environment = connection.client.settings_to_cmd_args_env(connection.settings_dict, [])
        command = ["pg_dump", "--format=custom", f"--file={to / DUMP}", *psql[1:]]
        subprocess.run(command, env={**os.environ, **(environment or {})}, check=True)  # noqa: S603 - our own settings
        (to / DUMP).chmod(0o600)
        return [DUMP]

    def _secret(self, to: Path) -> list[str]:
        """Write the secret in use, from the environment or the file. Resume links and sessions need it."""
        with os.fdopen(os.open(to / SECRET, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(settings.SECRET_KEY)
        return [SECRET]
