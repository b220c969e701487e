"""The editors' desk in the admin: what waits, what is due to be looked at again, paths by reports and age."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

import guide.library
from guide.editorial.freshness import AGEING, STALE
from guide.feedback.disputed_procedures import DAYS
from guide.feedback.models import Report
from guide.sources import Certainty
from tests.reading import read
from tests.tiny import guide_library

pytestmark = pytest.mark.django_db
DESK, QUEUE, FRONT = "/admin/guide/report/desk/", "/admin/guide/report/", "/admin/"
#: How many days ago each was looked at; the others today. Which of them have a path.
AGES = {"lend-a-key": AGEING + 1, "ring-the-bell": STALE + 1, "call-smith": AGEING + 1, "shut-bell": 20}
PATHS = ("change-lock", "call-smith", "shut-bell")

Ages = Callable[[dict[str, int]], None]


@pytest.fixture
def ages() -> Iterator[Ages]:
    """Puts the tiny guide in place, with its ages in days."""
    with guide.library.current.using(guide_library()) as tiny:

        def put(days: dict[str, int]) -> None:
            today = timezone.localdate()
            on = {id: today - dt.timedelta(days=days.get(id, 0)) for id in (*tiny.pages, *tiny.procedures)}
            legs = tiny.procedures["change-lock"].legs
            pages = {
                id: replace(page, front=page.front.model_copy(update={"checked": on[id]}))
                for id, page in tiny.pages.items()
            }
            procedures = {
                id: it.model_copy(update={"checked": on[id], "legs": legs if id in PATHS else ()})
                for id, it in tiny.procedures.items()
            }
            procedures["shut-bell"] = procedures["shut-bell"].model_copy(
                update={"certainty": Certainty.MEDIUM, "seen": ("2026-12-01, Lamp 3",)}
            )
            stack.enter_context(guide.library.current.using(replace(tiny, pages=pages, procedures=procedures)))

        with ExitStack() as stack:
            yield put


@pytest.fixture
def editor(staff: Callable[..., Client]) -> Client:
    return staff("view_report")


def said_of(times: int, ago: int = 0, **about: str) -> None:
    said = {"rating": "wrong", "release": "0.2.0", "content_version": "abcdef01"}
    for _ in range(times):
        Report.objects.create(on=timezone.localdate() - dt.timedelta(days=ago), **{**said, **about})


def waits(page: BeautifulSoup) -> list[str]:
    return [" ".join(line.text.split()) for line in page.select("#waits li")]


def table(page: BeautifulSoup, heading: str) -> list[list[str]]:
    """The cells of the table under a heading; empty where there is none."""
    found = page.select_one(f"#{heading}")
    assert found
    for sibling in found.find_next_siblings():
        if sibling.name == "h2":
            return []
        if sibling.name == "table":
            return [
                [" ".join(cell.get_text(" ").split()) for cell in row.select("th, td")]
                for row in sibling.select("tbody tr")
            ]
    return []


def test_says_that_nothing_waits(editor: Client, ages: Ages) -> None:
    ages({})
    for address in (FRONT, DESK):
        new, disputed, due, *_ = waits(read(editor.get(address)))
        assert new == "没有新反馈"
        assert disputed.startswith("没有路径")
        assert due == "这个月没有该再看的"
    page = read(editor.get(DESK))
    assert table(page, "due") == []
    assert str(timezone.localdate() + dt.timedelta(days=AGEING + 1)) in page.select("#content")[0].text


def test_says_what_waits_and_leads_there(editor: Client, ages: Ages) -> None:
    ages(AGES)
    for ago in range(3):
        said_of(1, procedure="shut-bell", ago=ago)
    said_of(1, procedure="change-lock", state="seen")
    said_of(3, procedure="call-smith", ago=DAYS + 1, state="seen")
    page = read(editor.get(FRONT))
    new, disputed, due, _ = waits(page)
    assert new == "3条新反馈"
    assert disputed.startswith("1条路径")
    assert due == "3处，这个月底前该再看"
    addresses = [str(link["href"]) for link in page.select("#waits a")]
    assert addresses == [f"{QUEUE}?state__exact=new", f"{DESK}#paths", f"{DESK}#due", DESK]
    assert all(editor.get(address).status_code == 200 for address in addresses)


def test_lists_what_is_due_with_its_file_and_age(editor: Client, ages: Ages) -> None:
    ages(AGES)
    said_of(2, page="lend-a-key")
    page = read(editor.get(DESK))
    bell, key, smith = table(page, "due")
    today = timezone.localdate()
    assert key[0] == "Lend a key pages/yard/lend-a-key.md"
    looked = today - dt.timedelta(days=AGEING + 1)
    assert key[1:3] == ["2", f"{looked} {AGEING + 1}天前 {today}再看"]
    assert bell[0].startswith("Ring the bell pages/street/")
    assert bell[2].endswith("过期了")
    assert smith[0].startswith("Call the smith procedures/house.toml")
    assert page.select('a[href="/guide/lend-a-key/"]')
    [queue] = page.select("a[href*='page=lend-a-key']")
    assert len(read(editor.get(str(queue["href"]))).select("#result_list tbody tr")) == 2


def test_lists_paths_by_open_reports_then_by_how_long_ago_they_were_looked_at(editor: Client, ages: Ages) -> None:
    ages(AGES)
    said_of(1, procedure="change-lock")
    said_of(2, procedure="ask-neighbour", state="seen")
    said_of(5, procedure="shut-bell", state="mended")
    said_of(1, procedure="gone-for-long")
    page = read(editor.get(DESK))
    rows = table(page, "paths")
    assert [(row[0].partition(" procedures/")[0], row[1]) for row in rows] == [
        ("Ask next door", "2"),
        ("Change the lock", "1"),
        ("Call the smith", "0"),
        ("Shut the bell", "0"),
    ]
    assert "20天前" in rows[3][2]
    assert page.select('#content a[href="/guide/procedures/shut-bell/report/"]')
    assert [link.text for link in page.select("a[href*='procedure=gone-for-long']")] == ["gone-for-long"]


def test_says_how_sure_a_path_is_and_on_which_phone_it_was_walked(editor: Client, ages: Ages) -> None:
    ages(AGES)
    cells = dict(row[0].split(" procedures/house.toml ") for row in table(read(editor.get(DESK)), "paths"))
    assert cells["Change the lock"] == "有把握，真机走过：没有"
    assert cells["Shut the bell"] == "大致如此，真机走过：2026-12-01, Lamp 3"


def test_refuses_staff_without_the_permission_and_tells_them_nothing(staff: Callable[..., Client]) -> None:
    client = staff("view_tally")
    assert client.get(DESK).status_code == 403
    assert not read(client.get(FRONT)).select("#waits")


def test_refuses_readers(client: Client) -> None:
    response = client.get(DESK)
    assert response.status_code == 302
    assert response["Location"].startswith("/admin/login/")


def test_shows_the_real_content(editor: Client) -> None:
    page = read(editor.get(DESK))
    assert len(table(page, "paths")) == sum(bool(it.legs) for it in guide.library.current().procedures.values())
    assert not page.select("[style], script:not([src])")
