"""The plan taken along: to a second browser by its link, onto paper, into a calendar; and then erased."""

import datetime as dt
import re
import subprocess
from pathlib import Path
from shutil import which

import pytest
import vobject
from playwright.sync_api import Page, expect

import checklist.library
from checklist.plan.builder import make_plan
from checklist.state import wire_ids
from checklist.state.cookies import ReaderState, read_given, read_state
from tests.journeys import hands
from tests.journeys.conftest import Opener
from tests.serving import Server

CARRY, PRINT, REMINDERS = "/checklist/carry/", "/checklist/plan/print/", "/checklist/reminders/"
EVERY_EXPOSURE = ".".join(["or", *checklist.library.current().exposures])
with_script = pytest.mark.javascript(True)
without_script = pytest.mark.javascript(False)


@pytest.fixture
def planning(page: Page) -> Page:
    """A reader with a plan, one step of it done and one put off to tonight."""
    hands.list_given(page, *hands.GIVEN)
    hands.do_now(page)
    second = hands.step_of(hands.now(page))
    hands.open_postponing(page)
    hands.tick(page, hands.now(page), "tonight")
    expect(hands.later(page, second)).to_be_visible()
    return page


def link_of(page: Page) -> str:
    """From the plan to the page with the link, by what can be seen."""
    page.goto(hands.PLAN)
    page.get_by_role("region", name="带走这份清单").get_by_role("link", name="换一部手机接着做").click()
    page.wait_for_url(f"**{CARRY}")
    return page.locator("textarea").input_value()


def steps(page: Page) -> list[str]:
    """Every step of the plan, in its order."""
    found = page.locator("#plan [id^=step-]")
    return [str(found.nth(place).get_attribute("id")) for place in range(found.count())]


def plan_in(page: Page) -> ReaderState:
    """The plan that the browser holds, in one cookie or in many."""
    return read_state(hands.our_cookies(page.context), wire_ids.current())


def test_goes_on_in_a_second_browser(planning: Page, opens: Opener, server: Server) -> None:
    link = link_of(planning)
    planning.goto(hands.PLAN)
    wanted, kept = steps(planning), plan_in(planning)

    second = opens().new_page()
    hands.list_given(second, "id-photo")
    before = hands.our_cookies(second.context)
    second.goto(link)
    expect(second.get_by_role("heading", name="这台手机上的")).to_be_visible()
    assert hands.our_cookies(second.context) == before, "to look changes nothing"
    second.get_by_role("link", name="留着这台的").click()
    second.wait_for_url(f"**{hands.PLAN}")
    assert hands.our_cookies(second.context) == before, "and to decline neither"

    second.goto(link)
    sent: list[str] = []
    second.on("request", lambda request: sent.append(request.headers.get("referer", "")))
    with hands.sent(second):
        second.get_by_role("button", name="用链接里的").click()
    assert second.url.endswith(f"{hands.PLAN}?kept")
    assert steps(second) == wanted
    assert plan_in(second) == kept
    assert not [referrer for referrer in sent if "resume" in referrer]

    # Nothing of it stands in what the server printed, whatever was done with the address.
    token = link.rstrip("/").rsplit("/", 1)[1]
    address = f"/checklist/resume/{token}"
    for spoilt in (f"{address}", f"{address}/more/", f"{address[:-3]}/", f"/nowhere/?from={token}"):
        server.get(spoilt)
    refused = planning.request.post(f"{server.url}{address}/", headers={"sec-fetch-site": "cross-site"})
    assert refused.status == 403
    ours = {"sec-fetch-site": "same-origin"}
    assert planning.request.fetch(f"{server.url}{address}/", method="PUT", headers=ours).status == 405
    assert planning.request.post(f"{server.url}{address}/", data="x" * 70_000).status == 413
    printed = server.log.read_text(errors="replace")
    assert "checklist/resume/<str:token>/" in printed, "what was refused is logged by its route"
    assert token not in printed
    assert token[:20] not in printed


@with_script
def test_copies_the_link(planning: Page) -> None:
    planning.context.grant_permissions(["clipboard-read"])
    link = link_of(planning)
    planning.get_by_role("button", name="复制").click()
    expect(planning.locator("main [role=status]")).to_have_text("复制好了")
    assert planning.evaluate("navigator.clipboard.readText()") == link


@with_script
def test_selects_what_can_not_be_copied(planning: Page) -> None:
    for address, box in ((CARRY, "#carry-link"), (REMINDERS, "#lines-text")):
        planning.goto(address)
        planning.evaluate("navigator.clipboard.writeText = () => Promise.reject(); document.execCommand = () => false")
        planning.get_by_role("button", name="复制").click()
        expect(planning.locator("main [role=status]")).to_have_text("已经选中了，长按，复制")
        selected = "(box) => box.value.slice(box.selectionStart, box.selectionEnd)"
        assert planning.locator(box).evaluate(selected) == planning.locator(box).input_value()


