"""What every released version left in browsers and links is still read, with today's content.

Before a release, write its tests/fixtures/released/<version>.toml. The files of
released versions never change: under `holds` stand the ids of that time, which
checklist/policy/retired.toml leads to those of today.
"""

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import pytest

from checklist import library
from checklist.state import retired, wire_ids
from checklist.state.cookies import read_given, read_ticks
from checklist.state.link import read_link
from core.http.cookies import COOKIE_NAME
from tests.tiny import FIXTURES

FILES = sorted((FIXTURES / "released").glob("[0-9]*.toml"))
each_release = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


def read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def now(table: str, ids: list[str]) -> set[str]:
    """The ids that stand for these today."""
    renamed = getattr(retired.current(), table)
    return {part for id in ids for part in renamed.get(id, (id,))}


@each_release
def test_it_reads_the_cookies_of_a_released_version(path: Path) -> None:
    release, checklist = read(path), library.current()
    cookies = retired.current().renew(release["cookies"])
    assert all(COOKIE_NAME.fullmatch(name) for name in release["cookies"])
    assert set(read_ticks(cookies, checklist.steps)) == now("steps", release["holds"]["ticks"])
    given = read_given(cookies["exposures"], checklist.exposures) or {}
    assert set(given) == now("exposures", release["holds"]["exposures"])


@each_release
def test_it_opens_a_link_of_a_released_version(path: Path) -> None:
    release = read(path)
    if "link" not in release:
        assert path.stem == "0.1.0"  # the only one that made none
        return
    link = release["link"]
    carried = read_link(link["token"], wire_ids.current(), [link["secret"]], link["made"] + dt.timedelta(days=89))
    assert carried.cookies == link["cookies"]


def test_it_has_a_file_for_each_release() -> None:
    assert [path.stem for path in FILES] == ["0.1.0", "0.2.0"]
