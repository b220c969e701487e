"""A step: its page for anybody, and the ticks that a reader sends to it."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from core.dates import write_day
from tests.fixtures.readers import step_cookie
from tests.reading import is_whole_page, read

pytestmark = pytest.mark.usefixtures("tiny")

ADDRESS = "/checklist/steps/keep-diary/"
URGENT = "/checklist/steps/call-watch/"
COOKIE = "s.9"


@pytest.fixture
def owner(reader: Client) -> Client:
    """A reader with a plan, whose step to do now is keep-diary."""
    reader.cookies["exposures"] = "or.bell-open"
    return reader


def in_days(days: int) -> str:
    return (timezone.localdate() + dt.timedelta(days=days)).isoformat()


# Looking


def test_explains_a_step_to_anybody(client: Client) -> None:
    response = client.get("/checklist/steps/change-lock/")
    page = read(response)
    assert response["Cache-Control"].startswith("public")
    assert not response.cookies
    assert len(page.select("h1")) == 1
    assert page.select('form[method=post][action="/checklist/steps/change-lock/"] button[name=state][value=done]')
    assert page.select('main a[href="/checklist/plan/"]')


def test_shows_the_same_page_whatever_the_reader_did(client: Client) -> None:
    stranger = client.get(ADDRESS).content
    client.cookies.load({"exposures": "or.bell-open", COOKIE: "d1xx"})
    assert Client(cookies=client.cookies).get(ADDRESS).content == stranger
    assert client.get(ADDRESS).content == stranger


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("step", ["nowhere", "Keep-diary"])
def test_does_not_know_other_steps(reader: Client, method: str, step: str) -> None:
    response = getattr(reader, method)(f"/checklist/steps/{step}/", {"state": "done"})
    assert response.status_code == 404
    assert not response.cookies


# Ticking


@pytest.mark.parametrize(("state", "letter"), [("done", "d"), ("tonight", "t"), ("skip", "x")])
def test_keeps_the_wanted_state_with_the_day(owner: Client, state: str, letter: str) -> None:
    response = owner.post(ADDRESS, {"state": state})
    assert response.status_code == 302
    assert response["Location"].startswith("/checklist/plan/")
    assert response["Location"].endswith("#plan")
    assert response.cookies[COOKIE].value in {
        letter + write_day(dt.date.fromisoformat(in_days(days))) for days in (0, -1)
    }


def test_keeps_the_chosen_day(owner: Client) -> None:
    day = in_days(5)
    assert owner.post(ADDRESS, {"state": "day", "on": day}).cookies[COOKIE].value == "y" + write_day(
        dt.date.fromisoformat(day)
    )


def test_sets_the_cookie_of_this_step_alone(owner: Client) -> None:
    owner.cookies["s.shut-bell"] = "d1xx"
    assert set(owner.post(ADDRESS, {"state": "done"}).cookies) == {COOKIE, "touched"}


def test_keeps_a_tick_for_400_days_out_of_reach_of_scripts(owner: Client) -> None:
    cookie = owner.post(ADDRESS, {"state": "done"}).cookies[COOKIE]
    assert cookie["max-age"] == 400 * 24 * 3600
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")


def test_comes_to_the_same_when_it_is_sent_twice(owner: Client) -> None:
    owner.post(ADDRESS, {"state": "done"})
    once = owner.get("/checklist/plan/").content
    owner.post(ADDRESS, {"state": "done"})
    assert owner.get("/checklist/plan/").content == once


def test_takes_a_tick_back(owner: Client) -> None:
    before = owner.get("/checklist/plan/").content
    owner.post(ADDRESS, {"state": "done"})
    response = owner.post(ADDRESS, {"state": "open"})
    assert (response.cookies[COOKIE].value, response.cookies[COOKIE]["max-age"]) == ("", 0)
    assert "放回清单里了" in read(owner.get("/checklist/plan/")).select_one("#touched").text  # type: ignore[union-attr]
    assert owner.get("/checklist/plan/").content == before


def test_loses_no_tick_of_two_tabs(owner: Client) -> None:
    for step in ("keep-diary", "shut-bell", "say-goodbye"):
        owner.post(f"/checklist/steps/{step}/", {"state": "done"})
    assert len(read(owner.get("/checklist/plan/")).select("#plan li button[value=open]")) == 3


def test_takes_a_tick_from_one_without_a_plan(reader: Client) -> None:
    response = reader.post(ADDRESS, {"state": "done"}, follow=True)
    assert read(response).select("#plan")


# htmx


@pytest.mark.parametrize("state", ["done", "tonight", "skip", "open"])
def test_answers_htmx_with_the_plan_alone(owner: Client, htmx: dict[str, str], state: str) -> None:
    response = owner.post(ADDRESS, {"state": state}, headers=htmx)
    assert response.status_code == 200
    assert not is_whole_page(response)
    roots = read(response).body.find_all(recursive=False)  # type: ignore[union-attr]
    assert [root.get("id") for root in roots] == ["plan"]
    assert response["Cache-Control"] == "private, no-store"
    assert COOKIE in response.cookies


def test_moves_the_plan_on_at_once(owner: Client, htmx: dict[str, str]) -> None:
    before = read(owner.get("/checklist/plan/")).select_one("#plan article[id]")
    after = read(owner.post(ADDRESS, {"state": "done"}, headers=htmx)).select_one("#plan article[id]")
    assert before is not None
    assert after is not None
    assert (before["id"], after["id"]) == ("step-keep-diary", "step-shut-bell")


def test_offers_to_undo_what_was_just_ticked(owner: Client, htmx: dict[str, str]) -> None:
    page = read(owner.post(ADDRESS, {"state": "done"}, headers=htmx))
    undo = page.select_one('[data-focus] form button[name=state][value="open"]')
    assert undo is not None
    assert undo.find_parent("form")["action"] == ADDRESS  # type: ignore[index]


def test_shows_htmx_the_plan_that_a_reload_shows(owner: Client, htmx: dict[str, str]) -> None:
    swapped = read(owner.post(ADDRESS, {"state": "done"}, headers=htmx)).select('[id^="step-"]')
    reloaded = read(owner.get("/checklist/plan/")).select('#plan [id^="step-"]')
    assert [str(step) for step in swapped] == [str(step) for step in reloaded]


def test_answers_htmx_with_a_whole_page_when_it_only_looks(owner: Client, htmx: dict[str, str]) -> None:
    assert is_whole_page(owner.get(ADDRESS, headers=htmx))


# What makes no sense

WRONG = [
    {},
    {"state": ""},
    {"state": "finished"},
    {"state": "DONE"},
    {"state": "day"},
    {"state": "day", "on": ""},
    {"state": "day", "on": "soon"},
    {"state": "day", "on": "2026-02-30"},
    {"state": "day", "on": "0000-00-00"},
    {"state": "day", "on": "9999-12-31"},
    {"state": "day", "on": "1" * 400},
    {"state": "day", "on": "DAYS:0"},
    {"state": "day", "on": "DAYS:-1"},
    {"state": "day", "on": "DAYS:368"},
]


@pytest.fixture(params=WRONG, ids=str)
def wrong(request: pytest.FixtureRequest) -> dict[str, str]:
    """A form that makes no sense; DAYS:n stands for the day that many days from now."""
    sent: dict[str, str] = request.param
    days = sent.get("on", "").removeprefix("DAYS:")
    return sent | {"on": in_days(int(days))} if sent.get("on", "").startswith("DAYS:") else sent


def test_says_what_is_wrong_and_loses_nothing(owner: Client, wrong: dict[str, str]) -> None:
    owner.cookies[COOKIE] = "d1xx"
    owner.cookies["s.shut-bell"] = "d1xx"
    response = owner.post(ADDRESS, wrong)
    page = read(response)
    assert response.status_code == 200
    assert is_whole_page(response)
    assert len(page.select_one("main [role=alert]:not(#alert)").text) > 5  # type: ignore[union-attr]
    assert not response.cookies
    assert response["Cache-Control"] == "private, no-store"
    assert len(page.select("#plan button[value=open]")) == 2


def test_tells_htmx_what_is_wrong_in_the_plan(owner: Client, htmx: dict[str, str], wrong: dict[str, str]) -> None:
    response = owner.post(ADDRESS, wrong, headers=htmx)
    assert response.status_code == 200
    assert not is_whole_page(response)
    assert read(response).select_one("#plan [role=alert]")
    assert not response.cookies


@pytest.mark.parametrize("by_htmx", [False, True])
def test_keeps_a_day_that_it_refuses_in_its_field(owner: Client, htmx: dict[str, str], by_htmx: bool) -> None:
    day = in_days(500)
    page = read(owner.post(ADDRESS, {"state": "day", "on": day}, headers=htmx if by_htmx else None))
    field = page.select_one("article#step-keep-diary input[name=on]")
    assert field is not None
    assert field.get("value") == day


@pytest.mark.parametrize("days", [2, 300])
def test_takes_each_day_of_the_year_that_comes(owner: Client, days: int) -> None:
    assert COOKIE in owner.post(ADDRESS, {"state": "day", "on": in_days(days)}).cookies


def test_offers_at_once_to_set_aside_what_is_not_for_everybody(client: Client) -> None:
    page = read(client.get("/checklist/steps/say-goodbye/"))
    [skip] = page.select(".three button[name=state][value=skip]")
    assert skip.find_parent("details") is None
    [skip] = read(client.get(ADDRESS)).select(".later-form button[name=state][value=skip]")
    assert skip.find_parent("details") is not None


def test_says_what_it_noted_once_and_offers_to_take_it_back(owner: Client) -> None:
    """Without scripts: at the top of the page that follows, with the next step below it."""
    owner.post(ADDRESS, {"state": "done"})
    page = read(owner.get("/checklist/plan/"))
    touched = page.select_one("#plan #touched")
    assert touched is not None
    assert "记下了" in touched.text
    assert touched.select_one(f'form[action="{ADDRESS}"] button[value=open]')
    html = str(page)
    assert html.index('id="touched"') < html.index('id="step-shut-bell"')
    assert not read(owner.get("/checklist/plan/")).select("#touched")


@pytest.mark.parametrize("state", ["tonight", "skip", "day"])
@pytest.mark.parametrize("by_htmx", [False, True])
def test_asks_before_it_puts_an_urgent_action_off(
    reader: Client, htmx: dict[str, str], state: str, by_htmx: bool
) -> None:
    reader.cookies["exposures"] = "or.key-lent"
    sent, headers = {"state": state, "on": in_days(3)}, htmx if by_htmx else None
    response = reader.post(URGENT, sent, headers=headers)
    assert not response.cookies
    asked = read(response).select_one("#plan #put-off")
    assert asked is not None
    if state == "skip":
        assert "真的用不上吗" in asked.text
        assert "跟着等" not in asked.text, "nothing waits for what does not apply"
    else:
        assert "现在做得了吗" in asked.text, "what is asked where the action has no question of its own"
        assert "Count the keys" in asked.text, "what waits for it"
    [unknown] = [link for link in asked.select("a.button") if "不知道" in link.text]
    assert unknown["href"] == "/checklist/plan/", "whoever does not know keeps the step"
    fields = {str(field["name"]): str(field.get("value", "")) for field in asked.select("input, button[name]")}
    assert reader.post(URGENT, fields, headers=headers).cookies[step_cookie("call-watch")].value


def test_asks_nothing_where_an_urgent_action_is_not_due(reader: Client) -> None:
    assert step_cookie("call-watch") in reader.post(URGENT, {"state": "skip"}).cookies


def test_says_first_what_must_be_true(client: Client) -> None:
    assert read(client.get("/checklist/steps/burn-copy/")).select_one('.first a[href="/checklist/steps/call-watch/"]')


def test_leads_from_a_former_step_to_its_procedure(client: Client) -> None:
    response = client.get("/checklist/steps/stop-lending/")
    assert (response.status_code, response["Location"]) == (301, "/checklist/steps/call-watch/#how-stop-lending")
    assert read(client.get("/checklist/steps/call-watch/")).select_one("#how-stop-lending")


def test_takes_no_wish_to_do_a_step_again(owner: Client) -> None:
    assert COOKIE not in owner.post(ADDRESS, {"state": "again"}).cookies


def test_leads_on_where_a_menu_is_missing(reader: Client) -> None:
    """The guide says so: 找不到 leads to the next step. A page of the guide has none, and only says so."""
    missing = read(reader.get("/checklist/steps/change-lock/")).select_one("details.missing")
    assert missing is not None
    [button] = missing.select('button[name="state"]')
    assert (button["value"], button.text) == ("skip", "我没有这一项，做下一步")
    assert not read(reader.get("/guide/lend-a-key/")).select('details.missing button[name="state"]')
