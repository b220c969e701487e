"""Every link, anchor, file and form of every page works."""

import re
from collections.abc import Callable, Collection
from itertools import product
from urllib.parse import urljoin, urlsplit

import pytest
from pytest_django import Settings
from selectolax.lexbor import LexborNode

import checklist.library
import guide.library
import quizzes.library
from quizzes.engine.quiz import LINKED
from tests.collecting import for_each
from tests.site.visits import ERRORS, EVERY, PUBLIC, Visit, answer, attribute, attributes, page

KNOWN: dict[str, Callable[[], Collection[str]]] = {
    "page": lambda: guide.library.current().pages,
    "step": lambda: checklist.library.current().steps,
    "case": lambda: checklist.library.current().cases,
    "leaving": lambda: checklist.library.current().leaving,
    "checklist": lambda: checklist.library.PLACES,
    "quiz": lambda: [*quizzes.library.current().quizzes, "practice", *LINKED],
}
#: What a reader might type; letters and 值不值 take it as a number, the rest as words.
TYPED = {"date": "2026-11-01", "text": "3", "search": "3", "number": "3"}


def links(visit: Visit) -> list[str]:
    """Return the addresses within the site that a page links to."""
    found = {urljoin(visit.address, address) for address in attributes(visit, "a[href]", "href")}
    return sorted(address for address in found if not urlsplit(address).scheme)


def filled_in(form: LexborNode) -> dict[str, str]:
    """Return what a browser sends for a form: hidden fields, text, the first choice of each group, a button."""
    data: dict[str, str] = {}
    for field in form.css("input[name], textarea[name], select[name]"):
        name, kind = attribute(field, "name"), attribute(field, "type") or "text"
        if field.tag == "select":
            data[name] = attribute(field.css("option")[-1], "value")
        elif kind == "hidden" or kind in ("radio", "checkbox"):
            data.setdefault(name, attribute(field, "value") or "on")
        elif name != "homepage":  # a trap for robots, which no reader sees
            data[name] = TYPED[kind]
    for button in form.css("button[name]")[:1]:
        data.setdefault(attribute(button, "name"), attribute(button, "value"))
    return data


@pytest.mark.slow
@for_each(EVERY)
def test_leads_somewhere_by_each_link(visit: Visit) -> None:
    assert links(visit)
    for address in links(visit):
        target, _, fragment = address.partition("#")
        same_page = target == visit.address
        there = visit if same_page else Visit(target, visit.cookies)
        assert answer(there).status_code == (visit.status if same_page else 200), address
        if fragment:
            assert page(there).css(f'[id="{fragment}"]'), address


@pytest.mark.slow
@for_each(EVERY)
def test_page_can_be_opened_again_after_the_look_was_changed(visit: Visit) -> None:
    for address in attributes(visit, "#look-next, #themes-next", "value"):
        assert answer(Visit(address, visit.cookies)).status_code < 400, address


@pytest.fixture
def many_reports(settings: Settings) -> None:
    settings.REPORTS_PER_HOUR = 10_000


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.usefixtures("many_reports")
@for_each(EVERY)
def test_accepts_each_form_filled_in(visit: Visit) -> None:
    for form in page(visit).css("form"):
        action = attribute(form, "action") or visit.address
        assert (attribute(form, "hx-post") or action) == action
        data = tuple(filled_in(form).items())
        if attribute(form, "method").lower() == "post":
            there = Visit(action, visit.cookies, data=data)
        else:
            there = Visit(f"{action}?{'&'.join('='.join(pair) for pair in data)}", visit.cookies)
        response = answer(there)
        assert response.status_code in (200, 302, 307), (action, data, response.status_code)
        if response.status_code == 200:
            wrong = page(there).css('main [aria-invalid="true"], main [role="alert"]:not(#alert)')
            assert not wrong, (action, data, [element.html for element in wrong])


@for_each(EVERY)
def test_dials_the_number_that_it_shows(visit: Visit) -> None:
    for link in page(visit).css('a[href^="tel:"]'):
        number = attribute(link, "href").removeprefix("tel:")
        assert re.fullmatch(r"[0-9][0-9-]*", number)
        assert number in link.text()


@for_each(EVERY)
def test_loads_files_that_exist(visit: Visit) -> None:
    for element in page(visit).css('link[href^="/static/"], script[src], img[src]'):
        address = attribute(element, "href") or attribute(element, "src")
        assert answer(Visit(address)).status_code == 200, address


def test_reaches_every_public_page_from_the_first() -> None:
    reached, waiting = {"/"}, ["/"]
    while waiting:
        for address in links(Visit(waiting.pop())):
            path = urlsplit(address).path
            if path not in reached:
                reached.add(path)
                if path in {visit.address for visit in PUBLIC}:
                    waiting.append(path)
    unreached = {visit.address for visit in PUBLIC} - reached
    # Steps are reached from a plan.
    assert not {address for address in unreached if not address.startswith("/checklist/steps/")}


def test_links_from_home_to_the_plan_and_to_looking_together() -> None:
    assert {"/checklist/plan/", "/checklist/together/"} <= set(links(Visit("/")))


def test_reaches_every_step_from_the_plans_of_those_who_gave_everything() -> None:
    """Check the plans of readers who gave one thing, everything, and with each phone: an urgent action may stand in."""
    exposures = checklist.library.current().exposures
    reached: set[str] = set()
    alone = [[id] if not one.under else [one.under, id] for id, one in exposures.items()]
    for has, given in product(
        ("-", "android.no-other-phone", "android.another-phone", "iphone.another-phone", "harmony"),
        [list(exposures), *alone],
    ):
        cookies = (("exposures", ".".join(["or", *given])), ("has", has))
        plan = Visit("/checklist/plan/", cookies)
        reached |= set(attributes(plan, '#plan form[action^="/checklist/steps/"]', "action"))
        reached |= set(attributes(plan, '#plan a[href^="/checklist/steps/"]', "href"))  # what has its day later
    assert {address.partition("#")[0] for address in reached} == {
        step.address for step in checklist.library.current().steps.values()
    }


@for_each(guide.library.current().pages)
def test_links_up_to_what_the_other_apps_have(slug: str) -> None:
    for link in guide.library.current().pages[slug].links:
        assert link.id in KNOWN[link.kind](), f"{link.kind}:{link.id}"


def test_redirects_each_older_name() -> None:
    for slug, now in guide.library.current().aliases.items():
        response = answer(Visit(f"/guide/{slug}/"))
        assert (response.status_code, response["Location"]) == (301, f"/guide/{now}/")


@for_each(ERRORS)
def test_leads_on_from_an_error(visit: Visit) -> None:
    assert {"/", "/checklist/emergency/"} <= set(links(visit))
