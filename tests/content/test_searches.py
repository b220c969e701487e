"""Searches as a worried person types them: the right page is among the first three. And the tables that help."""

import tomllib
from pathlib import Path

from django.test import Client

import checklist.library
import guide.library
import quizzes.library
from core.search.query import search
from tests.collecting import for_each
from tests.reading import read
from tools import pinyin

TABLES = tomllib.loads((Path(__file__).parent / "searches.toml").read_text(encoding="utf-8"))
SEARCHES, LATER, BEYOND = TABLES["search"], TABLES["later"], TABLES["beyond"]
ENOUGH = 38
#: What stands above the guide may come after the pages that tell the same at length.
FIRST_VIEW = 5


def first(query: str, limit: int) -> list[str]:
    """The addresses of the first results, without the place in the page."""
    return [hit.document.address for hit in search(quizzes.library.current().index, query, limit)]


def first_three(query: str) -> list[str]:
    return [address.removeprefix("/guide/").strip("/") for address in first(query, 3)]


def test_puts_the_right_page_among_the_first_three() -> None:
    assert len(SEARCHES) == 40
    missed = {
        entry["query"]: found for entry in SEARCHES if not set(found := first_three(entry["query"])) & {*entry["pages"]}
    }
    assert len(SEARCHES) - len(missed) >= ENOUGH, missed


WORRIED = TABLES["worried"]


def test_puts_the_right_page_first_for_a_worried_reader() -> None:
    wanted = {entry["query"]: entry["first"] for entry in WORRIED}
    found = {query: [address.partition("#")[0] for address in first(query, 3)] for query in wanted}
    not_first = [q for q, want in wanted.items() if not (set(found[q][:1]) & {*want} if want else not found[q])]
    missed = [q for q, want in wanted.items() if not (set(found[q]) & {*want} if want else not found[q])]
    assert len(not_first) <= 0.1 * len(WORRIED), not_first
    assert len(missed) <= 0.05 * len(WORRIED), missed


FRIGHTENED = TABLES["frightened"]
#: An emergency case, and what follows it.
MOST_AFTER_A_CASE = 3


def test_puts_what_helps_first_for_a_frightened_reader() -> None:
    found = {entry["query"]: first(entry["query"], 10) for entry in FRIGHTENED}
    wrong = [entry["query"] for entry in FRIGHTENED if not found[entry["query"]][0].startswith((*entry["first"],))]
    assert len(wrong) <= 0.05 * len(FRIGHTENED), wrong
    cases = [query for query, addresses in found.items() if addresses[0].startswith("/checklist/emergency/")]
    assert [query for query in cases if len(found[query]) > 1 + MOST_AFTER_A_CASE] == []


def test_each_form_of_a_case_has_a_line_of_its_own(client: Client) -> None:
    """A result that repeats the line of its case does not say what is different in it."""
    cases = checklist.library.current().cases.values()
    lines = {passage.document.address: passage.document.line for passage in quizzes.library.current().index.passages}
    forms = {f"/checklist/emergency/{case.id}/{form}/": case.line for case in cases for form in case.forms}
    assert len(forms) > 30
    assert [address for address, line in forms.items() if lines[address] == line or not lines[address]] == []
    results = read(client.get("/search/", {"q": "付款码发给了别人"})).select_one("#results")
    assert results
    assert "第一步：" in results.text


def test_leads_to_both_pages_of_an_account_that_another_signed_in_to() -> None:
    assert first("微信被人登了", 2) == [
        "/checklist/emergency/code-given/",
        "/checklist/emergency/code-given/locked-out/",
    ]


def test_answers_plain_questions_first() -> None:
    found = {entry["query"]: (first(entry["query"], 1) or [""])[0] for entry in TABLES["asked"]}
    wrong = [e["query"] for e in TABLES["asked"] if not any(part in found[e["query"]] for part in e["first"])]
    assert len(wrong) <= 0.05 * len(TABLES["asked"]), wrong


