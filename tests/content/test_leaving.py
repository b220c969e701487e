"""The real sheets: leaving by tie, and looking together. Calm, short, and every promise of the planner in it."""

import re

import checklist.library
from checklist.leaving.sheets import Sheet, SheetPart
from guide.editorial.readability import hans
from tests.collecting import for_each

TIES = checklist.library.current().leaving
TOGETHER = checklist.library.current().together
EVERY = [*TIES.values(), TOGETHER]
#: The order of emergencies and plans: evidence, report, authorisations, settings, leave, block.
STEPS = checklist.library.current().steps


def part(sheet: Sheet, id: str) -> SheetPart:
    return next(part for part in sheet.parts if part.id == id)


def steps(sheet: Sheet) -> list[str]:
    found = [re.fullmatch(r"/checklist/steps/(.+)/", turn.address) for turn in part(sheet, "order").order]
    return [step[1] for step in found if step]


def words(sheet: Sheet) -> str:
    html = [sheet.answer_html, *(line for part in sheet.parts for line in (*part.lines_html, *part.after_html))]
    html += [turn.why_html for part in sheet.parts for turn in part.order]
    return re.sub(r"<[^>]+>", "", "\n".join(html))


def sayings(sheet: Sheet) -> list[str]:
    return [say.words for part in sheet.parts for say in part.say]


def test_knows_five_ties_and_the_pending_reward() -> None:
    assert list(TIES) == ["strangers", "neighbours", "family", "work", "owner", "pending"]


@for_each(EVERY)
def test_speaks_in_short_sentences(sheet: Sheet) -> None:
    lengths = [length for text in re.split(r"[。！？：\n]", words(sheet)) if (length := hans(text))]
    assert sum(lengths) / len(lengths) <= 22
    assert max(lengths) <= 35


@for_each(EVERY)
def test_has_words_to_copy_that_fit_a_chat(sheet: Sheet) -> None:
    said = sayings(sheet)
    assert len(said) >= 3
    assert len(said) == len(set(said))
    assert all(hans(text) <= 70 for text in said)


@for_each(EVERY)
def test_lies_to_nobody_and_threatens_nobody(sheet: Sheet) -> None:
    for word in ("骗", "警察", "犯法", "傻", "报警", "您", "住院"):
        assert not any(word in text for text in sayings(sheet)), word


def test_says_one_sentence_once_on_the_whole_planner() -> None:
    said = [text for sheet in EVERY for text in sayings(sheet)]
    assert len(said) == len(set(said))


@for_each([id for id in TIES if id != "pending"])
def test_says_who_sees_it_and_what_is_not_known(tie: str) -> None:
    seen = "".join(part(TIES[tie], "seen").lines_html)
    for words in ("一般不弹提示", "人数会少一个", "没查实"):
        assert words in seen


@for_each([id for id in TIES if id != "pending"])
def test_puts_steps_in_the_order_of_the_plan(tie: str) -> None:
    """A part of a step has no place of its own there, and closing a group begins first and ends last."""
    ranks = [STEPS[step].policy.stage.rank for step in steps(TIES[tie]) if step in STEPS and step != "own-group-close"]
    assert ranks == sorted(ranks)
    assert ranks


def test_sends_who_leaves_strangers_the_whole_way() -> None:
    assert steps(TIES["strangers"]) == [
        "evidence", "wx-authorisations", "tidy-shared", "wx-group-adding", "wx-leave",
    ]  # fmt: skip
    order = part(TIES["strangers"], "order").order
    assert ["投诉" in order[1].title, "拉黑" in order[-1].title] == [True, True]
    assert "出过事的群" in order[0].why_html
    assert "只在" in order[1].why_html
    assert "聊天也一起没了" in order[-1].why_html


@for_each(["neighbours", "family", "work"])
def test_lets_one_stay_and_reports_no_harmless_group(tie: str) -> None:
    assert part(TIES[tie], "stay").say
    assert not {"wx-report", "wx-block"} & set(steps(TIES[tie]))
    assert "投诉" in "".join(part(TIES[tie], "order").lines_html)
    assert "免打扰" in words(TIES[tie])


def test_closes_the_group_of_an_owner_last() -> None:
    assert steps(TIES["owner"])[-1] == "own-group-close"
    assert "退钱" in words(TIES["owner"])


def test_draws_a_line_for_who_waits_for_a_reward_and_words_the_court_with_care() -> None:
    text = words(TIES["pending"])
    for needed in ("一个日子", "不再付", "没有认定欺诈", "上诉结果没查到", "我们不记"):
        assert needed in text
    assert "（　）" in part(TIES["pending"], "line").say[0].words


def test_begins_with_her_yes_and_ends_when_she_says_no() -> None:
    assert TOGETHER.parts[0].id == "ask"
    assert len(part(TOGETHER, "ask").say) == 3
    assert "改天再问" in words(TOGETHER)
    assert "不瞒着她装软件" in words(TOGETHER)


def test_looks_at_things_in_their_order_and_leaves_last() -> None:
    addresses = [turn.address for turn in part(TOGETHER, "order").order]
    assert addresses == [
        "/quizzes/habits/",
        "/checklist/steps/wx-autopay/",
        "/checklist/steps/wx-authorisations/",
        "/checklist/steps/wx-group-adding/",
        "/checklist/leaving/",
    ]


def test_sends_her_public_pages() -> None:
    sent = [say.address for say in part(TOGETHER, "send").say]
    assert sent == ["/guide/is-this-group-safe/", "/checklist/emergency/", "/checklist/leaving/"]
