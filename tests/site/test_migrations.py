"""Models and migrations agree, and the database of the release before migrates with all that it holds."""

import json
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.tiny import FIXTURES

Python = Callable[..., subprocess.CompletedProcess[str]]


@pytest.mark.django_db
def test_has_no_pending_migration(capsys: pytest.CaptureFixture[str]) -> None:
    try:
        call_command("makemigrations", check=True, dry_run=True)
    except SystemExit:
        pytest.fail(capsys.readouterr().out)


DUMP = FIXTURES / "released" / "0.2.0.sql"
FOUND = """
import json
from django.contrib.auth import get_user_model
from guide.models import Report
from quizzes.models import Tally
print(json.dumps({
    "reports": list(Report.objects.order_by("id").values_list("page", "procedure", "rating", "sentence", "state")),
    "tallies": list(Tally.objects.order_by("id").values_list("quiz", "question", "option", "count")),
    "editor": sorted(get_user_model().objects.get(username="editor").get_all_permissions()),
    "keeper": get_user_model().objects.get(username="keeper").is_superuser,
}))
"""


def test_migrates_the_database_of_release_0_2_0(tmp_path: Path, python: Python) -> None:
    database = sqlite3.connect(tmp_path / "db.sqlite3")
    database.executescript(DUMP.read_text(encoding="utf-8"))
    migrated = python("manage.py", "migrate", "--no-input", VAR_DIR=str(tmp_path))
    assert migrated.returncode == 0, migrated.stderr
    shown = python("manage.py", "shell", "-v", "0", "-c", FOUND, VAR_DIR=str(tmp_path))
    assert shown.returncode == 0, shown.stderr
    assert json.loads(shown.stdout) == {
        "reports": [
            ["risks", "", "useful", "", "new"],
            ["risks", "", "wrong", "第三条的电话打不通", "seen"],
            ["", "wx-leave", "wrong", "菜单换了位置", "new"],
            ["", "wx-block", "useless", "", "declined"],
        ],
        "tallies": [
            ["habits", "situation", "in-group", 41],
            ["habits", "situation", "left", 7],
            ["group-check", "tie", "stranger", 12],
        ],
        "editor": ["guide.change_report", "guide.view_report", "quizzes.view_tally"],
        "keeper": True,
    }
    # The way back: migrations only add, so that 0.2.0 finds every column that it writes.
    columns = {row[1] for row in database.execute("PRAGMA table_info(guide_report)")}
    assert {"page", "procedure", "verdict", "sentence", "app_version", "on", "release", "state"} <= columns
    database.close()
