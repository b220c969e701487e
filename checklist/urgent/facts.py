"""The facts that the decision table of urgent actions needs, and the conditions that follow from them.

Nothing has to be asked before the first action: each fact has a default. `Facts` is the input, and `conditions`
returns the names that the rows of checklist/policy/urgent.toml may use.
"""

from enum import StrEnum

from core.content.files import Model


class Live(StrEnum):
    """Whether somebody is on the line, or sees the screen, at this moment."""

    NO = "no"
    CALL = "call"
    SHARE = "share"


class ForeignApp(StrEnum):
    """Whether an app from outside the store was installed, and when."""

    NO = "no"
    DOWNLOADED = "downloaded"
    TODAY = "today"
    EARLIER = "earlier"


class Phone(StrEnum):
    """Which phone it is, by the mark on its back. HarmonyOS 5 and later run no Android app."""

    UNKNOWN = "unknown"
    NOT_APPLE = "not-apple"
    IPHONE = "iphone"
    HARMONY = "harmony"


class Money(StrEnum):
    """What happened to money: sent but not arrived yet, leaving now, gone since yesterday, or gone longer."""

    NO = "no"
    PENDING = "pending"
    LEAVING = "leaving"
    FRESH = "fresh"
    OLD = "old"


class PaymentMeans(StrEnum):
    """How money was paid."""

    WECHAT = "wechat"
    ALIPAY = "alipay"
    BANK = "bank"
    ATM = "atm"
    ECNY = "ecny"
    CASH = "cash"
    PINDUODUO = "pinduoduo"


class Pressed(StrEnum):
    """Whether somebody presses for a payment, or threatens."""

    NO = "no"
    PAY = "pay"
    THREAT = "threat"


class Sender(StrEnum):
    """Who sent the verification code that was given away."""

    UNKNOWN = "unknown"
    BANK = "bank"
    WECHAT_PAY = "wechat-pay"
    ALIPAY = "alipay"
    WECHAT = "wechat"
    QQ = "qq"
    CARRIER = "carrier"
    PINDUODUO = "pinduoduo"


class Secret(StrEnum):
    """Which password was given away."""

    WECHAT = "wechat"
    PAY = "pay"
    CARD = "card"
    OTHER = "other"


class Paper(StrEnum):
    """What was photographed or read out."""

    ID = "id"
    FACE = "face"
    CARD_NUMBER = "card-number"
    CARD_FULL = "card-full"


class YesNo(StrEnum):
    UNKNOWN = "unknown"
    YES = "yes"
    NO = "no"


class Facts(Model):
    """The facts about one reader. The defaults are what the table assumes if nobody was asked.

    `control`: the phone moves by itself, stays black, ignores its keys, or a share will not end. `shared`: the
    screen was shared with a stranger. `seen`: a bank's or wallet's page, a code or a password was visible
    while sharing. `access`: 无障碍 was switched on for somebody. `sent`: the reader paid; False: money left by
    itself. `lent`: an account was lent or rented out. `lent_card`: a bank card, SIM card or collection code
    was. `money_in`: unknown money came in. `papers_old`: shown more than a month ago. `other`: whether another
    phone, or somebody who has one, is there within a minute. `qq`: the reader uses QQ.
    """

    live: Live = Live.NO
    control: bool = False
    shared: bool = False
    seen: bool = False
    app: ForeignApp = ForeignApp.NO
    access: YesNo = YesNo.UNKNOWN
    os: Phone = Phone.UNKNOWN
    money: Money = Money.NO
    how: frozenset[PaymentMeans] = frozenset()
    sent: bool = True
    pressed: Pressed = Pressed.NO
    code: frozenset[Sender] = frozenset()
    secret: frozenset[Secret] = frozenset()
    pay_code: bool = False
    family_card: bool = False
    sign_in: bool = False
    locked_out: bool = False
    lent: bool = False
    lent_card: bool = False
    money_in: bool = False
    papers: frozenset[Paper] = frozenset()
    papers_old: bool = False
    no_signal: bool = False
    lost: bool = False
    loan: bool = False
    minor: bool = False
    other: YesNo = YesNo.UNKNOWN
    qq: bool = False


def conditions(facts: Facts) -> dict[str, bool]:
    """Return every condition by name, and whether it holds."""
    named = _of_one_fact(facts) | _of_the_phone(facts) | _of_money(facts)
    named |= {
        "wechat-open": bool(facts.code & {Sender.WECHAT, Sender.UNKNOWN})
        or Secret.WECHAT in facts.secret
        or facts.sign_in
        or facts.lent
        or facts.locked_out,
        "qq-open": Sender.QQ in facts.code or (facts.lent and facts.qq),
        "qq-lent": facts.lent and facts.qq,
        # Whoever has the password signs in again on the device that was removed.
        "password-first": Secret.WECHAT in facts.secret or facts.lent,
        "only-id": facts.papers == {Paper.ID} and not facts.code,
        "id-and-code": Paper.ID in facts.papers and bool(facts.code),
        "id-and-card-number": {Paper.ID, Paper.CARD_NUMBER} <= facts.papers,
        "report-now": facts.loan or facts.papers_old,
    }
    return named | {"more-than-papers": any(named[name] for name in MORE_THAN_PAPERS)}


