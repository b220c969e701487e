"""Reading the real content as words: sentences, lengths, and every text of every file."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import checklist.library
import core.content.loader
import guide.library
import quizzes.library
from guide.editorial import readability
from guide.editorial.readability import hans

__all__ = ["FILES", "PROJECT", "body", "hans", "sentences", "strings", "texts"]

#: Every content file of the site, by its path below the project.
PROJECT = Path(guide.library.__file__).parent.parent
FILES = sorted(
    path.relative_to(PROJECT).as_posix()
    for root in (guide.library.CONTENT, checklist.library.ROOT / "content", quizzes.library.ROOT / "content")
    for path in root.rglob("*")
    if path.suffix in {".md", ".toml"}
)


def sentences(text: str) -> list[str]:
    """The sentences of a text as a reader sees them: marks read, each paragraph and item its own."""
    return readability.sentences(text, guide.library.current().terms)


def strings(data: Any, where: str = "") -> Iterator[tuple[str, str]]:
    """Every text in TOML data, with the place where it stands."""
    if isinstance(data, str):
        yield where, data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from strings(value, f"{where}.{key}" if where else key)
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from strings(value, f"{where}.{number}")


def texts(file: str) -> list[tuple[str, str]]:
    """Every text of a content file, with the place where it stands."""
    text = (PROJECT / file).read_text(encoding="utf-8")
    if file.endswith(".toml"):
        return list(strings(tomllib.loads(text)))
    _, front, body = text.split("+++\n", 2)
    return [*strings(tomllib.loads(front)), ("body", body)]


def body(slug: str) -> str:
    """The Markdown of a page, below its front matter."""
    [path] = (guide.library.CONTENT / core.content.loader.LANGUAGE / "pages").glob(f"*/{slug}.md")
    return path.read_text(encoding="utf-8").split("+++\n", 2)[2]
