"""The fuzzer of requests finds what is wrong: faults planted in a view, and none on the site as it is."""

import logging
import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path

from config import urls as site_urls
from core.http.caching import dynamic, public
from guide.feedback.models import Report
from tools.fuzz.damage import one_field_wrong, request
from tools.fuzz.journeys import BROWSER, CANARY, Staff, sent_to, views
from tools.fuzz.requests import Other, ask, lacks
from tools.fuzz.sent import Sent
from tools.fuzz.site import Figures, Site, site

Seen: list[str] = []


@pytest.fixture(autouse=True)
def kept_connection() -> Iterator[None]:
    """A request ends with its connection; a test is one transaction, and keeps it, as Django's own client does."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@dynamic
def planted(request: HttpRequest) -> HttpResponseBase:
    """Does what its query asks for."""
    return PLANTED[request.GET["fault"]](request)


def fails(request: HttpRequest) -> HttpResponse:
    raise RuntimeError(request.GET["fault"])


def logs(request: HttpRequest) -> HttpResponse:
    logging.getLogger("django").warning("somebody with %s was here", request.headers["User-Agent"])
    return HttpResponse("")


@public
def stores(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.headers["User-Agent"])


def writes(request: HttpRequest) -> HttpResponse:
    Report.objects.create(page="risks", rating="useful", release="0", content_version="0")
    return HttpResponse("")


def leads_out(request: HttpRequest) -> HttpResponse:
    return HttpResponse("", status=302, headers={"Location": "//evil.example/"})


def sets_a_cookie(request: HttpRequest) -> HttpResponse:
    response = HttpResponse("")
    response.set_cookie("follow", "1")
    return response


def remembers(request: HttpRequest) -> HttpResponse:
    Seen.append("somebody")
    return HttpResponse(str(len(Seen)))


PLANTED: dict[str, Callable[[HttpRequest], HttpResponseBase]] = {
    "status 500": fails,
    "the reader's words in the log": logs,
    "the reader's words on a page that others get": stores,
    "a row written": writes,
    "led out of the site": leads_out,
    "a cookie of no name of ours: follow": sets_a_cookie,
    "": remembers,
}
urlpatterns = [path("planted/", planted), *site_urls.urlpatterns]
handler400, handler403, handler404, handler500 = (
    site_urls.handler400,
    site_urls.handler403,
    site_urls.handler404,
    site_urls.handler500,
)


@pytest.fixture
def asked() -> Iterator[Site]:
    with site() as opened:
        yield opened


def planted_at(fault: str) -> Sent:
    return Sent(path=b"/planted/", query=(("fault", fault.encode()),), headers=BROWSER)


@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.parametrize("fault", [fault for fault in PLANTED if fault])
def test_it_finds_a_planted_fault(asked: Site, fault: str) -> None:
    found = ask(asked, planted_at(fault), Figures(), "journey")
    assert any(line.startswith(fault) for line in found)


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_it_finds_that_another_reader_sees_a_change(asked: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tools.fuzz.requests.THEIRS", ["/planted/"])
    other = Other(asked, page=lambda address: planted_at(""))
    assert not other.looks()
    assert other.looks() == "/planted/"


def test_it_makes_the_same_request_of_the_same_seed_and_number() -> None:
    quiet = [number for number in range(60) if b"/resume/" not in request(7, number, Staff())[0].path]
    assert len(quiet) > 50  # a resume link has a salt of its own
    for number in quiet:
        assert request(7, number, Staff()) == request(7, number, Staff())
    assert request(7, quiet[0], Staff()) != request(8, quiet[0], Staff())


def test_it_asks_mostly_for_journeys_with_one_field_wrong() -> None:
    kinds = [request(1, number, Staff())[1] for number in range(200)]
    assert kinds.count("journey") == 20
    assert kinds.count("out of order") == 80


def test_it_leaves_no_journey_as_it_was_where_one_field_is_to_be_wrong() -> None:
    for number in range(100):
        sent = sent_to("core:look", random.Random(number), Staff())
        assert one_field_wrong(sent, random.Random(number))[0] != sent


def test_it_knows_every_view_of_the_site_by_name() -> None:
    assert {"guide:home", "checklist:step", "quizzes:question", "sitemap", "admin:login"} <= set(views())


def test_every_request_bears_the_canary() -> None:
    sent = [request(1, number, Staff())[0] for number in range(5, 500, 10)]
    assert all(CANARY in str(one.environ()) for one in sent)


def test_it_says_what_a_run_lacks_of_the_long_one() -> None:
    calls = {view: Counter({200: 200}) for view in views()}
    figures = Figures(kinds=Counter({"cookie": 50, "out of order": 50}), routed=60, calls=calls)
    assert not lacks(figures)
    calls["guide:home"] = Counter({200: 199})
    assert "guide:home" in " ".join(lacks(figures))
    assert len(lacks(replace(figures, routed=59))) == 2
    assert len(lacks(replace(figures, kinds=Counter({"cookie": 49, "out of order": 51})))) == 2


@pytest.mark.django_db
def test_a_journey_with_nothing_wrong_gets_no_error(asked: Site) -> None:
    figures = Figures()
    for number in range(5, 305, 10):
        sent, kind = request(3, number, Staff())
        assert not ask(asked, sent, figures, kind)
    assert figures.kinds["journey"] == 30


@pytest.mark.parametrize("view", ["quizzes:question", "quizzes:scene", "checklist:step", "checklist:exposures"])
def test_what_a_journey_says_is_taken(asked: Site, db: None, view: str) -> None:
    sent = [sent_to(view, random.Random(seed), Staff()) for seed in range(20)]
    for post in [one for one in sent if one.method == "POST"]:
        answer = asked.answer(post)
        assert b"notice danger" not in answer.body
        assert answer.header("Set-Cookie"), "what was sent is kept"
