"""What lies in var/ is the owner's alone; a damaged secret or database stops the start with one line."""

import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.serving import ROOT, Server
from tools import setup

Python = Callable[..., subprocess.CompletedProcess[str]]
SCRIPTS = sorted([*ROOT.glob("tools/**/*.sh"), *ROOT.glob("docs/deploy/anxin*")])
OTHERS = stat.S_IRWXG | stat.S_IRWXO


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def is_script(path: Path) -> bool:
    return "node_modules" not in path.parts and path.read_text().startswith("#!")


def test_every_script_keeps_others_out_of_what_it_writes() -> None:
    scripts = [path for path in SCRIPTS if is_script(path)]
    assert len(scripts) > 10
    assert [str(path) for path in scripts if "\numask 077\n" not in path.read_text()] == []
    assert "umask 077" in (ROOT / ".ci" / "run").read_text()
    assert "UMask=0077" in (ROOT / "docs" / "deploy" / "anxin@.service").read_text()


@pytest.mark.slow
def test_a_fresh_site_writes_its_files_for_its_owner_alone(tmp_path: Path) -> None:
    """Run what tools/run.sh runs, without making an environment."""
    var = tmp_path / "var"
    var.mkdir(mode=0o755)
    (var / "db.sqlite3").touch(mode=0o644)
    commands = f"""
        umask 077; set -eu; cd {ROOT}
        {sys.executable} -c "
import os; from pathlib import Path; from tools import setup
os.umask(0o077); setup.close_to_others(Path('{var}')); setup.make_secret(Path('{var}/secret'))"
        {sys.executable} manage.py migrate --no-input --skip-checks --verbosity 0
        (umask 022; {sys.executable} manage.py collectstatic --no-input --skip-checks --verbosity 0 --ignore admin)
    """
    environment = {**os.environ, "VAR_DIR": str(var)}
    environment.pop("SECRET_KEY", None)
    environment["DJANGO_SETTINGS_MODULE"] = "config.settings"
    subprocess.run(["sh", "-c", commands], check=True, env=environment)
    assert mode(var) == 0o711, "nginx passes through, and lists nothing"
    private = [var / "secret", *var.glob("db.sqlite3*")]
    assert len(private) > 1
    assert [path.name for path in private if mode(path) & OTHERS] == []
    collected = list((var / "static").rglob("*"))
    assert collected
    assert [path.name for path in collected if not mode(path) & stat.S_IROTH] == []
    assert [path.name for path in collected if path.is_dir() and not mode(path) & stat.S_IXOTH] == []


def test_the_script_that_collects_static_files_makes_them_readable_to_nginx() -> None:
    assert "(umask 022;" in (ROOT / "tools" / "static.sh").read_text()


def test_setup_closes_what_an_older_release_left_open(tmp_path: Path) -> None:
    for name in ("secret", "db.sqlite3", "db.sqlite3-wal"):
        (tmp_path / name).touch()
        (tmp_path / name).chmod(0o644)
    tmp_path.chmod(0o755)
    setup.close_to_others(tmp_path)
    assert mode(tmp_path) == 0o711
    assert {mode(path) for path in tmp_path.iterdir()} == {0o600}


# A damaged secret

BAD_SECRETS = {
    "zeros": b"\0" * 80,
    "one-character": b"a" * 80,
    "nine-characters": b"abcdefghi" * 9,
    "random-bytes": bytes(range(256)),
    "empty": b"",
    "short": b"abcdefghijklmnopqrstuvwxyz",
    "control-characters": bytes(range(1, 31)) * 3,
}


@pytest.mark.parametrize("secret", BAD_SECRETS.values(), ids=BAD_SECRETS)
def test_a_damaged_secret_is_refused_in_one_line(python: Python, tmp_path: Path, secret: bytes) -> None:
    (tmp_path / "secret").write_bytes(secret)
    done = python("manage.py", "check", VAR_DIR=str(tmp_path), SECRET_KEY="")
    assert done.returncode == 1
    [line] = done.stderr.splitlines()
    assert line.startswith("SECRET_KEY: ")
    assert str(tmp_path / "secret") in line


@pytest.mark.parametrize("name", ["SECRET_KEY", "SECRET_KEY_FALLBACKS"])
def test_a_trivial_secret_in_the_environment_is_refused(python: Python, tmp_path: Path, name: str) -> None:
    done = python("manage.py", "check", VAR_DIR=str(tmp_path), **{name: "ab" * 40})
    assert done.returncode == 1
    assert name in done.stderr
    assert "abab" not in done.stderr


# A damaged database


def damaged(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\0" + b"\x07" * 5000)


def test_a_damaged_database_stops_the_start_with_a_line_and_a_way_out(python: Python, tmp_path: Path) -> None:
    damaged(tmp_path / "db.sqlite3")
    done = python("manage.py", "check_database", VAR_DIR=str(tmp_path))
    assert done.returncode == 1
    [line] = done.stderr.splitlines()
    assert str(tmp_path / "db.sqlite3") in line
    assert "backup" in line
    assert "move the file away" in line
    assert '\n"$python" manage.py check_database\n' in (ROOT / "tools" / "run.sh").read_text()


def test_a_database_with_a_damaged_page_is_found(python: Python, tmp_path: Path) -> None:
    path = tmp_path / "db.sqlite3"
    assert python("manage.py", "migrate", "--skip-checks", VAR_DIR=str(tmp_path)).returncode == 0
    assert python("manage.py", "check_database", VAR_DIR=str(tmp_path)).returncode == 0
    for aside in tmp_path.glob("db.sqlite3-*"):
        aside.unlink()
    content = bytearray(path.read_bytes())
    content[4096 : 4096 * 8] = b"\xff" * (4096 * 7)
    path.write_bytes(content)
    assert python("manage.py", "check_database", VAR_DIR=str(tmp_path)).returncode == 1


def test_no_database_is_no_damage(python: Python, tmp_path: Path) -> None:
    assert python("manage.py", "check_database", VAR_DIR=str(tmp_path)).returncode == 0


# A backup without the secret


def test_a_backup_leaves_the_secret_out_and_says_so(python: Python, tmp_path: Path) -> None:
    var = {"VAR_DIR": str(tmp_path / "var")}
    (tmp_path / "var").mkdir()
    assert python("manage.py", "migrate", "--skip-checks", **var).returncode == 0
    done = python("manage.py", "backup", str(tmp_path / "backups"), "--without-secret", **var)
    [made] = (tmp_path / "backups").iterdir()
    assert [path.name for path in made.iterdir()] == ["db.sqlite3"]
    assert "Without the secret" in done.stdout


# Without a proxy


@pytest.mark.slow
@pytest.mark.parametrize(("host", "said"), [("0.0.0.0", True), ("127.0.0.1", False)])
def test_a_server_open_to_the_network_says_that_it_must_not_face_the_internet(
    tmp_path: Path, host: str, said: bool
) -> None:
    server = Server(tmp_path, HOST=host)
    (tmp_path / "secret").write_text(server.secret)
    server.collect()
    server.start()
    try:
        server.said("(Ctrl-C ends it).")
        if said:
            server.said("internet")
        assert ("it must not face the internet" in server.log.read_text()) is said
    finally:
        server.end()


def test_a_database_in_a_relative_folder_is_checked(python: Python, tmp_path: Path) -> None:
    assert python("manage.py", "migrate", "--skip-checks", VAR_DIR=str(tmp_path)).returncode == 0
    done = python("manage.py", "check_database", VAR_DIR=os.path.relpath(tmp_path, ROOT))
    assert done.returncode == 0, done.stderr
