"""How fast readers are answered while the database fails, beside a site that is well. Prints one table.

tools/postgres.sh .venv/bin/python -m tools.bench_failures

Two sites take turns, request by request, since a machine has good and bad
minutes: one that is well, one whose database is stopped, silent (it accepts and
never answers), read-only or full. What counts is the 95th percentile of one
beside that of the other. Without PostgreSQL, read-only is left out.
"""

import http.client
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from tests.deploy.conftest import Reader, answers_the_quiz
from tests.deploy.failing import Unprepared, fill_the_disk, running, silent, turn_read_only
from tests.serving import Server, free_port
from tools.bench import at

ROUNDS, WARMING = 300, 20
LIMIT = 1.5
POSTGRESQL = os.environ.get("DATABASE_URL", "")


@dataclass(frozen=True)
class Asked:
    """One request of a reader: a POST where there is a form."""

    address: str
    cookies: str = ""
    form: dict[str, str] | None = None


def main() -> int:
    """Exit code 1 where one figure is over its limit."""
    worst = 0.0
    print("| database | what is asked | 95th percentile | of a site that is well | ratio | limit |")
    print("|---|---|---|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as name, running(Server(Path(name) / "well")) as well:
        asked = requests(well)
        for state, failing in STATES.items():
            with failing(Path(name) / state) as server:
                for what, request in asked.items():
                    ours, theirs = beside(server, well, request)
                    worst = max(worst, ours / theirs)
                    broken = " !" if ours / theirs > LIMIT else ""
                    figures = f"{ours:.1f} ms | {theirs:.1f} ms | {ours / theirs:.2f}{broken}"
                    print(f"| {state} | {what} | {figures} | {LIMIT} |", flush=True)
    return 1 if worst > LIMIT else 0


def requests(well: Server) -> dict[str, Asked]:
    """What is asked, with the cookies of a reader who has answered the quiz and has a plan."""
    reader = Reader(lambda: http.client.HTTPConnection("127.0.0.1", well.port, timeout=20), well.url)
    answers_the_quiz(reader)
    answered = f"q.habits={reader.cookies['q.habits']}"
    plan = "exposures=or.code-given.bank-card.phone-number"
    return {
        "guide page": Asked("/guide/risks/"),
        "emergency": Asked("/checklist/emergency/code-given/"),
        "quiz answer": Asked("/quizzes/habits/codes/", "q.habits=situation.in-group", {"option": "refused"}),
        "quiz result, which is counted": Asked("/quizzes/habits/result/", answered),
        "plan": Asked("/checklist/plan/", plan),
        "tick": Asked("/checklist/steps/evidence/", plan, {"state": "done"}),
    }


# Sites


@contextmanager
def stopped(var: Path) -> Iterator[Server]:
    with running(Unprepared(var, DATABASE_URL=f"postgres://anxin@127.0.0.1:{free_port()}/anxin")) as server:
        yield server


@contextmanager
def never_answers(var: Path) -> Iterator[Server]:
    with silent() as port, running(Unprepared(var, DATABASE_URL=f"postgres://anxin@127.0.0.1:{port}/anxin")) as server:
        yield server


@contextmanager
def read_only(var: Path) -> Iterator[Server]:
    with running(Server(var)) as server:
        turn_read_only(server, POSTGRESQL)
        yield server


@contextmanager
def full(var: Path) -> Iterator[Server]:
    with running(Server(var, DATABASE_URL="")) as server:
        fill_the_disk(server)
        yield server


STATES: dict[str, Callable[[Path], AbstractContextManager[Server]]] = {
    "stopped": stopped,
    "silent": never_answers,
    "full": full,
    **({"read-only": read_only} if POSTGRESQL else {}),
}


# Turns


def beside(failing: Server, well: Server, asked: Asked) -> tuple[float, float]:
    """The 95th percentile in milliseconds of the one that fails, and of the one that is well, request by request."""
    taken: dict[Server, list[float]] = {failing: [], well: []}
    lines = {server: http.client.HTTPConnection("127.0.0.1", server.port, timeout=20) for server in taken}
    for turn in range(WARMING + ROUNDS):
        for server, line in lines.items():
            started = time.perf_counter()
            ask(line, asked)
            if turn >= WARMING:
                taken[server].append((time.perf_counter() - started) * 1000)
    for line in lines.values():
        line.close()
    return at(sorted(taken[failing]), 95), at(sorted(taken[well]), 95)


def ask(line: http.client.HTTPConnection, asked: Asked) -> None:
    headers = {"Sec-Fetch-Site": "same-origin", "Accept-Encoding": "br"}
    headers |= {"Cookie": asked.cookies} if asked.cookies else {}
    if asked.form is None:
        line.request("GET", asked.address, headers=headers)
    else:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        line.request("POST", asked.address, urlencode(asked.form), headers)
    came = line.getresponse()
    came.read()
    if came.status not in (200, 302):
        sys.exit(f"{asked.address} answered {came.status}")


if __name__ == "__main__":
    sys.exit(main())
