"""One order everywhere: a password that was given is changed first, after a code alone devices are removed first."""

import re
from collections.abc import Iterator

import checklist.library
import guide.library
import quizzes.library
from quizzes.risk.quiz import RiskQuiz
from tests.collecting import for_each

LIBRARY = checklist.library.current()
#: The exposures after which somebody else may sign in, and whether he knows the password.
KNOWS_PASSWORD = {
    "password-told": True,
    "account-lent": True,
    "code-wechat": False,
    "code-qq": False,
    "let-sign-in": False,
}
PROCEDURES = guide.library.current().procedures


def password_first(text: str) -> bool | None:
    """Return whether a text changes the password before it removes devices, None where it does not do both."""
    password = re.search(r"改[^，。；]{0,8}密码|密码[^，。；]{0,3}换", text)
    devices = re.search(r"(删|退)[^，。；]{0,10}设备|设备[^。；]{0,20}(删|退)", text)
    return password.start() < devices.start() if password and devices else None


def told(exposure: str) -> Iterator[tuple[str, str]]:
    """Yield where somebody with this exposure is told what to do with the account, and the words."""
    given = LIBRARY.with_above({exposure})
    for action in LIBRARY.urgent.list_for(given).actions:
        if action.id in ("wx-lock", "qq-lock"):
            yield f"title of {action.id}", action.title
            yield f"detail of {action.id}", action.detail
    yield "exposure", LIBRARY.exposures[exposure].meaning
    for quiz in quizzes.library.current().quizzes.values():
        if not isinstance(quiz, RiskQuiz):
            continue
        for id, question in quiz.policy.questions.items():
            for option_id, option in question.options.items():
                if exposure in option.exposures and not option.unsure and not option.handled:
                    yield f"{quiz.id} {id} {option_id}", quiz.questions[id].options[option_id].feedback_html


@for_each(KNOWS_PASSWORD)
def test_locks_an_account_in_the_order_that_fits_what_was_given(exposure: str) -> None:
    said = [(where, password_first(words)) for where, words in told(exposure)]
    assert said
    for where, order in said:
        assert order in (None, KNOWS_PASSWORD[exposure]), where


def test_counts_a_password_that_was_given_with_a_code() -> None:
    for given in (("account-lent", "code-given"), ("password-told", "code-given", "code-wechat")):
        [lock] = [one for one in LIBRARY.urgent.list_for(given).actions if one.id == "wx-lock"]
        assert password_first(lock.title), given


def test_says_both_orders_where_nobody_is_known() -> None:
    assert "密码给过人的，先改密码" in PROCEDURES["wx-devices"].before
    assert "先改密码" not in LIBRARY.steps["wx-lock"].first, "the same page says it in the line below"
    assert "密码告诉过人的，先改密码" in "".join(PROCEDURES["qq-password"].actions)
    sender = {action[:2]: action for action in PROCEDURES["code-sender"].actions if "发的" in action}
    assert password_first(sender["微信"]) is False
    assert password_first(sender["QQ"]) is False
    assert password_first("".join(PROCEDURES["take-back-account"].actions)) is True


def test_no_page_changes_the_password_first_after_a_code() -> None:
    for path in guide.library.CONTENT.rglob("*.md"):
        assert not re.search(r"(微信|QQ) ?发的，先\[?改", path.read_text(encoding="utf-8")), path.name
