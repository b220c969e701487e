"""The backup of a PostgreSQL, and how docs/deploy.md restores it: dumped, lost, restored."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

URL = os.environ.get("DATABASE_URL", "")


@pytest.mark.skipif(not URL, reason="tools/postgres.sh gives a PostgreSQL")
def test_brings_rows_back_from_a_backup(
    python: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    with psycopg.connect(URL, autocommit=True) as connection:
        connection.execute("CREATE TABLE a_row AS SELECT 4711 AS number")
        done = python("manage.py", "backup", str(tmp_path), DATABASE_URL=URL)
        assert done.returncode == 0, done.stderr
        [made] = tmp_path.iterdir()
        dump = made / "anxin.dump"
        assert {path.name: path.stat().st_mode & 0o777 for path in made.iterdir()} == {
            dump.name: 0o600,
            "secret": 0o600,
        }
        connection.execute("TRUNCATE a_row")
        subprocess.run(["pg_restore", "--clean", "--if-exists", f"--dbname={URL}", str(dump)], check=True)
        assert connection.execute("SELECT number FROM a_row").fetchall() == [(4711,)]
        connection.execute("DROP TABLE a_row")


@pytest.mark.skipif(not URL, reason="tools/postgres.sh gives a PostgreSQL")
def test_a_database_that_does_not_answer_is_no_backup(
    python: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    done = python("manage.py", "backup", str(tmp_path), DATABASE_URL="postgres://nobody:secretword@127.0.0.1:1/none")
    assert done.returncode == 1
    assert "pg_dump" in done.stderr
    assert "secretword" not in done.stderr
