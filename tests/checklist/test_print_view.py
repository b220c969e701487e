"""The plan on paper: open steps alone, the numbers to call, and a code only where asked for."""

import pytest
import zxingcpp
from django.test import Client
from django.utils import timezone

from checklist.plan.plan import Item
from checklist.plan.print_views import numbers_to_call
from core.dates import write_day
from guide.sources import Channel
from tests.reading import png_pixels, read
from tests.tiny import checklist_library

ADDRESS = "/checklist/plan/print/"


@pytest.fixture
def planning(tiny, reader: Client) -> Client:
    today = write_day(timezone.localdate())
    reader.cookies.load({"exposures": "or.key-lent", "s.call-watch": f"d{today}", "s.ask-neighbour": "ymjn"})
    return reader


def titles(client: Client) -> list[str]:
    """The steps on the sheet, without the day that some are put off to."""
    headings = read(client.get(ADDRESS)).select(".plan-sheet h2")
    return [str(heading.contents[0]).strip() for heading in headings]


def test_prints_open_steps_in_order_and_those_put_off_last(planning: Client) -> None:
    shown = [title.split(". ", 1)[1] for title in titles(planning)]
    steps = checklist_library().steps
    assert steps["call-watch"].title not in shown
    assert shown[0] == steps["count-keys"].title
    assert set(shown[-3:]) == {steps[id].title for id in ("ask-neighbour", "change-lock", "sit-down")}


def test_counts_today_as_the_plan_does_and_what_is_follow_up_apart(planning: Client) -> None:
    said = read(planning.get(ADDRESS)).select_one(".sheet-date")
    assert said is not None
    assert "今天2步" in said.text
    assert f"以后{len(titles(planning)) - 2}步" in said.text


def test_says_that_an_empty_list_has_nothing_on_it(reader: Client) -> None:
    reader.cookies["exposures"] = "-"
    said = read(reader.get(ADDRESS)).select("main")[0].text
    assert "清单上没有要做的" in said
    assert "都做完了" not in said


def test_is_one_sheet_unless_the_long_one_is_asked_for(planning: Client) -> None:
    page = read(planning.get(ADDRESS))
    assert not page.select(".plan-sheet p")
    assert page.select_one(".plan-sheet.short")
    [image] = page.select(".sheet-code img.qr")
    [code] = zxingcpp.read_barcodes(png_pixels(planning.get(str(image["src"])).content))
    assert code.text.endswith("/")
    assert code.text in page.select(".sheet-code")[0].text


def test_says_how_each_is_done(planning: Client) -> None:
    [first] = [one.text for one in read(planning.get(ADDRESS + "?long")).select("ol > li") if "Ask next" in one.text]
    procedure = checklist_library().steps["ask-neighbour"].procedures[0]
    assert all(action in first for action in procedure.actions)
    assert all(label in first for leg in procedure.legs for label in leg.labels)
    assert procedure.done_when in first


def test_draws_every_path_and_tells_it_once(planning: Client) -> None:
    legs = read(planning.get(ADDRESS + "?long")).select(".plan-sheet .leg")
    assert legs
    for leg in legs:
        [phones] = leg.select(".phones[aria-hidden=true]")
        drawn = [tap.get_text(strip=True) for tap in phones.select(".tap")]
        told = leg.select("p")[-1].text.partition("。")[0]
        assert drawn == [label.strip() for label in told.split("›")]


def test_has_no_code_unless_it_is_asked_for(planning: Client) -> None:
    assert not read(planning.get(ADDRESS)).select(".mine")
    page = read(planning.get(ADDRESS + "?code"))
    [image] = page.select(".mine img.qr")
    [code] = zxingcpp.read_barcodes(png_pixels(planning.get(str(image["src"])).content))
    assert "/checklist/resume/" in code.text
    assert "里面有你的答案" in page.select(".mine")[0].text


def test_bears_its_date(planning: Client) -> None:
    today = timezone.localdate()
    said = read(planning.get(ADDRESS)).select(".sheet-date")[0].text
    assert f"{today.year}年{today.month}月{today.day}日打印" in said


@pytest.mark.usefixtures("tiny")
def test_says_when_there_is_nothing_to_print(reader: Client) -> None:
    assert "还没有清单" in read(reader.get(ADDRESS)).select("main")[0].text
    today = write_day(timezone.localdate())
    reader.cookies.load({f"s.{id}": f"d{today}" for id in checklist_library().steps})
    assert "都做完了" in read(reader.get(ADDRESS)).select("main")[0].text


def channel(number: str) -> Channel:
    return Channel(id=f"c{number}", name=number, number=number, purpose="a", asks="b", cannot="c")


def item(action: str) -> Item:
    step = checklist_library().steps["ask-neighbour"]
    return Item(step, (), procedures=(step.procedures[0].model_copy(update={"actions": (action,)}),))


def test_lists_the_police_and_the_numbers_that_its_steps_name() -> None:
    channels = [channel(number) for number in ("110", "96110", "010-12321", "12321", "95017")]
    assert [one.number for one in numbers_to_call([item("打 96110 问。")], channels)] == ["110", "96110"]
    assert [one.number for one in numbers_to_call([item("打010-12321。")], channels)] == ["110", "010-12321"]
    assert [one.number for one in numbers_to_call([item("短信来自1069950170。")], channels)] == ["110"]
    assert [one.number for one in numbers_to_call([], channels)] == ["110"]
