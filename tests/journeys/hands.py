"""What a reader's hands do: choose an answer, tick a step, list what was given."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import BrowserContext, FloatRect, Locator, Page, expect

#: Cookies that are ours, whatever the prefix.
OURS = re.compile(r"^(?:__Host-)?(?:look|has|exposures|lines|[sqp]\..+)$")
#: Answers that cost something, for a member who gave a lot away. A question that is not named gets its first option.
RISKY = {
    "situation": ["in-group"],
    "codes": ["given"],
    "sender": ["bank"],
    "things": ["app", "id-photo"],
    "things-after": ["not-yet"],
    "accounts": ["password", "lent"],
    "accounts-after": ["reused"],
    "paid": ["still"],
    "tasks": ["stopped"],
    "autopay": ["charged"],
    "helped": ["any"],
    "data": ["often", "phone"],
    "adding": ["talked"],
    "ties": ["late", "relatives"],
}
#: What the reader of most journeys gave: seven steps and more come of it.
GIVEN = ("code-given", "bank-card", "phone-number", "tapped-links")
QUIZ = "/quizzes/habits/"
PLAN = "/checklist/plan/"
ON = f'a[href^="{QUIZ}"][href$="?kept"], a[href="{QUIZ}result/"]'
#: What htmx has in its hands: a request, or an answer that is on its way into the page.
UNDERWAY = ".htmx-request, .htmx-swapping, .htmx-settling"


def our_cookies(context: BrowserContext) -> dict[str, str]:
    return {cookie["name"]: cookie["value"] for cookie in context.cookies() if OURS.match(cookie["name"])}


def path_of(page: Page) -> str:
    return re.sub(r"^https?://[^/]+|[?#].*$", "", page.url)


def box(place: Locator) -> FloatRect:
    """Where it stands on the page, and how large it is."""
    found = place.bounding_box()
    assert found, f"not to be seen: {place}"
    return found


# What takes its time


@contextmanager
def sent(page: Page) -> Iterator[None]:
    """Around a tap that sends a form: goes on when the answer has come, and the page is the one that it made.

    What one looks for may stand there from the answer before, and a visit elsewhere cuts the request off.
    """
    page.evaluate("() => { document.documentElement.dataset.before = '' }")
    with page.expect_response(lambda answer: answer.request.method == "POST") as came:
        yield
    if came.value.request.is_navigation_request():
        expect(page.locator("html[data-before]")).to_have_count(0)
    else:
        expect(page.locator(UNDERWAY)).to_have_count(0)
    page.wait_for_load_state()


def until(page: Page, true: Callable[[], object]) -> None:
    """Goes on once this is so: for what no element of the page shows."""
    for _ in range(1800):
        if true():
            return
        page.wait_for_timeout(50)
    pytest.fail("it never came to be so")


# The quiz


def question(page: Page) -> Locator:
    return page.locator("section[id^=question-]")


def question_id(page: Page) -> str:
    return (question(page).get_attribute("id") or "").removeprefix("question-")


def counter(page: Page) -> tuple[int, int]:
    """Which question this is, and how many may follow at most: 第 n 题，后面最多 m 题."""
    seen = re.search(r"第\s*(\d+)\s*题，(?:后面最多\s*(\d+)\s*题|最后一题)", question(page).inner_text())
    assert seen, question(page).inner_text()
    return int(seen[1]), int(seen[2] or 0)


def feedback(page: Page) -> Locator:
    """What an answered question says, with the way on."""
    return question(page).locator("> *:not(form)").filter(has=page.locator(ON))


def way_on(page: Page) -> Locator:
    """下一题, 答完再做 or 看结果: the link to the next question or to the result."""
    return question(page).locator(ON)


def option(page: Page, value: str) -> Locator:
    """The button of a single choice, or the box of a multiple one, found by the words on it."""
    place = question(page)
    single = place.locator(f'button[name=option][value="{value}"]')
    if single.count():
        return place.get_by_role("button", name=single.inner_text().strip(), exact=True)
    box = page.locator(f'input[name=option][value="{value}"]')
    words = place.locator("label").filter(has=box).inner_text().strip()
    return place.get_by_role("checkbox", name=words, exact=True)


def answer(page: Page, *values: str) -> None:
    """Choose these options and wait for what the page says of them, or for the page that a calm answer leads on to."""
    before = question_id(page)
    change = question(page).locator("details.change")
    if change.count() and change.get_attribute("open") is None:
        change.locator("summary").click()
    boxes = [option(page, value) for value in values]
    if boxes[0].get_attribute("type") == "checkbox":
        for box in boxes:
            box.check()
        with sent(page):
            question(page).locator("form[hx-post]").get_by_role("button").click()
    else:
        with sent(page):
            boxes[0].click()
    said = page.locator(f"#question-{before} .feedback")
    expect(said.or_(page.locator(f"section.question:not(#question-{before}), #value, .verdict")).first).to_be_attached()


def answer_risky(page: Page) -> list[str]:
    """Choose the risky answer of the question shown; returns the options chosen."""
    first = question(page).locator("[name=option]").first.get_attribute("value") or ""
    values = RISKY.get(question_id(page), [first])
    answer(page, *values)
    return values


def go_on(page: Page) -> None:
    """下一题, and wait until it is there; nothing where the answer led on at once."""
    if not question(page).locator(".feedback").count():
        return
    address = way_on(page).get_attribute("href") or ""
    way_on(page).click()
    page.wait_for_url(lambda url: url.endswith(address))


def finish(page: Page) -> None:
    """From the question shown to the result, answer by answer."""
    while question(page).count():
        answer_risky(page)
        go_on(page)


# The checklist


def unfold(page: Page, exposure: str) -> None:
    """Open the group that an exposure stands in, where it is folded."""
    group = page.locator("details.group").filter(has=page.locator(f'input[name=given][value="{exposure}"]'))
    if group.get_attribute("open") is None:
        group.locator("summary").click()


def list_given(page: Page, *exposures: str) -> None:
    """Tick what was given on its form, and get the plan."""
    page.goto("/checklist/exposures/")
    for exposure in exposures:
        unfold(page, exposure)
        page.locator(f'input[name=given][value="{exposure}"]').check()
    list_it(page)


def list_it(page: Page) -> None:
    """列出我的清单, on the form of what was given."""
    with sent(page):
        page.locator("form").filter(has=page.locator("input[name=given]")).get_by_role("button").click()
    expect(page.locator("#plan")).to_be_visible()


def now(page: Page) -> Locator:
    """The card of the step to do now."""
    return page.locator("#plan article[id^=step-]")


def step_of(card: Locator) -> str:
    return (card.get_attribute("id") or "").removeprefix("step-")


def row(page: Page, step: str) -> Locator:
    return page.locator(f"#plan #step-{step}")


def button(place: Locator, state: str) -> Locator:
    return place.locator(f"button[name=state][value={state}]")


def waiting_rows(page: Page) -> list[str]:
    """The ids of the steps that are open and can be seen, besides the one to do now and what waits for others."""
    rows = page.locator("#plan .items:not(.waiting) li[id^=step-]:visible")
    rows = rows.filter(has=page.locator("button[value=done]"))
    return [step_of(rows.nth(number)) for number in range(rows.count())]


def open_row(place: Locator) -> None:
    """Open the row of a step if it is folded; the card of the step to do now is not."""
    fold = place.locator("xpath=self::li/details[not(@open)]/summary")
    if fold.count():
        fold.click()


def tick(page: Page, place: Locator, state: str = "done") -> None:
    """Set a step's state by its button here, and wait for the plan that comes of it.

    A row is opened first. Who puts an urgent one off is asked once, and says so again.
    """
    open_row(place)
    with sent(page):
        button(place, state).first.click()
    asked = page.locator("#plan form:has(input[name=sure])")
    if asked.count():
        with sent(page):
            button(asked, state).click()


def do_now(page: Page) -> str:
    """做完了 on the step to do now; returns the step."""
    step = step_of(now(page))
    tick(page, now(page))
    expect(done(page, step)).to_have_count(1)
    return step


def open_postponing(page: Page) -> None:
    """Open 以后再做 on the card of the step to do now."""
    details = now(page).locator("details").filter(has=page.locator("button[value=tonight]"))
    if details.get_attribute("open") is None:
        details.locator("summary").click()


def notice(page: Page) -> Locator:
    """What the plan says of the tick just made, without a reload."""
    return page.locator("#plan [data-focus]")


def done(page: Page, step: str) -> Locator:
    """The step where the done ones are, which are folded."""
    return page.locator(f"#plan #items-done #step-{step}")


def later(page: Page, step: str) -> Locator:
    """The step where those that are put off are."""
    return page.locator(f'#plan [aria-labelledby="items-later"] #step-{step}')
