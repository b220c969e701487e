"""The practice on the screen: a scene asked and revealed, how sure, the result, and another round."""

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from tests.reading import is_whole_page, one, read

pytestmark = pytest.mark.usefixtures("tiny")

FOLDER = "/quizzes/practice/"
#: The first round of the tiny scenes; ivory is left for the second.
ROUND = ["amber", "birch", "cedar", "dusk", "ember", "flint", "grove", "hazel"]
FIRST, SECOND = f"{FOLDER}amber/", f"{FOLDER}birch/"
SURE, RESULT, AGAIN = f"{FOLDER}sure/", f"{FOLDER}result/", f"{FOLDER}again/"
COOKIE = "q.practice"
#: Amber, dusk and grove are harmless: here flint was missed and grove taken for suspicious.
PLAYED = "0.01f02s03s04f05s06f07s08s."


def path(address: str) -> str:
    return address.partition("?")[0]


def kept(response: Any) -> str:
    return str(response.cookies[COOKIE].value)


def without_cookies(page: BeautifulSoup) -> bool:
    return "Cookie" in " ".join(notice.text for notice in page.select("main .notice[role=status]"))


# What anybody may read


def test_leads_from_the_first_page_to_where_the_reader_is(reader: Client) -> None:
    start = read(reader.get(FOLDER)).select_one("main form")
    assert start is not None
    assert reader.get(str(start["action"]))["Location"] == FIRST
    reader.cookies[COOKIE] = "0.01s.."
    assert reader.get(str(start["action"]))["Location"] == SECOND
    reader.cookies[COOKIE] = PLAYED + "."
    assert reader.get(str(start["action"]))["Location"] == SURE
    reader.cookies[COOKIE] = PLAYED + ".y"
    assert reader.get(str(start["action"]))["Location"] == RESULT


def test_says_how_the_scenes_are_made(client: Client) -> None:
    said = one(read(client.get(f"{FOLDER}method/")), "main").text
    for word in (
        "By hand.",
        "一共 9 条",
        "可疑的 5 条",
        "没问题的 4 条",
        "Fog",
        "Shut the gate.",
        "A year of lanterns",
    ):
        assert word in said


# Asking


def test_asks_without_a_cue_and_without_a_cookie(client: Client) -> None:
    response = client.get(FIRST)
    page = read(response)
    assert one(page, "h1").text == "By the amber"
    assert [button["value"] for button in page.select(f'form[action="{FIRST}"] button')] == ["suspicious", "fine"]
    assert not page.select("mark, .actions-list")
    assert "No hurry" not in page.text
    assert not response.cookies
    assert response["Cache-Control"] == "private, no-store"


def test_names_each_sender_and_who_that_is(client: Client) -> None:
    client.cookies[COOKIE] = "0.01f02s.."
    page = read(client.get(f"{FOLDER}cedar/"))
    assert [who.text for who in page.select("ol > li.message > .who")] == [
        "Bob（不认识）",
        "You（你）",
        "Bob（不认识）",
    ]
    assert page.select(".preview span")[0].text == "oil.lantern.example"
    assert len(page.select("svg.code[aria-hidden=true]")) == 1


def test_says_which_scene_of_eight(client: Client) -> None:
    client.cookies[COOKIE] = "0.01f.."
    page = read(client.get(SECOND))
    assert "第 2 条，共 8 条" in page.text
    assert one(page, "progress")["value"] == "2"


# Answering


def test_keeps_the_answer_and_shows_each_cue_in_place(reader: Client) -> None:
    response = reader.post(SECOND.replace("birch", "amber"), {"answer": "fine"})
    assert (response.status_code, response["Location"]) == (302, f"{FIRST}?kept")
    assert kept(response) == "0.01f.0."
    page = read(reader.get(response["Location"]))
    assert [mark.text for mark in page.select("mark")] == ["the amber key（线索1）", "now（线索2）"]
    assert [one(cue, "b").text for cue in page.select(".actions-list li")] == ["“the amber key”", "“now”"]
    assert not page.select("button[name=answer]")
    assert page.select(f'main a.button[href="{SECOND}?kept"]')


@pytest.mark.parametrize(
    ("cookie", "scene", "said"),
    [
        ("0.01f..", "amber", "看对了，这一条没问题"),
        ("0.01s..", "amber", "多留了个心眼"),
        ("0.01f02s..", "birch", "看对了，这一条可疑"),
        ("0.01f02f..", "birch", "再看一眼，这一条可疑"),
    ],
)
def test_says_kindly_what_it_was(client: Client, cookie: str, scene: str, said: str) -> None:
    client.cookies[COOKIE] = cookie
    notice = read(client.get(f"{FOLDER}{scene}/")).select_one(".notice[data-focus]")
    assert notice is not None
    assert said in notice.text
    assert "只记头一回点的" in notice.text


