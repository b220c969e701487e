"""The example nginx in front of two copies: whole journeys, a copy that dies, slow clients, rates, and its log."""

import os
import re
import socket
import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from django.test import RequestFactory, override_settings

import checklist.library
from core.staff.lockout import hashed_address
from quizzes.cookie_names import known_cookie_names
from tests.deploy.conftest import HOST, Nginx, Reader, answers_the_quiz
from tests.fixtures.readers import step_cookie
from tests.pages import PAGE
from tests.serving import PATIENCE, Server

Comes = Callable[[], Reader]
PLAN = "/checklist/plan/"


def test_carries_a_whole_journey_over_both_copies(comes: Comes, nginx: Nginx, copies: list[Server]) -> None:
    reader = comes()
    assert reader.get("/").status == 200
    answers_the_quiz(reader)
    result = reader.get("/quizzes/habits/result/")
    assert result.status == 200
    assert reader.post(PLAN, given=["code-given", "bank-card"]).status == 302
    assert reader.post("/checklist/steps/evidence/", state="done").status == 302
    assert "做完1步" in reader.get(PLAN).text
    assert all(name.startswith("__Host-") for name in reader.cookies)
    answers = [reader.post("/erase/").status]
    while answers[-1] == 307:  # more cookies than one answer deletes: the browser posts again
        answers.append(reader.post("/erase/").status)
    assert answers[-1] == 200
    assert not reader.cookies
    log = nginx.logged(" /erase/ ")
    assert all(f"127.0.0.1:{copy.port}" in log for copy in copies)
    assert not re.search(r" 5\d\d ", log)


def test_loses_no_tick_when_a_copy_dies_under_load(comes: Comes, copies: list[Server]) -> None:
    steps = list(checklist.library.current().steps)
    started, killed = threading.Event(), threading.Event()

    def ticks(number: int) -> list[tuple[str, int]]:
        reader, lost = comes(), []
        reader.headers = {"X-Test-Address": f"10.0.0.{number}"}
        for count, step in enumerate(steps):
            if number == 0 and count == 5:
                started.set()
            if count == len(steps) // 2:
                killed.wait(timeout=PATIENCE)
            answer = reader.post(f"/checklist/steps/{step}/", state="done")
            if answer.status != 302 or f"__Host-{step_cookie(step)}" not in reader.cookies:
                lost.append((step, answer.status))
        return lost

    with ThreadPoolExecutor(8) as readers:
        underway = [readers.submit(ticks, number) for number in range(8)]
        assert started.wait(timeout=PATIENCE)
        copies[0].kill()
        killed.set()
        assert [lost for each in underway for lost in each.result()] == []
    copies[0].start()


def test_answers_others_while_forms_drip_in_byte_by_byte(comes: Comes, nginx: Nginx) -> None:
    head = (
        f"POST /checklist/steps/evidence/ HTTP/1.1\r\nHost: {HOST}\r\nOrigin: https://{HOST}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 60000\r\n\r\ns"
    ).encode()

    def seconds() -> float:
        reader, before = comes(), time.monotonic()
        assert reader.post("/checklist/steps/evidence/", state="done").status == 302
        assert reader.get(PLAN).status == 200
        return time.monotonic() - before

    slow, alone = [], seconds()
    for _ in range(40):
        raw = socket.create_connection(("127.0.0.1", nginx.port), timeout=PATIENCE)
        slow.append(nginx.trusted.wrap_socket(raw, server_hostname=HOST))
        slow[-1].sendall(head)
    beside = seconds()
    assert beside < 5 + 10 * alone, "forty slow clients held the others up"
    for each in slow:
        each.close()


def test_says_in_our_words_that_a_form_is_too_large(comes: Comes) -> None:
    answer = comes().post("/checklist/exposures/", given=["x" * 100_000])
    assert answer.status == 413
    assert "发来的内容太长了" in answer.text


def test_slows_who_tries_the_admin_and_nobody_else(comes: Comes) -> None:
    reader = comes()
    assert 429 in {reader.get("/admin/login/").status for _ in range(60)}
    assert {reader.get(PAGE).status for _ in range(100)} == {200}


