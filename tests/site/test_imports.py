"""Who may import whom: down only, and the pure modules without Django."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

FLOORS = ["guide", "checklist", "quizzes"]
PURE = {
    "guide": [
        "changes",
        "contentfile",
        "current",
        "desk",
        "findable",
        "library",
        "markup",
        "metadata",
        "overview",
        "pages",
        "plain",
        "procedures",
        "qr",
        "search",
        "sentences",
        "sources",
        "texts",
        "truth",
    ],
    "checklist": [
        "cases",
        "days",
        "exposures",
        "findable",
        "kit",
        "leaving",
        "letter_library",
        "letters",
        "library",
        "lines",
        "numbers",
        "plan",
        "progress",
        "reminders",
        "resume",
        "retired",
        "steps",
    ],
    "quizzes": [
        "answers",
        "attempt",
        "findable",
        "last",
        "library",
        "overview",
        "practice",
        "quiz",
        "risk",
        "scenes",
        "scoring",
        "signs",
    ],
}
PURE_MODULES = [f"{floor}.{name}" for floor, names in PURE.items() for name in names]
#: What a pure module may import beside the standard library and others of its kind.
LIBRARIES = {"pydantic", "markdown", "segno", "cryptography", "icalendar"}


def modules(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    """Every module that a file names in an import, wherever it stands; `from a import b` counts as a.b too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: relative import"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", modules(*FLOORS), ids=name)
def test_it_imports_downward_only(path: Path) -> None:
    above = FLOORS[FLOORS.index(path.relative_to(ROOT).parts[0]) + 1 :]
    assert not [module for module in imported(path) if module.partition(".")[0] in above]


@pytest.mark.parametrize("path", modules(*FLOORS), ids=name)
def test_it_imports_no_settings_tests_or_tools(path: Path) -> None:
    assert not [module for module in imported(path) if module.partition(".")[0] in ("config", "tests", "tools")]


@pytest.mark.parametrize("path", [*modules("config"), ROOT / "manage.py"], ids=name)
def test_it_imports_no_tests_or_tools_in_the_house_itself(path: Path) -> None:
    assert not [module for module in imported(path) if module.partition(".")[0] in ("tests", "tools")]


@pytest.mark.parametrize("module", PURE_MODULES)
def test_it_stays_pure(module: str) -> None:
    path = ROOT / f"{module.replace('.', '/')}.py"
    for seen in set(imported(path)):
        top, _, _ = seen.partition(".")
        if top in FLOORS:
            assert any(seen == pure or seen.startswith(f"{pure}.") for pure in (*PURE_MODULES, *FLOORS)), seen
            assert seen.count(".") == 0 or ".".join(seen.split(".")[:2]) in PURE_MODULES, seen
        else:
            assert top in LIBRARIES | sys.stdlib_module_names, seen


def test_it_puts_an_init_file_into_each_folder_of_tests() -> None:
    folders = {path.parent for path in modules("tests") if path.name.startswith("test_")}
    assert not [folder for folder in folders if not (folder / "__init__.py").is_file()]