def test_counts_the_first_answer_where_another_tab_sends_one_more(reader: Client) -> None:
    reader.cookies[COOKIE] = "0.01f.."
    response = reader.post(FIRST, {"answer": "suspicious"})
    assert kept(response) == "0.01f.0."
    assert "你点的是“没问题”" in read(reader.get(response["Location"])).text


def test_shows_the_answer_given_where_another_form_has_none(reader: Client) -> None:
    first = reader.post(FIRST, {"answer": "fine"})
    again = reader.post(FIRST, {})
    assert path(again["Location"]) == FIRST
    assert kept(again) == kept(first)


def test_shows_an_answered_scene_again_and_the_way_back(client: Client) -> None:
    client.cookies[COOKIE] = "0.01f02s03s.."
    page = read(client.get(SECOND))
    assert page.select("mark")
    assert {path(str(link["href"])) for link in page.select("main a")} >= {FIRST, f"{FOLDER}cedar/"}


@pytest.mark.parametrize("sent", [{}, {"answer": ""}, {"answer": "nonsense"}, {"option": "fine"}])
def test_asks_again_with_a_sentence_and_keeps_nothing(reader: Client, sent: dict[str, str]) -> None:
    response = reader.post(FIRST, sent)
    assert response.status_code == 200
    assert is_whole_page(response)
    assert len(one(read(response), f'form[action="{FIRST}"] [role=alert]').text) > 5
    assert not response.cookies


def test_shows_htmx_what_a_reload_shows(reader: Client, htmx: dict[str, str]) -> None:
    response = reader.post(FIRST, {"answer": "fine"}, headers=htmx)
    assert not is_whole_page(response)
    assert kept(response) == "0.01f.0."
    assert str(read(response).select_one("#scene-amber")) == str(read(reader.get(FIRST)).select_one("#scene-amber"))


def test_answers_htmx_with_a_whole_page_when_it_only_looks(reader: Client, htmx: dict[str, str]) -> None:
    assert is_whole_page(reader.get(FIRST, headers=htmx))


def test_knows_no_other_scene(reader: Client) -> None:
    assert reader.get(f"{FOLDER}nowhere/").status_code == 404
    assert reader.post(f"{FOLDER}nowhere/", {"answer": "fine"}).status_code == 404


# Where the reader is not


