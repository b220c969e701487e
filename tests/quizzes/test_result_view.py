"""The result: what to do first, the risk value, and the list that it hands down to the checklist."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

import quizzes.library
from core.dates import write_day
from tests.fixtures.readers import marks
from tests.reading import is_whole_page, one, read
from tests.tiny import copy

pytestmark = pytest.mark.usefixtures("tiny")

QUIZ = "/quizzes/lantern/"
ADDRESS = QUIZ + "result/"
COOKIE = "q.lantern"

CALM = "place.outside_key.never_shared.none"
LENT = "place.outside_key.lent_key-since.waiting_shared.name_shared-since.not-yet"
RETURNED = "place.inside_key.returned_shared.none_bell.broken_visits.daily"
MILD = "place.outside_key.never_shared.name_shared-since.not-yet"
HEED = "place.inside_key.never_shared.name_shared-since.not-yet_bell.broken_visits.daily"
HELPER = "place.helper"


def value(response: Any) -> int:
    """The risk value shown."""
    shown = read(response).select_one("#value b")
    assert shown is not None
    return int(shown.text)


def handed_down(response: Any) -> tuple[list[str], list[str]]:
    """The exposures in the form for the plan: all, and those handled."""
    form = read(response).select_one('main form[method=post][action="/checklist/plan/"]')
    assert form is not None
    return tuple([str(field["value"]) for field in form.select(f"[name={name}]")] for name in ("given", "handled"))  # type: ignore[return-value]


def test_says_plainly_that_a_calm_reader_needs_no_list(client: Client) -> None:
    client.cookies[COOKIE] = CALM
    response = client.get(ADDRESS)
    page = read(response)
    assert value(response) == 0
    assert one(page, "h1").text == "Nothing seen"
    assert "记住三个习惯" in one(page, "main").text
    assert not page.select('main a[href*="/leaving/"]')
    assert [habit.text for habit in page.select("ul.habits li")] == ["Lock up.", "Look twice.", "Ask first."]
    assert not page.select('main form[action="/checklist/plan/"]')


def test_leaves_a_mild_thing_to_a_calm_reader(client: Client) -> None:
    client.cookies[COOKIE] = MILD
    page = read(client.get(ADDRESS))
    assert "今天" not in one(page, "h1").text
    assert len(page.select("ul.habits li")) == 3
    assert page.select('main form[action="/checklist/plan/"] button.ghost')


def test_a_calm_result_begins_with_the_urgent_step_of_the_plan(client: Client) -> None:
    client.cookies[COOKIE], client.cookies["exposures"] = CALM, "or.map-copied"
    response = client.get(ADDRESS)
    page = read(response)
    urgent = response.context["plan"].urgent[0]
    assert urgent.title in page.select_one("main .now-step").text  # type: ignore[union-attr]
    assert page.select('main .now-step form[action="/checklist/plan/"]')
    assert "都不急" not in page.main.text  # type: ignore[union-attr]
    assert "Nothing seen" not in page.main.text  # type: ignore[union-attr]
    assert urgent.step.title in read(client.get(QUIZ + "card/")).h1.text  # type: ignore[union-attr]


def test_a_calm_result_names_an_urgent_step_of_the_plan_that_was_put_off(client: Client) -> None:
    client.cookies[COOKIE], client.cookies["exposures"] = CALM, "or.map-copied"
    for item in client.get("/checklist/plan/").context["plan"].today:
        client.cookies[f"s.{item.step.id}"] = "t" + write_day(timezone.localdate())
    response = client.get(ADDRESS)
    page = read(response)
    assert page.h1.text == "清单上急的还没做完"  # type: ignore[union-attr]
    assert response.context["plan"].urgent[0].title in page.main.text  # type: ignore[union-attr]
    assert page.select('main a.button[href="/checklist/plan/"]')


def test_begins_with_the_first_step_of_today_and_no_figure(reader: Client) -> None:
    reader.cookies[COOKIE] = LENT
    response = reader.get(ADDRESS)
    page = read(response)
    assert value(response) == 70
    now = response.context["plan"].now
    assert one(page, "h1").text.endswith(f"约{now.step.minutes}分钟")
    assert "70" not in "".join(one(page, "details:has(#value) > summary").text)
    first = one(page, "main .now-step")
    assert "Stand still" in one(first, "h2").text
    assert handed_down(response) == (["key-lent", "name-told"], [])


def test_shows_the_number_to_call_where_a_call_is_due(client: Client) -> None:
    client.cookies[COOKIE] = LENT
    first = one(read(client.get(ADDRESS)), ".now-step")
    assert "Call the watch softly" in first.text
    called = first.select('.calls a[href^="tel:"]')
    assert [link["href"] for link in called] == ["tel:000-1"]
    client.cookies[COOKIE] = HEED
    assert not read(client.get(ADDRESS)).select(".now-step .calls")


def test_asks_for_no_call_that_is_done(client: Client) -> None:
    client.cookies[COOKIE] = LENT
    client.cookies["s.call-watch"] = "d" + write_day(timezone.localdate())
    page = read(client.get(ADDRESS))
    assert page.select(".now-step")
    assert not page.select(".now-step .calls")
    assert "Call the watch" not in page.select(".now-step")[0].text


def test_folds_the_figures_up(client: Client) -> None:
    client.cookies[COOKIE] = LENT
    page = read(client.get(ADDRESS))
    for figures in ("#value", ".dimensions", ".points"):
        assert page.select(f"details:not([open]) {figures}"), figures


def test_sorts_the_bars_with_what_to_handle_first_on_top(client: Client) -> None:
    client.cookies[COOKIE] = "place.inside_key.unsure_shared.photo_bell.broken_visits.daily"
    rows = read(client.get(ADDRESS)).select(".dimensions li")
    assert [one(row, "b").text for row in rows] == ["Street", "House"]


def test_leads_to_each_answer_to_change_it(client: Client) -> None:
    client.cookies[COOKIE] = LENT
    links = [link["href"] for link in read(client.get(ADDRESS)).select("details .answers a")]
    assert links == [f"{QUIZ}{id}/" for id in ("place", "key", "key-since", "shared", "shared-since")]


@pytest.mark.parametrize(
    ("option", "said", "never"),
    [("unsure", "1 件没看清", "没处理"), ("lent", "1 件没处理", "没看清")],
)
def test_calls_unclear_what_the_reader_cannot_tell(
    client: Client, tmp_path: Path, option: str, said: str, never: str
) -> None:
    tree = copy(tmp_path)
    raised = '{ exposures = ["key-lent"], unsure = true, urgent = "thief" }'
    tree.change("quizzes/policy/lantern.toml", '{ points = { house = 8 }, remedy = "change-lock" }', raised)
    client.cookies[COOKIE] = f"place.outside_key.{option}_key-since.waiting_shared.none"
    with quizzes.library.current.using(tree.load_quizzes()):
        text = " ".join(one(read(client.get(ADDRESS)), "main").text.split())
    assert said in text
    assert never not in text


def test_hands_down_what_is_handled_as_handled(client: Client) -> None:
    client.cookies[COOKIE] = RETURNED
    response = client.get(ADDRESS)
    assert value(response) < 70
    assert handed_down(response) == (["key-lent", "bell-open"], ["key-lent"])


def test_falls_when_the_steps_are_done(reader: Client) -> None:
    reader.cookies[COOKIE] = LENT
    given, handled = handed_down(reader.get(ADDRESS))
    reader.post("/checklist/plan/", {"given": given, "handled": handled})
    for step in ("call-watch", "count-keys", "draw-map", "sit-down", "change-lock"):
        reader.post(f"/checklist/steps/{step}/", {"state": "done"})
    response = reader.get(ADDRESS)
    assert 0 < value(response) < 70
    # What steps settle is worked out each time, never handed down: a step put back opens it again.
    assert handed_down(response) == (["key-lent", "name-told"], [])


def test_takes_these_answers_for_an_earlier_attempt_that_called_it_handled(reader: Client) -> None:
    reader.cookies[COOKIE] = LENT
    fresh = value(reader.get(ADDRESS))
    reader.cookies["exposures"] = "hq.key-lent"
    assert value(reader.get(ADDRESS)) == fresh


def test_makes_a_plan_of_what_it_hands_down(reader: Client) -> None:
    reader.cookies[COOKIE] = LENT
    given, handled = handed_down(reader.get(ADDRESS))
    response = reader.post("/checklist/plan/", {"given": given, "handled": handled}, follow=True)
    assert read(response).select_one("#plan article#step-stand-still")
    assert marks(reader.cookies) == {"key-lent": "oq", "name-told": "oq"}


def test_replaces_the_last_attempt_in_the_plan_and_keeps_the_readers_own_list(reader: Client) -> None:
    reader.cookies["exposures"] = "or.bell-open_oq.map-copied"
    reader.cookies[COOKIE] = LENT
    given, handled = handed_down(reader.get(ADDRESS))
    reader.post("/checklist/plan/", {"given": given, "handled": handled})
    assert marks(reader.cookies) == {"key-lent": "oq", "name-told": "oq", "bell-open": "or"}


def test_shows_each_dimension_with_a_word(client: Client) -> None:
    client.cookies[COOKIE] = LENT
    rows = read(client.get(ADDRESS)).select("main .dimensions li")
    assert [one(row, "b").text for row in rows] == ["House", "Street"]
    assert [one(row, ".level").text for row in rows] == ["先处理", "留意"]


def test_leads_to_the_method_and_offers_to_answer_again(client: Client) -> None:
    client.cookies[COOKIE] = LENT
    page = read(client.get(ADDRESS))
    assert page.select(f'main a[href="{QUIZ}method/"]')
    assert page.select(f'main form[method=post][action="{QUIZ}again/"]')


def test_scores_nothing_where_an_answer_ended_the_quiz(client: Client) -> None:
    client.cookies[COOKIE] = HELPER
    page = read(client.get(ADDRESS))
    assert one(page, "h1").text == "Together"
    assert not page.select("#value")
    assert not page.select('main form[action="/checklist/plan/"]')
    assert page.select('main a[href="/checklist/emergency/"]')


@pytest.mark.parametrize(
    ("answers", "reachable"),
    [("", "place/"), ("place.outside", "key/"), ("place.outside_shared.none", "key/"), ("nonsense", "place/")],
)
def test_leads_to_the_next_question_before_the_end(reader: Client, answers: str, reachable: str) -> None:
    reader.cookies[COOKIE] = answers
    response = reader.get(ADDRESS)
    assert response.status_code == 302
    assert response["Location"].partition("?")[0] == QUIZ + reachable


def test_never_redirects_htmx(reader: Client, htmx: dict[str, str]) -> None:
    response = reader.get(ADDRESS, headers=htmx)
    assert response.status_code == 200
    assert "HX-Location" in response.headers or is_whole_page(response)


def test_shows_a_page_when_htmx_restores_its_history(reader: Client, htmx: dict[str, str]) -> None:
    response = reader.get(ADDRESS, headers=htmx | {"hx-history-restore-request": "true"}, follow=True)
    assert is_whole_page(response)
    assert one(read(response), "h1").text == "About place?"


def test_answers_htmx_with_a_whole_page(client: Client, htmx: dict[str, str]) -> None:
    client.cookies[COOKIE] = LENT
    assert is_whole_page(client.get(ADDRESS, headers=htmx))


def test_names_the_step_that_takes_each_open_thing_away(reader: Client) -> None:
    reader.cookies[COOKIE] = LENT
    page = read(reader.get(ADDRESS))
    assert page.select('ul.facts a[href="/checklist/steps/call-watch/"]')
    reader.cookies["s.call-watch"] = "d1xx"
    page = read(reader.get(ADDRESS))
    assert not page.select('ul.facts a[href="/checklist/steps/call-watch/"]')


# Where each point comes from


def rows(page: Any) -> list[str]:
    return [" ".join(row.text.split()) for row in page.select("ul.points > li")]


@pytest.mark.parametrize(
    ("answers", "said", "rows", "above"),
    [
        (
            "place.inside_key.lent_key-since.worse_shared.photo_bell.broken_visits.daily",
            "没处理的 2 件，平时的做法 4 条，都在这里。",
            6,
            "给过、做过的，还有 2 件没处理",
        ),
        (
            "place.outside_key.unsure_shared.unsure",
            "平时的做法 2 条，都在这里。",
            2,
            "给过、做过的，没有等着处理的",
        ),
        (
            "place.inside_key.lent_key-since.waiting_shared.none_bell.open_visits.rare",
            "没处理的 2 件，都在这里。",
            2,
            "给过、做过的，还有 2 件没处理",
        ),
    ],
)
def test_says_what_the_number_and_the_rows_count(
    client: Client, answers: str, said: str, rows: int, above: str
) -> None:
    client.cookies[COOKIE] = answers
    page = read(client.get(ADDRESS))
    assert above in one(page, "#value").text
    assert said in one(page, "#points").text
    assert len(page.select(".points > li")) == rows


def test_says_where_each_point_comes_from_and_which_step_takes_it_away(reader: Client) -> None:
    reader.cookies[COOKIE] = "place.inside_key.lent_key-since.worse_shared.photo_bell.broken_visits.daily"
    page = read(reader.get(ADDRESS))
    assert len(page.select("details ul.points > li")) == len(rows(page)) == 6
    assert rows(page)[0].startswith("The key is lent")
    links = {row.select_one("b").text: row.select_one("a")["href"] for row in page.select("ul.points > li")}  # type: ignore[index,union-attr]
    assert links["About visits?Daily"] == "/checklist/steps/say-goodbye/"


@pytest.mark.parametrize(("ticked", "lowered"), [("d1xx", True), ("d1xd", False), ("x1xx", False)])
def test_lowers_a_habit_by_a_step_done_since_the_answers(reader: Client, ticked: str, lowered: bool) -> None:
    reader.cookies[COOKIE] = "on.1xe_place.inside_key.never_shared.none_bell.broken_visits.daily"
    before = value(reader.get(ADDRESS))
    reader.cookies["s.say-goodbye"] = ticked
    page = reader.get(ADDRESS)
    assert value(page) == (before - 15 if lowered else before)
    assert bool(read(page).select("s")) is lowered


def test_says_what_a_full_dimension_leaves_out(reader: Client) -> None:
    reader.cookies[COOKIE] = "place.inside_key.never_shared.name.photo_shared-since.not-yet_bell.broken_visits.daily"
    assert "47" in one(read(reader.get(ADDRESS)), "#points > .meta").text


# The attempt before


def test_shows_the_attempt_before_beside_this_one(reader: Client) -> None:
    reader.cookies[COOKIE] = "on.1xe_" + LENT
    reader.post(QUIZ + "again/")
    assert reader.cookies["p.lantern"].value == "1.70.fn.1xe"
    reader.cookies[COOKIE] = "on.1xx_" + CALM
    page = read(reader.get(ADDRESS))
    cells = [[cell.text for cell in row.select("th, td")] for row in page.select("#last tr")]
    assert cells == [
        ["", "上次 11月3日", "这次 11月22日"],
        ["风险值", "70", "0"],
        ["House", "先处理", "暂未发现"],
        ["Street", "留意", "暂未发现"],
    ]


@pytest.mark.parametrize("answers", ["place.outside_key.never", HELPER, ""])
def test_keeps_the_one_before_where_an_attempt_came_to_nothing(reader: Client, answers: str) -> None:
    reader.cookies["p.lantern"] = "1.70.fn.1xe"
    if answers:
        reader.cookies[COOKIE] = answers
    assert "p.lantern" not in reader.post(QUIZ + "again/").cookies


@pytest.mark.parametrize("forged", ["1.999.ff.261103", "9.70.fn.261103", "x"])
def test_shows_no_attempt_before_that_cannot_be_compared(reader: Client, forged: str) -> None:
    reader.cookies["p.lantern"] = forged
    reader.cookies[COOKIE] = CALM
    assert not read(reader.get(ADDRESS)).select("#last")


# If-then lines


def test_offers_lines_that_fit_what_was_raised(reader: Client) -> None:
    reader.cookies[COOKIE] = LENT
    page = read(reader.get(ADDRESS))
    boxes = [box["value"] for box in page.select("#lines input[type=checkbox]")]
    assert boxes == ["asked-for-key", "bell-rings", "asked-in"]
    assert one(page, "#lines [name=next]")["value"] == ADDRESS


@pytest.mark.parametrize("answers", [MILD, HEED, LENT, "place.outside_key.never_shared.none_bell.open"])
def test_begins_and_counts_as_the_plan_does(reader: Client, answers: str) -> None:
    reader.cookies[COOKIE] = answers
    response = reader.get(ADDRESS)
    page = read(response)
    counted = re.findall(r"今天 ?有? ?(\d+) ?步", page.select("main")[0].text)
    first = page.select_one(".now-step h2")
    if not page.select('main form[action="/checklist/plan/"]'):
        assert not counted
        assert not first
        return
    given, handled = handed_down(response)
    reader.post("/checklist/plan/", {"given": given, "handled": handled})
    plan = read(reader.get("/checklist/plan/")).select("#plan")[0]
    assert not counted or f"今天{counted[0]}步" in plan.select(".count")[0].text
    assert not first or first.text.strip() in plan.select(".now-step h2")[0].text
