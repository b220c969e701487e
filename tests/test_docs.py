"""The documentation names files that exist, and the index of the decision records is complete."""

import re
from pathlib import Path

from django.conf import settings

from tests.collecting import for_each

ROOT = Path(settings.BASE_DIR)
DOCS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
RECORDS = sorted(ROOT.glob("docs/decisions/0*.md"))
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")
CODE = re.compile(r"`([^`\n]+)`")
#: A path without a placeholder. Tests are also named from their folder, and without their ending.
PATH = re.compile(
    r"(checklist|config|content|core|docs|guide|journeys|quizzes|site|static|templates|tests|tools)/[\w./-]+"
)


@for_each(DOCS)
def test_names_files_that_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert [link for link in LINK.findall(CODE.sub("", text)) if not (page.parent / link).exists()] == []
    paths = [code for code in CODE.findall(text) if PATH.fullmatch(code)]
    assert [path for path in paths if not ((ROOT / path).exists() or (ROOT / "tests" / f"{path}.py").exists())] == []


def test_the_index_lists_every_record_by_number_and_title() -> None:
    assert [int(path.name[:4]) for path in RECORDS] == list(range(1, len(RECORDS) + 1))
    titles = [path.read_text(encoding="utf-8").splitlines()[0] for path in RECORDS]
    listed = [f"{int(path.name[:4])}. [{title[7:]}]({path.name})" for path, title in zip(RECORDS, titles, strict=True)]
    index = (ROOT / "docs" / "decisions" / "README.md").read_text(encoding="utf-8")
    assert [line for line in index.splitlines() if line[:1].isdigit()] == listed
    assert [title[2:6] for title in titles] == [path.name[:4] for path in RECORDS]


@for_each(RECORDS)
def test_a_record_has_its_three_parts_and_names_records_that_exist(record: Path) -> None:
    text = record.read_text(encoding="utf-8")
    assert re.findall(r"^\*\*(\w+)\.\*\*", text, re.MULTILINE) == ["Context", "Decision", "Consequences"]
    numbers = re.findall(r"\b(00\d\d)\b", text)
    assert [number for number in numbers if int(number) > len(RECORDS)] == []
