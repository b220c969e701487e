"""值不值 on a page: the answer in her own figures, errors beside their fields, and nothing kept."""

import logging
from fractions import Fraction
from typing import Any

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.worth.calculation import FIELDS
from quizzes.worth.views import duration, plain
from tests.conftest import Browser
from tests.reading import is_whole_page, one, read

ADDRESS = "/quizzes/worth-it/"
POT = {"rounds": "3", "minutes": "40分钟", "people": "１２", "reward": "三十", "came": "some", "tries": "3"}


def said(response: Any) -> str:
    place = one(read(response), "#answer")
    return " ".join(place.text.split())


def test_shows_a_form_of_the_readers_own(client: Client) -> None:
    response = client.get(ADDRESS)
    page = read(response)
    assert response["Cache-Control"] == "private, no-store"
    assert {str(field["name"]) for field in page.select("#worth [name]")} == {*FIELDS, "came", "given"}
    assert not page.select("#answer")
    assert not page.select("[role=alert].notice")


def test_writes_the_arithmetic_out(reader: Client) -> None:
    answer = said(reader.post(ADDRESS, POT))
    for line in ("一小时，换5元", "3回 × 40分钟 × 1周 = 120分钟，就是2小时", "30 ÷ 3 = 10元", "10 ÷ 120 × 60 = 5元"):
        assert line in answer


def test_takes_what_was_paid_away(reader: Client) -> None:
    answer = said(reader.post(ADDRESS, POT | {"paid": "14"}))
    assert "一小时，倒贴2元" in answer
    assert "10 − 14 = −4元" in answer


@pytest.mark.parametrize("zero", ["rounds", "minutes"])
def test_divides_by_no_time(reader: Client, zero: str) -> None:
    assert "没花时间" in said(reader.post(ADDRESS, POT | {zero: "0"}))


def test_ends_with_a_line_to_draw_and_what_stopping_costs(reader: Client) -> None:
    page = read(reader.post(ADDRESS, POT | {"days": "0", "more": "2", "paid": "8"}))
    assert "再问2个认识的人" in one(page, "blockquote").text
    stopping = one(page, '[aria-labelledby="limit"]').text
    assert "说好的30元，可能就没有了" in stopping
    assert "忙一份好处，要花2小时，问12人，付8元" in stopping
    assert "真拿到一份，要花6小时，问36人，付24元" in stopping
    assert "每多一周，再花2小时，再问12人" in stopping


def test_leaves_out_what_was_not_asked_for_or_given(reader: Client) -> None:
    nobody = str(read(reader.post(ADDRESS, POT | {"people": "0", "came": "never"})).select_one("main"))
    assert "0人" not in nobody
    assert "热闹不用花钱" in nobody
    papers = said(reader.post(ADDRESS, POT | {"came": "never", "given": ["id-photo"]}))
    assert "热闹不用拿身份证、拿钱去换" in papers


def test_names_what_was_given(reader: Client) -> None:
    page = read(reader.post(ADDRESS, POT | {"given": ["phone-number", "nonsense"]}))
    assert page.select('#answer a[href="/checklist/exposures/"]')
    assert len(page.select("#answer .facts li")) == 1
    assert page.select('input[value="phone-number"][checked]')


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"rounds": ""}, "rounds"),
        ({"minutes": "很久"}, "minutes"),
        ({"rounds": "2000", "minutes": "600"}, "minutes"),
        ({"people": "2.5"}, "people"),
        ({"reward": "-1"}, "reward"),
        ({"came": "maybe"}, "came"),
        ({"tries": ""}, "tries"),
        ({"tries": "0"}, "tries"),
        ({"weeks": "99"}, "weeks"),
    ],
)
def test_says_beside_the_field_what_is_wrong_and_keeps_the_rest(
    reader: Client, change: dict[str, str], field: str
) -> None:
    sent = POT | change
    response = reader.post(ADDRESS, sent)
    assert response.status_code == 200
    page = read(response)
    assert page.select_one(f"#wrong-{field}")
    assert not page.select("#answer")
    typed = {str(box["name"]): box.get("value") for box in page.select("#worth input[type=text]")}
    assert all(typed[name] == value for name, value in sent.items() if name in typed)

    summary = one(page, "#worth > [role=alert]")
    [link] = summary.select("a")
    place = one(page, str(link["href"]))
    assert place.name == "input", "it leads to what takes the focus"
    wrong = one(page, f"#wrong-{field}")
    label = one(page, f":is(p, fieldset):has(> #wrong-{field}) :is(label, legend)").text
    assert link.text == f"{label.partition('（')[0]}：{wrong.text}"


