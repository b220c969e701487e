"""What readers were told wrongly before, each corrected once: the real plans and words."""

import datetime as dt
import itertools
import re

import checklist.library
import guide.library
from checklist.exposures import ExposureState
from checklist.kit import owned
from checklist.plan.changes import due_again, from_case
from checklist.resume.merging import together
from checklist.state.cookies import GivenExposure, Origin, ReaderState, Tick, TickState
from checklist.urgent.words import OTHERS, Told
from core.search.documents import plain
from tests.content.test_plans_told import ids, plan_of

LIBRARY = checklist.library.current()
PROCEDURES = guide.library.current().procedures
TODAY = dt.date(2026, 11, 22)


def told(*exposures: str, has: tuple[str, ...] = ()) -> dict[str, Told]:
    """Return the urgent actions by id, in order."""
    return {action.id: action for action in LIBRARY.urgent.list_for(exposures, has).actions}


def in_order(found: list[str], *wanted: str) -> bool:
    return [id for id in found if id in wanted] == list(wanted)


def test_1_a_code_that_nobody_remembers_counts_as_a_banks_until_one_knows() -> None:
    steps = ids(plan_of(["code-unsure"]).open)
    assert in_order(steps, "call-bank", "look-bills", "see-devices")
    assert "code-sender" in LIBRARY.steps["call-bank"].policy.procedures
    assert "look-bills" in LIBRARY.steps["look-bills"].policy.procedures


def test_shows_only_who_lent_the_account_how_to_take_it_back() -> None:
    for given, shown in (["locked-out"], False), (["locked-out", "account-lent"], True):
        [item] = [item for item in plan_of(given).open if item.step.id == "wx-recover"]
        assert ("take-back-account" in {one.id for one in item.procedures}) is shown, given


def test_2_devices_come_first_after_a_code_and_the_password_after_a_password() -> None:
    assert told("code-given", "code-wechat")["wx-lock"].title.startswith("先删")
    assert told("password-told")["wx-lock"].title.startswith("先改")
    unclean = list(told("code-given", "code-wechat", "unknown-app"))
    assert "wx-lock" not in unclean
    assert in_order(unclean, "wx-freeze", "clean", "passwords")


def test_3_a_lent_account_is_locked_then_photographed_and_a_lent_card_is_not_touched() -> None:
    assert in_order(list(told("account-lent")), "wx-lock", "evidence")
    assert in_order(list(told("account-lent", "locked-out")), "wx-recover", "wx-freeze", "evidence")
    assert list(told("card-lent")) == ["touch-nothing", "call-bank", "evidence", "legal-12348", "station"]
    assert "一分也别动" in told("money-in")["touch-nothing"].title
    assert any("不用跟对方打招呼" in action for action in PROCEDURES["take-back-account"].actions)


def test_4_an_owner_takes_no_more_money_and_asks_the_police_before_a_warning() -> None:
    assert ids(plan_of(["owns-group", "relatives-pulled"]).open)[0] == "own-group-close"
    actions = PROCEDURES["own-group-close"].actions
    assert "不再收钱" in actions[0]
    assert "放人进来" in actions[0]
    places = [next(i for i, action in enumerate(actions) if word in action) for word in ("截图", "110", "提醒大家")]
    assert places == sorted(places)


def test_5_an_app_is_photographed_and_removed_in_the_right_order_on_the_right_phone() -> None:
    android = told("unknown-app", has=("android",))
    assert in_order(list(android), "evidence", "clean")
    assert re.search("无障碍.*设备管理.*卸载", android["clean"].title)
    assert "飞行模式" in android["clean"].detail
    assert "描述文件" in told("unknown-app", has=("iphone",))["clean"].title
    assert not {"cut-data", "call-bank"} & told("unknown-app", has=("iphone",)).keys()
    assert in_order(list(told("unknown-app", has=("harmony",))), "evidence", "delete-file")
    assert "clean" not in told("unknown-app", has=("harmony",))


def test_6_a_carrier_is_asked_and_the_number_blocked_only_without_signal() -> None:
    assert "carrier-check" in told("code-given", "code-carrier")
    assert "carrier-loss" not in told("code-given", "code-carrier")
    assert told("no-signal")["carrier-loss"].title.startswith("用别的手机")


