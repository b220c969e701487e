"""看一句话 on a page: what is answered to what is pasted, and that nothing of it is kept."""

import logging
import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from tests.reading import read

ADDRESS = "/check/"
BAD = "姐 垫300 晚上返360 先装个软件\nhttps://pinduoduo.com.hb-fuli.example/lq.apk"

#: Messages without a sign, and whether money is spoken of.
PLAIN = {"明天物业停水，请大家提前接水": False, "妈，晚上回来吃饭不": False, "妈，菜钱一共30元，晚上带给你": True}


def post(reader: Client, *texts: str) -> Any:
    return reader.post(ADDRESS, {"text": list(texts)})


def verdict(response: Any) -> str:
    [place] = read(response).select("[data-verdict]")
    return str(place["data-verdict"])


def said_on(response: Any, place: str = "main") -> str:
    found = read(response).select_one(place)
    assert found
    return found.text


def kept(response: Any) -> list[str]:
    return [area.text for area in read(response).select("textarea") if area.text]


def test_shows_a_stored_form(client: Client) -> None:
    response = client.get(ADDRESS)
    page = read(response)
    assert response["Cache-Control"].startswith("public")
    assert page.select_one("form#paste[method=post] textarea[name=text]")
    assert not page.select("[data-verdict]")


def test_answers_with_a_verdict_that_nobody_keeps(reader: Client, caplog: pytest.LogCaptureFixture) -> None:
    cache.clear()
    with caplog.at_level(logging.DEBUG):
        response = post(reader, BAD)
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert not response.cookies
    assert "垫300" not in caplog.text
    assert verdict(response) == "red"


def test_never_says_that_a_message_is_safe(reader: Client) -> None:
    response = post(reader, "妈，晚上回来吃饭不")
    assert verdict(response) == "none"
    assert "不代表可以放心" in said_on(response, "h1")
    assert "安全" not in said_on(response).replace("安全检测", "")


def test_marks_the_cues_and_tells_why(reader: Client) -> None:
    page = read(post(reader, BAD))
    marks = [mark.text for mark in page.select(".check-text mark.cue")]
    assert any("垫300" in mark for mark in marks)
    letters = {re.findall(r"（线索(.)）", mark)[0] for mark in marks}
    reasons = page.select(".why li")
    assert [reason.select(".key")[0].text for reason in reasons] == list("甲乙丙丁戊己庚辛壬癸"[: len(reasons)])
    assert letters <= {key.text for key in page.select(".why .key")}
    assert page.select(".why + .sources li")
    assert page.select_one("#did + .rows a[href='/checklist/emergency/money-gone/']")


def test_gives_the_number_to_call_above_what_to_do(reader: Client) -> None:
    said = {
        "先垫300，晚上返360": [("tel:96110", "拿不准问一声")],
        "不给3000就把你裸照发通讯录": [("tel:110", "他在吓唬你")],
        "我是市公安局王警官，马上进会议共享屏幕做笔录": [("tel:110", "自己打去问真警察")],
        "妈，晚上回来吃饭不": [],
    }
    for text, wanted in said.items():
        calls = read(post(reader, text)).select("h2 + .calls a")
        assert [(a["href"], a.text.split(str(a["href"])[4:])[-1].strip()) for a in calls] == wanted, text


def test_whoever_did_as_told_finds_the_case_of_a_false_policeman(reader: Client) -> None:
    page = read(post(reader, "我是市公安局王警官，马上进会议共享屏幕做笔录"))
    assert page.select_one(".rows.did a[href='/checklist/emergency/remote-control/']")
    assert "挂断" in page.select(".actions-list")[0].text
    assert "百万保障" not in page.select(".why")[0].text


@pytest.mark.parametrize(
    "text",
    [
        "不给3000就把你裸照发通讯录",
        "不想让你老公知道咱俩的事，就给我打三万，不然我把照片寄到你家",
        "我有你和那个人的聊天 不想离婚就三天内凑两万",
        "法院最后通知：您拖欠网贷已被起诉，请联系办案员处理，否则今天上门抓人",
    ],
)
def test_never_has_a_reader_ring_whoever_threatens(reader: Client, text: str) -> None:
    page = read(post(reader, text))
    assert page.select("h2 + .calls a[href='tel:110']")
    assert page.select_one("#did + .rows a[href='/checklist/emergency/money-gone/']")
    assert "原来的电话" not in page.select(".actions-list")[0].text


def test_tells_what_to_do_where_it_finds_nothing_and_somebody_threatens(reader: Client) -> None:
    assert "吓唬你的，打110" in said_on(post(reader, "妈，晚上回来吃饭不"), ".actions-list")


def test_gives_both_numbers_above_the_reasons_on_a_threat(reader: Client) -> None:
    page = read(post(reader, "再不交保证金就把你身份证照片发到你们小区群"))
    assert [link["href"] for link in page.select("h2 ~ .calls a")] == ["tel:110", "tel:96110"]
    assert page.select(".calls ~ h2 + .why")
    assert page.select_one("#did + .rows a[href='/checklist/emergency/pressed/']")
    assert not read(post(reader, "先垫300，晚上返360")).select("main a.now")


def test_says_of_a_harmless_message_only_what_fits_it(reader: Client) -> None:
    said = {
        "先停手": "【反诈预警】您可能正在遭遇刷单诈骗，切勿转账，请接听96110",
        "打银行卡背面的电话": "支出2000元，余额310.22元，如非本人操作请致电",
        "再贴一回": "妈，晚上回来吃饭不",
    }
    for words, text in said.items():
        verdict = said_on(post(reader, text), ".verdict")
        assert [other for other in said if other in verdict] == [words], text


