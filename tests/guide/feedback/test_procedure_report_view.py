"""我的手机不一样: what a reader may say of a path."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import OperationalError
from django.test import Client
from pytest_django import Settings

from core.http.context import content_version
from core.redaction import STRUCK
from guide.feedback.models import MAX_SENTENCE, MAX_VERSION, Report, ReportQuerySet
from tests.reading import is_whole_page, one, read

pytestmark = [pytest.mark.usefixtures("tiny", "operator"), pytest.mark.django_db]
ADDRESS = "/guide/procedures/change-lock/report/"
THANKS = f"{ADDRESS}thanks/"
STEP = "/checklist/steps/change-lock/"
PAGE = "/guide/lend-a-key/"


def send(reader: Client, address: str = ADDRESS, **said: str) -> Any:
    return reader.post(
        address, {"rating": "wrong", "app_version": "", "sentence": "", "homepage": "", "next": STEP, **said}
    )


# The form


@pytest.mark.parametrize("address", [STEP, PAGE, ADDRESS])
def test_asks_for_a_version_and_a_sentence(client: Client, address: str) -> None:
    form = one(read(client.get(address)), f'main form[action="{ADDRESS}"]')
    assert form is not None
    assert form["method"] == "post"
    fields = {str(field["name"]): field for field in form.select("input, textarea")}
    assert fields.keys() == {"next", "app_version", "homepage", "sentence"}
    asked = one(form, f'label[for="{fields["sentence"]["id"]}"]').text
    assert "哪里不一样" in asked
    assert fields["app_version"]["maxlength"] == str(MAX_VERSION)
    assert fields["sentence"]["maxlength"] == str(MAX_SENTENCE)
    assert not form.select("[required]")
    assert "别写姓名、电话和账号；我们不会回复。" in form.text
    assert not form.find_parent("form")
    assert fields["next"]["value"] == (address if address != ADDRESS else "")


@pytest.mark.parametrize("address", [STEP, PAGE, ADDRESS])
def test_asks_for_the_version_alone_where_nobody_is_named(reader: Client, settings: Settings, address: str) -> None:
    settings.OPERATOR = ""
    form = one(read(reader.get(address)), f'main form[action="{ADDRESS}"]')
    assert {str(field["name"]) for field in form.select("input, textarea")} == {"next", "app_version", "homepage"}
    send(reader, app_version="8.0.50", sentence="没有这一项")
    report = Report.objects.get()
    assert (report.app_version, report.sentence) == ("8.0.50", "")


def test_stands_under_what_to_do_where_a_menu_is_missing(client: Client) -> None:
    missing = read(client.get(STEP)).select_one("details.missing")
    assert missing is not None
    assert "还是不行" in missing.text
    assert missing.select_one("details.different form")


# What is taken


def test_takes_a_report_from_a_public_page(reader: Client) -> None:
    response = send(reader, app_version="8.0.50", sentence=" 没有\\n这一项 ".replace("\\n", "\n"))
    assert (response.status_code, response["Location"]) == (302, f"{THANKS}?next=%2Fchecklist%2Fsteps%2Fchange-lock%2F")
    assert (response["Cache-Control"], response["X-Robots-Tag"]) == ("private, no-store", "noindex")
    assert not response.cookies
    report = Report.objects.get()
    assert (report.page, report.procedure, report.rating) == ("", "change-lock", "wrong")
    assert (report.app_version, report.sentence, report.state) == ("8.0.50", "没有 这一项", "new")
    assert (report.release, report.content_version) == (django_settings.RELEASE, content_version())
    assert str(report) == "change-lock · 这里不对"


def test_takes_a_report_without_words(reader: Client) -> None:
    assert reader.post(ADDRESS, {"rating": "wrong"}).status_code == 302
    assert Report.objects.get().sentence == ""


def test_strikes_numbers_out(reader: Client) -> None:
    send(reader, app_version="13800138000", sentence="打13800138000")
    report = Report.objects.get()
    assert (report.app_version, report.sentence) == (STRUCK, f"打{STRUCK}")


def test_thanks_and_leads_back(reader: Client) -> None:
    page = read(reader.get(send(reader)["Location"]))
    assert "谢谢" in one(page, "h1").text
    assert page.select(f'main a.button[href="{STEP}"]')


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "\\\\evil", ""]
)
def test_leads_nowhere_else(reader: Client, elsewhere: str) -> None:
    response = send(reader, next=elsewhere)
    assert response["Location"] == THANKS
    for address in (f"{THANKS}?next={elsewhere}", f"{ADDRESS}?next={elsewhere}"):
        assert not read(reader.get(address)).select('main a[href*="evil"], main a[href^="javascript"]')


# What is not


@pytest.mark.parametrize(
    ("field", "length"), [("app_version", MAX_VERSION), ("sentence", MAX_SENTENCE)], ids=["version", "sentence"]
)
def test_asks_for_fewer_words_and_keeps_them(reader: Client, field: str, length: int) -> None:
    words = {"app_version": "8.0.50", "sentence": "第3步 <b>没有</b>"} | {field: "错" * (length + 1)}
    response = send(reader, **words)
    page = read(response)
    assert response.status_code == 200
    assert is_whole_page(response)
    assert str(length) in one(page, "#different-error").text
    assert one(page, "textarea").text == words["sentence"]
    assert one(page, "input[name=app_version]")["value"] == words["app_version"]
    assert one(page, "[aria-invalid=true]")["name"] == field
    assert one(page, "main input[name=next]")["value"] == STEP
    assert not Report.objects.exists()


@pytest.mark.parametrize("rating", ["", "useful", "WRONG"])
def test_asks_again_where_nobody_tapped_the_button(reader: Client, rating: str) -> None:
    response = send(reader, rating=rating, sentence="没有这一项")
    page = read(response)
    assert response.status_code == 200
    assert one(page, "#different-error").text
    assert one(page, "textarea").text == "没有这一项"
    assert not Report.objects.exists()


def test_thanks_a_program_and_drops_what_it_sent(reader: Client) -> None:
    response = send(reader, homepage="https://spam.example/")
    assert response["Location"].startswith(THANKS)
    assert not Report.objects.exists()


@pytest.mark.parametrize("address", ["/guide/procedures/nowhere/report/", "/guide/procedures/nowhere/report/thanks/"])
def test_knows_no_other_procedures(reader: Client, address: str) -> None:
    assert reader.get(address).status_code == 404


# Without a database


def test_says_that_it_could_not_take_it(reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(reports: ReportQuerySet, **said: str) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(ReportQuerySet, "submit", locked)
    response = send(reader, app_version="8.0.50", sentence="没有这一项")
    page = read(response)
    assert response.status_code == 503
    assert one(page, "#different-error").text
    assert one(page, "textarea").text == "没有这一项"
    assert one(page, "input[name=app_version]")["value"] == "8.0.50"
    assert page.select(f'main a[href="{STEP}"]')


NO_DATABASE = """
import sys
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
import django
django.setup()
from django.test import Client
from guide.feedback import disputed_procedures
disputed_procedures.task.run()
reader = Client(SERVER_NAME="127.0.0.1", headers={"sec-fetch-site": "same-origin"}, raise_request_exception=False)
print(reader.post("/guide/procedures/wx-leave/report/", {"rating": "wrong", "sentence": "s3cret"}).status_code)
print(reader.get("/checklist/steps/wx-leave/").status_code, disputed_procedures.task.failures)
"""


def test_never_fails_for_want_of_a_database(
    python: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    said = python("-c", NO_DATABASE, str(tmp_path / "nowhere" / "db.sqlite3"))
    assert said.stdout.split() == ["503", "200", "1"], said.stderr
    assert "s3cret" not in said.stderr
