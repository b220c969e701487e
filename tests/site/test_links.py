"""Every link and form of every page leads somewhere, and so does every part of a page that a link names."""

import re
from collections.abc import Callable, Collection
from urllib.parse import urljoin, urlsplit

import pytest

import checklist.library
import guide.library
import quizzes.library
from quizzes.engine.quiz import LINKED
from tests.reading import read
from tests.site.visits import ERRORS, EVERY, PUBLIC, Visit, answer, page

every_page = pytest.mark.parametrize("visit", EVERY, ids=str)
KNOWN: dict[str, Callable[[], Collection[str]]] = {
    "page": lambda: guide.library.current().pages,
    "step": lambda: checklist.library.current().steps,
    "case": lambda: checklist.library.current().cases,
    "leaving": lambda: checklist.library.current().leaving,
    "checklist": lambda: checklist.library.PLACES,
    "quiz": lambda: [*quizzes.library.current().quizzes, "practice", *LINKED],
}


def links(visit: Visit) -> list[str]:
    """The addresses inside the site that a page links to."""
    found = {urljoin(visit.address, str(link["href"])) for link in page(visit).select("a[href]")}
    return sorted(address for address in found if not urlsplit(address).scheme)


@every_page
def test_it_leads_somewhere_by_each_link(visit: Visit) -> None:
    assert links(visit)
    for address in links(visit):
        target, _, fragment = address.partition("#")
        same_page = target == visit.address
        there = visit if same_page else Visit(target, visit.cookies)
        assert answer(there).status_code in {200, visit.status if same_page else 200}, address
        if fragment:
            assert page(there).select(f'[id="{fragment}"]'), address


@every_page
def test_it_leads_somewhere_by_each_form(visit: Visit) -> None:
    for form in page(visit).select("form"):
        action = str(form.get("action") or visit.address)
        assert form.get("hx-post", action) == action
        posts = str(form.get("method", "get")).lower() == "post"
        there = Visit(action, visit.cookies, data=() if posts else None)
        assert answer(there).status_code in (200, 302), action


@every_page
def test_it_dials_what_it_shows(visit: Visit) -> None:
    for link in page(visit).select('a[href^="tel:"]'):
        number = str(link["href"]).removeprefix("tel:")
        assert re.fullmatch(r"[0-9][0-9-]*", number)
        assert number in link.text


@every_page
def test_it_loads_files_that_are_there(visit: Visit) -> None:
    for element in page(visit).select('link[href^="/static/"], script[src], img[src]'):
        address = str(element.get("href") or element.get("src"))
        assert answer(Visit(address)).status_code == 200, address


def test_it_reaches_every_public_page_from_the_first() -> None:
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


def test_it_reaches_every_step_from_the_plans_of_those_who_gave_everything() -> None:
    """Of one who said exactly what it was, and of one who did not and is asked."""
    exposures = checklist.library.current().exposures
    forms: set[str] = set()
    for given in (exposures, [id for id, exposure in exposures.items() if not exposure.under]):
        cookies = (("exposures", ".".join(["or", *given])),)
        shown = read(answer(Visit("/checklist/plan/", cookies)))
        forms |= {str(form["action"]) for form in shown.select('#plan form[action^="/checklist/steps/"]')}
    assert forms == {step.address for step in checklist.library.current().steps.values()}


@pytest.mark.parametrize("slug", guide.library.current().pages)
def test_it_links_up_to_what_the_floors_above_have(slug: str) -> None:
    for link in guide.library.current().pages[slug].links:
        assert link.id in KNOWN[link.kind](), f"{link.kind}:{link.id}"


def test_it_follows_each_older_name() -> None:
    for slug, now in guide.library.current().aliases.items():
        response = answer(Visit(f"/guide/{slug}/"))
        assert (response.status_code, response["Location"]) == (301, f"/guide/{now}/")


@pytest.mark.parametrize("visit", ERRORS, ids=str)
def test_it_leads_on_from_an_error(visit: Visit) -> None:
    assert {"/", "/checklist/emergency/"} <= set(links(visit))