def test_leads_money_that_passes_through_a_card_to_its_form(reader: Client) -> None:
    page = read(post(reader, "姐 我卡被冻结了 帮我收一笔钱再转给我"))
    assert "收了就别转" in page.select(".actions-list")[0].text
    assert page.select_one("#did + .rows a[href='/checklist/emergency/account-lent/money-in/']")


def test_leads_a_cry_for_help_to_the_emergency_case_above_all_else(reader: Client) -> None:
    response = post(reader, "我被骗了，钱转走了怎么办")
    page = read(response)
    links = [str(link["href"]) for link in page.select("main a")]
    assert links[0] == "tel:110"
    assert "/checklist/emergency/money-gone/" in links[:3]
    assert "看真假" not in said_on(response, "h1")
    assert verdict(response) == "none"
    assert not page.select(".verdict")
    assert kept(response)


def test_says_under_a_cry_what_is_suspicious_in_the_message(reader: Client) -> None:
    page = read(post(reader, f"我把验证码发给他了怎么办\n他原话是：{BAD}"))
    assert page.select_one("main > [data-cry=code-given] + [data-verdict=red] h2")
    assert len(page.select("h1")) == 1


@pytest.mark.parametrize("text", ["妈，晚上回来吃饭不", "好", "https://t.cn/A6abc", BAD])
def test_leads_whoever_has_already_done_it_to_help_at_once(reader: Client, text: str) -> None:
    page = read(post(reader, text))
    link = page.select_one("h1 + .rows a, [data-verdict] + .rows a")
    assert link
    assert link["href"] in ("/checklist/emergency/", "#did")


def test_speaks_of_paying_only_where_the_message_does(reader: Client) -> None:
    said = {text: "先别付" in said_on(post(reader, text), ".actions-list") for text in PLAIN}
    assert said == PLAIN


def test_takes_links_apart_without_making_one(reader: Client) -> None:
    response = post(reader, BAD)
    page = read(response)
    [domain] = page.select(".check-domain")
    assert domain.text == "hb-fuli.example"
    assert "不是拼多多" in said_on(response, ".check-link")
    assert not [link for link in page.select("a") if "hb-fuli" in str(link.get("href"))]


def test_tells_a_passphrase(reader: Client) -> None:
    assert "口令" in said_on(post(reader, "复制这条消息，打开拼多多就能帮我 ¥Zk8fQ2mTx7¥"))


def test_adds_a_second_message_to_the_first(reader: Client) -> None:
    first = post(reader, "妈，晚上回来吃饭不")
    fields = [area["name"] for area in read(first).select("#paste textarea")]
    assert fields == ["text", "text"]
    both = post(reader, "妈，晚上回来吃饭不", "先垫300，晚上返360")
    assert verdict(both) == "red"
    assert kept(both) == ["妈，晚上回来吃饭不", "先垫300，晚上返360"]


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "还没有字"), (" \n\u200b\u3000 ", ""), ("砍" * 4001, "最多看4000个字，你贴了4001个")],
    ids=["empty", "nothing to see", "too long"],
)
def test_refuses_with_a_sentence_and_keeps_the_text(reader: Client, text: str, said: str) -> None:
    response = post(reader, text)
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    assert said in said_on(response)
    if len(text) > 10:
        assert kept(response) == [text]


@pytest.mark.parametrize(
    ("text", "expected", "said"),
    [
        ("😀😀👍🏻", "short", "只有表情"),
        ("微信图片_20260718.jpg", "short", "图片的名字"),
        ("好", "short", "就这几个字"),
        ("Hello, please confirm your order", "none", "没有中文"),
        ("Привет, как дела", "none", "没有中文"),
        ("垫\u200b3\u200b0\u200b0 晚\u200b上返360", "red", ""),
        ("垫３００晚上返３６０", "red", ""),
        ("請您開啟螢幕共享，我教您取消扣款", "red", ""),
        ("\n".join(f"https://a{number}.example/" for number in range(25)), "none", "还有5个没看"),
        ("<script>alert(1)</script><b>代砍</b>", "red", "<script>alert(1)</script>"),
        ("\x00\x07\x1b[31m代砍\u202e价", "red", ""),
        ("代砍\r\n\r\n价", "red", ""),
        ("https://mobile.yangkeduo.com/a", "none", "拼多多平常用的"),
        ("https://t.cn/A6abc", "amber", "短链接"),
    ],
)
def test_answers_any_text_with_a_sentence(reader: Client, text: str, expected: str, said: str) -> None:
    response = post(reader, text)
    assert response.status_code == 200
    assert verdict(response) == expected
    assert said in said_on(response)
    assert kept(response)
    assert not read(response).select("main script, .check-text b")
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\u202a-\u202e]", response.content.decode())


def test_reads_a_form_without_the_field(reader: Client) -> None:
    assert "还没有字" in said_on(reader.post(ADDRESS, {}))
    assert reader.put(ADDRESS).status_code == 405


def test_its_examples_are_judged_as_they_should_be(reader: Client) -> None:
    buttons = read(reader.get(ADDRESS)).select(".check-examples button")
    assert [verdict(post(reader, str(button["value"]))) for button in buttons] == ["red", "red", "none"]


@pytest.mark.parametrize(
    "address", ["/", "/quizzes/", "/checklist/emergency/", "/guide/fake-links/", "/guide/real-link/"]
)
def test_other_pages_lead_to_it(client: Client, address: str) -> None:
    assert read(client.get(address)).select_one(f"main a[href='{ADDRESS}']")


def test_explains_itself(client: Client) -> None:
    page = read(client.get("/check/method/"))
    assert page.select_one("#limits")
    assert len(page.select("#signs + .facts li")) >= 14
