"""One question a screen: asking, answering, going back, and what cannot be answered."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from core.dates import write_day
from quizzes import answer_codes
from quizzes.engine.answers import read_answers
from tests.reading import is_whole_page, one, pressed, read

# The database, because a POST that ends an attempt counts it.
pytestmark = [pytest.mark.usefixtures("tiny"), pytest.mark.django_db]

QUIZ = "/quizzes/lantern/"
FIRST, KEY, SHARED, BELL = QUIZ + "place/", QUIZ + "key/", QUIZ + "shared/", QUIZ + "bell/"
COOKIE = "q.lantern"


def kept(response: Any) -> dict[str, str]:
    """The answers in the cookie that a response sets, without the day on which the attempt began."""
    answers = read_answers(response.cookies[COOKIE].value, answer_codes.current()["lantern"])
    return {question: ".".join(options) for question, options in answers.items()}


def path(address: str) -> str:
    return address.partition("?")[0]


# Asking


def test_asks_with_a_button_for_each_option(client: Client) -> None:
    response = client.get(FIRST)
    page = read(response)
    assert one(page, "h1").text == "About place?"
    buttons = page.select(f'form[method=post][action="{FIRST}"] button[name=option]')
    assert [button["value"] for button in buttons] == ["inside", "outside", "helper"]
    assert pressed(page, "option") == set()
    assert not response.cookies


def test_asks_with_boxes_where_several_may_be_chosen(client: Client) -> None:
    client.cookies[COOKIE] = "place.outside_key.never"
    page = read(client.get(SHARED))
    boxes = page.select(f'form[action="{SHARED}"] input[type=checkbox][name=option]')
    assert [box["value"] for box in boxes] == ["map", "name", "photo", "none", "unsure"]
    assert [button.get("name") for button in page.select(f'form[action="{SHARED}"] button')] == [None]


def test_says_which_question_of_how_many(client: Client) -> None:
    client.cookies[COOKIE] = "place.outside"
    meter = read(client.get(KEY)).progress
    assert meter is not None
    assert (meter["value"], int(str(meter["max"])) >= 3) == ("2", True)


def test_shows_no_feedback_before_an_answer(client: Client) -> None:
    page = read(client.get(FIRST))
    assert "Good to know" not in page.text
    assert not page.select(f'main a[href^="{KEY}"]')


@pytest.mark.parametrize("question", ["nowhere", "Place", "place-2"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_does_not_know_other_questions(reader: Client, method: str, question: str) -> None:
    response = getattr(reader, method)(f"{QUIZ}{question}/", {"option": "inside"})
    assert response.status_code == 404
    assert not response.cookies


# Answering


@pytest.mark.parametrize("scripts", [False, True])
def test_goes_on_from_a_calm_answer_with_its_feedback_as_one_line(
    reader: Client, htmx: dict[str, str], *, scripts: bool
) -> None:
    response = reader.post(FIRST, {"option": "inside"}, headers=htmx if scripts else {})
    address = response["HX-Push-Url"] if scripts else response["Location"]
    assert address == f"{KEY}?kept=place"
    assert kept(response) == {"place": "inside"}
    page = read(response if scripts else reader.get(address))
    assert one(page, "title").text == "About key? · 安心退群"
    assert one(page, "h1").text == "About key?"
    line = page.select_one("#question-key > .said[data-focus]")
    assert line is not None
    assert " ".join(line.text.split()).startswith("Inside：Good to know: inside.")
    assert [link["href"] for link in line.select("a")] == [FIRST], "the way to take it back"


def test_says_the_line_once(reader: Client) -> None:
    reader.post(FIRST, {"option": "inside"})
    assert not read(reader.get(KEY)).select(".said")


@pytest.mark.parametrize("option", ["lent", "unsure"])
def test_stops_for_an_answer_that_matters(reader: Client, option: str) -> None:
    reader.cookies[COOKIE] = "place.outside"
    response = reader.post(KEY, {"option": option})
    assert response.status_code == 302
    assert path(response["Location"]) == KEY
    page = read(reader.get(response["Location"]))
    assert pressed(page, "option") == {option}
    assert one(page, ".feedback").text.strip()
    on = one(page, '.feedback a[href$="?kept"]')
    assert not read(reader.get(str(on["href"]))).select(".said"), "it was read already"


def test_goes_on_from_a_changed_answer_to_the_first_open_question(reader: Client) -> None:
    reader.cookies[COOKIE] = "place.inside_key.never_shared.none"
    response = reader.post(KEY, {"option": "returned"})
    assert response["Location"] == f"{BELL}?kept=key"
    assert "Returned" in one(read(reader.get(response["Location"])), ".said").text


@pytest.mark.parametrize("forged", ["nonsense", "shared", "bell", ""])
def test_reads_past_a_line_of_a_question_that_was_not_answered(reader: Client, forged: str) -> None:
    reader.cookies[COOKIE] = "place.inside"
    assert not read(reader.get(f"{KEY}?kept={forged}")).select(".said")


def test_goes_on_from_a_calm_last_answer_to_the_result(reader: Client, htmx: dict[str, str]) -> None:
    reader.cookies[COOKIE] = "place.outside_key.never"
    assert reader.post(SHARED, {"option": "none"})["Location"] == QUIZ + "result/"
    assert reader.post(SHARED, {"option": "none"}, headers=htmx)["HX-Redirect"] == QUIZ + "result/"


# Begun before


@pytest.mark.parametrize(
    ("answers", "onward", "words"),
    [
        ("place.outside", KEY, "接着答"),
        ("place.outside_key.never_shared.none", QUIZ + "result/", "看结果"),
    ],
)
def test_offers_to_go_on_with_a_begun_quiz_and_to_start_anew(
    reader: Client, answers: str, onward: str, words: str
) -> None:
    reader.cookies[COOKIE] = answers
    begun = one(read(reader.get(FIRST)), ".begun")
    assert begun is not None
    assert [(link["href"], link.text) for link in begun.select("a")] == [(onward, words)]
    assert one(begun, f'form[method=post][action="{QUIZ}again/"] button').text == "重新开始"


@pytest.mark.parametrize(
    ("answers", "address"), [("", FIRST), ("place.outside", KEY), ("place.outside", FIRST + "?kept")]
)
def test_offers_nothing_of_the_kind_on_the_way(reader: Client, answers: str, address: str) -> None:
    reader.cookies[COOKIE] = answers
    assert not read(reader.get(address)).select(".begun")


def test_leads_from_a_changed_answer_back_to_the_result(reader: Client) -> None:
    reader.cookies[COOKIE] = "place.outside_key.never_shared.none"
    assert read(reader.get(KEY)).select(f'main a[href="{QUIZ}result/"]')
    reader.cookies[COOKIE] = "place.outside_key.never"
    assert not read(reader.get(KEY)).select(f'main a[href="{QUIZ}result/"]')


def test_keeps_answers_for_400_days_out_of_reach_of_scripts(reader: Client) -> None:
    cookie = reader.post(FIRST, {"option": "inside"}).cookies[COOKIE]
    assert cookie["max-age"] == 400 * 24 * 3600
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")


def test_sets_the_cookie_of_this_quiz_alone(reader: Client) -> None:
    assert list(reader.post(FIRST, {"option": "inside"}).cookies) == [COOKIE]


def test_shows_an_answer_again_after_a_reload_and_after_a_break(reader: Client) -> None:
    reader.post(FIRST, {"option": "inside"})
    assert pressed(read(reader.get(FIRST)), "option") == {"inside"}


@pytest.mark.parametrize(
    ("sent", "stays"),
    [
        (["name"], "name"),
        (["photo", "map"], "map.photo"),
        (["name", "name"], "name"),
        (["none"], "none"),
        (["none", "name"], "name"),
        (["unsure", "none"], "none"),
        (["name", "nonsense"], "name"),
    ],
)
def test_keeps_what_was_chosen_of_several(reader: Client, sent: list[str], stays: str) -> None:
    reader.cookies[COOKIE] = "place.outside_key.never"
    assert kept(reader.post(SHARED, {"option": sent}))["shared"] == stays


def test_shows_the_feedback_of_each_one_chosen(reader: Client) -> None:
    reader.cookies[COOKIE] = "place.outside_key.never"
    page = read(reader.post(SHARED, {"option": ["map", "photo"]}, follow=True))
    assert pressed(page, "option") == {"map", "photo"}
    said = one(page, "main").text
    assert said.count("Good to know") == 2


def test_takes_one_option_where_one_is_asked_for(reader: Client) -> None:
    assert kept(reader.post(FIRST, {"option": ["outside", "inside"]})) == {"place": "inside"}


def test_offers_the_emergency_door_at_once_and_lets_one_go_on(reader: Client) -> None:
    reader.cookies[COOKIE] = "place.outside"
    page = read(reader.post(KEY, {"option": "lent"}, follow=True))
    links = [path(str(link["href"])) for link in page.select("main a")]
    assert "/checklist/emergency/thief/" in links
    assert links.index("/checklist/emergency/thief/") < links.index(QUIZ + "key-since/")


def test_offers_no_emergency_door_where_nothing_is_urgent(reader: Client) -> None:
    reader.cookies[COOKIE] = "place.outside"
    page = read(reader.post(KEY, {"option": "unsure"}, follow=True))
    assert not page.select('main a[href^="/checklist/emergency/"]')


def test_asks_on_where_an_answer_leads(reader: Client) -> None:
    reader.cookies[COOKIE] = "place.outside"
    for option, then in (("lent", "key-since/"), ("unsure", "shared/")):
        page = read(reader.post(KEY, {"option": option}, follow=True))
        assert page.select(f'main a[href^="{QUIZ}{then}"]')


def test_leads_to_the_result_after_the_last_question(reader: Client) -> None:
    reader.cookies[COOKIE] = "place.outside_key.never"
    page = read(reader.post(SHARED, {"option": "photo"}, follow=True))
    assert page.select(f'main a[href="{QUIZ}result/"]')


def test_leads_to_the_result_where_an_answer_ends_the_quiz(reader: Client) -> None:
    page = read(reader.post(FIRST, {"option": "helper"}, follow=True))
    assert page.select(f'main a[href="{QUIZ}result/"]')


# Going back, and changing an answer


def test_leads_back_one_question(client: Client) -> None:
    client.cookies[COOKIE] = "place.outside_key.lent"
    links = {path(str(link["href"])) for link in read(client.get(QUIZ + "key-since/")).select("main a")}
    assert KEY in links
    assert {path(str(link["href"])) for link in read(client.get(FIRST)).select("main a")} >= {QUIZ}


def test_changes_an_answer_and_keeps_the_others(reader: Client) -> None:
    reader.cookies[COOKIE] = "place.outside_key.never_shared.name_shared-since.done"
    changed = reader.post(KEY, {"option": "unsure"})
    assert kept(changed) == {"place": "outside", "key": "unsure", "shared": "name", "shared-since": "done"}
    assert pressed(read(reader.get(changed["Location"])), "option") == {"unsure"}


def test_drops_the_answers_that_a_change_makes_pointless(reader: Client) -> None:
    reader.cookies[COOKIE] = "place.inside_key.lent_key-since.waiting_shared.none_bell.open_visits.rare"
    assert kept(reader.post(KEY, {"option": "never"})) == {
        "place": "inside",
        "key": "never",
        "shared": "none",
        "bell": "open",
        "visits": "rare",
    }
    assert kept(reader.post(FIRST, {"option": "outside"})) == {"place": "outside", "key": "never", "shared": "none"}


def test_asks_what_a_change_opens_before_the_result(reader: Client) -> None:
    reader.cookies[COOKIE] = "place.outside_key.never_shared.none"
    reader.post(KEY, {"option": "lent"})
    assert path(reader.get(QUIZ + "result/")["Location"]) == QUIZ + "key-since/"


def test_starts_anew_and_forgets_the_answers(reader: Client) -> None:
    reader.cookies[COOKIE] = "place.outside_key.never"
    reader.cookies["exposures"] = "or.key-lent"
    response = reader.post(QUIZ + "again/")
    assert (response.status_code, path(response["Location"])) == (302, FIRST)
    assert list(response.cookies) == [COOKIE]
    assert (response.cookies[COOKIE].value, response.cookies[COOKIE]["max-age"]) == ("", 0)
    assert pressed(read(reader.get(FIRST)), "option") == set()


@pytest.mark.parametrize(("method", "status"), [("get", 405), ("post", 404)])
def test_starts_nothing_anew_by_looking_or_elsewhere(reader: Client, method: str, status: int) -> None:
    address = QUIZ + "again/" if method == "get" else "/quizzes/nowhere/again/"
    response = getattr(reader, method)(address)
    assert response.status_code == status
    assert not response.cookies


# What cannot be answered


@pytest.mark.parametrize("sent", [{}, {"option": ""}, {"option": "nonsense"}, {"option": "never"}, {"other": "inside"}])
def test_asks_again_with_a_sentence_and_keeps_nothing(reader: Client, sent: dict[str, str]) -> None:
    response = reader.post(FIRST, sent)
    page = read(response)
    assert response.status_code == 200
    assert is_whole_page(response)
    assert response["Cache-Control"] == "private, no-store"
    assert one(page, "h1").text == "About place?"
    assert len(one(page, f'form[action="{FIRST}"] [role=alert]').text) > 5
    assert not response.cookies


def test_leaves_the_earlier_answer_where_a_new_one_makes_no_sense(reader: Client) -> None:
    reader.cookies[COOKIE] = "place.inside"
    response = reader.post(FIRST, {"option": "nonsense"})
    assert not response.cookies
    assert pressed(read(response), "option") == {"inside"}


# htmx


def test_answers_htmx_with_the_question_alone(reader: Client, htmx: dict[str, str]) -> None:
    reader.cookies[COOKIE] = "place.inside"
    response = reader.post(KEY, {"option": "unsure"}, headers=htmx)
    assert response.status_code == 200
    assert not is_whole_page(response)
    assert [root.get("id") for root in one(read(response), "body").find_all(recursive=False)] == ["question-key"]
    assert kept(response) == {"place": "inside", "key": "unsure"}
    assert response["Cache-Control"] == "private, no-store"


def test_shows_htmx_the_question_that_a_reload_shows(reader: Client, htmx: dict[str, str]) -> None:
    reader.cookies[COOKIE] = "place.inside"
    swapped = read(reader.post(KEY, {"option": "unsure"}, headers=htmx)).select_one("#question-key")
    assert str(swapped) == str(read(reader.get(KEY)).select_one("#question-key"))


@pytest.mark.parametrize("sent", [{}, {"option": "nonsense"}])
def test_tells_htmx_what_is_wrong_in_the_question(reader: Client, htmx: dict[str, str], sent: dict[str, str]) -> None:
    response = reader.post(FIRST, sent, headers=htmx)
    assert response.status_code == 200
    assert not is_whole_page(response)
    assert read(response).select_one("#question-place [role=alert]")
    assert not response.cookies


def test_answers_htmx_with_a_whole_page_when_it_only_looks(reader: Client, htmx: dict[str, str]) -> None:
    reader.cookies[COOKIE] = "place.inside"
    for address in (FIRST, KEY):
        assert is_whole_page(reader.get(address, headers=htmx))


# Answered, and on the way


def test_folds_the_options_up_once_it_is_answered(reader: Client) -> None:
    reader.cookies[COOKIE] = "place.inside_key.unsure"
    page = read(reader.get(KEY))
    change = page.select_one("details.change")
    assert change is not None
    assert not change.has_attr("open")
    assert change.select('button[name=option][aria-pressed="true"][value=unsure]')
    assert one(page, ".you-chose b").text == "Unsure"
    assert not change.select(f'a[href^="{SHARED}"]'), "the way on stands outside"
    assert page.select(f'.feedback a[href^="{SHARED}"]')


def test_unfolds_them_where_a_change_was_refused(reader: Client) -> None:
    reader.cookies[COOKIE] = "place.inside"
    page = read(reader.post(FIRST, {"option": "never"}))
    assert page.select("details.change[open]")
    assert page.select("[role=alert][data-focus]")


def test_keeps_the_day_on_which_the_attempt_began(reader: Client) -> None:
    response = reader.post(FIRST, {"option": "inside"})
    assert response.cookies[COOKIE].value == f"on.{write_day(timezone.localdate())}_1a"
    reader.cookies[COOKIE] = "on.1xe_place.inside"
    assert reader.post(KEY, {"option": "never"}).cookies[COOKIE].value == "on.1xe_1a_2a"


def test_keeps_an_answer_that_is_sent_twice_once(reader: Client) -> None:
    first = reader.post(FIRST, {"option": "inside"}).cookies[COOKIE].value
    assert reader.post(FIRST, {"option": "inside"}).cookies[COOKIE].value == first
