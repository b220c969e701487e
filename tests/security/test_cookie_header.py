"""However many cookies come in: bounded headers go out, nobody else waits, and the reader can get rid of them."""

from pathlib import Path

import pytest
from django.utils import timezone

import checklist.library
from checklist.resume.link import make_link
from checklist.state import wire_ids
from checklist.state.cookies import read_state
from core.http.cookie_limit import CLEAR, MAX_ANSWER_BYTES, MAX_HEADER_CHARS
from core.http.cookies import DELETED_AT_ONCE
from quizzes.cookie_names import known_cookie_names
from tests.content.test_cookies import all_cookies
from tests.security.conftest import HttpsServer, Reply

pytestmark = [pytest.mark.database, pytest.mark.slow]
FORM = "application/x-www-form-urlencoded"
#: What proxies are asked to accept, with room for their own headers.
MOST_HEADERS = 16 * 1024
PAGE = "浏览器带来的记录太多了"
CONSTANT = (
    "Content-Security-Policy",
    "Permissions-Policy",
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Resource-Policy",
    "Referrer-Policy",
    "Strict-Transport-Security",
    "X-Content-Type-Options",
    "X-Frame-Options",
)


def cookies(number: int, name: str = "__Host-s.x{}") -> str:
    return "; ".join(f"{name.format(count)}=d1" for count in range(number))


def post(server: HttpsServer, address: str, cookie: str) -> Reply:
    return server.ask("POST", address, "", Cookie=cookie, Content_Type=FORM)


def worker_pids(server: HttpsServer) -> set[str]:
    return set(Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text().split())


def test_erasing_deletes_only_names_that_the_content_knows(https: HttpsServer) -> None:
    known = [f"__Host-{name}=d1" for name in ("look", "s.evidence", "q.habits")]
    reply = post(https, "/erase/", "; ".join([*known, cookies(300)]))
    assert reply.status == 200
    assert sorted(reply.deleted) == ["__Host-look", "__Host-q.habits", "__Host-s.evidence"]


@pytest.mark.parametrize("number", [500, 30_000])
@pytest.mark.parametrize(("method", "address"), [("GET", "/"), ("GET", "/checklist/plan/"), ("POST", "/erase/")])
def test_too_many_cookies_get_a_plain_page(https: HttpsServer, number: int, method: str, address: str) -> None:
    before = worker_pids(https)
    try:
        reply = https.ask(method, address, Cookie=cookies(number))
    except ConnectionError:
        assert number > 500, "a server may refuse half a megabyte of headers by itself"
    else:
        assert reply.status == 431
        assert reply.header_bytes < MOST_HEADERS
        if number == 500:
            assert PAGE in reply.body
            assert f'action="{CLEAR}"' in reply.body
            assert reply.headers["Cache-Control"] == "private, no-store"
            plain = https.ask("GET", "/").headers
            assert {name: reply.headers[name] for name in CONSTANT} == {name: plain[name] for name in CONSTANT}
    assert https.ask("GET", "/healthz").status == 200
    assert worker_pids(https) == before, "a worker died"


def test_the_limit_is_above_all_cookies_of_a_reader(https: HttpsServer) -> None:
    all_of_them = "; ".join(f"__Host-{name}={value}" for name, value in all_cookies().items())
    assert https.ask("GET", "/checklist/plan/", Cookie=all_of_them).status == 200
    assert https.ask("GET", "/healthz", Cookie="a=" + "b" * (MAX_HEADER_CHARS - 2)).status == 200
    assert https.ask("GET", "/healthz", Cookie="a=" + "b" * (MAX_HEADER_CHARS - 1)).status == 431


def test_the_button_clears_them_in_a_few_rounds(https: HttpsServer) -> None:
    left = [pair.partition("=")[0] for pair in cookies(500).split("; ")]
    for _ in range(10):
        header = "; ".join(f"{name}=d1" for name in left)
        if https.ask("GET", "/erase/", Cookie=header).status != 431:
            break
        reply = post(https, CLEAR, header)
        assert (reply.status, reply.headers["Location"]) == (302, "/erase/")
        assert reply.header_bytes < MAX_ANSWER_BYTES + 2_000
        assert reply.deleted
        assert set(reply.deleted) <= set(left)
        left = [name for name in left if name not in reply.deleted]
    else:
        pytest.fail(f"{len(left)} cookies are left after ten rounds")


def test_the_button_asks_the_browser_where_cookies_of_others_block_the_site(https: HttpsServer) -> None:
    assert post(https, CLEAR, cookies(900, "other{}")).headers["Clear-Site-Data"] == '"cookies"'
    assert post(https, CLEAR, cookies(500)).headers["Clear-Site-Data"] is None
    assert post(https, CLEAR, cookies(3)).headers["Clear-Site-Data"] is None


def test_the_button_works_from_our_own_pages_only(https: HttpsServer) -> None:
    reply = https.ask("POST", CLEAR, "", Cookie=cookies(900, "other{}"), Content_Type=FORM, Sec_Fetch_Site="cross-site")
    assert (reply.status, reply.deleted, reply.headers["Clear-Site-Data"]) == (403, [], None)
    assert https.ask("GET", CLEAR, Cookie=cookies(900)).deleted == []


def test_no_answer_has_more_headers_than_proxies_accept(https: HttpsServer) -> None:
    """Take over the plan with the most in it where every other cookie is there to be replaced, and erase it all."""
    full = all_cookies()
    token = make_link(read_state(full, wire_ids.current()), wire_ids.current(), https.secret, timezone.now())
    every = "; ".join(f"__Host-{name}=d1xx" for name in known_cookie_names())
    taken = post(https, f"/checklist/resume/{token}/", every)
    assert taken.status == 302
    assert len(taken.deleted) >= len(checklist.library.current().steps)
    erased = post(https, "/erase/", every)
    assert erased.status == 307, "the browser posts again for the rest"
    assert len(erased.deleted) == DELETED_AT_ONCE
    assert [reply.header_bytes for reply in (taken, erased) if reply.header_bytes > MOST_HEADERS] == []


def test_taking_over_a_plan_deletes_only_known_names(https: HttpsServer) -> None:
    token = make_link(
        read_state({"exposures": "or.code-given"}, wire_ids.current()), wire_ids.current(), https.secret, timezone.now()
    )
    reply = post(https, f"/checklist/resume/{token}/", f"__Host-s.evidence=d1xx; {cookies(300)}")
    assert reply.deleted == ["__Host-s.evidence"]
