"""One thing has one name, on every page and in every word of the content."""

from pathlib import Path

from django.conf import settings

from tests.collecting import for_each
from tests.content.words import FILES, texts

#: Names of the reader's list that are not 我的清单.
REFUSED = ("退出清单", "退群清单", "善后清单", "处理清单", "我的计划", "这份计划")
TEMPLATES = sorted(Path(settings.BASE_DIR, "templates").rglob("*.html"))


@for_each(FILES)
def test_calls_the_list_of_the_reader_by_one_name(file: str) -> None:
    assert [(where, name) for where, text in texts(file) for name in REFUSED if name in text] == []


@for_each(TEMPLATES)
def test_a_template_calls_it_by_that_name(path: Path) -> None:
    assert [name for name in REFUSED if name in path.read_text(encoding="utf-8")] == []
