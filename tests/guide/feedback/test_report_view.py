"""有用, 没用, 这里不对: what a reader may say of a page."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.contrib.staticfiles import finders
from django.db import OperationalError
from django.test import Client
from pytest_django import Settings

from core.http.context import content_version
from core.redaction import STRUCK
from guide.feedback.models import MAX_SENTENCE, Report, ReportQuerySet
from tests.reading import is_whole_page, one, read

pytestmark = [pytest.mark.usefixtures("tiny", "operator"), pytest.mark.django_db]
PAGE = "/guide/lend-a-key/"
ADDRESS = f"{PAGE}report/"
THANKS = f"{ADDRESS}thanks/"


def send(reader: Client, address: str = ADDRESS, **said: str) -> Any:
    return reader.post(address, {"rating": "wrong", "sentence": "", "homepage": "", **said})


# The form


@pytest.mark.parametrize("address", [PAGE, ADDRESS])
def test_asks_three_things_and_a_sentence(client: Client, address: str) -> None:
    form = read(client.get(address)).select_one(f'main form.report[action="{ADDRESS}"]')
    assert form is not None
    assert (form["action"], form["method"]) == (ADDRESS, "post")
    buttons = {str(button["value"]): button.text for button in form.select("button[name=rating]")}
    assert buttons == {"useful": "有用", "useless": "没用", "wrong": "这里不对"}
    sentence = form.select_one("textarea[name=sentence]")
    assert sentence is not None
    assert sentence["maxlength"] == str(MAX_SENTENCE)
    assert not sentence.has_attr("required")
    assert "别写姓名、电话和账号；我们不会回复。" in form.text
    # The trap, and nothing else that a reader could give: no contact.
    assert [field["name"] for field in form.select("input")] == ["homepage"]
    assert form.select("input[autocomplete=off][tabindex='-1']")


@pytest.mark.parametrize("address", [PAGE, ADDRESS])
def test_has_no_box_where_nobody_is_named(client: Client, settings: Settings, address: str) -> None:
    settings.OPERATOR = ""
    form = one(read(client.get(address)), f'main form.report[action="{ADDRESS}"]')
    assert not form.select("textarea, label[for]")
    assert [button["value"] for button in form.select("button[name=rating]")] == ["useful", "useless", "wrong"]


def test_hides_the_trap_from_people() -> None:
    styles = Path(str(finders.find("css/site.css"))).read_text(encoding="utf-8")
    assert ".report .homepage{display:none}" in styles


# What is taken


@pytest.mark.parametrize("rating", ["useful", "useless", "wrong"])
def test_takes_a_rating(reader: Client, rating: str) -> None:
    response = reader.post(ADDRESS, {"rating": rating})
    assert (response.status_code, response["Location"]) == (302, THANKS)
    assert (response["Cache-Control"], response["X-Robots-Tag"]) == ("private, no-store", "noindex")
    report = Report.objects.get()
    assert (report.page, report.rating, report.sentence) == ("lend-a-key", rating, "")
    assert (report.release, report.content_version) == (django_settings.RELEASE, content_version())
    assert not response.cookies


def test_takes_a_sentence_without_numbers_and_addresses(reader: Client) -> None:
    send(reader, sentence=" 打13800138000 \r\n或者a@b.cn ")
    assert Report.objects.get().sentence == f"打{STRUCK} 或者{STRUCK}"


def test_keeps_no_sentence_where_nobody_is_named(reader: Client, settings: Settings) -> None:
    settings.OPERATOR = ""
    thanks = send(reader, sentence="第3步没有")["Location"]
    assert Report.objects.get().sentence == ""
    assert "你写的话" not in read(reader.get(thanks)).text


@pytest.mark.parametrize("length", [1, MAX_SENTENCE])
def test_takes_a_sentence_up_to_its_length(reader: Client, length: int) -> None:
    assert send(reader, sentence="错" * length).status_code == 302
    assert Report.objects.get().sentence == "错" * length


def test_counts_a_line_break_once_as_the_browser_does(reader: Client) -> None:
    assert send(reader, sentence="错\r\n" * (MAX_SENTENCE // 2)).status_code == 302


def test_thanks_and_leads_back(reader: Client) -> None:
    page = read(reader.get(send(reader)["Location"]))
    assert "谢谢" in one(page, "h1").text
    assert page.select(f'main a.button[href="{PAGE}"]')


def test_shows_a_report_to_nobody(reader: Client) -> None:
    before = reader.get(PAGE).content
    send(reader, sentence="别人看不到这一句")
    assert reader.get(PAGE).content == before
    for address in (PAGE, ADDRESS, THANKS):
        assert "别人看不到这一句" not in reader.get(address).content.decode()


def test_takes_a_report_on_an_older_name_of_a_page(reader: Client) -> None:
    assert send(reader, "/guide/lending-keys/report/")["Location"] == THANKS
    assert Report.objects.get().page == "lend-a-key"


# What is not


@pytest.mark.parametrize("rating", ["", "good", "USEFUL", "useful "])
def test_asks_again_without_a_rating_and_keeps_the_words(reader: Client, rating: str) -> None:
    response = send(reader, rating=rating, sentence="第3步 <b>没有</b>")
    page = read(response)
    assert response.status_code == 200
    assert is_whole_page(response)
    assert one(page, "#report-error").text
    assert one(page, "textarea").text == "第3步 <b>没有</b>"
    assert not Report.objects.exists()


def test_asks_for_fewer_words(reader: Client) -> None:
    response = send(reader, sentence="错" * (MAX_SENTENCE + 1))
    assert response.status_code == 200
    assert str(MAX_SENTENCE) in one(read(response), "#report-error").text
    assert not Report.objects.exists()


def test_thanks_a_program_and_drops_what_it_sent(reader: Client) -> None:
    response = send(reader, homepage="https://spam.example/")
    assert (response.status_code, response["Location"]) == (302, THANKS)
    assert not Report.objects.exists()


@pytest.mark.parametrize("address", ["/guide/nowhere/report/", "/guide/nowhere/report/thanks/"])
def test_knows_no_other_pages(reader: Client, address: str) -> None:
    assert reader.get(address).status_code == 404
    if address.endswith("report/"):
        assert send(reader, address).status_code == 404


def test_takes_no_more_than_an_hour_holds_from_whomever(reader: Client, settings: Settings) -> None:
    settings.REPORTS_PER_HOUR = 2
    statuses = [
        reader.post(ADDRESS, {"rating": "useful"}, REMOTE_ADDR=f"192.0.2.{number}").status_code for number in range(4)
    ]
    assert statuses == [302, 302, 429, 429]
    response = send(reader)
    assert response["Retry-After"]
    assert read(response).select_one('a[href="/checklist/emergency/"]')
    assert Report.objects.count() == 2
    assert reader.get(PAGE).status_code == 200


# Without a database


def test_says_that_it_could_not_take_it(reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(reports: ReportQuerySet, **said: str) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(ReportQuerySet, "submit", locked)
    response = send(reader, sentence="第3步没有")
    page = read(response)
    assert response.status_code == 503
    assert response["Cache-Control"] == "private, no-store"
    assert one(page, "#report-error").text
    assert one(page, "textarea").text == "第3步没有"
    assert page.select(f'main a[href="{PAGE}"]')


TROUBLED = """
import sys
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
import django
django.setup()
from django.core.management import call_command
from django.test import Client
if sys.argv[2] == "locked":
    import sqlite3
    call_command("migrate", verbosity=0)
    holder = sqlite3.connect(sys.argv[1], isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
reader = Client(SERVER_NAME="127.0.0.1", headers={"sec-fetch-site": "same-origin"}, raise_request_exception=False)
page = "/guide/where-to-turn/"
print(reader.post(page + "report/", {"rating": "useful", "sentence": "s3cret"}).status_code)
print(reader.get(page).status_code, reader.get(page + "report/").status_code)
"""


@pytest.mark.parametrize("trouble", ["missing", "empty", "not-a-database", "locked"])
def test_never_fails_for_want_of_a_database(
    python: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path, trouble: str
) -> None:
    path = tmp_path / "db.sqlite3"
    if trouble == "missing":
        path = tmp_path / "nowhere" / "db.sqlite3"
    elif trouble == "not-a-database":
        path.write_text("not a database at all\n" * 100)
    said = python("-c", TROUBLED, str(path), trouble)
    assert said.stdout.split() == ["503", "200", "200"], said.stderr
    assert "s3cret" not in said.stderr
