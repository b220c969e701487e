"""Every kind of answer carries the same headers to a reader who comes over TLS: stored, made, refused, from nginx."""

import http.client
import re
from collections.abc import Callable

import pytest

from tests.deploy.conftest import HOST, Answer, Nginx, Reader
from tests.pages import PAGE
from tests.serving import PATIENCE

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


def test_says_each_thing_once(first: dict[str, list[str]]) -> None:
    assert {name: len(values) for name, values in first.items()} == dict.fromkeys(ALWAYS, 1)
    assert [name for name, value in ALWAYS.items() if value and first[name] != [value]] == []
    assert first["Content-Security-Policy"][0].startswith("default-src 'none'; ")


def test_the_content_security_policy_allows_our_own_files_only(first: dict[str, list[str]]) -> None:
    """Each directive allows 'self' or 'none': no other site, nothing inline, no eval."""
    policy = dict(directive.split(" ", 1) for directive in first["Content-Security-Policy"][0].split("; "))
    assert {source for sources in policy.values() for source in sources.split()} == {"'self'", "'none'"}
    closed = ("default-src", "base-uri", "frame-ancestors")
    assert {name: policy[name] for name in closed} == dict.fromkeys(closed, "'none'")
    assert policy["form-action"] == "'self'"


def test_cookies_stay_on_this_host_and_out_of_reach_of_scripts(comes: Comes) -> None:
    cookies = comes().post("/checklist/steps/evidence/", state="done").headers.get_all("Set-Cookie", [])
    assert cookies
    for cookie in cookies:
        name, *attributes = cookie.split("; ")
        assert name.startswith("__Host-")
        assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(attributes)
        assert not [attribute for attribute in attributes if attribute.startswith("Domain")]


@pytest.mark.parametrize("address", ["/", "/guide/risks/", "/checklist/plan/", "/sw.js", "/healthz"])
def test_no_answer_is_shared_with_other_origins(comes: Comes, address: str) -> None:
    answer = comes().get(address, Origin="https://evil.example")
    assert answer.status == 200
    assert [name for name in answer.headers if name.lower().startswith("access-control-")] == []


def test_no_page_loads_a_script_or_style_from_elsewhere(comes: Comes) -> None:
    found = re.findall(r"<(?:script|link)[^>]+(?:src|href)=\"([^\"]+)\"", comes().get("/checklist/plan/").text)
    assert found
    assert [address for address in found if not address.startswith("/") or address.startswith("//")] == []
    for policy_file in ("/crossdomain.xml", "/clientaccesspolicy.xml"):
        assert comes().get(policy_file).status == 404


@pytest.mark.parametrize("address", KINDS)
def test_says_the_same_with_every_page(comes: Comes, first: dict[str, list[str]], address: str) -> None:
    status, kept = KINDS[address]
    reader = comes()
    for _ in range(4):  # two of each copy
        answer = reader.get(address)
        assert answer.status == status
        assert told(answer) == first
        assert kept in (None, answer.headers["Cache-Control"])
        assert answer.headers["Server"] == "nginx", "and no version of anything"


def test_says_the_same_where_a_form_is_answered_or_refused(comes: Comes, first: dict[str, list[str]]) -> None:
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


def test_says_what_a_file_needs(comes: Comes, first: dict[str, list[str]]) -> None:
    reader = comes()
    sheet = re.search(r'href="(/static/css/site[^"]+)"', reader.get("/").text)
    assert sheet
    # From nginx's folder; from the site, which knows the names of other releases.
    for address in (sheet[1], re.sub(r"site\.[0-9a-f]+\.", "site.0123456789ab.", sheet[1])):
        answer = reader.get(address)
        assert answer.status == 200
        assert {name: answer.headers.get_all(name) for name in OF_A_FILE} == {name: first[name] for name in OF_A_FILE}


def test_leads_from_http_to_https_and_nowhere_else(nginx: Nginx) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", nginx.plain, timeout=PATIENCE)
    connection.request("GET", f"{PAGE}?a=b", headers={"Host": HOST})
    answer = connection.getresponse()
    assert (answer.status, answer.getheader("Location")) == (301, f"https://{HOST}{PAGE}?a=b")
    assert answer.getheader("Strict-Transport-Security") is None, "a promise made over http is none"
    connection.close()
