"""`manage.py check`, `check_content` and `content_report`: what an editor is told."""

import datetime as dt
import io
import json
from pathlib import Path

import pytest
from django.core.checks import ERROR, run_checks
from django.core.management import CommandError, call_command

import core.content.store
import guide.library
import quizzes.library
from quizzes.checks import content_is_sound
from tests.tiny import Tree, copy


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> object:
    """Puts another day in place of today."""

    def put(day: dt.date) -> None:
        monkeypatch.setattr("django.utils.timezone.localdate", lambda: day)

    return put


def checked() -> dt.date:
    return min(page.front.checked for page in guide.library.current().pages.values())


def check_content() -> str:
    """Return the warnings of the command. It raises CommandError if there are faults."""
    warnings = io.StringIO()
    call_command("check_content", stderr=warnings)
    return warnings.getvalue()


def test_real_content_has_no_faults(on) -> None:
    on(checked())
    assert content_is_sound() == []
    assert check_content() == ""


@pytest.mark.parametrize("app", ["guide", "checklist", "quizzes"])
def test_names_a_file_that_is_wrong(app: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree = copy(tmp_path)
    name = {"guide": "guide/terms.toml", "checklist": "checklist/exposures.toml", "quizzes": "quizzes/lantern.toml"}[
        app
    ]
    tree.add(name, "\n[a-stranger]\nword = 3\n")
    monkeypatch.setattr(core.content.store, "stores", [tree.load_quizzes])
    assert any(str(tree.path(name)) in str(fault.msg) for fault in content_is_sound())


def test_old_content_is_first_a_warning_then_a_fault(on) -> None:
    on(checked() + dt.timedelta(days=320))
    assert check_content()
    on(checked() + dt.timedelta(days=400))
    with pytest.raises(CommandError, match="looked at 400 days ago"):
        check_content()


def test_old_content_stops_no_other_command(on) -> None:
    on(checked() + dt.timedelta(days=400))
    assert not [found for found in run_checks() if found.level >= ERROR]


def test_check_content_names_words_that_are_wrong(on, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree: Tree = copy(tmp_path)
    tree.add("guide/pages/yard/lend-a-key.md", "\nDial 5551234.\n")
    on(dt.date(2026, 2, 4))
    monkeypatch.setattr(quizzes.library, "content_roots", lambda: [tree.guide_root])
    with guide.library.current.using(tree.load_guide()), pytest.raises(CommandError, match="5551234"):
        check_content()


def report(*options: str) -> str:
    out = io.StringIO()
    call_command("content_report", *options, stdout=out)
    return out.getvalue()


def test_reports_the_real_content_as_clean_as_it_is() -> None:
    told = json.loads(report("--json"))
    for name in ("topics not covered", "claims without source", "unused sources", "unused terms"):
        assert told[name] == [], name
    assert len(told["pages by age"]) == len(guide.library.current().pages)


def test_reports_in_lines_to_read() -> None:
    told = report().splitlines()
    assert "topics not covered: none" in told
    assert "unused sources: none" in told
    assert any(line.startswith("paths seen on a real phone:") for line in told)
