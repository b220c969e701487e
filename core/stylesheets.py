"""Join the parts of a stylesheet when static files are found or collected."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import FileSystemFinder
from django.core.files.storage import FileSystemStorage, Storage

CSS = Path(settings.BASE_DIR) / "static" / "css"
#: The folders whose files make a stylesheet. A page links one of the first four, with the parts that all pages need.
SHEETS = {
    "site": ("shared", "site"),
    "quizzes": ("shared", "quizzes"),
    "checklist": ("shared", "checklist"),
    "styleguide": ("shared", "site", "quizzes", "checklist", "styleguide"),
    "poster": ("poster",),
    "sheet": ("sheet",),
}
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


class StaticFinder(FileSystemFinder):
    """Find the files of STATICFILES_DIRS, with the joined stylesheets in place of their parts."""

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[Any]:
        joined = _join()
        for path, storage in super().list(ignore_patterns):
            if CSS not in Path(storage.path(path)).parent.parents:
                yield path, storage
        for path in joined.listdir("css")[1]:
            yield f"css/{path}", joined

    def find(self, path: str, *args: Any, **options: Any) -> Any:
        joined = _join()
        return joined.path(path) if joined.exists(path) else super().find(path, *args, **options)


def parts(sheet: str) -> list[Path]:
    """Return the files of a stylesheet in the order of the cascade, which is that of their names."""
    files = [file for folder in SHEETS[sheet] for file in (CSS / folder).glob("*.css")]
    return sorted(files, key=lambda file: file.name)


def compact(css: str) -> str:
    """Return `css` without comments, and without white space and last semicolons that have no meaning.

    An empty custom property keeps its space (`--night: ;`): Chrome 87 does not know it without.
    """
    spaced = re.sub(r"\s+", " ", COMMENT.sub("", css)).strip()
    return re.sub(r"(?<! );(?= ?})| ?([{},]) ?|(?<=;) |(?<=[a-z]:) (?!;)", r"\1", spaced)


def _join() -> Storage:
    """Write the joined stylesheets that changed to VAR_DIR, and return their storage."""
    root = settings.VAR / "joined"
    (root / "css").mkdir(parents=True, exist_ok=True)
    for sheet in SHEETS:
        text = "".join(compact(file.read_text(encoding="utf-8")) for file in parts(sheet))
        target = root / "css" / f"{sheet}.css"
        if not target.exists() or target.read_text(encoding="utf-8") != text:
            target.write_text(text, encoding="utf-8")
    return FileSystemStorage(root)
