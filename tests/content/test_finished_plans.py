"""What a real plan says once all that can be done today is done."""

import datetime as dt

from django.test import Client
from django.utils import timezone

from tests.reading import read

PLAN = "/checklist/plan/"


def reader_who_did_all(*given: str) -> Client:
    reader = Client()
    reader.post("/checklist/exposures/", {"given": given})
    while (item := reader.get(PLAN).context["plan"].next or reader.get(PLAN).context["plan"].now) is not None:
        reader.post(item.step.address, {"state": "done"})
    return reader


def text(reader: Client) -> str:
    page = read(reader.get(PLAN))
    return " ".join(page.main.get_text().split())  # type: ignore[union-attr]


def in_thirty_days() -> str:
    day = timezone.localdate() + dt.timedelta(days=30)
    return f"{day.month}月{day.day}日"


def test_a_follow_up_has_a_date_a_reminder_and_no_button_before_its_day() -> None:
    page = read(reader_who_did_all("money-gone", "paid-wechat").get(PLAN))
    follow_up = page.select_one("#step-look-again")
    assert follow_up is not None
    assert in_thirty_days() in follow_up.get_text()
    assert not follow_up.select("form")
    assert page.select('main a[href="/checklist/reminders/"]')


def test_a_follow_up_is_not_ticked_before_its_day() -> None:
    reader = reader_who_did_all("money-gone", "paid-wechat")
    answer = reader.post("/checklist/steps/look-again/", {"state": "done"})
    assert f"这一步要到{in_thirty_days()}才看得出来" in answer.content.decode()
    assert [item.step.id for item in reader.get(PLAN).context["plan"].undone] == ["look-again"]


def test_a_victim_who_did_all_for_now_is_warned_and_told_how_to_ask_the_police() -> None:
    said = text(reader_who_did_all("money-gone", "paid-wechat"))
    for part in ("今天的都做完了", in_thirty_days(), "交点费能帮你追钱", "把受案回执收好"):
        assert part in said
    assert "自动扣款和授权，过些日子可能又会多出来" not in said


def test_a_victim_whose_plan_is_finished_reads_nothing_of_subscriptions() -> None:
    said = text(reader_who_did_all("fee-pressed"))
    assert "清单上的都做完了" in said
    assert "自动扣款和授权，过些日子" not in said
    assert "自动扣款和授权，过些日子" in text(reader_who_did_all("tapped-links"))


def test_whoever_took_her_account_back_is_not_asked_to_freeze_it() -> None:
    reader = Client()
    reader.post("/checklist/exposures/", {"given": ["account-lent", "locked-out"]})
    assert "wx-freeze" in [item.step.id for item in reader.get(PLAN).context["plan"].today]
    reader.post("/checklist/steps/wx-freeze/", {"state": "tonight", "sure": "yes"})
    reader.post("/checklist/steps/wx-recover/", {"state": "done"})
    assert "wx-freeze" not in [item.step.id for item in reader.get(PLAN).context["plan"].undone]
    reader.post("/checklist/steps/wx-recover/", {"state": "open"})
    assert "wx-freeze" in [item.step.id for item in reader.get(PLAN).context["plan"].undone]


def test_says_to_pay_no_more_while_a_payment_is_open() -> None:
    reader = Client()
    reader.post("/checklist/exposures/", {"given": ["money-gone", "paid-wechat"]})
    for step in ("call-110", "call-wallet", "evidence", "station", "tell"):
        assert text(reader).count("先停手，一分钱也别再付") == 1, step
        reader.post(f"/checklist/steps/{step}/", {"state": "tonight", "sure": "yes"})
    assert text(reader).count("先停手，一分钱也别再付") == 1


def test_whoever_lent_an_account_and_uses_qq_closes_that_too() -> None:
    for has, due in (("qq", True), ("iphone", False)):
        reader = Client()
        reader.post("/checklist/exposures/", {"given": ["account-lent"], "has": [has]})
        assert ("qq-lock" in [item.step.id for item in reader.get(PLAN).context["plan"].today]) == due, has


def test_asks_what_fits_before_a_call_is_put_off() -> None:
    """Nobody who paid is asked whether the account still pays, and nobody who was robbed whether it goes on."""
    for given, step, doubt in (
        (("money-gone", "paid-wechat"), "call-wallet", "这笔钱，还没请他们查过吗？"),
        (("money-gone", "paid-alipay"), "call-wallet", "这笔钱，还没请他们查过吗？"),
        (("money-gone", "money-by-itself", "paid-alipay"), "call-wallet", "支付宝还没有挂失吗？"),
        (("code-given", "code-wechat-pay"), "call-wallet", "微信支付还没有冻结吗？"),
        (("money-gone", "paid-wechat"), "call-110", "钱是刚出去的，或者还没打过110吗？"),
    ):
        reader = Client()
        reader.post("/checklist/exposures/", {"given": given})
        asked = reader.post(f"/checklist/steps/{step}/", {"state": "tonight"})
        assert doubt in asked.content.decode(), (given, step)
