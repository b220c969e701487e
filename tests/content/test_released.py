"""What every released version left in browsers and links is still read, with today's content.

Before a release, write its tests/fixtures/released/<version>.toml. The files of
released versions never change: under `holds` stand the ids of that time, some of
which may be aliases today.
"""

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import pytest

from checklist.resume.link import read_link
from checklist.state import wire_ids
from checklist.state.cookies import read_state
from core.http.cookies import COOKIE_NAME
from quizzes import answer_codes, library
from quizzes.engine.answers import read_answers, read_begun, write_answers
from quizzes.engine.attempt import replay
from tests.tiny import FIXTURES

FILES = sorted((FIXTURES / "released").glob("[0-9]*.toml"))
each_release = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


def read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


@each_release
def test_reads_the_cookies_of_a_released_version(path: Path) -> None:
    release, wire = read(path), wire_ids.current()
    assert all(COOKIE_NAME.fullmatch(name) for name in release["cookies"])
    state = read_state(release["cookies"], wire)
    steps = {wire.steps.id_of[id] for id in release["holds"]["ticks"] if id not in wire.steps.parts}
    assert steps <= state.ticks.keys() <= {wire.steps.id_of[id] for id in release["holds"]["ticks"]}
    assert (state.given or {}).keys() == {wire.exposures.id_of[id] for id in release["holds"]["exposures"]}


@each_release
def test_reads_the_answers_of_a_released_version(path: Path) -> None:
    cookies = read(path)["cookies"]
    for quiz in library.current().quizzes.values():
        cookie, codes = cookies[f"q.{quiz.id}"], answer_codes.current()[quiz.id]
        attempt = replay(quiz, read_answers(cookie, codes))
        assert attempt.finished
        written = write_answers(attempt.answers, codes, read_begun(cookie))
        assert replay(quiz, read_answers(written, codes)) == attempt
        assert len(written) < len(cookie) / 2 if path.stem == "0.2.0" else written == cookie


@each_release
def test_opens_a_link_of_a_released_version(path: Path) -> None:
    link, wire = read(path)["link"], wire_ids.current()
    carried = read_link(link["token"], wire, [link["secret"]], link["made"] + dt.timedelta(days=89))
    assert carried.state == read_state(link["cookies"], wire)


def test_has_a_file_for_each_release() -> None:
    assert [path.stem for path in FILES] == ["0.2.0", "0.3.0"]