def test_7_bills_are_looked_at_on_a_clean_phone() -> None:
    assert "look-bills" not in told("code-given", "unknown-app")
    assert "干净" in LIBRARY.steps["look-bills"].first


def test_8_blocking_is_enough() -> None:
    assert any("别点「删除」" in action for action in PROCEDURES["wx-block"].actions)


def test_9_the_payers_side_of_pinduoduo_comes_first() -> None:
    assert in_order(list(told("code-given", "code-pinduoduo")), "pdd-close-pay", "pdd-check")


def test_10_how_money_was_paid_says_who_is_called() -> None:
    assert "没查到会把卡号给对方" in told("money-gone", "paid-wechat")["call-wallet"].detail
    assert "call-bank" in told("money-gone", "money-old", "money-by-itself", "paid-bank")
    assert "还能不能撤" in told("money-gone", "paid-machine")["call-bank"].title
    assert "钱少" in told("money-gone", "money-old", "paid-wechat")["station"].detail


def test_11_whoever_lent_an_account_hears_the_law_in_plain_words() -> None:
    assert "不许租借" in told("account-lent")["legal-12348"].detail


def test_12_a_credit_report_waits_unless_it_can_show_something() -> None:
    assert told("id-photo")["credit-report"].action.later
    assert "look-ups" in told("id-photo")
    for reported in (("id-photo", "papers-old"), ("loan-found",)):
        assert "信用报告" in told(*reported)["look-ups"].title
        assert "credit-report" not in told(*reported)
    for given in (("id-photo", "bank-card", "card-number-only"), ("face-shown",), ("id-photo", "code-given")):
        assert "call-bank" in told(*given), given


def test_13_96110_always_comes_with_110() -> None:
    for given in (("fee-pressed",), ("fee-pressed", "under-age"), ("fee-pressed", "money-gone")):
        tell = told(*given)["tell"]
        assert "96110" not in tell.detail + "".join(tell.say) or "110" in tell.fallback.replace("96110", "")
    assert "打得通的号码" in told("money-gone")["call-110"].detail


def test_14_it_promises_nothing() -> None:
    for path in (checklist.library.ROOT / "content").rglob("*.toml"):
        text = path.read_text(encoding="utf-8")
        assert not re.search("就收得回来|手机就收回来了|就点不动了", text), path.name


def test_15_a_path_into_wechat_says_how_to_come_back() -> None:
    """Freezing signs her out of WeChat: there is nowhere to come back to."""
    for id, procedure in PROCEDURES.items():
        if procedure.app.id == "wechat" and procedure.legs and id != "wx-freeze":
            assert "回到浏览器" in "".join(procedure.actions), id


def test_evidence_asks_for_calls_first_only_where_some_are_due() -> None:
    for words in (LIBRARY.steps["evidence"].first, PROCEDURES["evidence"].actions[0]):
        assert "钱、验证码刚" in words, "a lent account has no call before its evidence"


def test_whoever_shared_a_screen_or_has_an_app_hears_whom_to_call_where_money_is_missing() -> None:
    for case, form in (
        ("remote-control", "stopped"), ("remote-control", "seen"), ("unknown-app", ""), ("unknown-app", "earlier"),
        ("unknown-app", "iphone"), ("phone-lost", ""), ("phone-lost", "lost"),
    ):  # fmt: skip
        chosen = LIBRARY.cases[case].forms[form] if form else LIBRARY.cases[case].plain
        text = "".join(one.detail + one.fallback for one in told(*chosen.given, has=chosen.has).values())
        assert 'tel:110"' in text, (case, form)


def test_a_helper_far_away_hears_the_same_order_as_the_page_of_a_moving_phone() -> None:
    first = told("phone-controlled")["cut-restart"]
    [part] = [part for part in LIBRARY.together.parts if part.id == "phone"]
    [moving] = [say.words for say in part.say if "动" in say.when]
    assert in_order(re.findall("电源键|110", moving), "电源键", "110")
    assert "电源键" in first.title
    assert not [say.when for say in part.say if "急" in say.when], "what is first depends on what happened"
    assert not [turn for turn in part.order if "急的，挂了先打110" in str(turn.why_html)]


