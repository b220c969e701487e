"""What a first view weighs, compressed as the site sends it; `make audit` measures the same on a real server."""

from dataclasses import replace
from functools import cache

import pytest

from tests.site.visits import MINE, PUBLIC, Visit, answer, page
from tools.audit import budgets

ENCODING = (("accept-encoding", "gzip"),)
#: A form sent back is no first view.
FIRST = [visit for visit in [*PUBLIC, *MINE] if visit.data is None]


@cache
def weight(visit: Visit) -> int:
    response = answer(replace(visit, headers=(*visit.headers, *ENCODING)))
    assert response.status_code == 200
    assert response["Content-Encoding"] == "gzip"
    return len(b"".join(response.streaming_content) if response.streaming else response.content)


@pytest.mark.parametrize("visit", FIRST, ids=str)
def test_it_keeps_to_its_budget(visit: Visit) -> None:
    loaded = [str(one.get("href") or one["src"]) for one in page(visit).select(budgets.LOADED)]
    _, limit = budgets.of(visit.address)
    assert weight(visit) + sum(weight(Visit(address)) for address in loaded) <= limit
    assert 1 + len(loaded) <= budgets.REQUESTS


@pytest.mark.parametrize("address", ["/", "/poster/", "/checklist/plan/print/", "/styleguide/"])
def test_it_keeps_the_stylesheets_of_a_page_light(address: str) -> None:
    weights = []
    for link in page(Visit(address)).select("link[rel=stylesheet]"):
        response = answer(Visit(str(link["href"]), headers=(("accept-encoding", "br"),)))
        assert response["Content-Encoding"] == "br"
        weights.append(len(b"".join(response.streaming_content)))
    assert sum(weights) <= budgets.STYLESHEET


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
def test_it_knows_the_kind_of_a_page(address: str, kind: str) -> None:
    assert budgets.of(address)[0] == kind
