"""The unit file: how exposed systemd takes it to be, and the site under what it allows of the kernel."""

import http.client
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.deploy.conftest import EXAMPLE, Reader, answers_the_quiz, copy_release
from tests.deploy.restricted import UNIT, allowed_calls
from tests.pages import PAGE
from tests.serving import PATIENCE, Server

NO_SYSTEMD = "NO SYSTEMD-ANALYZE: THE UNIT FILE WAS NOT TRIED. INSTALL SYSTEMD."


@pytest.fixture(autouse=True)
def systemd() -> None:
    if shutil.which("systemd-analyze"):
        return
    if os.environ.get("CI", "").lower() in ("1", "true"):
        pytest.fail(NO_SYSTEMD, pytrace=False)
    pytest.skip(NO_SYSTEMD)


def test_its_exposure_is_low_with_a_database_and_mail_elsewhere(tmp_path: Path) -> None:
    unit = tmp_path / "anxin@8000.service"
    elsewhere = "IPAddressAllow=192.0.2.1 192.0.2.2"
    unit.write_text(UNIT.read_text().replace("[Install]", f"{elsewhere}\n[Install]"))
    command = ["systemd-analyze", "security", "--offline=true", "--no-pager", str(unit)]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    [exposure] = re.findall(r"Overall exposure level for \S+: ([\d.]+)", told)
    assert float(exposure) <= 1.5
    assert "UMask=0077" in UNIT.read_text()


def test_the_site_runs_under_what_it_allows_of_the_kernel(tmp_path: Path) -> None:
    server = Server(tmp_path, STAFF_SECOND_FACTOR="0")
    server.command = ["-m", "tests.deploy.restricted", *server.command]
    server.prepare()
    server.start()
    try:
        status = Path(f"/proc/{server.process.pid}/status").read_text()
        assert "Seccomp:\t2" in status
        assert "NoNewPrivs:\t1" in status
        reader = Reader(lambda: http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE), server.url)
        assert reader.get(PAGE).status == 200
        answers_the_quiz(reader)
        assert reader.post(f"{PAGE}report/", rating="useful").status == 302
        assert reader.get("/readyz").status == 200
        token = "a" * 32
        reader.cookies["csrftoken"] = token
        sent = reader.post("/admin/login/", username="x", password="y", csrfmiddlewaretoken=token)
        assert sent.status == 200, "a password is hashed, and wrong"
        assert not server.trouble()
    finally:
        server.end()


def test_a_copy_keeps_its_release_while_site_leads_to_another_one(tmp_path: Path) -> None:
    release, other, site = tmp_path / "v1", tmp_path / "v2", tmp_path / "site"
    copy_release(release)
    (release / ".venv").symlink_to(sys.prefix)
    other.mkdir()
    site.symlink_to(release)
    [start] = re.findall(r"^ExecStart=(.+)$", UNIT.read_text(), re.MULTILINE)
    program, *arguments = shlex.split(start.replace("$$", "$").replace("/srv/anxin/site", str(site)))
    server = Server(tmp_path)
    server.prepare()
    server.root = site
    server.command = ["-c", f"import os; os.execv({program!r}, {[program, *arguments]!r})"]
    server.start()
    try:
        site.unlink()
        site.symlink_to(other)
        reader = Reader(lambda: http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE), server.url)
        # Templates of the site, and of a package, that were not read before.
        assert [reader.get(path).status for path in (PAGE, "/admin/login/")] == [200, 200]
        assert not server.trouble()
    finally:
        server.end()


def test_every_file_of_the_example_is_installed() -> None:
    script = (EXAMPLE / "anxin-install").read_text()
    installed = {name for line in script.splitlines() if not line.startswith("#") for name in line.split()}
    assert {path.name for path in EXAMPLE.iterdir()} - installed == {"anxin-install"}
    assert "docs/deploy/anxin-install\n" in (EXAMPLE.parent / "deploy.md").read_text()


def test_takes_away_what_no_site_needs() -> None:
    assert {"read", "accept4", "futex"} <= allowed_calls()
    assert not allowed_calls() & {"mount", "setuid", "ptrace", "reboot", "init_module", "bpf", "setpriority"}
