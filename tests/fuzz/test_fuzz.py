"""The fuzzer finds faults that are planted in a view or a parser, and real requests break no rule."""

import logging
import time
from collections.abc import Callable, Iterator

import pytest
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path

from config import urls
from core.http.caching import dynamic, public
from guide.feedback.models import Report
from tools.fuzz import parsers, run, strategies
from tools.fuzz.known import learn
from tools.fuzz.sent import BROWSER, Sent
from tools.fuzz.site import Site, SlowError, site

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::hypothesis.errors.HypothesisWarning")]


@pytest.fixture
def asked() -> Iterator[Site]:
    with site() as opened:
        yield opened


@dynamic
def planted(request: HttpRequest) -> HttpResponseBase:
    """Break the rule that the query names."""
    return PLANTED[request.GET["rule"]](request)


def fail(request: HttpRequest) -> HttpResponse:
    raise RuntimeError


def log(request: HttpRequest) -> HttpResponse:
    logging.getLogger("django").warning("somebody with %s was here", request.headers["User-Agent"])
    return HttpResponse()


@public
def share(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.headers["User-Agent"])


def write(request: HttpRequest) -> HttpResponse:
    Report.objects.create(page="risks", rating="useful", release="0", content_version="0")
    return HttpResponse()


def set_a_cookie(request: HttpRequest) -> HttpResponse:
    response = HttpResponse()
    response.set_cookie("follow", "1")
    return response


def work(request: HttpRequest) -> HttpResponse:
    begun = time.thread_time()
    while time.thread_time() - begun < 1:
        pass
    return HttpResponse()


PLANTED: dict[str, Callable[[HttpRequest], HttpResponseBase]] = {
    "status 500": fail,
    "the reader's words in the log": log,
    "the reader's words on a page for others": share,
    "a row written": write,
    "an error page without a link to the emergency pages": lambda _: HttpResponse("no", status=400),
    "led out of the site": lambda _: HttpResponse(status=302, headers={"Location": "//evil.example/"}),
    "unknown cookie": set_a_cookie,
    "too large headers": lambda _: HttpResponse(headers={"X": "x" * 16 * 1024}),
    "ms of CPU": work,
    "form": lambda _: HttpResponse("<!doctype html><title>Fine</title>"),
}
urlpatterns = [path("planted/", planted), *urls.urlpatterns]
handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("rule", [rule for rule in PLANTED if rule != "form"])
def test_finds_a_planted_fault(asked: Site, rule: str) -> None:
    with pytest.raises((AssertionError, SlowError), match=rule):
        asked.check(Sent(path=b"/planted/", query=(("rule", rule.encode()),), headers=BROWSER))


@pytest.mark.urls(__name__)
def test_finds_a_form_that_is_answered_without_a_word(asked: Site) -> None:
    with pytest.raises(AssertionError, match="without a word"):
        asked.check(Sent("POST", b"/planted/", query=(("rule", b"form"),), form=(), headers=BROWSER))


def test_finds_a_header_that_is_missing(asked: Site) -> None:
    asked.constant["X-Wanted"] = "always"
    with pytest.raises(AssertionError, match="constant header"):
        asked.check(Sent())


def test_real_requests_break_no_rule_and_lead_to_every_form(asked: Site) -> None:
    known = learn(asked)
    assert {"core:look", "checklist:step", "quizzes:question", "guide:report"} <= known.forms.keys()
    assert {"guide:home", "checklist:step", "sitemap", "admin:login"} <= known.patterns.keys()
    largest = max((sent.body()[1] for sent in strategies.full_size(known, 1)), key=len)
    assert 0.9 * strategies.MOST_BODY < len(largest) <= strategies.MOST_BODY
    assert run.explore(strategies.requests(known), asked.check, 1, 0) == run.EXAMPLES


def test_says_how_to_repeat_what_it_found() -> None:
    def check(sent: Sent) -> None:
        assert b"." in sent.cookies[0][1]

    with pytest.raises(AssertionError) as error:
        run.explore(parsers.texts(parsers.PARSERS["exposures"]), check, 7, 60)
    assert "--seed 7" in " ".join(error.value.__notes__)
    assert "GET b'/checklist/plan/'" in " ".join(error.value.__notes__)


def test_each_parser_takes_its_examples(asked: Site) -> None:
    for parser in parsers.PARSERS.values():
        for text in parser.examples:
            assert asked.check(parser.carry(text.encode())).status in (200, 302)