#: What brings a bank or wallet into danger beyond a card, an identity card or a face that was shown.
MORE_THAN_PAPERS = (
    "money-from-bank", "money-from-wechat", "money-from-alipay", "paid-unknown", "bank-code", "wechat-pay-code",
    "alipay-code", "unknown-code", "card-password", "pay-password", "seen", "pay-code", "family-card", "locked-out",
    "lent-card", "money-in", "app-inside", "controlled", "no-signal", "lost",
)  # fmt: skip


def _of_one_fact(facts: Facts) -> dict[str, bool]:
    """Return the conditions that repeat one fact."""
    return {
        "live": facts.live is not Live.NO,
        "sharing": facts.live is Live.SHARE,
        "pressed": facts.pressed is not Pressed.NO,
        "threatened": facts.pressed is Pressed.THREAT,
        "minor": facts.minor,
        "seen": facts.seen,
        "only-shared": facts.shared and not facts.seen,
        "code": bool(facts.code),
        "unknown-code": Sender.UNKNOWN in facts.code,
        "bank-code": Sender.BANK in facts.code,
        "wechat-pay-code": Sender.WECHAT_PAY in facts.code,
        "alipay-code": Sender.ALIPAY in facts.code,
        "carrier-code": Sender.CARRIER in facts.code,
        "pinduoduo-code": Sender.PINDUODUO in facts.code,
        "password": bool(facts.secret),
        "card-password": Secret.CARD in facts.secret,
        "pay-password": Secret.PAY in facts.secret,
        "pay-code": facts.pay_code,
        "family-card": facts.family_card,
        "sign-in": facts.sign_in,
        "locked-out": facts.locked_out,
        "lent": facts.lent,
        "lent-card": facts.lent_card,
        "money-in": facts.money_in,
        "id": Paper.ID in facts.papers,
        "face": Paper.FACE in facts.papers,
        "card-number": Paper.CARD_NUMBER in facts.papers,
        "card-full": Paper.CARD_FULL in facts.papers,
        "no-signal": facts.no_signal,
        "lost": facts.lost,
        "loan": facts.loan,
        "alone": facts.other is YesNo.NO,
        "phone-at-hand": facts.other is YesNo.YES,
    }


def _of_the_phone(facts: Facts) -> dict[str, bool]:
    """Return the conditions that say whether the phone can be trusted."""
    iphone, harmony = facts.os is Phone.IPHONE, facts.os is Phone.HARMONY
    installed = facts.app in {ForeignApp.TODAY, ForeignApp.EARLIER}
    app = (installed or facts.access is YesNo.YES) and not harmony
    return {
        "controlled": facts.control,
        "controlled-with-help": facts.control and facts.other is not YesNo.NO,
        "unclean": facts.control or app,
        # An app on an iPhone does not see what other apps show.
        "app-inside": app and not iphone,
        "app-on-iphone": app and iphone,
        "app-just-now": (facts.app is ForeignApp.TODAY or facts.access is YesNo.YES) and not iphone and not harmony,
        "downloaded": facts.app is ForeignApp.DOWNLOADED or (installed and harmony),
        "iphone": iphone,
    }


def _of_money(facts: Facts) -> dict[str, bool]:
    """Return the conditions that say what happened to money, and which institution has to be told."""
    hot = facts.money in {Money.PENDING, Money.LEAVING, Money.FRESH}
    by_itself = facts.money is not Money.NO and not facts.sent
    # What left by itself counts as a bank's, and a purchase in Pinduoduo was paid from somewhere.
    bank = bool(facts.how - {PaymentMeans.WECHAT, PaymentMeans.ALIPAY, PaymentMeans.CASH}) or (
        by_itself and not facts.how
    )
    return {
        "money": facts.money is not Money.NO,
        "money-hot": hot,
        "money-pending": facts.money is Money.PENDING,
        "money-by-itself": by_itself,
        "money-from-bank": (hot or by_itself) and bank,
        "money-from-wechat": (hot or by_itself) and PaymentMeans.WECHAT in facts.how,
        "money-from-alipay": (hot or by_itself) and PaymentMeans.ALIPAY in facts.how,
        "paid-unknown": hot and facts.sent and not facts.how,
        "paid-unclear": (hot or by_itself) and len(facts.how - {PaymentMeans.CASH}) != 1,
        "paid-at-machine": PaymentMeans.ATM in facts.how,
        "paid-in-cash": PaymentMeans.CASH in facts.how,
        "paid-in-ecny": PaymentMeans.ECNY in facts.how,
    }


#: The names of all conditions, for the loader.
CONDITIONS = frozenset(conditions(Facts()))
