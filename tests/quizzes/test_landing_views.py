"""What anybody may read of the quizzes: the list, a quiz's first page, and how it counts."""

import pytest
from django.test import Client

from tests.reading import one, read

pytestmark = pytest.mark.usefixtures("tiny")

PAGES = ["/quizzes/", *(f"/quizzes/{quiz}/{page}" for quiz in ("lantern", "gate") for page in ("", "method/"))]


@pytest.mark.parametrize("address", [*PAGES, "/quizzes/lantern/result/"])
def test_takes_no_form(reader: Client, address: str) -> None:
    assert reader.post(address, {"option": "inside"}).status_code == 405


def test_lists_the_quizzes_in_their_order(client: Client) -> None:
    assert [link["href"] for link in read(client.get("/quizzes/")).select("main li a")] == [
        "/check/",
        "/quizzes/lantern/",
        "/quizzes/practice/",
        "/quizzes/worth-it/",
        "/quizzes/gate/",
    ]


def test_says_one_sentence_before_the_way_in(client: Client) -> None:
    page = read(client.get("/quizzes/lantern/"))
    start = one(page, 'main a.button[href="/quizzes/lantern/place/"]')
    before = [line.text for line in start.find_all_previous("p") if not line.find("a")]
    assert before == ["Who holds what. 约 2 分钟。"]
    assert one(page, "details:not([open])").select("p")[0].text == "One question a screen."


def test_leads_an_emergency_away_above_the_way_in(client: Client) -> None:
    start = one(read(client.get("/quizzes/lantern/")), 'main a.button[href="/quizzes/lantern/place/"]')
    before = [line for line in start.find_all_previous("p") if "Put the fire out first." in line.text]
    assert [one(line, "a")["href"] for line in before] == ["/checklist/emergency/"]


def test_says_that_the_way_in_goes_on_with_a_begun_quiz(client: Client) -> None:
    page = read(client.get("/quizzes/lantern/"))
    way_in = one(page, 'main a.button[href="/quizzes/lantern/place/"]')
    below = way_in.find_next("p")
    assert below
    assert way_in.text in below.text
    assert "接着上次那一题" in below.text


def test_leads_to_the_first_question_and_to_the_method(client: Client) -> None:
    page = read(client.get("/quizzes/lantern/"))
    assert one(page, "h1").text == "Lantern count"
    links = {link["href"] for link in page.select("main a")}
    assert links >= {"/quizzes/lantern/place/", "/quizzes/lantern/method/", "/quizzes/"}


def test_prints_each_question_option_and_point_of_the_method(client: Client) -> None:
    page = read(client.get("/quizzes/lantern/method/"))
    said = one(page, "main").text
    for word in ("About visits?", "It sees only what is answered.", "House", "Street", "60", "40", "70", "85", "+25"):
        assert word in said
    rows = [[cell.text.strip() for cell in row.select("th, td")] for row in page.select("tbody tr")]
    assert ["House", "60"] in rows
    given = [item.text for item in page.select("h2:-soup-contains('给出去的东西') + ul > li")]
    assert ["House +20" in given[0], "House +20" in given[1], "Street +10" in given[2], "Street +6" in given[3]] == [
        True
    ] * 4


def test_links_each_point_of_the_method_to_the_step_that_takes_it_away(client: Client) -> None:
    page = read(client.get("/quizzes/lantern/method/"))
    lent, broken = one(page, "li:-soup-contains('The key is lent')"), one(page, "li:-soup-contains('+12')")
    assert [link["href"] for link in lent.select("a")] == [
        "/checklist/steps/call-watch/",
        "/checklist/steps/count-keys/",
        "/checklist/steps/draw-map/",
        "/checklist/steps/sit-down/",
        "/checklist/steps/change-lock/",
    ]
    assert [link["href"] for link in broken.select("a")] == ["/checklist/steps/shut-bell/"]


def test_prints_each_sign_weight_and_rule_of_the_method(client: Client) -> None:
    page = read(client.get("/quizzes/gate/method/"))
    said = one(page, "main").text
    for word in ("A wolf shuts it.", "It does not see round the corner.", "A wolf", "A howl", "A track"):
        assert word in said
    rules = [item.text for item in page.select("main ol li")]
    assert len(rules) == 6
    assert rules[0].startswith("Shut：“碰上一样就停”的有1样")
    assert "“比较重”的有1样，加上“比较轻”的有1样" in rules[1]
    assert "有2题点了“不清楚”" in rules[4]
    assert rules[5].startswith("Open")
    assert "不当作看到了什么" in said


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("page", ["nowhere/place/", "Lantern/place/"])
def test_does_not_know_other_quizzes(reader: Client, method: str, page: str) -> None:
    assert getattr(reader, method)(f"/quizzes/{page}").status_code == 404


@pytest.mark.parametrize("page", ["nowhere/", "nowhere/method/", "nowhere/result/", "nowhere/card/", "Lantern/"])
def test_shows_no_page_of_other_quizzes(client: Client, page: str) -> None:
    assert client.get(f"/quizzes/{page}").status_code == 404


def test_says_before_the_first_question_what_is_counted_and_how_to_stay_out(client: Client) -> None:
    form = read(client.get("/quizzes/lantern/")).select_one('main form[action="/quizzes/count/"]')
    assert form is not None
    assert "不记是谁" in form.text
    assert [(field["name"], field["value"]) for field in form.select("[name]")] == [
        ("quiz", "lantern"),
        ("tally", "no"),
    ]


@pytest.mark.parametrize("address", ["/quizzes/lantern/method/", "/privacy/"])
def test_says_what_is_counted_where_one_looks_for_it(client: Client, address: str) -> None:
    page = read(client.get(address))
    assert page.select("h2#counted")
    assert page.select('main a[href="/quizzes/count/"]')
