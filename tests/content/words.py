"""Reading the real content as words: sentences, lengths, and every text of every file."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import checklist.library
import guide.library
import quizzes.library

#: Every content file of the site, by its path below the project.
PROJECT = Path(guide.library.__file__).parent.parent
FILES = sorted(
    path.relative_to(PROJECT).as_posix()
    for root in (guide.library.CONTENT, checklist.library.ROOT / "content", quizzes.library.ROOT / "content")
    for path in root.rglob("*")
    if path.suffix in {".md", ".toml"}
)

HAN = re.compile(r"[一-鿿]")
MARK = re.compile(r"\[@[a-z0-9-]+\]|\{#[a-z0-9-]+\}|\{procedure:[a-z0-9-]+\}")
LINK = re.compile(r"\[([^\]]*)\]\([a-z]+:[^)]*\)")
TERM = re.compile(r"\{term:([a-z0-9-]+)\}")
#: A line that goes on where the one before it ended, and begins no list, heading or mark.
WRAPPED = re.compile(r"(?<=[^\n])\n(?=[^\n#>*{\-\d])")
SENTENCE_END = re.compile(r"[。！？\n]+")


def hans(text: str) -> int:
    """How many 汉字 stand in a text."""
    return len(HAN.findall(text))


def sentences(text: str) -> list[str]:
    """The sentences of a text as a reader sees them: marks read, each paragraph and item its own."""
    terms = guide.library.current().terms
    plain = TERM.sub(lambda mark: terms[mark.group(1)].word, LINK.sub(r"\1", MARK.sub("", text)))
    plain = WRAPPED.sub("", re.sub(r"\{channel:[a-z0-9-]+\}", "", plain))
    return [sentence.strip() for sentence in SENTENCE_END.split(plain) if sentence.strip()]


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
    [path] = (guide.library.CONTENT / guide.library.LANGUAGE / "pages").glob(f"*/{slug}.md")
    return path.read_text(encoding="utf-8").split("+++\n", 2)[2]
