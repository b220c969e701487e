"""Fuzz the site in this process, its parsers, and a real server, each for its share of the time."""

import os
import socket
import sys
import time
import warnings
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as with_seed
from hypothesis import strategies as st
from hypothesis.errors import HypothesisWarning

import config.wsgi
from tests.serving import Server
from tools.fuzz import parsers, strategies
from tools.fuzz.known import Known, learn
from tools.fuzz.sent import CANARY, Sent
from tools.fuzz.site import CONSTANT, ERROR_IN_LOG, SlowError, site

#: Inputs that hypothesis makes of one seed.
EXAMPLES = 100
PHASES = (Phase.generate, Phase.shrink)
SHARES = {"requests": 0.45, "full size": 0.25, "server": 0.15}
#: What is no HTTP, or too much of it.
BROKEN = [
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + b"a" * 100_000 + b"\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n" + b"X: a\r\n" * 5000 + b"\r\n",
    b"POST /look/ HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    b"POST /look/ HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
    b"GET / HTTP/9.9\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00",
]


def main(var: Path, seconds: float, seed: int) -> int:
    """Return 1 if anything was found."""
    warnings.simplefilter("ignore", HypothesisWarning)
    failed = 0
    with site(config.wsgi.application) as asked:
        known = learn(asked)
        print(f"{len(known.real)} real requests; a bare one takes {asked.bare * 1000:.2f} ms of CPU", flush=True)
        phases: dict[str, Callable[[float], int]] = {
            "requests": partial(explore, strategies.requests(known), asked.check, seed),
            "full size": partial(in_turn, strategies.full_size(known, seed), asked.check),
            "server": partial(on_a_server, var, known, seed),
        }
        for name, parser in parsers.PARSERS.items():
            phases[name] = partial(explore, parsers.texts(parser), asked.check, seed)
        for name, phase in phases.items():
            try:
                tried = phase(seconds * SHARES.get(name, 0.15 / len(parsers.PARSERS)))
                print(f"{name}: {tried} inputs", flush=True)
            except (Exception, SlowError) as error:
                failed = 1
                print(f"{name}: {error!r}\n{' '.join(getattr(error, '__notes__', []))}", file=sys.stderr, flush=True)
    return failed


def explore(inputs: st.SearchStrategy[Any], check: Callable[[Any], object], seed: int, seconds: float) -> int:
    """Try inputs of one seed after another until the time is over. Raise with the smallest input that fails."""
    ends = time.monotonic() + seconds
    for each in count(seed):

        @with_seed(each)
        @settings(
            max_examples=EXAMPLES, database=None, deadline=None, phases=PHASES, suppress_health_check=list(HealthCheck)
        )
        @given(inputs)
        def run(value: Any) -> None:
            check(value)

        try:
            run()
        except (Exception, SlowError) as error:
            error.add_note(f"Again: python -m tools.fuzz --seed {each}")
            raise
        if time.monotonic() > ends:
            break
    return (each - seed + 1) * EXAMPLES


def in_turn(inputs: Iterable[Any], check: Callable[[Any], object], seconds: float) -> int:
    """Try each input until the time is over."""
    ends, tried = time.monotonic() + seconds, 0
    for each in inputs:
        try:
            check(each)
        except (AssertionError, SlowError) as error:
            error.add_note(f"Failing test case: {each!r}"[:2000])
            raise
        tried += 1
        if time.monotonic() > ends:
            break
    return tried


def on_a_server(var: Path, known: Known, seed: int, seconds: float) -> int:
    """Send requests over sockets. The server must answer all of them, and log no error and no word of a reader."""
    server = Server(var, SECRET_KEY=os.environ["SECRET_KEY"])
    server.start()

    def check(sent: Sent) -> None:
        ask(server, sent.raw())

    try:
        tried = in_turn(BROKEN, partial(ask, server), seconds)
        tried += explore(strategies.requests(known), check, seed, seconds / 2)
        tried += in_turn(strategies.full_size(known, seed), check, seconds / 2)
        assert server.answers(), "the server is gone"
    finally:
        server.end()
    log = server.log.read_text(errors="replace")
    assert not ERROR_IN_LOG.search(log), log[-3000:]
    assert CANARY not in log, "the reader's words in the log"
    return tried


def ask(server: Server, raw: bytes) -> None:
    """Send bytes, and check the answer. What is no HTTP a server refuses by itself, without our headers."""
    answer = b""
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as line:
        with suppress(OSError):  # it may answer and close before it has read everything
            line.sendall(raw)
            line.shutdown(socket.SHUT_WR)
        with suppress(ConnectionError):
            while more := line.recv(65536):
                answer += more
    status, _, headers = answer.partition(b"\r\n\r\n")[0].decode("latin-1").lower().partition("\r\n")
    code = int(status.split()[1]) if status else 400
    assert code < 500, status
    assert "html" not in headers or all(name.lower() in headers for name in CONSTANT), "a constant header is missing"
