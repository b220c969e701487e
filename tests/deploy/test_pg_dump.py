"""What docs/deploy.md says of PostgreSQL's backup: dumped, lost, restored."""

import os
import shutil
import subprocess
from pathlib import Path

import psycopg
import pytest

URL = os.environ.get("DATABASE_URL", "")


@pytest.mark.skipif(not URL, reason="tools/postgres.sh gives a PostgreSQL")
def test_it_brings_rows_back_from_a_dump(tmp_path: Path) -> None:
    programs = shutil.which("pg_dump"), shutil.which("pg_restore")
    dump, restore = (program or pytest.fail("no pg_dump") for program in programs)
    file = str(tmp_path / "anxin.dump")
    with psycopg.connect(URL, autocommit=True) as connection:
        connection.execute("CREATE TABLE a_row AS SELECT 4711 AS number")
        subprocess.run([dump, "--format=custom", f"--file={file}", URL], check=True)
        connection.execute("TRUNCATE a_row")
        subprocess.run([restore, "--clean", "--if-exists", f"--dbname={URL}", file], check=True)
        assert connection.execute("SELECT number FROM a_row").fetchall() == [(4711,)]
        connection.execute("DROP TABLE a_row")
