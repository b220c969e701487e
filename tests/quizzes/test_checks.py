"""`manage.py check` and `manage.py content_report`: what an editor is told."""

import datetime as dt
import io
import json
from pathlib import Path

import pytest
from django.core.checks import ERROR, WARNING
from django.core.management import call_command

import guide.library
import quizzes.library
from quizzes.checks import content_is_sound, desk_is_clear
from tests.tiny import Tree, copy


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> object:
    """Puts another day in place of today."""

    def put(day: dt.date) -> None:
        monkeypatch.setattr("django.utils.timezone.localdate", lambda: day)

    return put


def checked() -> dt.date:
    return min(page.front.checked for page in guide.library.current().pages.values())


def test_it_finds_nothing_in_the_real_content(on) -> None:
    on(checked())
    assert content_is_sound() == []
    assert desk_is_clear() == []


@pytest.mark.parametrize("app", ["guide", "checklist", "quizzes"])
def test_it_names_a_file_that_is_wrong(app: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree = copy(tmp_path)
    name = {"guide": "guide/terms.toml", "checklist": "checklist/exposures.toml", "quizzes": "quizzes/lantern.toml"}[
        app
    ]
    tree.add(name, "\n[a-stranger]\nword = 3\n")
    monkeypatch.setattr(quizzes.library, "current", tree.load_quizzes)
    assert any(str(tree.path(name)) in str(fault.msg) for fault in content_is_sound())


def test_it_warns_before_it_refuses(on) -> None:
    on(checked() + dt.timedelta(days=320))
    assert {(found.level, found.id) for found in desk_is_clear()} == {(WARNING, "desk.W001")}
    on(checked() + dt.timedelta(days=400))
    assert (ERROR, "desk.E002") in {(found.level, found.id) for found in desk_is_clear()}


def test_it_names_words_that_are_wrong(on, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree: Tree = copy(tmp_path)
    tree.add("guide/pages/yard/lend-a-key.md", "\nDial 5551234.\n")
    on(dt.date(2026, 2, 4))
    monkeypatch.setattr(quizzes.library, "content_roots", lambda: [tree.guide_root])
    with guide.library.current.using(tree.load_guide()):
        assert [found.id for found in desk_is_clear() if "5551234" in str(found.msg)] == ["desk.E001"]


def test_it_lets_one_migrate() -> None:
    assert desk_is_clear(databases=["default"]) == []


def report(*options: str) -> str:
    out = io.StringIO()
    call_command("content_report", *options, stdout=out)
    return out.getvalue()


def test_it_reports_the_real_content_as_clean_as_it_is() -> None:
    told = json.loads(report("--json"))
    for name in ("topics not covered", "claims without source", "unused sources", "unused terms"):
        assert told[name] == [], name
    assert len(told["pages by age"]) == len(guide.library.current().pages)


def test_it_reports_in_lines_to_read() -> None:
    told = report().splitlines()
    assert "topics not covered: none" in told
    assert "unused sources: none" in told
    assert any(line.startswith("paths seen on a real phone:") for line in told)
