"""The result of a quiz of signs: what to do first, each sign with its line, the way out by the tie."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from tests.reading import is_whole_page, one, read

# The database, because a POST that ends an attempt counts it.
pytestmark = [pytest.mark.usefixtures("tiny"), pytest.mark.django_db]

RESULT, COOKIE = "/quizzes/gate/result/", "q.gate"


def result(client: Client, answers: str) -> BeautifulSoup:
    client.cookies[COOKIE] = answers
    response = client.get(RESULT)
    assert response.status_code == 200
    return read(response)


def test_says_the_verdict_and_what_to_do_before_any_sign(client: Client) -> None:
    page = result(client, "seen.wolf.howl_ground.clean_owner.stranger")
    assert one(page, "h1").text == "Shut the gate"
    assert page.select_one(".verdict.brick")
    said = one(page, "main").text
    places = [said.index(words) for words in ("Shut it and call", "Push.", "Seen", "A wolf", "Wolves bite.", "A howl")]
    assert places == sorted(places)


def test_links_each_sign_to_where_more_is_said(client: Client) -> None:
    page = result(client, "seen.wolf.howl_ground.track_owner.stranger")
    assert [link["href"] for link in page.select(".seen a")] == [
        "/checklist/emergency/thief/",
        "/guide/walk-the-yard/",
        "/checklist/steps/walk-again/",
    ]
    assert all(link.text.strip() for link in page.select(".seen a"))


def test_names_the_signs_that_stop_at_once(client: Client) -> None:
    page = result(client, "seen.wolf.howl_ground.clean_owner.stranger")
    assert ["碰上就停" in item.text for item in page.select(".seen li")] == [True, False]


def test_goes_another_way_for_another_tie(client: Client) -> None:
    page = result(client, "seen.wolf_ground.clean_owner.friend")
    assert one(page, "h1").text == "Call your friend"
    assert page.select_one(".verdict.brick")
    assert page.select_one(".actions a.ghost"), "among friends, leaving is no duty"


@pytest.mark.parametrize(("tie", "sheet"), [("stranger", "cellar"), ("friend", "porch")])
def test_leads_to_the_way_out(client: Client, tie: str, sheet: str) -> None:
    page = result(client, f"seen.wolf_ground.clean_owner.{tie}")
    [link] = page.select("main .actions a")
    assert link["href"] == f"/checklist/leaving/{sheet}/"


def test_ends_kindly_where_nothing_was_seen(client: Client) -> None:
    page = result(client, "seen.none_ground.clean_owner.friend")
    assert one(page, "h1").text == "Open, no promise"
    assert page.select_one(".verdict.leaf")
    assert not page.select(".seen, .notice, #unsure")


def test_lists_what_could_not_be_told(client: Client) -> None:
    page = result(client, "seen.unsure_ground.clean_owner.friend")
    [section] = page.select("section[aria-labelledby=unsure]")
    assert [item.text for item in section.select("li")] == ["What is seen?"]


def test_offers_the_first_aid_and_what_was_given_before(client: Client) -> None:
    page = result(client, "seen.wolf_ground.clean_owner.stranger")
    [notice] = page.select("main .notice")
    assert {link["href"] for link in notice.select("a")} == {"/checklist/emergency/", "/quizzes/lantern/"}


def test_is_the_readers_own_page_and_raises_nothing(client: Client) -> None:
    client.cookies[COOKIE] = "seen.wolf_ground.clean_owner.stranger"
    response = client.get(RESULT)
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert not response.cookies
    assert is_whole_page(response)
    assert "given" not in {field.get("name") for field in read(response).select("input")}


def test_starts_anew_for_another_group(reader: Client) -> None:
    reader.cookies[COOKIE] = "seen.wolf_ground.clean_owner.stranger"
    response = reader.post("/quizzes/gate/again/")
    assert response["Location"] == "/quizzes/gate/seen/"
    assert COOKIE not in reader.cookies


# Bad input


@pytest.mark.parametrize("cookie", ["", "seen.wolf", "owner.friend", "seen.dragon_ground.clean_owner.friend", "<b>"])
def test_sends_who_is_not_done_to_the_question_that_is_open(client: Client, cookie: str) -> None:
    client.cookies[COOKIE] = cookie
    response = client.get(RESULT)
    assert response.status_code == 302
    assert response["Location"].startswith(("/quizzes/gate/seen/", "/quizzes/gate/ground/"))


@pytest.mark.parametrize(
    "cookie",
    [
        "seen.wolf.dragon_ground.clean_owner.stranger",
        "seen.wolf.none_ground.clean_owner.stranger",
        "seen.wolf_ground.clean_owner.stranger_moon.full",
        "seen.wolf_ground.clean.track_owner.stranger.friend",
        "seen.wolf_ground.clean_owner.stranger_seen",
    ],
)
def test_leaves_out_what_was_forged_or_grew_old(client: Client, cookie: str) -> None:
    page = result(client, cookie)
    assert page.select_one(".verdict.brick")
    assert "dragon" not in str(page)


def test_keeps_the_rest_when_an_earlier_answer_changes(reader: Client) -> None:
    reader.cookies[COOKIE] = "seen.wolf_ground.track_owner.friend"
    reader.post("/quizzes/gate/seen/", {"option": "none"})
    page = read(reader.get(RESULT))
    assert one(page, "h1").text == "Look again"
    assert [item.text for item in page.select(".seen h3")] == ["A track"]


def test_takes_the_same_answer_twice(reader: Client) -> None:
    sent = [reader.post("/quizzes/gate/seen/", {"option": ["wolf", "howl"]}) for _ in range(2)]
    [kept, again] = [response.cookies[COOKIE].value for response in sent]
    assert kept == again
    assert kept.endswith("1ab")


@pytest.mark.parametrize(("sent", "said"), [([], "要点一个选项"), (["track"], "不在这一题里")])
def test_says_what_is_wrong_and_keeps_the_answer_before(reader: Client, sent: list[str], said: str) -> None:
    reader.cookies[COOKIE] = "seen.wolf"
    response = reader.post("/quizzes/gate/seen/", {"option": sent})
    assert response.status_code == 200
    assert said in response.content.decode()
    assert reader.cookies[COOKIE].value == "seen.wolf"


def test_leads_on_who_answers_out_of_order(reader: Client) -> None:
    """Who answers a later question without any cookie may have them switched off: the page says so."""
    response = reader.post("/quizzes/gate/owner/", {"option": "friend"})
    assert response["Location"] == "/quizzes/gate/seen/?kept"
    assert not response.cookies


@pytest.mark.parametrize("question", ["gone", "place"])
def test_does_not_know_a_question_that_was_renamed_or_is_anothers(reader: Client, question: str) -> None:
    assert reader.post(f"/quizzes/gate/{question}/", {"option": "wolf"}).status_code == 404