@pytest.mark.parametrize(
    ("cookie", "asked", "reachable"),
    [
        ("", SECOND, FIRST),
        ("", f"{FOLDER}ivory/", FIRST),
        ("0.01f..", f"{FOLDER}cedar/", SECOND),
        ("0.01f..", SURE, SECOND),
        ("0.01f..", RESULT, SECOND),
        (PLAYED + ".", RESULT, SURE),
        (PLAYED + ".", f"{FOLDER}ivory/", SURE),
        (PLAYED + ".y", f"{FOLDER}ivory/", RESULT),
        ("nonsense", SECOND, FIRST),
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
class TestElsewhere:
    """The reader is sent to where they are, with a plain sentence at a scene."""

    def test_leads_there(self, reader: Client, cookie: str, asked: str, reachable: str, method: str) -> None:
        if method == "post" and asked == RESULT:
            assert reader.post(asked).status_code == 405
            return
        reader.cookies[COOKIE] = cookie
        response = getattr(reader, method)(asked, {"answer": "fine"})
        assert (response.status_code, path(response["Location"])) == (302, reachable)
        assert not response.cookies
        page = read(reader.get(response["Location"]))
        assert bool(page.select("main .notice[role=status]")) == (reachable in (FIRST, SECOND))

    def test_tells_htmx_without_a_redirect(
        self, reader: Client, htmx: dict[str, str], cookie: str, asked: str, reachable: str, method: str
    ) -> None:
        if method == "post" and asked == RESULT:
            return
        reader.cookies[COOKIE] = cookie
        response = getattr(reader, method)(asked, {"answer": "fine"}, headers=htmx)
        assert path(json.loads(response["HX-Location"])["path"]) == reachable


def test_says_so_where_the_browser_kept_nothing(reader: Client) -> None:
    response = reader.post(FIRST, {"answer": "fine"})
    reader.cookies.clear()
    assert without_cookies(read(reader.get(response["Location"])))
    assert without_cookies(read(reader.get(f"{SECOND}?kept", follow=True)))
    assert not without_cookies(read(reader.get(FIRST)))


# How sure


def test_asks_how_sure_once(reader: Client) -> None:
    reader.cookies[COOKIE] = PLAYED + "."
    page = read(reader.get(SURE))
    assert [button["value"] for button in page.select(f'form[action="{SURE}"] button')] == ["sure", "half", "guess"]
    response = reader.post(SURE, {"sure": "half"})
    assert (response["Location"], kept(response)) == (RESULT, "0.01f02s03s04f05s06f07s08s.0.m")
    again = reader.post(SURE, {"sure": "sure"})
    assert (again["Location"], len(again.cookies)) == (RESULT, 0)


@pytest.mark.parametrize("sent", [{}, {"sure": "nonsense"}])
def test_asks_again_how_sure(reader: Client, sent: dict[str, str]) -> None:
    reader.cookies[COOKIE] = PLAYED + "."
    response = reader.post(SURE, sent)
    assert response.status_code == 200
    assert read(response).select("form [role=alert]")
    assert not response.cookies


# The result


def test_looks_like_a_chat(client: Client) -> None:
    chat = one(read(client.get(FIRST)), ".chat")
    faces = [face.text for face in chat.select(".face[aria-hidden=true]")]
    assert faces == [who.text.strip()[0] for who in chat.select(".message:not(.screen) .who")]
    assert faces


@pytest.mark.parametrize("address", [FOLDER, f"{FOLDER}method/", FIRST])
def test_says_one_thing_of_what_counts(client: Client, address: str) -> None:
    client.cookies[COOKIE] = PLAYED + ".m"
    text = one(read(client.get(address)), "main").text
    for word in ("算数", "不算分", "不计分"):
        assert word not in text


def test_counts_what_was_caught_apart_from_false_alarms(client: Client) -> None:
    client.cookies[COOKIE] = PLAYED + ".m"
    page = read(client.get(RESULT))
    assert one(page, "h1").text == "先记一句：Draught"
    assert "Shut the gate." in one(page, ".answer").text
    assert "可疑的 5 条，看出 4 条" in page.text
    assert "没问题的 3 条，看成可疑的 1 条" in page.text
    assert "多留了一个心眼" in page.text
    stamps = page.select(".stamps a")
    assert len(stamps) == 8, "one for each scene"
    again = [link for link in stamps if "got" not in str(link.parent)]
    assert [one(link, "b").text for link in again] == ["再看", "再看"]
    assert [path(str(link["href"])) for link in again] == [f"{FOLDER}flint/", f"{FOLDER}grove/"]
    assert page.select(f'form[action="{AGAIN}"] button')
    assert page.select('a[href="/checklist/plan/"]')


@pytest.mark.parametrize(
    ("cookie", "said", "never"),
    [
        (PLAYED + ".y", "你说很有把握，八条里看对了 6 条。", "多半靠猜"),
        (PLAYED + ".n", "你说多半靠猜，八条里看对了 6 条。", "很有把握"),
        ("0.01f02s03s04f05s06s07f08s..n", "你说多半靠猜，其实八条都看对了", "你说很有把握"),
        ("0.01f02s03s04f05s06s07f08s..y", "把握和眼力对得上", "停一下再点"),
        ("0.01s02s03s04s05s06s07s08s..m", "多留几个心眼", "停一下再点"),
        ("0.01s02s03s04s05s06s07s08s..m", "就是拿来跟结果对照的", "很有把握"),
    ],
)
def test_speaks_gently_of_how_sure_the_reader_was(client: Client, cookie: str, said: str, never: str) -> None:
    client.cookies[COOKIE] = cookie
    text = one(read(client.get(RESULT)), "main").text
    assert said in text
    assert never not in text
    assert "分" not in text.replace("分钟", "")
    assert "安全" not in text


# Another round


def test_begins_another_round_with_what_was_not_seen(reader: Client) -> None:
    reader.cookies[COOKIE] = PLAYED + ".m"
    response = reader.post(AGAIN)
    assert kept(response) == f"1..{sum(1 << number for number in range(1, 9)):x}."
    shown = read(reader.get(response["Location"]))
    assert "第 1 条，共 8 条" in shown.text
    twice = reader.post(AGAIN)
    assert kept(twice) == kept(response)
    assert twice["Location"] == response["Location"]


def test_comes_to_every_scene_in_two_rounds(reader: Client) -> None:
    seen = []
    for _ in range(2):
        response = reader.get(f"{FOLDER}next/", follow=True)
        while (scene := read(response).select_one("section.scene")) is not None:
            id = str(scene["id"]).removeprefix("scene-")
            seen.append(id)
            reader.post(f"{FOLDER}{id}/", {"answer": "fine"})
            response = reader.get(f"{FOLDER}next/", follow=True)
        reader.post(SURE, {"sure": "half"})
        reader.post(AGAIN)
    assert seen[:8] == ROUND
    assert set(seen) == {*ROUND, "ivory"}
    assert len(seen) == 16


def test_begins_nothing_by_looking(reader: Client) -> None:
    assert reader.get(AGAIN).status_code == 405


@pytest.mark.parametrize("cookie", ["nonsense", "....", "0.01", "0.99s..", "é", "0." + "01s" * 99, "<b>"])
def test_reads_past_a_cookie_that_makes_no_sense(client: Client, cookie: str) -> None:
    client.cookies[COOKIE] = cookie
    for address in (FIRST, SECOND, SURE, RESULT, f"{FOLDER}next/"):
        assert client.get(address, follow=True).status_code == 200


def test_loses_only_the_scene_that_goes(client: Client) -> None:
    client.cookies[COOKIE] = "0.01f42s02s.."
    page = read(client.get(f"{FOLDER}cedar/"))
    assert "第 3 条，共 8 条" in page.text
