"""Telephone numbers: ours are links, read digit by digit; phones make none of their own."""

import re

import checklist.library
import guide.library
import quizzes.library
from checklist.steps import Step
from tests.collecting import for_each
from tests.site.visits import ERRORS, EVERY, Visit, attribute, attributes, page

STEPS = checklist.library.current().steps.values()
NUMBERS = [channel.number for channel in guide.library.current().channels.values() if channel.number]
OURS = re.compile(rf"(?<![\d.#-])(?:{'|'.join(sorted(NUMBERS, key=len, reverse=True))})(?![\d.-])")


@for_each([*EVERY, *ERRORS])
def test_keeps_phones_from_taking_numbers_for_telephones(visit: Visit) -> None:
    [content] = attributes(visit, "meta[name=format-detection]", "content")
    assert "telephone=no" in content


@for_each(EVERY)
def test_reads_a_number_digit_by_digit(visit: Visit) -> None:
    for link in page(visit).css('a[href^="tel:"]'):
        digits = re.sub(r"\D", "", attribute(link, "href"))
        assert " ".join(digits) in attribute(link, "aria-label"), link.html


@for_each(list(STEPS))
def test_dials_the_numbers_of_a_step(step: Step) -> None:
    shown = page(Visit(step.address)).css("main .actions-list li, main .leg-then, main .missing > p")
    named = set(OURS.findall("\n".join(one.text() for one in shown)))
    links = {link.removeprefix("tel:") for link in attributes(Visit(step.address), 'main a[href^="tel:"]', "href")}
    assert named <= links


def test_says_the_same_minutes_of_a_quiz_on_every_page() -> None:
    [quiz] = [one for one in quizzes.library.current().quizzes.values() if one.id == "habits"]
    for address in ("/", "/quizzes/", "/quizzes/habits/"):
        [said] = {
            minutes
            for one in page(Visit(address)).css('main a[href="/quizzes/habits/"], main > p')
            for minutes in re.findall(r"约 ?(\d+) ?分钟", one.text())
        } or [None]
        assert said == str(quiz.words.minutes), address
