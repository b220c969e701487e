"""What holds of the urgent actions of every reader, whatever happened to her: generated facts by the hundred."""

from enum import StrEnum

from hypothesis import given, settings
from hypothesis import strategies as st

from checklist import library
from checklist.urgent.facts import (
    Facts,
    ForeignApp,
    Live,
    Money,
    Paper,
    PaymentMeans,
    Phone,
    Pressed,
    Secret,
    Sender,
    YesNo,
    conditions,
)
from checklist.urgent.table import Action, run_table

TABLE = library.current().urgent.policy
CUTS = {"cut-restart", "cut-pull", "cut-flight", "cut-data"}
CALLS = {"pay-cancel", "carrier-loss", "carrier-check", "call-bank", "call-lender", "call-wallet"}
DESTROYS = {"clean", "delete-file"}
AFTER_CALLS = {
    "evidence", "station", "wx-lock", "wx-freeze", "wx-recover", "qq-lock", "qq-freeze", "tell", "clean", "look-ups",
    "passwords",
}  # fmt: skip
NEEDS_A_CLEAN_PHONE = {"wx-lock", "qq-lock", "wx-recover", "passwords", "look-ups", "look-bills", "credit-report"}
DANGERS = [name for name in Facts.model_fields if name not in {"os", "other", "sent", "how", "papers_old"}]


def some(values: type[StrEnum]) -> st.SearchStrategy[frozenset]:
    return st.frozensets(st.sampled_from(list(values)), max_size=3)


everybody = st.builds(
    Facts,
    live=st.sampled_from(Live), control=st.booleans(), shared=st.booleans(), seen=st.booleans(),
    app=st.sampled_from(ForeignApp),
    access=st.sampled_from(YesNo), os=st.sampled_from(Phone), money=st.sampled_from(Money), how=some(PaymentMeans),
    sent=st.booleans(), pressed=st.sampled_from(Pressed), code=some(Sender), secret=some(Secret),
    pay_code=st.booleans(), family_card=st.booleans(), sign_in=st.booleans(), locked_out=st.booleans(),
    lent=st.booleans(), lent_card=st.booleans(), money_in=st.booleans(), papers=some(Paper), papers_old=st.booleans(),
    no_signal=st.booleans(), lost=st.booleans(), loan=st.booleans(), minor=st.booleans(),
    other=st.sampled_from(YesNo),
)  # fmt: skip


@st.composite
def few_dangers(draw: st.DrawFn) -> Facts:
    """Readers to whom one to three things happened: those whom the table is mostly for."""
    facts = draw(everybody)
    kept = draw(st.sets(st.sampled_from(DANGERS), max_size=3))
    return facts.model_copy(update={name: Facts.model_fields[name].default for name in DANGERS if name not in kept})


readers = given(facts=st.one_of(everybody, few_dangers()))


def run(facts: Facts) -> tuple[list[Action], list[str], dict[str, bool]]:
    actions = list(run_table(TABLE, facts).actions)
    return actions, [action.id for action in actions], conditions(facts)


def before(order: list[str], later: str) -> set[str]:
    """Return what stands before an action, or nothing where the action is not in the list."""
    return set(order[: order.index(later)]) if later in order else set()


@readers
@settings(max_examples=300)
def test_holds_back_the_police_only_for_what_takes_seconds(facts: Facts) -> None:
    _, order, _ = run(facts)
    assert before(order, "call-110") <= {"stop", "touch-nothing", "get-adult", "pay-cancel"} | CUTS


@readers
@settings(max_examples=300)
def test_leaves_one_who_is_alone_her_line_until_the_police_are_called(facts: Facts) -> None:
    _, order, _ = run(facts.model_copy(update={"other": YesNo.NO}))
    assert not before(order, "call-110") & {"cut-flight", "cut-pull", "carrier-loss"}


@readers
@settings(max_examples=300)
def test_never_puts_flight_mode_before_a_call_on_the_only_phone(facts: Facts) -> None:
    _, order, _ = run(facts)
    if facts.other is not YesNo.YES and not facts.control:
        assert "cut-flight" not in order


@readers
@settings(max_examples=300)
def test_calls_before_anything_that_can_wait(facts: Facts) -> None:
    _, order, holds = run(facts)
    for call in CALLS & set(order):
        assert not before(order, call) & AFTER_CALLS
    assert not before(order, "call-110") & AFTER_CALLS
    assert not holds["money-hot"] or "call-110" in order


