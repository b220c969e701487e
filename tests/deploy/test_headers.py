"""Every kind of answer carries the same headers to a reader who comes over TLS: stored, made, refused, from nginx."""

import http.client
import re
from collections.abc import Callable

import pytest

from tests.deploy.conftest import HOST, Answer, Nginx, Reader
from tests.pages import PAGE

Comes = Callable[[], Reader]
#: What each answer says, once.
ALWAYS = {
    "Content-Security-Policy": None,
    "Permissions-Policy": None,
    "Strict-Transport-Security": "max-age=63072000",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
#: What a file says: it is no page, and frames nothing.
OF_A_FILE = ("Strict-Transport-Security", "Cross-Origin-Resource-Policy", "X-Content-Type-Options")
PUBLIC, OWN = "public, max-age=0, s-maxage=300", "private, no-store"
#: Addresses of each kind: public, the reader's own, neither; each is asked twice, so that a stored page is one.
KINDS = {
    "/": (200, PUBLIC),
    PAGE: (200, PUBLIC),
    "/checklist/emergency/code-given/": (200, PUBLIC),
    "/checklist/plan/": (200, OWN),
    "/quizzes/habits/situation/": (200, OWN),
    "/checklist/resume/nothing/": (200, OWN),
    "/erase/": (200, OWN),
    "/nowhere/": (404, None),
    "/healthz": (200, None),
}


def told(answer: Answer) -> dict[str, list[str]]:
    return {name: answer.headers.get_all(name, []) for name in ALWAYS}


@pytest.fixture
def first(comes: Comes) -> dict[str, list[str]]:
    """The headers of the first page: all others are held against them."""
    return told(comes().get("/"))


def test_it_says_each_thing_once(first: dict[str, list[str]]) -> None:
    assert {name: len(values) for name, values in first.items()} == dict.fromkeys(ALWAYS, 1)
    assert [name for name, value in ALWAYS.items() if value and first[name] != [value]] == []
    assert first["Content-Security-Policy"][0].startswith("default-src 'none'; ")


@pytest.mark.parametrize("address", KINDS)
def test_it_says_the_same_with_every_page(comes: Comes, first: dict[str, list[str]], address: str) -> None:
    status, kept = KINDS[address]
    reader = comes()
    for _ in range(4):  # two of each copy
        answer = reader.get(address)
        assert answer.status == status
        assert told(answer) == first
        assert kept in (None, answer.headers["Cache-Control"])
        assert answer.headers["Server"] == "nginx", "and no version of anything"


def test_it_says_the_same_where_a_form_is_answered_or_refused(comes: Comes, first: dict[str, list[str]]) -> None:
    reader = comes()
    answers = {
        302: reader.post("/checklist/steps/evidence/", state="done"),
        403: reader.ask("POST", "/erase/", "", {"Sec-Fetch-Site": "cross-site"}),
        405: reader.post(PAGE),
        413: reader.post("/checklist/exposures/", given=["x" * 100_000]),
    }
    for status, answer in answers.items():
        assert answer.status == status
        assert told(answer) == first, status


def test_it_says_what_a_file_needs(comes: Comes, first: dict[str, list[str]]) -> None:
    reader = comes()
    sheet = re.search(r'href="(/static/css/site[^"]+)"', reader.get("/").text)
    assert sheet
    # From nginx's folder; from the site, which knows the names of other releases.
    for address in (sheet[1], re.sub(r"site\.[0-9a-f]+\.", "site.0123456789ab.", sheet[1])):
        answer = reader.get(address)
        assert answer.status == 200
        assert {name: answer.headers.get_all(name) for name in OF_A_FILE} == {name: first[name] for name in OF_A_FILE}


def test_it_leads_from_http_to_https_and_nowhere_else(nginx: Nginx) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", nginx.plain, timeout=20)
    connection.request("GET", f"{PAGE}?a=b", headers={"Host": HOST})
    answer = connection.getresponse()
    assert (answer.status, answer.getheader("Location")) == (301, f"https://{HOST}{PAGE}?a=b")
    assert answer.getheader("Strict-Transport-Security") is None, "a promise made over http is none"
    connection.close()