def test_a_row_of_the_entry_names_the_demands_by_their_names() -> None:
    line = LIBRARY.cases["pressed"].line
    assert "押金" in line
    assert "保证金" in line


def test_a_small_and_old_loss_has_no_button_for_110_but_its_number_in_words() -> None:
    actions = told("money-gone", "money-old", "paid-wechat")
    assert not [channel for one in actions.values() for channel in one.channels if channel.number == "110"]
    assert 'tel:110"' in actions["station"].detail


def again(before: set[str], opened: set[str], *done: str) -> dict[str, Tick]:
    """Return the steps done today for `before` that are due again because of `opened`."""
    ticks = {id: Tick(TickState.DONE, TODAY) for id in done}
    return due_again(LIBRARY, LIBRARY.with_above(opened), ticks, TODAY, before=LIBRARY.with_above(before))


def test_16_a_call_of_today_that_left_out_what_happened_since_is_due_again() -> None:
    money = {"money-gone", "paid-bank"}
    assert again(money, {"phone-controlled"}, "call-110", "call-bank").keys() == {"call-110", "call-bank"}
    assert again(money, {"code-bank"}, "call-110", "call-bank").keys() == {"call-bank"}
    assert again({"code-alipay"}, {"code-wechat-pay"}, "call-wallet").keys() == {"call-wallet"}


def test_16_a_call_of_today_that_said_the_same_counts() -> None:
    assert again({"money-gone"}, {"paid-bank"}, "call-110", "call-bank") == {}
    assert again({"money-gone", "paid-bank"}, {"autopay", "in-wechat-group"}, "call-110", "call-bank") == {}
    assert again({"phone-controlled"}, {"phone-controlled"}, "call-110", "cut-restart") == {}


def test_16_two_plans_together_have_a_call_due_that_says_more_than_the_one_made_today() -> None:
    here, there = (
        ReaderState({id: GivenExposure(ExposureState.OPEN, Origin.READER) for id in exposures}, ticks, None)
        for exposures, ticks in (
            (("money-gone", "paid-bank"), {id: Tick(TickState.DONE, TODAY) for id in ("call-110", "call-bank")}),
            (("phone-controlled",), {}),
        )
    )
    for merged in (together(LIBRARY, here, there, TODAY), together(LIBRARY, there, here, TODAY)):
        assert {merged.ticks[id].state for id in ("call-110", "call-bank")} == {TickState.AGAIN}


#: What calls for blocking a card at the bank, whoever was paid.
BLOCKS = ("bank-card", "code-bank", "phone-controlled", "no-signal", "card-lent", "face-shown", "password-card")


def test_17_a_card_is_blocked_in_a_call_of_its_own_where_nobody_knows_who_was_paid() -> None:
    for given in BLOCKS:
        for pending in ((), ("money-pending",)):
            actions = told(*LIBRARY.with_above({"money-gone", given, *pending}))
            bank = actions["call-bank"]
            assert "钱从哪儿出去的" not in bank.title, given
            assert any("挂失这张卡" in line for line in bank.say), given
            payer = actions["pay-cancel" if pending else "call-wallet"]
            assert {"95017", "95188"} <= {channel.number for channel in payer.channels}, given
    assert "钱从哪儿出去的" in told("money-gone")["call-bank"].title


def test_18_the_police_hear_of_the_cash_whatever_else_happened() -> None:
    for given in (("phone-controlled",), ("phone-controlled", "fee-pressed", "money-by-itself")):
        for has in ((), ("no-other-phone",), ("another-phone",)):
            said = "".join(told("money-gone", "paid-cash", *given, has=has)["call-110"].say)
            assert re.search("车牌.*单号.*请马上拦住", said), (given, has)
            assert "控制" in said


def test_19_the_police_come_before_a_payment_is_cancelled_where_other_money_is_gone() -> None:
    both = ids(plan_of(["money-gone", "money-pending", "brushing-paid", "paid-bank"]).today)
    assert both[0] == "call-110"
    assert ids(plan_of(["money-gone", "money-pending", "paid-bank"]).today)[0] == "pay-cancel"
    everything = plan_of(LIBRARY.exposures)
    assert ids(everything.today)[:3] == ["stop", "cut-restart", "get-adult"]
    assert set(ids(everything.today)[: ids(everything.today).index("call-110")]) <= {
        "stop", "get-adult", "cut-restart", "cut-pull",
    }  # fmt: skip


