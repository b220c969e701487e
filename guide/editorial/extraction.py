"""Extract every text of a content tree from its files, with its place and its citations.

The editorial checks read files and not models, so that new kinds of content are checked without further code.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.content.files import read_page, read_toml

#: Files that hold no words for readers, or that vouch for the others.
APART = frozenset({"intents.toml", "pinyin.toml", "sources.toml", "synonyms.toml", "topics.toml"})
CITATION = re.compile(r"\[@([a-z0-9-]+)\]")


@dataclass(frozen=True)
class Extract:
    """A text, its key, and the ids of the sources that its page or entry cites.

    `examples` are percentages of the page's own (100% as a way of speaking, a calculation).
    """

    path: Path
    where: str
    text: str
    cited: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Return the key's own name: `labels` of `procedures.wx-leave.legs.0.labels.1`."""
        return [part for part in self.where.split(".") if not part.isdigit()][-1]


def extract(*roots: Path) -> list[Extract]:
    """Return every text below `roots`, file by file."""
    paths = (path for root in roots for path in sorted(root.rglob("*")) if path.name not in APART)
    return [text for path in paths for text in extract_from(path)]


def extract_from(path: Path) -> list[Extract]:
    """Return every text of one content file, or nothing if it is no content file."""
    if path.suffix == ".toml":
        return list(_walk(path, read_toml(path), "", ()))
    if path.suffix == ".md":
        front, body = read_page(path)
        cited = tuple(dict.fromkeys(CITATION.findall(body)))
        examples = tuple(front.pop("examples", ()))
        texts = [*_walk(path, front, "", cited), Extract(path, "body", body, cited)]
        return [Extract(path, text.where, text.text, text.cited, examples) for text in texts]
    return []


def _walk(path: Path, data: Any, where: str, cited: tuple[str, ...]) -> Iterator[Extract]:
    if isinstance(data, str):
        yield Extract(path, where, data, cited)
    elif isinstance(data, dict):
        cited = tuple(data.get("sources", cited))
        for key, value in data.items():
            if key != "sources":
                yield from _walk(path, value, f"{where}.{key}" if where else key, cited)
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from _walk(path, value, f"{where}.{number}", cited)