def test_serves_static_files_under_a_name_of_any_release(comes: Comes) -> None:
    reader = comes()
    sheet = re.search(r'href="(/static/css/site[^"]+)"', reader.get("/").text)
    assert sheet
    today = reader.get(sheet[1])
    assert today.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    older = reader.get(re.sub(r"site\.[0-9a-f]+\.", "site.0123456789ab.", sheet[1]))
    assert older.status == 200
    assert older.text == today.text


def test_keeps_readiness_from_the_public_but_not_from_this_machine(comes: Comes) -> None:
    assert comes().get("/readyz").status == 200


def test_logs_nothing_of_a_reader(comes: Comes, nginx: Nginx, copies: list[Server]) -> None:
    reader = comes()
    canary = "canary4711"
    reader.get(f"/search/?q={canary}")
    reader.get(f"/checklist/resume/{canary}/")
    reader.get("/", **{"User-Agent": canary, "Referer": f"https://{HOST}/{canary}/", "X-Forwarded-For": canary})
    reader.get("/", Cookie=f"__Host-q.habits={canary}")
    reader.post(f"{PAGE}report/", rating="useful", sentence=canary)
    reader.post("/quizzes/habits/situation/", option=canary)
    reader.get("/privacy/")
    nginx.logged(" /privacy ")  # the last line: all others stand before it
    files = [nginx.log, nginx.folder / "error.log", *(copy.log for copy in copies)]
    assert not [file for file in files if canary in file.read_text(errors="replace")]
    assert " /checklist/ " in nginx.log.read_text()


# Cookies that are too many


def cookies(size: int) -> str:
    return "; ".join(f"__Host-s.x{number:06d}=d1xx" for number in range(size // 24))


def test_shows_the_page_of_the_site_where_its_own_limit_is_exceeded(comes: Comes) -> None:
    site, own = (comes().get(PLAN, Cookie=cookies(size)) for size in (20_000, 60_000))
    assert site.status == own.status == 431
    assert own.text == site.text
    assert 'action="/erase/cookies/"' in own.text
    assert own.headers["Content-Type"] == "text/html; charset=utf-8"
    assert own.headers["Cache-Control"] == "private, no-store"
    assert own.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert own.headers["Strict-Transport-Security"] == site.headers["Strict-Transport-Security"]
    assert own.headers["Clear-Site-Data"] is None


def test_its_button_works_below_the_limit_and_above(comes: Comes) -> None:
    reader = comes()
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": reader.origin}
    below = reader.ask("POST", "/erase/cookies/", "", {**headers, "Cookie": cookies(30_000)})
    assert below.status == 302
    assert len(below.headers.get_all("Set-Cookie", [])) == 60
    above = reader.ask("POST", "/erase/cookies/", "", {**headers, "Cookie": cookies(60_000)})
    assert above.status == 431
    assert above.headers["Clear-Site-Data"] == '"cookies"'


def test_passes_an_answer_with_the_headers_of_a_full_plan(comes: Comes) -> None:
    reader = comes()
    reader.cookies = {f"__Host-{name}": "d1xx" for name in known_cookie_names()}
    answers = [reader.post("/erase/").status]
    while answers[-1] == 307:  # more cookies than one answer deletes: the browser posts again
        answers.append(reader.post("/erase/").status)
    assert answers[-1] == 200
    assert not reader.cookies


@pytest.mark.skipif("DATABASE_URL" in os.environ, reason="looks into the file of SQLite")
def test_passes_an_address_on_for_staff_alone(comes: Comes, copies: list[Server]) -> None:
    reader, token = comes(), "a" * 32
    reader.cookies["__Host-csrftoken"] = token
    for _ in range(100):  # one a second after the burst of the test above
        answer = reader.post("/admin/login/", username="canary4712", password="x", csrfmiddlewaretoken=token)
        if answer.status != 429:
            break
        time.sleep(0.5)
    found = []
    for copy in copies:
        with closing(sqlite3.connect(copy.var / "db.sqlite3")) as database:
            found += database.execute("SELECT ip_address, username FROM axes_accessattempt").fetchall()
    [(hashed, username)] = found
    assert username == "canary4712"
    with override_settings(SECRET_KEY=copies[0].secret, TRUST_PROXY=True):
        requests = RequestFactory()
        assert hashed == hashed_address(requests.get("/", headers={"x-real-ip": "127.0.0.1"}))
        assert hashed != hashed_address(requests.get("/"))
