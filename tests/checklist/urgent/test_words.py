"""The words of the real urgent actions and cases, as a reader sees them."""

import shutil
from pathlib import Path

import pytest
from django.test import Client

import checklist.library
import guide.library
from checklist.urgent import library
from core.content.files import ContentErrors
from core.content.loader import Loader
from tests.content.words import hans
from tests.reading import one as element
from tests.reading import read

URGENT = checklist.library.current().urgent


def test_names_an_action_in_twenty_five_characters() -> None:
    for variants in URGENT.words.actions.values():
        for variant in variants:
            assert 4 <= hans(variant.title) <= 25, variant.title
            assert not variant.title.endswith("。"), variant.title
            assert variant.detail.endswith("。")
            assert variant.fallback.endswith("。")


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
