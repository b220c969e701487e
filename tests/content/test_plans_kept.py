"""What one thing earns stays in a plan beside whatever else happened, unless a stronger step stands for it."""

import datetime as dt
from collections.abc import Collection, Iterable

from hypothesis import given, settings
from hypothesis import strategies as st

from checklist.exposures import ExposureState
from checklist.plan.builder import make_plan
from checklist.plan.plan import Plan
from checklist.state.cookies import GivenExposure, Origin, Tick, TickState
from tests.content.test_plans_told import LIBRARY, PHONES, ids, plan_of

#: The steps that may take the place of another one.
STRONGER = {
    "call-bank": {"pay-cancel"},
    "call-wallet": {"pay-cancel"},
    # The police and the branch are gone to on one way.
    "card-formal": {"station"},
    "carrier-check": {"carrier-loss"},
    "cut-data": {"cut-restart"},
    "cut-flight": {"cut-restart"},
    "delete-file": {"clean"},
    # A child was told to fetch an adult.
    "go-out": {"get-adult"},
    # Whoever calls asks for the bills, too. They are not opened on an unclean phone.
    "look-bills": {"call-110", "call-bank", "call-wallet"},
    "look-again": {"credit-report", "look-ups"},
    "credit-report": {"look-ups"},
    "password-list": {"passwords"},
    "qq-lock": {"qq-freeze"},
    "recall": {"cut-restart"},
    "see-apps": {"clean"},
    "see-devices": {"wx-lock", "wx-recover", "wx-freeze"},
    "stop-paying": {"stop"},
    "tell-family": {"wx-freeze", "qq-freeze"},
    "wx-autopay": {"pdd-close-pay"},
    "wx-lock": {"wx-freeze", "wx-recover"},
    "wx-recover": {"wx-freeze"},
}
#: What is done on a clean phone alone, and what follows it.
AFTER_CLEAN = {"family-card-off", "pdd-close-pay", "pdd-check", "look-bills", "passwords", "look-ups", "credit-report"}
TODAY = dt.date(2026, 11, 22)
#: Exposures that speak of one thing, beside those under one top.
SAME = {"brushing-paid": "money-gone"}
#: Their evidence stands outside a phone, so it can be kept where the phone is lost.
MONEY = {"money-gone", "fee-pressed", "money-in", "card-lent", "loan-found"}


def things(exposures: Collection[str]) -> Iterable[tuple[str, set[str]]]:
    """Return the exposures by the thing that they speak of, each more precise one with its general one."""
    tops = {id: SAME.get(top := LIBRARY.exposures[id].under or id, top) for id in exposures}
    return [(top, {id for id in exposures if tops[id] == top}) for top in sorted(set(tops.values()))]


def lost(exposures: Collection[str], has: Collection[str] | None) -> set[tuple[str, str]]:
    """Return what each thing earns alone and misses in the whole plan."""
    whole = set(ids(plan_of(exposures, has).everything))
    missing = {
        (top, step)
        for top, own in things(exposures)
        for step in ids(plan_of(own, has).everything)
        if STRONGER.get(step, set()).isdisjoint(whole) and step not in whole
    }
    if "phone-lost" in exposures:
        missing = {(top, step) for top, step in missing if step != "evidence" or top in MONEY}
    return missing


@given(exposures=st.sets(st.sampled_from(sorted(LIBRARY.exposures)), max_size=6), has=st.sampled_from(PHONES))
@settings(max_examples=250)
def test_keeps_what_each_thing_earned(exposures: set[str], has: set[str] | None) -> None:
    assert lost(LIBRARY.with_above(exposures), has) == set()


def test_keeps_what_each_thing_earned_where_everything_happened() -> None:
    for has in PHONES:
        assert lost(LIBRARY.exposures, has) == set(), has


def test_keeps_evidence_of_money_and_the_demand_where_the_phone_is_lost() -> None:
    plan = plan_of(["phone-lost", "money-gone", "fee-pressed"])
    assert "evidence" in ids(plan.everything)
    [told] = [item.told for item in plan.today if item.step.id == "evidence"]
    assert told is not None
    assert told.title == "手机不在手里，记录从别处留下来"


def test_names_evidence_and_both_wallets_where_everything_happened() -> None:
    for has in PHONES:
        plan = plan_of(LIBRARY.exposures, has)
        titles = {item.step.id: item.title for item in plan.everything}
        assert "evidence" in titles, has
        assert "95017" in titles["call-wallet"], has
        assert "95188" in titles["call-wallet"], has
        called = [one for item in plan.today if item.told for one in item.told.channels]
        assert {"95017", "95188"} <= {channel.number for channel in called}


def test_lists_the_ways_of_an_account_in_the_order_of_the_step() -> None:
    for exposure, first in (("account-lent", "wx-password"), ("let-sign-in", "wx-devices")):
        [item] = [item for item in plan_of([exposure]).today if item.step.id == "wx-lock"]
        assert item.procedures[0].id == first, exposure


def put_off(exposures: Iterable[str], step: str, state: TickState = TickState.TONIGHT) -> Plan:
    given = {id: GivenExposure(ExposureState.OPEN, Origin.READER) for id in exposures}
    return make_plan(LIBRARY, given, {step: Tick(state, TODAY)}, TODAY)


def test_holds_back_by_a_call_that_is_put_off_nothing_that_can_be_done_without_it() -> None:
    for case in LIBRARY.cases.values():
        for form in (case.plain, *case.forms.values()):
            for told in LIBRARY.urgent.list_for(form.given, form.has).actions:
                waiting = set(ids(put_off(form.given, told.id).blocked))
                allowed = {"evidence": {"clean", "delete-file"}, "station": {"clean"}}
                if told.id != "clean":
                    assert waiting <= allowed.get(told.id, set()) | AFTER_CLEAN, (case.id, told.id)


def test_destroys_nothing_before_the_evidence_that_is_put_off() -> None:
    assert "clean" in ids(put_off(["unknown-app"], "evidence").blocked)
    assert "passwords" in ids(put_off(["unknown-app"], "clean").blocked)
    assert not put_off(["unknown-app"], "evidence", TickState.SKIP).blocked


def test_counts_an_app_that_was_installed_beside_one_that_was_only_downloaded() -> None:
    for has in PHONES:
        both = ids(plan_of(["unknown-app", "app-downloaded"], has).everything)
        assert set(ids(plan_of(["unknown-app"], has).everything)) <= set(both), has
    assert ids(plan_of(["app-downloaded"]).everything) == ["evidence", "delete-file"]


def test_leaves_first_where_nothing_was_given() -> None:
    for group, leave in (("in-wechat-group", "wx-leave"), ("in-qq-group", "qq-leave")):
        plan = plan_of([group, "tapped-links", "nickname-avatar", "autopay", "open-adding"])
        assert ids(plan.today)[0] == leave
        # What can only be deleted from inside comes right before.
        order = ids(plan_of([group, "tapped-links", "autopay", "address-order", "relatives-pulled"]).open)
        assert order[:3] == ["tell-family", "tidy-shared", leave]
        assert ids(plan_of([group, "autopay", "bank-card"]).open)[-1] == leave, "what was given comes first"