@readers
@settings(max_examples=300)
def test_types_no_password_on_an_unclean_phone_and_freezes_what_is_open(facts: Facts) -> None:
    _, order, holds = run(facts)
    if holds["unclean"]:
        assert not before(order, "clean") & NEEDS_A_CLEAN_PHONE
        assert "clean" in order
        if holds["wechat-open"]:
            assert "wx-freeze" in order
            assert "evidence" not in before(order, "wx-freeze")
        if holds["qq-open"]:
            assert "qq-freeze" in order


@readers
@settings(max_examples=300)
def test_keeps_evidence_before_whatever_destroys_it_and_never_before_a_call(facts: Facts) -> None:
    _, order, _ = run(facts)
    for action in DESTROYS & set(order):
        assert facts.lost or "evidence" in before(order, action)
    assert not before(order, "evidence") & DESTROYS
    for call in (CALLS | {"call-110"}) & set(order):
        assert "evidence" not in before(order, call)


@readers
@settings(max_examples=300)
def test_goes_to_the_station_before_it_cleans_where_money_is_gone(facts: Facts) -> None:
    _, order, holds = run(facts)
    if holds["money"]:
        assert "station" in order
        assert "station" not in order[order.index("clean") :] if "clean" in order else True


@readers
@settings(max_examples=300)
def test_hangs_up_first(facts: Facts) -> None:
    _, order, holds = run(facts)
    if holds["pressed"] or holds["live"]:
        assert order[0] == "stop"


@readers
@settings(max_examples=300)
def test_calls_each_institution_once_and_cuts_once(facts: Facts) -> None:
    actions, order, _ = run(facts)
    called = [institution for action in actions for institution in action.calls]
    assert len(called) == len(set(called))
    assert len(order) == len(set(order))
    kinds = [{"cut-restart", "cut-pull"}, {"cut-flight"}, {"cut-data"}]
    assert sum(bool(kind & set(order)) for kind in kinds) <= 1


@readers
@settings(max_examples=300)
def test_tells_each_institution_every_reason(facts: Facts) -> None:
    actions, _, holds = run(facts)
    for row in TABLE.rows:
        due = [name for name in row.any if holds[name]]
        if row.calls and due and all(holds[name] for name in row.all) and not any(holds[name] for name in row.none):
            for institution in row.calls:
                [call] = [action for action in actions if institution in action.calls]
                assert set(due) <= set(call.reasons)


@readers
@settings(max_examples=300)
def test_never_leaves_out_what_must_not_be_cut(facts: Facts) -> None:
    _, order, holds = run(facts)
    for open_account, locks in (
        ("wechat-open", {"wx-lock", "wx-freeze", "wx-recover"}),
        ("qq-open", {"qq-lock", "qq-freeze"}),
    ):
        assert not holds[open_account] or locks & set(order)
    for because, action in [
        ("pressed", "stop"), ("money-in", "touch-nothing"), ("money", "tell"), ("controlled", "tell"),
        ("id", "look-ups"), ("face", "look-ups"), ("loan", "look-ups"), ("loan", "call-lender"), ("unclean", "clean"),
        ("password", "passwords"), ("card-full", "call-bank"),
    ]:  # fmt: skip
        if because == "card-full" and "pay-cancel" in order:
            continue  # the same bank hears of it in that call
        assert not holds[because] or action in order, because


@readers
@settings(max_examples=300)
def test_puts_nothing_before_what_it_waits_for(facts: Facts) -> None:
    actions, order, _ = run(facts)
    for place, action in enumerate(actions):
        first = TABLE.actions[action.id].after
        assert not set(first) & set(order[place:]), action.id


@readers
@settings(max_examples=300)
def test_has_twenty_one_actions_at_most_and_says_why_for_each(facts: Facts) -> None:
    actions, order, holds = run(facts)
    # QQ's own lock, the pay-cancel of money not arrived, evidence on a phone at hand and what a share without a bank
    # showed come on top of every flag.
    assert len(order) <= 21 + 4
    assert all(action.reasons and all(holds[reason] for reason in action.reasons) for action in actions)
    assert len(order) == 0 or facts != Facts()


@given(other=st.sampled_from(YesNo))
def test_has_nothing_to_do_for_whom_nothing_happened(other: YesNo) -> None:
    assert run_table(TABLE, Facts(other=other)).actions == ()
