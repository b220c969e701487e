"""The queue of readers' reports: staff see it and set a state; nobody writes into it by hand."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from guide.feedback.models import Report
from tests.reading import read

pytestmark = pytest.mark.django_db
QUEUE = "/admin/guide/report/"
SAID = {"release": "0.1.0", "content_version": "abcdef01"}


@pytest.fixture
def report() -> Report:
    Report.objects.create(page="risks", rating="useful", state="seen", **SAID)
    return Report.objects.create(page="where-to-turn", rating="wrong", sentence="第3步<b>没有</b>", **SAID)


@pytest.fixture
def editor(staff: Callable[..., Client]) -> Client:
    return staff("view_report", "change_report")


def rows(page: Any) -> list[str]:
    return [" ".join(row.text.split()) for row in page.select("#result_list tbody tr")]


def test_lists_page_rating_date_release_and_state(editor: Client, report: Report) -> None:
    first, second = rows(read(editor.get(QUEUE)))
    for words in ("where-to-turn", "这里不对", "第3步<b>没有</b>", "新的", "0.1.0", "abcdef01", str(report.on.year)):
        assert words in first
    assert "risks" in second


@pytest.mark.parametrize(
    ("query", "page"),
    [
        ("state__exact=new", "where-to-turn"),
        ("state__exact=seen", "risks"),
        ("rating__exact=useful", "risks"),
        ("page=where-to-turn", "where-to-turn"),
    ],
)
def test_filters_by_state_rating_and_page(editor: Client, report: Report, query: str, page: str) -> None:
    [row] = rows(read(editor.get(f"{QUEUE}?{query}")))
    assert page in row


def test_filters_by_date(editor: Client, report: Report) -> None:
    Report.objects.filter(pk=report.pk).update(on="2026-01-02")
    [row] = rows(read(editor.get(f"{QUEUE}?on__gte=2026-01-01&on__lt=2026-01-03")))
    assert "where-to-turn" in row


@pytest.mark.parametrize("state", ["new", "seen", "confirmed", "mended", "declined"])
def test_sets_the_state_of_those_chosen(editor: Client, report: Report, state: str) -> None:
    done = editor.post(QUEUE, {"action": f"mark_{state}", "_selected_action": [report.pk]}, follow=True)
    assert read(done).select(".messagelist .success")
    states = dict(Report.objects.values_list("page", "state"))
    assert states == {"where-to-turn": state, "risks": "seen"}


def test_changes_nothing_but_the_state(editor: Client, report: Report) -> None:
    address = f"{QUEUE}{report.pk}/change/"
    form = read(editor.get(address))
    names = {
        str(field["name"]) for field in form.select("#report_form select, #report_form input, #report_form textarea")
    }
    assert {name for name in names if not name.startswith(("_", "csrf"))} == {"state"}
    assert form.select('a[href="/guide/where-to-turn/"]')
    editor.post(address, {"state": "mended", "sentence": "另一句", "rating": "useful", "page": "risks"})
    report.refresh_from_db()
    assert (report.state, report.page, report.rating) == ("mended", "where-to-turn", "wrong")
    assert report.sentence == "第3步<b>没有</b>"


def test_adds_no_report_by_hand(admin_client: Client) -> None:
    assert admin_client.get(f"{QUEUE}add/").status_code == 403
    assert not read(admin_client.get(QUEUE)).select(f'a[href="{QUEUE}add/"]')


def test_lets_one_delete_what_should_not_have_been_written(admin_client: Client, report: Report) -> None:
    admin_client.post(f"{QUEUE}{report.pk}/delete/", {"post": "yes"})
    assert not Report.objects.filter(pk=report.pk).exists()


def test_lets_staff_look_who_may_only_look(staff: Callable[..., Client], report: Report) -> None:
    client = staff("view_report")
    assert len(rows(read(client.get(QUEUE)))) == 2
    client.post(QUEUE, {"action": "mark_mended", "_selected_action": [report.pk]})
    client.post(f"{QUEUE}{report.pk}/change/", {"state": "mended"})
    report.refresh_from_db()
    assert report.state == "new"


def test_refuses_staff_without_the_permission(staff: Callable[..., Client], report: Report) -> None:
    assert staff().get(QUEUE).status_code == 403


@pytest.mark.parametrize("address", [QUEUE, f"{QUEUE}1/change/", f"{QUEUE}add/"])
def test_refuses_readers(client: Client, report: Report, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 302
    assert response["Location"].startswith("/admin/login/")
    assert client.post(address, {"action": "mark_mended", "_selected_action": [report.pk]}).status_code == 302
    report.refresh_from_db()
    assert report.state == "new"


def test_shows_all_reports_where_a_year_is_no_year(editor: Client, report: Report) -> None:
    assert len(rows(read(editor.get(f"{QUEUE}?on__year=202202613016", follow=True)))) == 2


def test_shows_the_reports_on_one_path(editor: Client, report: Report) -> None:
    for procedure, state in (("wx-leave", "new"), ("wx-leave", "seen"), ("wx-leave", "mended"), ("wx-report", "new")):
        Report.objects.create(procedure=procedure, rating="wrong", app_version="8.0.50", state=state, **SAID)
    page = read(editor.get(QUEUE))
    assert "8.0.50" in page.text
    assert page.select("#changelist-filter a[href*='procedure=wx-report']")
    shown = rows(read(editor.get(f"{QUEUE}?procedure=wx-leave&state__in=new,seen")))
    assert len(shown) == 2
    assert all("wx-leave" in row for row in shown)


def test_leads_from_a_report_on_a_path_to_its_page(editor: Client) -> None:
    Report.objects.create(procedure="wx-leave", rating="wrong", **SAID)
    page = read(editor.get(f"{QUEUE}{Report.objects.get().pk}/change/"))
    assert page.select('a[href="/guide/procedures/wx-leave/report/"]')


@pytest.mark.parametrize("row", ["", "x", "1 OR 1=1", "\x00", "9" * 30])
def test_changes_nothing_where_a_row_is_none(editor: Client, report: Report, row: str) -> None:
    response = editor.post(QUEUE, {"action": "mark_seen", "_selected_action": [str(report.pk), row]})
    assert response.status_code == 302
    report.refresh_from_db()
    assert report.state == "new"
