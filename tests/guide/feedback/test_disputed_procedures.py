"""Paths that several readers found different: kept in memory, shown as a banner, stored pages made anew."""

import datetime as dt
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone

from guide.feedback import disputed_procedures
from guide.feedback.models import Report, ReportQuerySet
from tests.reading import read

pytestmark = pytest.mark.usefixtures("tiny")
#: The pages that show change-lock, and one that does not.
PAGES = ["/guide/lend-a-key/", "/checklist/steps/change-lock/"]
OTHER = "/guide/ring-the-bell/"


@pytest.fixture(autouse=True)
def nothing_disputed() -> Iterator[None]:
    yield
    disputed_procedures.replace_current({})


def banner(response: Any) -> str:
    found = read(response).select_one(".disputed")
    return " ".join(found.text.split()) if found else ""


def said_of(procedure: str, times: int) -> None:
    """Report the procedure on so many different days."""
    words = {"rating": "wrong", "release": "0.1.0", "content_version": "abcdef01"}
    for days in range(times):
        Report.objects.create(procedure=procedure, on=timezone.localdate() - dt.timedelta(days=days), **words)


@pytest.mark.django_db
@pytest.mark.parametrize(("times", "known"), [(2, {}), (3, {"change-lock": 3}), (5, {"change-lock": 5})])
def test_doubts_after_enough_reports(times: int, known: dict[str, int]) -> None:
    said_of("change-lock", times)
    disputed_procedures.refresh()
    assert dict(disputed_procedures.current()) == known


@pytest.mark.django_db
def test_clears_a_doubt_that_an_editor_settled() -> None:
    said_of("change-lock", 3)
    disputed_procedures.refresh()
    Report.objects.update(state="mended")
    disputed_procedures.refresh()
    assert disputed_procedures.current() == {}


@pytest.mark.django_db
def test_stays_the_same_object_until_something_changes() -> None:
    said_of("change-lock", 3)
    disputed_procedures.refresh()
    before = disputed_procedures.current()
    disputed_procedures.refresh()
    assert disputed_procedures.current() is before


@pytest.mark.django_db
def test_keeps_what_it_knew_while_the_database_is_down(monkeypatch: pytest.MonkeyPatch) -> None:
    said_of("change-lock", 3)
    disputed_procedures.refresh()

    def down(reports: ReportQuerySet, *arguments: object) -> dict[str, int]:
        raise DatabaseError

    monkeypatch.setattr(ReportQuerySet, "disputed", down)
    with pytest.raises(DatabaseError):
        disputed_procedures.refresh()
    assert disputed_procedures.current() == {"change-lock": 3}


SERVED = """
import sys
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
import config.wsgi
from django.core.management import call_command
from django.test import Client
from guide.feedback import disputed_procedures
call_command("migrate", verbosity=0)
reader = Client(SERVER_NAME="127.0.0.1", headers={"sec-fetch-site": "same-origin"})
from guide.models import Report
words = {"rating": "wrong", "release": "0.1.0", "content_version": "abcdef01"}
Report.objects.create(procedure="wx-leave", sentence="s3cret", state="confirmed", **words)
step = "/checklist/steps/wx-leave/"
reader.get(step)  # the first request: the look into the queue begins beside it
disputed_procedures.task.end()
page = reader.get(step).content.decode()
print("disputed" in page, "s3cret" in page, "disputed" in reader.get("/checklist/steps/wx-block/").content.decode())
"""


def test_looks_beside_the_first_request_of_a_server(
    python: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    said = python("-c", SERVED, str(tmp_path / "db.sqlite3"))
    assert said.stdout.split() == ["True", "False", "False"], said.stderr


# What a page shows. No test below may ask the database.


@pytest.mark.parametrize("address", PAGES)
def test_says_so_on_the_pages_of_the_path_alone(client: Client, address: str) -> None:
    assert banner(client.get(address)) == ""
    disputed_procedures.replace_current({"change-lock": 4})
    assert "4次" in banner(client.get(address))
    assert banner(client.get(OTHER)) == ""


@pytest.mark.parametrize("address", PAGES)
def test_changes_the_tag_of_a_stored_page_and_changes_it_back(client: Client, address: str) -> None:
    before = client.get(address)["ETag"]
    assert client.get(address, headers={"if-none-match": before}).status_code == 304
    disputed_procedures.replace_current({"change-lock": 3})
    answer = client.get(address, headers={"if-none-match": before})
    assert answer.status_code == 200
    assert answer["ETag"] != before
    disputed_procedures.replace_current({})
    assert client.get(address)["ETag"] == before


def test_leaves_the_tag_of_other_pages(client: Client) -> None:
    before = client.get(OTHER)["ETag"]
    disputed_procedures.replace_current({"change-lock": 3})
    assert client.get(OTHER)["ETag"] == before
