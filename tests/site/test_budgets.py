"""How much a first view weighs, compressed as the site sends it. The audit measures requests and layout shift."""

from dataclasses import replace
from functools import cache

import pytest

from tests.collecting import for_each
from tests.site.visits import MINE, PUBLIC, Visit, answer, attribute, attributes, page
from tools.audit import budgets


@cache
def weight(visit: Visit, encoding: str = "gzip") -> int:
    response = answer(replace(visit, headers=(*visit.headers, ("accept-encoding", encoding))))
    assert response.status_code == 200
    assert response["Content-Encoding"] == encoding
    return len(b"".join(response.streaming_content) if response.streaming else response.content)


# A form sent back is no first view.
@for_each([visit for visit in [*PUBLIC, *MINE] if visit.data is None])
def test_keeps_to_its_budget(visit: Visit) -> None:
    named = [attribute(one, "href") or attribute(one, "src") for one in page(visit).css(budgets.LOADED)]
    loaded = {address.partition("#")[0] for address in named}
    _, limit = budgets.of(visit.address)
    assert weight(visit) + sum(weight(Visit(address)) for address in loaded) <= limit
    assert 1 + len(loaded) <= budgets.REQUESTS


def test_keeps_the_stylesheets_of_each_kind_of_page_light() -> None:
    for address in ("/", "/poster/", "/quizzes/habits/", "/checklist/plan/print/"):
        sheets = attributes(Visit(address), "link[rel=stylesheet]", "href")
        assert sum(weight(Visit(sheet), "br") for sheet in sheets) <= budgets.STYLESHEET, address


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("/checklist/emergency/paid/", "emergency"),
        ("/guide/laws/", "guide page"),
        ("/guide/laws/report/", "any other"),
        ("/quizzes/habits/situation/?kept", "quiz"),
        ("/checklist/plan/", "plan"),
        ("/", "any other"),
    ],
)
def test_knows_the_kind_of_a_page(address: str, kind: str) -> None:
    assert budgets.of(address)[0] == kind