@without_script
def test_offers_no_button_that_needs_a_script(planning: Page) -> None:
    for address in (CARRY, PRINT, REMINDERS):
        planning.goto(address)
        expect(planning.locator("button[type=button]:visible")).to_have_count(0)


def test_puts_reminders_into_a_file(planning: Page) -> None:
    planning.goto(REMINDERS)
    with planning.expect_download() as download:
        planning.get_by_role("button", name="下载日历文件").click()
    assert download.value.suggested_filename == "anxin.ics"
    events = vobject.readOne(Path(download.value.path()).read_text(encoding="utf-8")).vevent_list
    assert len(events) >= 4  # the follow-up and three looks; before eight also tonight
    assert planning.locator(".dates li").count() == len(events)


# On paper


def pdf_of(page: Page, folder: Path, address: str = PRINT) -> Path:
    """The sheet as a PDF, as the browser prints it."""
    page.goto(address)
    path = folder / "sheet.pdf"
    page.pdf(path=path, prefer_css_page_size=True)
    return path


def told(*command: str | Path) -> str:
    if not which(str(command[0])):
        pytest.skip(f"{command[0]} is not installed")
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True).stdout


def pages_of(path: Path) -> list[str]:
    return told("pdftotext", "-layout", path, "-").removesuffix("\f").split("\f")


@without_script
@pytest.mark.parametrize(
    ("exposures", "query", "most"),
    [("or.phone-number", "", 1), (EVERY_EXPOSURE, "", 1), (EVERY_EXPOSURE, "?long", 40)],
    ids=["two", "all", "long"],
)
def test_prints_my_steps_on_one_sheet_and_cuts_none(
    page: Page, server: Server, tmp_path: Path, exposures: str, query: str, most: int
) -> None:
    page.context.add_cookies([{"name": "exposures", "value": exposures, "url": server.url}])
    page.goto(PRINT + query)
    path = pdf_of(page, tmp_path, PRINT + query)
    titles = page.locator(".plan-sheet h2").all_inner_texts()
    assert (
        len(titles)
        == make_plan(
            checklist.library.current(), read_given(exposures, wire_ids.current().exposures) or {}, {}, dt.date.today()
        ).total
    )

    sheets = [re.sub(r"\s+", "", sheet) for sheet in pages_of(path)]
    assert len(sheets) <= most
    if query:
        for title in titles:
            assert any(re.sub(r"\s+", "", title) in sheet for sheet in sheets), f"{title} is cut in two"
    assert "110报警电话" in sheets[0]
    assert "打印，" in sheets[0]
    assert "用浏览器的" not in "".join(sheets), "what is for the screen stays there"
    assert "yes" in told("pdffonts", path)
    assert not re.search(r"\bno\s+(?:yes|no)\s+(?:yes|no)\s+\d+", told("pdffonts", path)), "each font is in the file"


# Erased


@pytest.mark.service_worker
def test_leaves_nothing_behind_when_it_is_erased(planning: Page) -> None:
    link_of(planning)
    planning.goto(REMINDERS)
    planning.goto("/erase/")
    with planning.expect_response(lambda response: response.request.method == "POST") as answer:
        planning.get_by_role("button", name="全部清掉").click()
    assert answer.value.all_headers()["clear-site-data"] == '"cache", "storage"'
    expect(planning.get_by_role("heading", name="清干净了")).to_be_visible()
    expect(planning.get_by_role("main").get_by_role("status")).to_be_visible()
    assert not hands.our_cookies(planning.context)
    assert planning.context.cookies() == []
    assert planning.evaluate("caches.keys()") == []
    assert planning.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert planning.evaluate("navigator.serviceWorker.getRegistrations().then(found => found.length)") == 0
    # Back, to where the link was: it is asked for again, and there is none.
    for _ in range(4):
        if hands.path_of(planning) != CARRY:
            planning.go_back()
    expect(planning).to_have_url(re.compile(CARRY))
    expect(planning.get_by_text("这里还没有清单")).to_be_visible()
    expect(planning.locator("textarea, .qr")).to_have_count(0)


def test_erases_more_cookies_than_one_answer_can_delete(page: Page, server: Server) -> None:
    """The browser posts again by itself, as a redirect with status 307 asks it to."""
    names = [*checklist.library.current().steps, *(str(number) for number in range(1, 57))]  # of 0.2.0, and of today
    many = [{"name": f"s.{name}", "value": "d1xx", "url": server.url} for name in names]
    page.context.add_cookies(many)  # type: ignore[arg-type]
    page.goto("/erase/")
    page.get_by_role("button", name="全部清掉").click()
    expect(page.get_by_role("heading", name="清干净了")).to_be_visible()
    assert page.context.cookies() == []
