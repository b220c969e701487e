"""The reader's plan: what it shows, what a quiz hands down to it, and what it says where cookies are off."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from checklist import library
from core.dates import write_day
from tests.fixtures.readers import marks, step_cookie
from tests.reading import is_whole_page, read

pytestmark = pytest.mark.usefixtures("tiny")

ADDRESS = "/checklist/plan/"


def steps_of(response: object) -> list[str]:
    """The steps of the plan shown, in its order."""
    return [str(step["id"]).removeprefix("step-") for step in read(response).select('#plan [id^="step-"]')]


@pytest.fixture
def owner(reader: Client) -> Client:
    """A reader who gave away two things."""
    reader.cookies["exposures"] = "or.key-lent_oq.name-told"
    return reader


# Looking


def test_offers_ways_to_a_plan_where_there_is_none(client: Client) -> None:
    page = read(client.get(ADDRESS))
    assert not page.select("#plan")
    links = {str(link["href"]) for link in page.select("main a")}
    assert links >= {"/checklist/exposures/", "/checklist/emergency/", "/checklist/"}


def test_is_the_readers_own_page(client: Client) -> None:
    for cookie in ("", "or.key-lent"):
        client.cookies["exposures"] = cookie
        response = client.get(ADDRESS)
        assert response["Cache-Control"] == "private, no-store"
        assert response["X-Robots-Tag"] == "noindex"
        assert not response.cookies


def test_shows_the_step_to_do_now_in_full_and_first(owner: Client) -> None:
    response = owner.get(ADDRESS)
    page = read(response)
    assert steps_of(response)[0] == "stand-still"
    now = page.select_one("article#step-stand-still")
    assert now is not None
    assert now.select('form[action="/checklist/steps/stand-still/"] button[name=state][value=done]')
    wanted = {str(button["value"]) for button in now.select("button[name=state]")}
    assert wanted == {"done", "tonight", "day", "skip"} or wanted == {"done", "tonight", "skip"}
    assert now.select("input[type=date][name=on]")


def test_unfolds_the_urgent_actions_after_the_first_in_the_words_of_the_reader(owner: Client) -> None:
    page = read(owner.get(ADDRESS))
    call = page.select_one(".items.today li#step-call-watch details")
    assert call is not None
    assert call.select('a[href^="tel:"]')
    assert call.select("blockquote")
    assert call.select('a[href="/checklist/steps/call-watch/"]')


def test_shows_each_step_once(owner: Client) -> None:
    shown = steps_of(owner.get(ADDRESS))
    assert len(shown) == len(set(shown)) == 10


def test_gives_those_who_gave_nothing_no_plan(client: Client) -> None:
    client.cookies["exposures"] = "-"
    response = client.get(ADDRESS)
    assert steps_of(response) == []
    page = read(response)
    assert "不用列清单" in page.select_one("#plan").text  # type: ignore[union-attr]
    assert len(page.select("#plan ul.facts li")) == 3


def test_lists_what_a_reader_called_handled_where_nothing_is_left(client: Client) -> None:
    client.cookies["exposures"] = "hr.key-lent.bell-open"
    page = read(client.get(ADDRESS))
    main = page.main
    assert main is not None
    assert "你都说处理好了" in main.text
    assert "没有什么要补救" not in main.text
    titles = [library.current().exposures[id].title for id in ("key-lent", "bell-open")]
    assert sorted(item.text for item in main.select("ul.done li")) == sorted(titles)
    for address in ("/checklist/reminders/", "/checklist/emergency/", "/checklist/exposures/"):
        assert main.select(f'p a[href="{address}"]'), address


def test_shows_a_plan_to_one_who_only_ticked_a_step(client: Client) -> None:
    client.cookies["s.keep-diary"] = "d1xx"
    page = read(client.get(ADDRESS))
    assert page.select("#plan .done #step-keep-diary, #plan #step-keep-diary button[value=open]")


def test_offers_to_take_back_what_is_done_put_off_or_skipped(owner: Client) -> None:
    today = timezone.localdate()
    owner.cookies["s.stand-still"] = "d" + write_day(today)
    owner.cookies["s.ask-neighbour"] = "x" + write_day(today)
    owner.cookies["s.say-goodbye"] = "y" + write_day(today + dt.timedelta(days=9))
    page = read(owner.get(ADDRESS))
    for step in ("stand-still", "ask-neighbour", "say-goodbye"):
        form = page.select_one(f'#step-{step} form[action="/checklist/steps/{step}/"]')
        assert form is not None
        assert [button["value"] for button in form.select("button[name=state]")] == ["open"]


def test_folds_what_waits_for_a_step_that_was_put_off(owner: Client) -> None:
    owner.cookies["s.call-watch"] = "y" + write_day(timezone.localdate() + dt.timedelta(days=9))
    page = read(owner.get(ADDRESS))
    assert [row["id"] for row in page.select(".items.later li")] == ["step-call-watch"]
    folded = {row["id"] for row in page.select("details .items.waiting li")}
    assert {"step-count-keys", "step-ask-neighbour", "step-change-lock"} <= folded
    for row in page.select(".items.waiting li"):
        assert row.select_one("form button[name=state][value=done]"), "what waits may have been done all the same"


def test_says_so_when_all_is_done(client: Client) -> None:
    client.cookies["exposures"] = "or.bell-open"
    for step in ("keep-diary", "shut-bell", "say-goodbye", "walk-again"):
        client.cookies[f"s.{step}"] = "d" + write_day(timezone.localdate())
    page = read(client.get(ADDRESS))
    assert not page.select("#plan article")
    assert page.select("#plan h2")
    assert len(page.select("#plan button[value=open]")) == 4


def test_leads_to_the_list_of_exposures_and_offers_to_erase(owner: Client) -> None:
    page = read(owner.get(ADDRESS))
    assert page.select('main a[href="/checklist/exposures/"]')
    assert page.select('main a[href="/erase/"]'), "it asks once before it erases"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("s.call-watch", "d269999"),
        ("s.call-watch", "q261122"),
        ("s.call-watch", "d261122x"),
        ("s.call-watch", "d26112\xb2"),
        ("s.call-watch", "<script>"),
        ("s.nowhere", "d1xx"),
        ("exposures", "or.key-lent_nonsense_.._oq.name-told"),
        ("exposures", "or.key-lent.nowhere_oq.name-told"),
        ("q.lantern", "...___"),
    ],
)
def test_reads_past_a_cookie_that_makes_no_sense(owner: Client, name: str, value: str) -> None:
    usual = steps_of(owner.get(ADDRESS))
    owner.cookies[name] = value
    response = owner.get(ADDRESS)
    assert response.status_code == 200
    assert steps_of(response) == usual
    assert b"<script>" not in response.content


def test_answers_htmx_with_a_whole_page_too(owner: Client, htmx: dict[str, str]) -> None:
    assert is_whole_page(owner.get(ADDRESS, headers=htmx))


# What a quiz hands down


def test_takes_over_what_a_quiz_raised(reader: Client) -> None:
    response = reader.post(ADDRESS, {"given": ["key-lent", "bell-open"], "handled": ["bell-open"]})
    assert response.status_code == 302
    assert response["Location"].startswith(ADDRESS)
    assert marks(response.cookies) == {"key-lent": "oq", "bell-open": "hq"}
    assert "change-lock" in steps_of(reader.get(ADDRESS))


def test_replaces_what_an_earlier_quiz_raised_and_leaves_what_the_reader_ticked(reader: Client) -> None:
    reader.cookies["exposures"] = "oq.key-lent_or.name-told_hr.map-copied"
    kept = marks(reader.post(ADDRESS, {"given": ["bell-open", "map-copied"]}).cookies)
    assert kept == {"bell-open": "oq", "name-told": "or", "map-copied": "hr"}


def test_takes_over_that_a_quiz_raised_nothing(reader: Client) -> None:
    reader.cookies["exposures"] = "oq.key-lent"
    response = reader.post(ADDRESS, follow=True)
    assert reader.cookies["exposures"].value == "-"
    assert read(response).select("#plan")


def test_keeps_nothing_that_it_does_not_know(reader: Client) -> None:
    assert reader.post(ADDRESS, {"given": ["nowhere", "oq.key-lent"]}).cookies["exposures"].value == "-"


def test_does_not_lose_the_ticks_to_a_quiz(reader: Client) -> None:
    reader.cookies["s.keep-diary"] = "d1xx"
    response = reader.post(ADDRESS, {"given": "key-lent"})
    assert step_cookie("keep-diary") not in response.cookies


# Where cookies are off


def without_cookies(response: object) -> bool:
    """Whether the page says that nothing could be kept."""
    return bool(read(response).select('main .notice[role="status"]'))


@pytest.mark.parametrize("address", ["/checklist/exposures/", "/checklist/plan/", "/checklist/steps/keep-diary/"])
def test_says_so_where_the_browser_kept_nothing(reader: Client, address: str) -> None:
    response = reader.post(address, {"given": "key-lent", "state": "done"})
    reader.cookies.clear()
    assert without_cookies(reader.get(response["Location"]))


def test_says_nothing_of_cookies_to_one_who_comes_for_the_first_time(client: Client) -> None:
    assert not without_cookies(client.get(ADDRESS))


@pytest.mark.parametrize("address", ["/checklist/exposures/", "/checklist/plan/", "/checklist/steps/keep-diary/"])
def test_says_nothing_of_cookies_where_they_were_kept(reader: Client, address: str) -> None:
    response = reader.post(address, {"given": "key-lent", "state": "done"}, follow=True)
    assert not without_cookies(response)
    assert read(response).select("#plan")


def test_says_nothing_of_cookies_to_one_who_took_the_only_tick_back(reader: Client) -> None:
    reader.post("/checklist/steps/keep-diary/", {"state": "done"})
    assert not without_cookies(reader.post("/checklist/steps/keep-diary/", {"state": "open"}, follow=True))


# What the reader has, and how far it is


def test_says_what_it_takes_the_reader_to_have(reader: Client) -> None:
    reader.cookies.load({"exposures": "or.map-copied", "has": "whistle"})
    response = reader.get(ADDRESS)
    assert "whistle" in read(response).select_one("#plan").text  # type: ignore[union-attr]
    assert read(response).select('#plan a[href="/checklist/exposures/#has"]')


@pytest.mark.parametrize("has", ["", "-", "ship", "<b>", "....", "lantern.whistle"])
def test_reads_past_what_makes_no_sense_of_what_the_reader_has(reader: Client, has: str) -> None:
    reader.cookies["exposures"] = "or.map-copied"
    reader.cookies["has"] = has
    assert {"call-watch", "burn-copy"} <= set(steps_of(reader.get(ADDRESS)))


def test_says_for_each_part_how_far_it_is(owner: Client) -> None:
    owner.cookies["s.keep-diary"] = "d" + write_day(timezone.localdate())
    page = read(owner.get(ADDRESS))
    parts = [part.get_text(" ", strip=True) for part in page.select(".parts li")]
    assert len(parts) == 4
    assert len(page.select(".parts .finished")) == 1
    assert len(page.select(".parts [aria-current=step]")) == 1


def test_says_what_is_left_open_when_all_is_done(client: Client) -> None:
    client.cookies["exposures"] = "or.bell-open"
    for step, letter in (("keep-diary", "d"), ("shut-bell", "x"), ("say-goodbye", "d"), ("walk-again", "d")):
        client.cookies[f"s.{step}"] = letter + write_day(timezone.localdate())
    page = read(client.get(ADDRESS))
    assert not page.select("#plan article")
    assert "The bell is open" in page.select_one("#plan").text  # type: ignore[union-attr]


def test_keeps_the_way_to_erase_below_the_plan(owner: Client) -> None:
    html = owner.get(ADDRESS).content.decode().partition("<main")[2].partition("</main>")[0]
    assert html.index('id="plan"') < html.index("/erase/")


def test_does_not_count_an_earlier_tick_for_what_a_quiz_raises_anew(reader: Client) -> None:
    reader.cookies.load({"exposures": "hq.bell-open", "s.shut-bell": "d1n9"})
    assert reader.post(ADDRESS, {"given": "bell-open"}).cookies[step_cookie("shut-bell")].value == "a1n9"


def test_leaves_the_ticks_of_what_a_quiz_raises_once_more(reader: Client) -> None:
    reader.cookies.load({"exposures": "oq.bell-open", "s.shut-bell": "d1n9"})
    assert step_cookie("shut-bell") not in reader.post(ADDRESS, {"given": "bell-open"}).cookies
