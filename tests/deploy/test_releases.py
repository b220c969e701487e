"""A worker that dies is replaced; an older and a newer release side by side, and back: no naked page, no lost tick."""

import http.client
import os
import re
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import checklist.library
from tests.deploy.conftest import HOST, Nginx, Reader, ToNginx, copy_release
from tests.fixtures.readers import step_cookie
from tests.pages import PAGE
from tests.serving import PATIENCE, ROOT, Server, wait_until

PLAN, STEPS = "/checklist/plan/", list(checklist.library.current().steps)
SETTINGS = {"SITE_URL": f"https://{HOST}", "TRUST_PROXY": "1"}


def workers(server: Server) -> list[int]:
    children = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text().split()
    return [int(pid) for pid in children]


def test_replaces_a_worker_that_dies_under_load_and_loses_nothing_shown_as_kept(
    tmp_path: Path, nginx_program: None
) -> None:
    server = Server(tmp_path)
    server.prepare()
    server.start()
    steps = list(checklist.library.current().steps)
    underway = threading.Event()

    def ticks() -> list[str]:
        reader = Reader(lambda: http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE), server.url)
        shown = []
        for count, step in enumerate(steps):
            if count == len(steps) // 3:
                underway.set()
            try:
                if reader.post(f"/checklist/steps/{step}/", state="done").status == 302:
                    shown.append(step)
            except (OSError, http.client.HTTPException):
                continue  # no answer: nothing was shown as kept
        return [step for step in shown if step_cookie(step) not in reader.cookies]

    try:
        before = set(workers(server))
        with ThreadPoolExecutor(6) as readers:
            lost = [readers.submit(ticks) for _ in range(6)]
            assert underway.wait(timeout=PATIENCE)
            dead = min(before)
            os.kill(dead, signal.SIGKILL)
            assert [missing for each in lost for missing in each.result()] == []
        wait_until(lambda: len(set(workers(server)) - {dead}) == len(before), "the dead worker was not replaced")
        server.wait_until_it_answers()
    finally:
        server.end()


COLUMN = """
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("guide", "{last}")]
    operations = [migrations.AddField("report", "of_tomorrow", models.TextField(null=True))]
"""


@pytest.fixture(scope="module")
def releases(nginx_program: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Server, Nginx]]:
    """This release, and one after it: another version, another stylesheet, one more column in the database."""
    newer = tmp_path_factory.mktemp("newer")
    copy_release(newer)
    project = (newer / "pyproject.toml").read_text()
    (newer / "pyproject.toml").write_text(re.sub(r'version = "[^"]+"', 'version = "99.0.0"', project, count=1))
    with (newer / "static" / "css" / "shared" / "29-print.css").open("a") as sheet:
        sheet.write("\n.newer { color: red }\n")
    migrations = newer / "guide" / "migrations"
    last = max(path.stem for path in migrations.glob("0*.py"))
    (migrations / "0999_of_tomorrow.py").write_text(COLUMN.format(last=last))
    old, new = Server(tmp_path_factory.mktemp("old"), **SETTINGS), Server(tmp_path_factory.mktemp("new"), **SETTINGS)
    new.secret, new.root = old.secret, newer
    for server in (old, new):
        server.prepare()
        server.start()
    front = Nginx(tmp_path_factory.mktemp("nginx"), tmp_path_factory.mktemp("nothing"), [old.port, new.port])
    front.start()
    yield old, new, front
    front.end()
    for server in (old, new):
        if server.process.poll() is None:
            server.end()


def test_serves_two_releases_side_by_side(releases: tuple[Server, Server, Nginx]) -> None:
    *_, front = releases
    reader = Reader(lambda: ToNginx(front.port, front.trusted), f"https://{HOST}")
    sheets = set()
    for _ in range(6):
        sheet = stylesheet(reader)
        sheets.add(sheet)
        # Twice: from each copy, of which one never had a file of this name.
        assert [reader.get(sheet).status for _ in range(2)] == [200, 200]
    assert len(sheets) == 2, "both releases answered"
    ticks(reader, STEPS[:8])
    assert {f"__Host-{step_cookie(step)}" for step in STEPS[:8]} <= set(reader.cookies)
    assert "做完8步" in reader.get(PLAN).text


def test_goes_back_to_the_release_before_on_the_database_of_the_newer(
    releases: tuple[Server, Server, Nginx],
) -> None:
    old, new, front = releases
    old.kill()
    reader = Reader(lambda: ToNginx(front.port, front.trusted), f"https://{HOST}")
    assert "99.0.0" in reader.get("/healthz").text
    ticks(reader, STEPS[:8])
    reader.cookies["__Host-s.254"] = "d1xx"  # a step that the newer release alone has
    newest = stylesheet(reader)
    new.end()
    new.root = ROOT  # as docs/deploy.md says: the folder of the release before, static files, restart
    new.collect()
    new.start()
    assert "99.0.0" not in reader.get("/healthz").text
    assert reader.get(newest).status == reader.get(stylesheet(reader)).status == 200, "a page in a tab is not naked"
    assert "做完8步" in reader.get(PLAN).text
    ticks(reader, STEPS[8:9])
    assert "做完9步" in reader.get(PLAN).text
    assert reader.cookies["__Host-s.254"] == "d1xx", "and forward again, it is there"
    assert reader.post(f"{PAGE}report/", rating="useful").status == 302


def stylesheet(reader: Reader) -> str:
    [sheet] = re.findall(r'href="(/static/css/(?:site|quizzes|checklist)[^"]+)"', reader.get(PLAN).text)
    return str(sheet)


def ticks(reader: Reader, steps: list[str]) -> None:
    assert reader.post(PLAN, given=["code-given"]).status == 302
    for step in steps:
        assert reader.post(f"/checklist/steps/{step}/", state="done").status == 302