def test_19_a_step_names_the_gravest_reason_first() -> None:
    [bank] = [item for item in plan_of(["money-gone", "paid-bank", "bank-card"]).today if item.step.id == "call-bank"]
    assert bank.because[0].id in {"money-gone", "paid-bank"}
    [cancel] = [
        item
        for item in plan_of(["code-given", "code-bank", "money-gone", "money-pending", "paid-bank"]).today
        if item.step.id == "pay-cancel"
    ]
    assert cancel.because[0].id in {"money-gone", "money-pending", "paid-bank"}


def test_19_a_step_names_one_thing_for_each_reason_first() -> None:
    for before in ("paid-bank", "paid-wechat"):
        [police] = [
            item for item in plan_of(["money-gone", before, "phone-controlled"]).today if item.step.id == "call-110"
        ]
        assert "phone-controlled" in {exposure.id for exposure in police.because[:2]}


def test_20_whoever_sent_an_unknown_code_is_called_whatever_the_bank_is_told() -> None:
    for given in (("money-gone", "money-by-itself"), ("money-gone", "paid-bank"), ("money-in",), ("money-gone",)):
        actions = told("code-given", *given)
        assert {"10086", "10010", "10000"} <= {
            channel.number for id in ("call-bank", "carrier-check") if id in actions for channel in actions[id].channels
        } or "移动打10086" in actions["call-bank"].detail, given
        assert not any("不记得" in line for action in actions.values() for line in action.say), given


def test_21_a_controlled_phone_and_a_lent_account_are_followed_by_a_look_back() -> None:
    for exposure in ("phone-controlled", "account-lent"):
        assert "look-again" in ids(plan_of([exposure]).follow_up), exposure
    for given in (LIBRARY.exposures, ["phone-controlled"], ["phone-controlled", "money-gone", "id-photo"]):
        assert "账单" in told(*given)["passwords"].title
    assert "过三十天" in told("id-photo", "papers-old")["look-ups"].detail


def test_a_case_that_knows_of_no_other_phone_says_nothing_of_apps() -> None:
    for things, known in (
        (["no-other-phone"], {"no-other-phone"}),
        (["iphone"], {"iphone", "qq", "alipay", "mailbox"}),
    ):
        state = from_case(LIBRARY, ReaderState(None, {}, None), ["phone-controlled"], things, TODAY)
        assert {*(state.has or ())} == known
    alone = frozenset({"no-other-phone"})
    assert owned(LIBRARY.kit, alone) >= LIBRARY.kit.keys() - {"another-phone"}
    later = from_case(LIBRARY, ReaderState(None, {}, alone), ["unknown-app"], ["iphone"], TODAY)
    assert {*(later.has or ())} == {"no-other-phone", "iphone", "qq", "alipay", "mailbox"}


def test_papers_of_a_month_ago_bring_a_dated_second_look() -> None:
    for exposures in (["id-photo", "papers-old"], ["id-photo", "papers-old", "bank-card"], ["loan-found"]):
        assert "look-again" in ids(plan_of(exposures).follow_up), exposures
    assert ids(plan_of(["id-photo", "bank-card"]).follow_up) == ["credit-report"]


def test_a_list_of_reasons_ends_in_a_sentence_that_can_be_read_out() -> None:
    actions = told(*LIBRARY.exposures)
    assert any(OTHERS in line for action in actions.values() for line in action.say)
    for action in actions.values():
        assert not any(line.endswith("等。") or "等。" in line for line in action.say), action.id


def test_no_action_says_a_sentence_twice() -> None:
    for pair in itertools.combinations(LIBRARY.exposures, 2):
        for action in told(*LIBRARY.with_above(pair)).values():
            sentences = re.findall(r"[^。]{8,}。", plain(action.before + action.detail + action.fallback))
            assert len({*sentences}) == len(sentences), (pair, action.id)
