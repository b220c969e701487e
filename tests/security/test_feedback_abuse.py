"""Anonymous reports mark no page by themselves, and use up nobody else's budget."""

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

import guide.library
from guide.feedback import disputed_procedures
from guide.feedback.models import REPORTS_PER_PATH, Budget, Report

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 22, 4, 59, tzinfo=dt.UTC)
At = Callable[[dt.timedelta], None]


@pytest.fixture(autouse=True)
def nothing_disputed() -> Iterator[None]:
    yield
    disputed_procedures.replace_current({})


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> At:
    """Sets the clock, forward or back."""

    def go(by: dt.timedelta) -> None:
        monkeypatch.setattr(timezone, "now", lambda: NOON + by)

    go(dt.timedelta())
    return go


def paths() -> list[str]:
    return list(guide.library.current().procedures)


def of_path(reader: Client, id: str) -> int:
    return reader.post(f"/guide/procedures/{id}/report/", {"rating": "wrong"}).status_code


def of_page(reader: Client) -> int:
    return reader.post("/guide/risks/report/", {"rating": "useful"}).status_code


def banners() -> set[str]:
    disputed_procedures.refresh()
    return set(disputed_procedures.current())


def test_a_flood_of_one_day_puts_a_banner_nowhere(reader: Client, at: At, settings: Settings) -> None:
    settings.REPORTS_PER_HOUR = 10_000
    for id in paths()[:40]:
        assert [of_path(reader, id) for _ in range(4)] == [302] * 4
    assert banners() == set()


def test_a_flood_of_many_days_puts_banners_on_few_paths(reader: Client, at: At) -> None:
    for day in range(5):
        at(dt.timedelta(days=day))
        for id in paths()[:20]:
            assert of_path(reader, id) == 302
    assert len(banners()) == disputed_procedures.MAX_DISPUTED


def test_reports_of_three_days_put_a_banner_and_of_two_days_none(reader: Client, at: At) -> None:
    for day in range(3):
        assert banners() == set()
        at(dt.timedelta(days=day))
        of_path(reader, "wx-leave")
        of_path(reader, "wx-leave")
    assert banners() == {"wx-leave"}


def test_an_editor_confirms_a_path_at_once(reader: Client, at: At, staff: Callable[..., Client]) -> None:
    of_path(reader, "wx-leave")
    editor = staff("view_report", "change_report")
    chosen = [Report.objects.get().pk]
    editor.post("/admin/guide/report/", {"action": "mark_confirmed", "_selected_action": chosen})
    assert banners() == {"wx-leave"}
    editor.post("/admin/guide/report/", {"action": "mark_mended", "_selected_action": chosen})
    assert banners() == set()


def test_pages_and_paths_have_budgets_of_their_own(reader: Client, at: At, settings: Settings) -> None:
    settings.REPORTS_PER_HOUR = 5
    assert [of_path(reader, id) for id in paths()[:6]] == [302] * 5 + [429]
    assert [of_page(reader) for _ in range(6)] == [302] * 5 + [429]


@pytest.mark.usefixtures("operator")
def test_one_path_takes_so_many_a_day_and_leaves_the_budget_to_others(reader: Client, at: At) -> None:
    assert [of_path(reader, "wx-leave") for _ in range(REPORTS_PER_PATH)] == [302] * REPORTS_PER_PATH
    answer = reader.post("/guide/procedures/wx-leave/report/", {"rating": "wrong", "sentence": "第3步没有"})
    assert answer.status_code == 429
    assert "今天已经收到好几条" in answer.content.decode()
    assert "第3步没有" in answer.content.decode()
    assert Budget.objects.get(name="paths").taken == REPORTS_PER_PATH, "what is refused uses no budget"
    at(dt.timedelta(days=1))
    assert of_path(reader, "wx-leave") == 302


@pytest.mark.parametrize("back", [dt.timedelta(hours=1), dt.timedelta(days=1), dt.timedelta(days=400)])
def test_a_clock_that_is_set_back_refills_nothing(
    reader: Client, at: At, settings: Settings, back: dt.timedelta
) -> None:
    settings.REPORTS_PER_HOUR = REPORTS_PER_PATH + 1
    assert {of_path(reader, "wx-leave") for _ in range(REPORTS_PER_PATH)} == {302}
    assert [of_page(reader) for _ in range(settings.REPORTS_PER_HOUR + 1)][-2:] == [302, 429]
    at(-back)
    assert of_path(reader, "wx-leave") == 429
    assert of_page(reader) == 429
    assert of_path(reader, "wx-block") == 302
    assert of_path(reader, "wx-block") == 429
    at(dt.timedelta(days=1))
    assert of_path(reader, "wx-leave") == of_page(reader) == 302
