"""The words of the real urgent actions and cases, as a reader sees them."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from hypothesis import given, settings

import checklist.library
import guide.library
from checklist.urgent import library
from checklist.urgent.facts import Facts, conditions
from checklist.urgent.implied import facts_of
from checklist.urgent.policy import Institution
from checklist.urgent.table import run_table
from checklist.urgent.words import REASONS, Told, tell
from core.content.files import ContentErrors
from core.content.loader import Loader
from tests.checklist.urgent.test_invariants import everybody, few_dangers
from tests.content.words import hans
from tests.reading import one as element
from tests.reading import read

URGENT = checklist.library.current().urgent
#: Reasons of a call to the bank for which the card has to be blocked.
BLOCK = {"bank-code", "unknown-code", "card-full", "card-password", "seen", "face", "app-inside", "controlled"}


def told(facts: Facts) -> list[Told]:
    holds = conditions(facts)
    return [tell(URGENT.policy, URGENT.words, one, holds) for one in run_table(URGENT.policy, facts).actions]


def test_names_an_action_in_twenty_five_characters() -> None:
    for variants in URGENT.words.actions.values():
        for variant in variants:
            assert 4 <= hans(variant.title) <= 25, variant.title
            assert not variant.title.endswith("。"), variant.title
            assert variant.detail.endswith("。")
            assert variant.fallback.endswith("。")


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


def test_every_variant_fits_somebody() -> None:
    """No words that nobody reads: looked for among all cases and forms with one exposure more."""
    seen: set[tuple[str, str, str]] = set()
    for case in URGENT.cases.values():
        for form in (case.plain, *case.forms.values()):
            for more in URGENT.implied.exposures:
                for has in (form.has, ("iphone",), ("no-other-phone",), ("qq",)):
                    actions = URGENT.list_for([*form.given, more], has).actions
                    seen.update((one.id, one.title, one.detail) for one in actions)
    for id, variants in URGENT.words.actions.items():
        for variant in variants:
            assert (id, variant.title, variant.detail) in seen, (id, variant.when, variant.calls)


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


def test_says_unfolded_what_must_be_known_before_the_phone_goes_dark(client: Client) -> None:
    page = read(client.get("/checklist/emergency/remote-control/"))
    [restart, pull] = page.select("#do-cut-restart > p.before, #do-cut-pull > p.before")
    assert "身边的人" in restart.text
    assert "打完再取卡" in pull.text
    client.cookies["look"] = "large"  # where only the first has room above its title
    page = read(client.get("/checklist/emergency/remote-control/"))
    assert page.select("#do-cut-restart > p.before")
    assert "打完再取卡" in page.select("#do-cut-pull details")[0].text


def test_leads_whoever_only_shared_the_screen_past_the_restart(client: Client) -> None:
    root = "/checklist/emergency/remote-control"
    asked = read(client.get(f"{root}/")).select("nav.chooser a")
    forms = ("alone", "sharing", "stopped", "shared")
    assert [link["href"] for link in asked] == [f"{root}/{form}/" for form in forms]
    for address, form in (("sharing", "seen"), ("seen", "stopped"), ("shared", "stopped")):
        assert read(client.get(f"{root}/{address}/")).select(f'.instead a[href="{root}/{form}/"]')
    actions = URGENT.list_for(URGENT.cases["remote-control"].forms["stopped"].given).actions
    assert [one.id for one in actions] == ["call-bank", "call-wallet", "evidence", "passwords"]


def test_asks_whoever_shared_no_bank_what_else_was_seen() -> None:
    actions = URGENT.list_for(URGENT.cases["remote-control"].forms["shared"].given).actions
    assert [one.id for one in actions] == ["recall", "look-bills", "evidence"]
    assert all(word in actions[0].detail for word in ("身份证", "密码", "付款页面"))


def test_leads_from_a_password_to_the_bank_and_the_wallets_before_the_account(client: Client) -> None:
    page = read(client.get("/checklist/emergency/code-given/password/"))
    for form, first in (("pay-password", "call-wallet"), ("card-password", "call-bank")):
        assert page.select(f'.instead a[href="/checklist/emergency/code-given/{form}/"]')
        actions = URGENT.list_for(URGENT.cases["code-given"].forms[form].given).actions
        assert actions[0].id == first
    assert "95017" in page.select("#do-wx-lock > p.before")[0].text


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


def test_names_another_phone_in_the_title_where_an_unclean_one_would_give_it_away() -> None:
    elsewhere = {"carrier-loss", "evidence", "wx-freeze", "qq-freeze"}
    found = [
        one
        for unclean in ("unknown-app", "phone-controlled")
        for exposure in checklist.library.current().exposures
        for one in URGENT.list_for([unclean, exposure]).actions
        if one.id in elsewhere
    ]
    assert {one.id for one in found} == elsewhere
    assert [one.title for one in found if "别的手机" not in one.title] == []


def test_says_when_to_leave_the_group_and_whom_to_warn() -> None:
    assert any("退群" in note for note in URGENT.list_for(["fee-pressed"]).notes)
    assert "先交钱" in URGENT.list_for(["fee-pressed"]).actions[0].before
    for exposure in ("account-lent", "locked-out"):
        assert any("借钱" in note for note in URGENT.list_for([exposure]).notes)


def test_says_in_each_call_what_happened() -> None:
    for id, variants in URGENT.words.actions.items():
        assert not any("急事" in line for variant in variants for line in variant.say), id


def test_asks_who_sent_the_code_before_the_first_action(client: Client) -> None:
    page = read(client.get("/checklist/emergency/code-given/"))
    links = [str(link["href"]) for link in page.select("nav.chooser a")]
    root = "/checklist/emergency/code-given"
    senders = ("bank", "wechat-pay", "alipay", "wechat", "qq", "pinduoduo", "carrier")
    assert links == [*(f"{root}/{sender}/" for sender in senders), "#do-call-bank"]
    assert page.select("nav.chooser ~ ol.todo #do-call-bank")
    assert not read(client.get(f"{root}/bank/")).select("nav.chooser")


def test_a_page_says_only_what_is_not_known_about_itself(client: Client) -> None:
    said = {form: str(read(client.get(f"/checklist/emergency/code-given/{form}/")).main) for form in ("alipay", "qq")}
    assert "QQ 新版的菜单" not in said["alipay"]
    assert "QQ 新版的菜单" in said["qq"]


def test_says_how_before_what_to_do_where_that_fails(client: Client) -> None:
    for case in URGENT.cases.values():
        for form in (case.plain, *case.forms.values()):
            page = read(client.get(f"/checklist/emergency/{case.id}/{form.id}/".replace("//", "/")))
            for action, item in zip(
                URGENT.list_for(form.given, form.has).actions, page.select(".todo > li"), strict=True
            ):
                how, other = (markup.partition("<")[0].removeprefix("①") for markup in (action.detail, action.fallback))
                assert how in item.text, (case.id, form.id, action.id)
                assert item.text.index(how) < item.text.index(other), (case.id, form.id, action.id)
                assert bool(item.select(".say")) >= bool(item.select(".calls")), (case.id, form.id, action.id)
                assert not item.select(":scope > .say + .calls"), "a number stands right below its title"


def test_asks_a_victim_nothing_about_renting_an_account(client: Client) -> None:
    page = read(client.get("/checklist/steps/wx-recover/"))
    [victim, lender] = page.select("#how-wx-find-password, #how-take-back-account")
    assert "租" not in victim.text
    assert "租借" in lender.summary.text  # type: ignore[union-attr]


def test_asks_what_fits_the_action_before_it_is_put_off() -> None:
    actions = {one.id: one for one in URGENT.list_for(["phone-controlled", "money-gone"]).actions}
    assert actions["cut-restart"].doubt == "手机还在自己动吗？"
    assert "手机还在自己动" in actions["call-110"].doubt


def test_never_promises_what_was_not_found() -> None:
    """No telephone call is promised after data is off, and no money is promised back."""
    for variants in URGENT.words.actions.values():
        for variant in variants:
            for word in ("电话照样", "一定能", "追得回", "就安全", "看住"):
                assert word not in variant.title + variant.detail + variant.fallback, variant.title


def test_has_nine_cases_in_the_order_of_the_entry() -> None:
    assert list(URGENT.cases) == [
        "remote-control", "money-gone", "pressed", "phone-lost", "unknown-app", "code-given", "account-lent",
        "papers-shown", "loan-found",
    ]  # fmt: skip
    drawings = [case.drawing for case in URGENT.cases.values()]
    assert len(drawings) == len(set(drawings))


def test_each_case_and_form_has_something_to_do_and_asks_for_the_others() -> None:
    for case in URGENT.cases.values():
        assert not set(case.also) & set(case.plain.given)
        lists = {form.id: URGENT.list_for(form.given, form.has) for form in (case.plain, *case.forms.values())}
        for id, one in lists.items():
            assert len(one.actions) >= 2, (case.id, id)
        plain = [(one.title, one.detail, one.say) for one in lists[""].actions]
        for id, one in lists.items():
            assert id == "" or [(told.title, told.detail, told.say) for told in one.actions] != plain, (case.id, id)


def test_the_first_four_actions_of_a_case_load_nothing() -> None:
    for case in URGENT.cases.values():
        for form in (case.plain, *case.forms.values()):
            for one in URGENT.list_for(form.given, form.has).actions[:4]:
                if one.cuts:
                    assert "href" not in one.detail + one.fallback, (case.id, form.id, one.id)


def test_names_words_that_are_missing_or_too_many(tmp_path: Path) -> None:
    root = tmp_path / "checklist"
    shutil.copytree(checklist.library.ROOT / "policy", root / "policy")
    shutil.copytree(checklist.library.ROOT / "content", root / "content")
    path = root / "content" / "zh-hans" / "urgent.toml"
    text = path.read_text(encoding="utf-8")
    text = text.replace("actions.recall", "actions.remember").replace('when = ["iphone"]', 'when = ["apple"]')
    path.write_text(text.replace('loan = "', 'loans = "'), encoding="utf-8")
    with pytest.raises(ContentErrors) as raised:
        library.load(Loader(root, guide.library.current().lexicon), URGENT.policy)
    said = str(raised.value)
    for words in ("'remember'", "no words for the action 'recall'", "'apple'", "'loans'", "condition of a row 'loan'"):
        assert words in said


def test_names_somebody_to_call_whoever_showed_an_identity_card_alone() -> None:
    for exposures, called in ((["id-photo"], True), (["id-photo", "bank-card"], False)):
        [kept] = [one for one in URGENT.list_for(exposures).actions if one.id == "evidence"]
        assert ("96110" in kept.before) == called


def test_says_before_anything_else_how_to_keep_the_page(client: Client) -> None:
    page = read(client.get("/checklist/emergency/"))
    assert "截个图" in element(page, ".notice").text
    assert "共享过屏幕" in page.select(".cases li")[0].text


def test_folds_what_to_say_by_the_situation_on_the_page_of_a_step(client: Client) -> None:
    page = read(client.get("/checklist/steps/call-bank/"))
    folded = page.select("details:not([open]) blockquote")
    assert len(folded) == len(URGENT.plain("call-bank").say) > 1
    assert folded == page.select("blockquote")
    assert not any("这样说" in quote.text for quote in folded)
    [said] = read(client.get("/checklist/steps/call-110/")).select("blockquote")
    assert not said.find_parents("details")
