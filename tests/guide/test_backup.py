"""manage.py backup: a copy made while the site runs, that a fresh site starts from."""

import shutil
import sqlite3
import stat
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

Python = Callable[..., subprocess.CompletedProcess[str]]
SECRET = "only for this test " * 3 + "0123456789"
REPORT = """
import django; django.setup()
from guide.models import Report
{}
"""
WRITE = REPORT.format("Report.objects.create(page='risks', rating='useful', release='1', content_version='1')")
COUNT = REPORT.format("print(Report.objects.count())")


@pytest.fixture(scope="module")
def site(python: Python, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The VAR_DIR of a site with one report in its database."""
    var = tmp_path_factory.mktemp("var")
    (var / "secret").write_text(SECRET)
    for arguments in (["manage.py", "migrate", "--skip-checks", "--verbosity", "0"], ["-c", WRITE]):
        done = python(*arguments, VAR_DIR=str(var), SECRET_KEY="")
        assert done.returncode == 0, done.stderr
    return var


def back_up(python: Python, var: Path, to: Path) -> Path:
    """The folder that a backup made."""
    done = python("manage.py", "backup", str(to), VAR_DIR=str(var), SECRET_KEY="")
    assert done.returncode == 0, done.stderr
    [made] = to.iterdir()
    return made


def test_brings_the_rows_and_the_secret_back(python: Python, site: Path, tmp_path: Path) -> None:
    made = back_up(python, site, tmp_path / "backups")
    restored = tmp_path / "restored"
    restored.mkdir()
    for file in made.iterdir():
        (restored / file.name).write_bytes(file.read_bytes())
    done = python("-c", COUNT, VAR_DIR=str(restored), SECRET_KEY="")
    assert done.stdout.strip() == "1", done.stderr
    assert (restored / "secret").read_text() == SECRET.strip()


def test_copies_while_somebody_writes(python: Python, site: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(site / "db.sqlite3", isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("DELETE FROM guide_report")
        made = back_up(python, site, tmp_path / "backups")
        writer.execute("ROLLBACK")
    with closing(sqlite3.connect(made / "db.sqlite3")) as copy:
        assert copy.execute("SELECT count(*) FROM guide_report").fetchone() == (1,)


def test_is_for_its_owner_alone(python: Python, site: Path, tmp_path: Path) -> None:
    made = back_up(python, site, tmp_path / "backups")
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (made, *made.iterdir())}
    assert modes == {made.name: 0o700, "db.sqlite3": 0o600, "secret": 0o600}


def test_says_in_a_line_that_there_is_no_database(python: Python, tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    done = python("manage.py", "backup", str(tmp_path / "to"), VAR_DIR=str(tmp_path / "var"))
    assert done.returncode == 1
    assert "unable to open database file" in done.stderr
    assert "Traceback" not in done.stderr


def test_copies_a_database_whose_path_has_characters_of_an_address(python: Python, site: Path, tmp_path: Path) -> None:
    odd = tmp_path / "v?r#1%20"
    shutil.copytree(site, odd)
    made = back_up(python, odd, tmp_path / "backups")
    with closing(sqlite3.connect(made / "db.sqlite3")) as copy:
        assert copy.execute("SELECT count(*) FROM guide_report").fetchone() == (1,)