def test_gives_the_numbers_to_whoever_does_not_want_to_live(client: Client) -> None:
    for query in ("我想死", "想自杀", "不想活了", "活着没意思"):
        page = read(client.get("/search/", {"q": query}))
        assert [link["href"] for link in page.select("#results a")][:2] == ["tel:12356", "tel:110"], query
        assert "别一个人待着" in page.select("#results .notice")[0].text
    for query in ("怎么退群", "想不开通免密支付", "不想活动一直弹"):
        assert not read(client.get("/search/", {"q": query})).select("#results .notice"), query


def test_leads_whoever_suspects_a_swindle_to_the_check_and_the_number(client: Client) -> None:
    for query in ("是不是诈骗", "这是不是骗子", "我是不是被骗了"):
        assert first(query, 3) == ["/check/", "/guide/is-this-group-safe/"], query
        page = read(client.get("/search/", {"q": query}))
        assert page.select_one("#results .notice")
        assert page.select("#results a")[0]["href"] == "tel:96110", query


UNSEEN = TABLES["unseen"]


def test_leads_the_unseen_searches_to_a_page_that_helps() -> None:
    found = {entry["query"]: [address.partition("#")[0] for address in first(entry["query"], 3)] for entry in UNSEEN}
    not_first = [entry["query"] for entry in UNSEEN if not set(found[entry["query"]][:1]) & {*entry["first"]}]
    missed = [entry["query"] for entry in UNSEEN if not set(found[entry["query"]]) & {*entry["first"]}]
    assert len(not_first) <= 0.1 * len(UNSEEN), not_first
    assert len(missed) <= 0.05 * len(UNSEEN), missed


def test_finds_something_for_every_word_that_it_knows() -> None:
    index = quizzes.library.current().index
    known = {word for group in index.lexicon.synonyms for word in group}
    known |= {phrase for intent in index.lexicon.intents for phrase in intent.phrases if len(phrase) > 1}
    known |= {token for token in index.postings if not token.startswith("~") and len(token) > 1}
    known -= {*index.lexicon.query_words.questions}
    assert len(known) > 1500
    assert [word for word in sorted(known) if not first(word, 1)] == []


def test_a_search_box_stands_where_people_look(client: Client) -> None:
    for address in ("/", "/guide/", "/search/", "/checklist/emergency/", "/nowhere/"):
        assert read(client.get(address)).select_one("main form[role=search] input[name=q]"), address


@for_each(LATER)
def test_puts_the_right_page_among_the_first_three_of_a_later_search(entry: dict[str, list[str]]) -> None:
    assert set(first_three(str(entry["query"]))) & {*entry["pages"]}


@for_each(BEYOND)
def test_finds_what_stands_above_the_guide(entry: dict[str, list[str]]) -> None:
    found = [address.partition("#")[0] for address in first(str(entry["query"]), FIRST_VIEW)]
    assert set(found) & {*entry["addresses"]}, found


def test_asks_for_pages_that_are_there() -> None:
    named = {slug for entry in (*SEARCHES, *LATER) for slug in entry["pages"] if "/" not in slug}
    assert named <= guide.library.current().pages.keys()


@for_each(guide.library.current().pages)
def test_finds_each_page_by_its_title(slug: str) -> None:
    assert first_three(guide.library.current().pages[slug].title)[0] == slug


def test_says_every_word_by_its_present_pinyin() -> None:
    assert pinyin.main(["--check"]) == 0, "run make pinyin"


def test_leads_whoever_is_to_pay_before_a_withdrawal_to_the_case_of_the_pressed() -> None:
    for query in ("交押金才能提现", "交押金才能提现800", "要先交保证金才给提现", "交了解冻费才能取"):
        assert first(query, 3)[0] == "/checklist/emergency/pressed/", query


def test_leads_to_the_emergencies_only_beside_words_that_tell_of_something(client: Client) -> None:
    for query, shown in (("亲属卡", False), ("退群怎么说", False), ("微信支付被限制了", True), ("群里有人催我", True)):
        links = [link["href"] for link in read(client.get("/search/", {"q": query})).select("#results > p > a")]
        assert ("/checklist/emergency/" in links) is shown, query


def test_leads_whose_family_was_swindled_to_the_page_for_two(client: Client) -> None:
    assert first("我妈被骗了", 2) == ["/checklist/emergency/money-gone/", "/checklist/together/"]