def test_names_every_field_that_is_wrong_in_the_order_of_the_form(reader: Client) -> None:
    page = read(reader.post(ADDRESS, {"minutes": "很久", "more": "x"}))
    links = [link["href"] for link in page.select("#worth > [role=alert] a")]
    assert links == ["#worth-rounds", "#worth-minutes", "#worth-reward", "#worth-came", "#worth-more"]


@pytest.mark.parametrize("typed", ["1小时30分钟", "1 小时半", "90分", "一个半小时"])
def test_takes_a_time_as_people_write_it(reader: Client, typed: str) -> None:
    assert "3回 × 90分钟" in said(reader.post(ADDRESS, POT | {"minutes": typed}))


def test_shows_the_figure_and_two_bars_and_folds_the_rest(reader: Client) -> None:
    page = read(reader.post(ADDRESS, POT | {"paid": "4"}))
    assert one(page, "#answer h2 .figure").text == "3元"
    bars = page.select("#answer .bars li")
    assert [" ".join(one(bar, "b").text.split()) for bar in bars] == ["说好的30元", "真到手的6元"]
    assert [one(bar, ".points")["width"] for bar in bars] == ["100%", "20%"]
    assert page.select("#answer details:not([open]) .sums")
    assert page.select("#worth > details:not([open]) form")
    assert not read(reader.get(ADDRESS)).select("#worth details")


@pytest.mark.parametrize(("change", "widths"), [({"reward": "0"}, [None, None]), ({"paid": "90"}, ["100%", None])])
def test_draws_no_bar_for_nothing(reader: Client, change: dict[str, str], widths: list[str | None]) -> None:
    bars = read(reader.post(ADDRESS, POT | change)).select("#answer .bars li")
    drawn = [bar.select_one(".points") for bar in bars]
    assert [bar["width"] if bar else None for bar in drawn] == widths


def test_has_the_button_that_copies_the_line(reader: Client) -> None:
    page = read(reader.post(ADDRESS, POT))
    button = one(page, "button[data-copy][hidden]")
    place = one(page, f"#{button['data-copy']}")
    assert "到时候没成，就停" in place.text
    assert button.find_next(role="status")


def test_asks_for_the_number_of_tries_only_where_it_counts(reader: Client) -> None:
    assert said(reader.post(ADDRESS, POT | {"came": "always", "tries": "不知道"}))


def test_answers_htmx_with_the_section_alone(reader: Client, htmx: dict[str, str]) -> None:
    response = reader.post(ADDRESS, POT, headers=htmx)
    assert not is_whole_page(response)
    assert read(response).select("#worth [data-focus]")


def test_keeps_nothing(reader: Client, caplog: pytest.LogCaptureFixture) -> None:
    # No mark for the database: a query would raise.
    with caplog.at_level(logging.DEBUG):
        response = reader.post(ADDRESS, POT | {"reward": "31337"})
    assert not response.cookies
    assert response["Cache-Control"] == "private, no-store"
    assert "31337" not in caplog.text


def test_shows_what_was_typed_as_text(reader: Client) -> None:
    body = reader.post(ADDRESS, POT | {"minutes": '"><script>'}).content.decode()
    assert '"><script>' not in body


TYPED = st.one_of(st.text(max_size=12), st.integers(-5, 3000).map(str))


@settings(max_examples=40, deadline=None)
@given(st.fixed_dictionaries({}, optional=dict.fromkeys([*FIELDS, "came"], TYPED)))
def test_answers_anything(sent: dict[str, str]) -> None:
    assert Browser().post(ADDRESS, sent).status_code == 200


def test_writes_numbers_as_one_does() -> None:
    assert [plain(Fraction(*of)) for of in ((5,), (5, 2), (10, 3), (-4,))] == ["5", "2.5", "约3.33", "−4"]
    assert [duration(Fraction(of)) for of in (0, 40, 60, 100)] == ["0分钟", "40分钟", "1小时", "1小时40分钟"]


def test_says_how_a_loss_comes_about(reader: Client) -> None:
    page = read(reader.post(ADDRESS, POT | {"paid": "40"}))
    second = page.select("#answer .bars li")[1]
    assert " ".join(one(second, "b").text.split()) == "平均到手10元，去掉付的40元，倒贴30元"
    assert not second.select(".points")
    assert "你觉得值，那就值" not in page.text
