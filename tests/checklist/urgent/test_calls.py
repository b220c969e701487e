"""What readers say in the calls of the real urgent actions, and which numbers they dial."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings

import checklist.library
from checklist.urgent.facts import Facts, conditions
from checklist.urgent.implied import facts_of
from checklist.urgent.policy import Institution
from checklist.urgent.table import run_table
from checklist.urgent.words import REASONS, Told, tell
from tests.checklist.urgent.test_invariants import everybody, few_dangers

URGENT = checklist.library.current().urgent
#: Reasons of a call to the bank for which the card has to be blocked.
BLOCK = {"bank-code", "unknown-code", "card-full", "card-password", "seen", "face", "app-inside", "controlled"}


def told(facts: Facts) -> list[Told]:
    holds = conditions(facts)
    return [tell(URGENT.policy, URGENT.words, one, holds) for one in run_table(URGENT.policy, facts).actions]


def test_gives_every_call_something_to_say() -> None:
    for row in URGENT.policy.rows:
        for action in row.do:
            assert not row.calls or all(variant.say for variant in URGENT.words.actions[action]), action


@given(facts=everybody | few_dangers())
@settings(max_examples=300)
def test_leaves_no_blank_for_a_reason_and_lists_few(facts: Facts) -> None:
    for one in told(facts):
        said = "".join(one.say)
        assert REASONS not in said
        assert "：。" not in said, "no reason where one was to stand"
        assert "。。" not in said
        assert said.count("；") <= 8, "four reasons at most in a line"


@given(facts=everybody | few_dangers())
@settings(max_examples=300)
def test_gives_the_police_and_the_bank_every_demand(facts: Facts) -> None:
    """One call says everything: the stop of the payee's account, whose phone is controlled, and what to block."""
    holds = conditions(facts)
    for action, one in zip(run_table(URGENT.policy, facts).actions, told(facts), strict=True):
        said = "".join(one.say)
        if action.id == "call-110":
            assert not holds["money-hot"] or all(word in said for word in ("紧急止付", "收款人", "元")), said
            assert not holds["controlled"] or "控制" in said, said
            assert not holds["threatened"] or "威胁" in said, said
        if action.id == "pay-cancel" and Institution.BANK in action.calls and set(action.reasons) & BLOCK:
            assert "挂失" in said, said


#: Exposures that concern a house, what has to be open beside them, and what a call to that house says of each.
CONCERNS = {
    Institution.WECHAT_PAY: {
        ("money-gone", "paid-wechat"): "那笔（　）元|（　）点转出", ("code-given", "code-wechat-pay"): "验证码",
        ("password-told", "password-pay"): "支付密码", ("payment-code",): "付款码", ("family-card",): "亲属卡",
        ("locked-out",): "登不上", ("screen-shared", "seen-while-sharing"): "共享", ("phone-controlled",): "控制",
        ("unknown-app", "app-earlier"): "软件", ("phone-lost",): "丢", ("no-signal",): "没信号",
        ("money-gone", "money-by-itself", "paid-wechat"): "不是我自己转的",
    },
    Institution.ALIPAY: {
        ("money-gone", "paid-alipay"): "那笔（　）元|（　）点转出", ("code-given", "code-alipay"): "验证码",
        ("password-told", "password-pay"): "支付密码", ("payment-code",): "付款码", ("family-card",): "亲[属情]卡",
        ("screen-shared", "seen-while-sharing"): "共享", ("phone-controlled",): "控制",
        ("unknown-app", "app-earlier"): "软件", ("phone-lost",): "丢", ("no-signal",): "没信号",
        ("money-gone", "money-by-itself", "paid-alipay"): "不是我自己转的",
    },
    Institution.BANK: {
        ("money-gone", "paid-bank"): "（　）点.*转出", ("code-given", "code-bank"): "验证码",
        ("password-told", "password-card"): "密码", ("bank-card",): "银行卡", ("face-shown",): "刷",
        ("screen-shared", "seen-while-sharing"): "共享", ("phone-controlled",): "控制",
        ("unknown-app", "app-earlier"): "软件", ("phone-lost",): "丢", ("no-signal",): "没信号",
        ("card-lent",): "租借", ("money-in",): "不认识的钱",
        ("money-gone", "money-by-itself", "paid-bank"): "不是我自己转的",
    },
}  # fmt: skip
#: What a bank is only asked about: its card was told to nobody.
ASKED_ONLY = {("money-gone", "paid-bank"), ("money-in",)}


def said_to(house: Institution, exposures: set[str]) -> str:
    """Return what these readers say to a house: the sentences for it, or those for everybody."""
    facts = facts_of(URGENT.implied, exposures)
    numbers = [URGENT.words.channels[id].number for id in URGENT.policy.channels[house]]
    lines = []
    for action, one in zip(run_table(URGENT.policy, facts).actions, told(facts), strict=True):
        if house in action.calls:
            whom = [line.partition("说：")[0] if line.startswith("打") else "" for line in one.say]
            lines += [
                line
                for line, to in zip(one.say, whom, strict=True)
                if not re.search(r"\d", to) or any(number in to for number in numbers)
            ]
    return "".join(lines)


def pairs(own: tuple[str, ...]) -> Iterator[set[str]]:
    """Yield these exposures with those of each other reader who does not say what became of them more precisely."""
    facts = [{*other} for concerns in CONCERNS.values() for other in concerns]
    for other in [*facts, *({id} for id in URGENT.implied.exposures)]:
        precise = {URGENT.implied.replaces.get(id) for id in other - {*own}}
        if own[-1] not in precise and not other & {"money-old", "money-pending"}:
            yield {*own} | other


