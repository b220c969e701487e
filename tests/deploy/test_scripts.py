"""The scripts of docs/deploy: what they install, and whom they run a command as."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.deploy.conftest import EXAMPLE

FOLDERS = ("usr/local/bin", "etc/systemd/system", "etc/nginx/conf.d")
NGINX_CONF = "worker_processes auto;\nevents {\n\tworker_connections 768;\n}\n"


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    for folder in FOLDERS:
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "etc/anxin.env").write_text("SITE_URL=https://anxin.test\n")
    (tmp_path / "etc/nginx/nginx.conf").write_text(NGINX_CONF)
    return tmp_path


def install(machine: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "DESTDIR": str(machine)}
    command = ["sh", str(EXAMPLE / "anxin-install")]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_an_installation_bears_the_name_of_the_site(machine: Path) -> None:
    assert install(machine).returncode == 0
    conf = (machine / "etc/nginx/conf.d/anxin.conf").read_text()
    assert "/etc/letsencrypt/live/anxin.test/fullchain.pem" in conf
    assert "example.org" not in conf


def test_an_installation_takes_every_file_of_the_example(machine: Path) -> None:
    install(machine)
    installed = {path.name for path in machine.rglob("*")} | {"anxin-install"}
    names = {"anxin.conf" if path.name == "nginx.conf" else path.name for path in EXAMPLE.iterdir()}
    assert names - installed == set()


def test_a_second_installation_keeps_the_addresses_of_staff_and_renews_the_rest(machine: Path) -> None:
    install(machine)
    staff, unit = machine / "etc/nginx/anxin-staff.conf", machine / "etc/systemd/system/anxin@.service"
    staff.write_text("allow 203.0.113.7;\ndeny all;\n")
    unit.write_text("of an older release")
    once = (machine / "etc/nginx/nginx.conf").read_text()
    assert "worker_connections 4096" in once
    assert install(machine).returncode == 0
    assert staff.read_text() == "allow 203.0.113.7;\ndeny all;\n"
    assert unit.read_text() == (EXAMPLE / "anxin@.service").read_text()
    assert (machine / "etc/nginx/nginx.conf").read_text() == once


def test_a_site_without_tls_is_not_installed(machine: Path) -> None:
    (machine / "etc/anxin.env").write_text("SITE_URL=http://anxin.test\n")
    done = install(machine)
    assert done.returncode == 2
    assert "https://" in done.stderr
    assert not list((machine / "etc/nginx/conf.d").iterdir())


@pytest.mark.skipif(os.geteuid() != 0, reason="runuser needs root")
def test_a_command_runs_in_the_folder_of_the_release_where_the_path_is_that_of_cron(tmp_path: Path) -> None:
    release = tmp_path / "v1"
    release.mkdir()
    (tmp_path / "site").symlink_to(release)
    (tmp_path / "anxin.env").write_text('OPERATOR="Li Na 和朋友们"\n')
    script = (EXAMPLE / "anxin").read_text()
    for name, here in {"/srv/anxin/site": tmp_path / "site", "/etc/anxin.env": tmp_path / "anxin.env"}.items():
        assert name in script
        script = script.replace(name, str(here))
    # A user that every machine has.
    script = script.replace("runuser -u anxin", "runuser -u root")
    command = [shutil.which("sh") or "", "-c", script, "anxin", "sh", "-c", 'pwd; echo "$OPERATOR $VAR_DIR"']
    done = subprocess.run(command, env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=False)
    assert done.stdout.splitlines() == [str(release), "Li Na 和朋友们 /srv/anxin/var"], done.stderr
