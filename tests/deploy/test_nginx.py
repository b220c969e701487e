"""The example nginx in front of two copies: whole journeys, a copy that dies, slow clients, rates, and its log."""

import re
import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import checklist.library
from tests.deploy.conftest import HOST, Nginx, Reader, answers_the_quiz
from tests.fixtures.readers import step_cookie
from tests.serving import Server

Comes = Callable[[], Reader]
PLAN = "/checklist/plan/"


def test_it_carries_a_whole_journey_over_both_copies(comes: Comes, nginx: Nginx, copies: list[Server]) -> None:
    reader = comes()
    assert reader.get("/").status == 200
    answers_the_quiz(reader)
    result = reader.get("/quizzes/habits/result/")
    assert result.status == 200
    assert reader.post(PLAN, given=["code-given", "bank-card"]).status == 302
    assert reader.post("/checklist/steps/evidence/", state="done").status == 302
    assert "做完 1 步" in reader.get(PLAN).text
    assert all(name.startswith("__Host-") for name in reader.cookies)
    assert reader.post("/erase/").status == 302
    assert not reader.cookies
    log = nginx.logged(" /erase/ ")
    assert all(f"127.0.0.1:{copy.port}" in log for copy in copies)
    assert not re.search(r" 5\d\d ", log)


def test_it_loses_no_tick_when_a_copy_dies_under_load(comes: Comes, copies: list[Server]) -> None:
    steps = list(checklist.library.current().steps)
    started, killed = threading.Event(), threading.Event()

    def ticks(number: int) -> list[tuple[str, int]]:
        reader, lost = comes(), []
        for count, step in enumerate(steps):
            if number == 0 and count == 5:
                started.set()
            if count == len(steps) // 2:
                killed.wait(timeout=20)
            answer = reader.post(f"/checklist/steps/{step}/", state="done")
            if answer.status != 302 or f"__Host-{step_cookie(step)}" not in reader.cookies:
                lost.append((step, answer.status))
        return lost

    with ThreadPoolExecutor(8) as readers:
        underway = [readers.submit(ticks, number) for number in range(8)]
        assert started.wait(timeout=60)
        copies[0].kill()
        killed.set()
        assert [lost for each in underway for lost in each.result()] == []
    copies[0].start()


def test_it_answers_others_while_forms_drip_in_byte_by_byte(comes: Comes, nginx: Nginx) -> None:
    head = (
        f"POST /checklist/steps/evidence/ HTTP/1.1\r\nHost: {HOST}\r\nOrigin: https://{HOST}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 60000\r\n\r\ns"
    ).encode()
    slow = []
    for _ in range(40):
        raw = socket.create_connection(("127.0.0.1", nginx.port), timeout=10)
        slow.append(nginx.trusted.wrap_socket(raw, server_hostname=HOST))
        slow[-1].sendall(head)
    reader = comes()
    before = time.monotonic()
    assert reader.post("/checklist/steps/evidence/", state="done").status == 302
    assert reader.get(PLAN).status == 200
    assert time.monotonic() - before < 5, "forty slow clients held the others up"
    for each in slow:
        each.close()


def test_it_says_in_our_words_that_a_form_is_too_large(comes: Comes) -> None:
    answer = comes().post("/checklist/exposures/", given=["x" * 100_000])
    assert answer.status == 413
    assert "发来的内容太长了" in answer.text


def test_it_slows_who_tries_the_admin_and_nobody_else(comes: Comes) -> None:
    reader = comes()
    assert 429 in {reader.get("/admin/login/").status for _ in range(60)}
    assert {reader.get("/guide/risks/").status for _ in range(100)} == {200}


def test_it_serves_static_files_under_a_name_of_any_release(comes: Comes) -> None:
    reader = comes()
    sheet = re.search(r'href="(/static/css/site[^"]+)"', reader.get("/").text)
    assert sheet
    today = reader.get(sheet[1])
    assert today.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    older = reader.get(re.sub(r"site\.[0-9a-f]+\.", "site.0123456789ab.", sheet[1]))
    assert older.status == 200
    assert older.text == today.text


def test_it_keeps_readiness_from_the_public_but_not_from_this_machine(comes: Comes) -> None:
    assert comes().get("/readyz").status == 200


def test_it_logs_nothing_of_a_reader(comes: Comes, nginx: Nginx, copies: list[Server]) -> None:
    reader = comes()
    canary = "canary4711"
    reader.get(f"/search/?q={canary}")
    reader.get(f"/checklist/resume/{canary}/")
    reader.get("/", **{"User-Agent": canary, "Referer": f"https://{HOST}/{canary}/", "X-Forwarded-For": canary})
    reader.get("/", Cookie=f"__Host-q.habits={canary}")
    reader.post("/guide/risks/report/", rating="useful", sentence=canary)
    reader.post("/quizzes/habits/situation/", option=canary)
    reader.get("/privacy/")
    nginx.logged(" /privacy ")  # the last line: all others stand before it
    files = [nginx.log, nginx.folder / "error.log", *(copy.log for copy in copies)]
    assert not [file for file in files if canary in file.read_text(errors="replace")]
    assert " /checklist/ " in nginx.log.read_text()