@pytest.mark.parametrize("house", CONCERNS)
def test_a_call_names_every_open_fact_that_concerns_its_house(house: Institution) -> None:
    for own, words in CONCERNS[house].items():
        for exposures in pairs(own):
            assert re.search(words, said_to(house, exposures)), (own, exposures)


@pytest.mark.parametrize("house", CONCERNS)
def test_each_house_with_an_open_fact_is_asked_to_freeze_or_block(house: Institution) -> None:
    for own in CONCERNS[house].keys() - ASKED_ONLY:
        for exposures in pairs(own):
            assert re.search("冻结|挂失|停掉", said_to(house, exposures)), (own, exposures)


def test_asks_the_bank_about_all_days_and_warns_of_more_codes_beside_another_fact() -> None:
    for other in (("unknown-app", "app-earlier"), ("screen-shared", "seen-while-sharing")):
        [call] = [one for one in URGENT.list_for([*other, "code-given", "code-bank"]).actions if one.id == "call-bank"]
        assert "从（　）号到今天" in "".join(call.say), other
        assert "再来" in call.before, other
        assert "发来" in call.detail, other


@pytest.mark.parametrize("paid", ["", "paid-bank", "money-by-itself"])
def test_names_the_payer_s_bank_first_where_the_call_has_other_reasons(paid: str) -> None:
    """Another bank may have sent the code or issued the card: one call is not enough then."""
    for other in (
        "code-given", "code-bank", "password-card", "bank-card", "face-shown", "seen-while-sharing", "unknown-app",
        "phone-controlled", "phone-lost", "no-signal", "card-lent", "money-in",
    ):  # fmt: skip
        given = [other, URGENT.implied.replaces.get(other, other)]
        with_money = {one.id: one for one in URGENT.list_for([*given, "money-gone", *filter(None, [paid])]).actions}
        assert "钱从哪家银行出去的，先打哪家" in with_money["call-bank"].before, other
        without = {one.id: one for one in URGENT.list_for(given).actions}
        assert "出去的，先打" not in without["call-bank"].before, other
    [alone] = [one for one in URGENT.list_for(["money-gone", "paid-bank"]).actions if one.id == "call-bank"]
    assert "出去的，先打" not in alone.before


def test_no_call_and_no_evidence_of_a_merged_list_leads_away_to_another_case() -> None:
    for case in URGENT.cases.values():
        for more in case.also:
            for one in URGENT.list_for([*case.given, more]).actions:
                if one.id in {"call-bank", "call-wallet", "carrier-check", "evidence"}:
                    assert "/checklist/emergency/" not in one.detail + one.fallback, (case.id, more, one.id)


@pytest.mark.parametrize(
    ("exposures", "institution", "says"),
    [
        (("money-gone", "paid-bank"), "call-bank", ["已经报了110", "登记可疑交易"]),
        (
            ("money-gone", "paid-bank", "code-given", "code-bank"),
            "call-bank",
            ["已经报了110", "银行的验证码告诉了别人"],
        ),
        (("code-given", "bank-card"), "call-bank", ["验证码告诉了别人", "银行卡拍给了别人", "口头挂失"]),
        (("no-signal",), "carrier-loss", ["没信号", "挂失"]),
        (("phone-controlled",), "call-110", ["远程控制", "护住我卡里的钱"]),
        (("money-gone", "money-by-itself", "paid-bank"), "call-bank", ["不是我自己转的", "挂失"]),
        (("money-gone", "paid-wechat"), "call-wallet", ["冻结我的微信支付", "材料投诉"]),
        (("money-gone", "paid-wechat", "paid-alipay"), "call-wallet", ["95017说：我被骗了", "95188说：我被骗了"]),
    ],
)
def test_says_everything_in_one_call(exposures: tuple[str, ...], institution: str, says: list[str]) -> None:
    [call] = [one for one in URGENT.list_for(exposures).actions if one.id == institution]
    assert all(word in "".join(call.say) for word in says), call.say


def test_dials_from_the_calls() -> None:
    actions = URGENT.list_for(["money-gone", "code-given", "fee-pressed"]).actions
    numbers = {one.id: [channel.number for channel in one.channels] for one in actions}
    assert numbers["call-110"] == ["110"]
    assert numbers["call-wallet"] == ["95017", "95188"]
    assert numbers["tell"] == [], "96110 is asked before money is paid"
    [asked] = [one for one in URGENT.list_for(["fee-pressed"]).actions if one.id == "tell"]
    assert [channel.number for channel in asked.channels] == ["96110"]


def test_dials_from_the_page_of_a_step_that_knows_no_reader() -> None:
    for id, numbers in {
        "call-110": ["110"],
        "call-wallet": ["95017", "95188"],
        "carrier-loss": ["10086", "10010", "10000"],
        "pay-cancel": ["95017", "95188"],
    }.items():
        assert [channel.number for channel in URGENT.plain(id).channels] == numbers


def test_says_how_to_reach_the_bank_where_the_card_is_not_at_hand() -> None:
    """An app of the bank is opened on a phone that is clean and at hand."""
    for case in URGENT.cases.values():
        for form in (case.plain, *case.forms.values()):
            for one in URGENT.list_for(form.given, form.has).actions:
                if one.id == "call-bank" and "卡不在手边" in one.fallback:
                    assert "家里人" in one.fallback
                    lost_or_unclean = case.id == "phone-lost" or not {"controlled", "app-inside"}.isdisjoint(
                        one.action.reasons
                    )
                    assert ("请他用自己的手机" in one.fallback) == lost_or_unclean, (case.id, form.id)


def test_says_in_each_call_what_happened() -> None:
    for id, variants in URGENT.words.actions.items():
        assert not any("急事" in line for variant in variants for line in variant.say), id
