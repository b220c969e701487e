"""Read one content file, and report exactly what is wrong with it.

Content is Markdown with TOML front matter, or TOML. Every fault becomes a
`ContentError` that names the file, the place, what was seen and what is
allowed, so that an editor who never opens the code can correct it. Faults are
collected: `Faults` gathers those of a whole tree and raises them together.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

FENCE = "+++"

#: Ids are part of addresses, cookies and other files, so they are explicit and never reused.
ID = re.compile(r"[a-z0-9][a-z0-9-]*")
Id = Annotated[str, StringConstraints(pattern=rf"^{ID.pattern}$", max_length=40)]

#: Words for readers: never empty.
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


class Model(BaseModel):
    """Base class of all content models. Instances are immutable; unknown keys raise a validation error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


AnyModel = TypeVar("AnyModel", bound=Model)


class ContentError(Exception):
    """One fault in one content file.

    `path` is the file, `where` the key or line in it, `what` the fault with the value found, `allowed` the
    allowed values ("" if they cannot be listed).
    """

    def __init__(self, path: Path, where: str, what: str, allowed: str = "") -> None:
        self.path, self.where, self.what, self.allowed = path, where, what, allowed
        super().__init__(path, where, what, allowed)

    def __str__(self) -> str:
        line = f"{self.path}: {self.where}: {self.what}"
        return f"{line}; allowed: {self.allowed}" if self.allowed else line


class ContentErrors(Exception):
    """All faults of a content tree, one per line."""

    def __init__(self, errors: list[ContentError]) -> None:
        self.errors = errors
        super().__init__(errors)

    def __str__(self) -> str:
        return "\n".join(str(error) for error in self.errors)


@dataclass
class Faults:
    """Collect content faults, so that an editor sees all of them in one run."""

    errors: list[ContentError] = field(default_factory=list)

    @contextmanager
    def collect(self) -> Iterator[None]:
        """Return a context that collects the faults raised in it and continues after it."""
        try:
            yield
        except ContentError as error:
            self.errors.append(error)
        except ContentErrors as error:
            self.errors.extend(error.errors)

    def add(self, path: Path, where: str, what: str, allowed: str = "") -> None:
        self.errors.append(ContentError(path, where, what, allowed))

    def raise_if_any(self) -> None:
        if self.errors:
            raise ContentErrors(self.errors)


def listed(names: Iterable[str]) -> str:
    """Return the allowed values of a place, for an error message."""
    return ", ".join(sorted(names)) or "none yet"


def read_text(path: Path) -> str:
    """Return the text of `path`. Raise ContentError if it can't be read as UTF-8."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ContentError(path, "file", f"can't be read ({error})", "a UTF-8 text file") from error


def read_toml(path: Path) -> dict[str, Any]:
    """Return the tables of a TOML file. Raise ContentError with the line at fault."""
    return _parse_toml(path, read_text(path))


def read_page(path: Path) -> tuple[dict[str, Any], str]:
    """Return the front matter (TOML between two `+++` lines) and the Markdown body of a page."""
    head, separator, rest = read_text(path).partition(FENCE + "\n")
    front, closing, body = rest.partition("\n" + FENCE + "\n")
    if head.strip() or not separator or not closing:
        raise ContentError(path, "line 1", "no front matter", f"TOML between two {FENCE} lines")
    return _parse_toml(path, front), body


def build(model: type[AnyModel], data: Mapping[str, Any], path: Path, where: str = "") -> AnyModel:
    """Return `data` as a `model`. Raise ContentErrors naming each key at fault."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise ContentErrors([_from_pydantic(model, fault, path, where) for fault in error.errors()]) from error


def _parse_toml(path: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ContentError(path, "TOML", str(error)) from error


def _from_pydantic(model: type[Model], fault: Any, path: Path, where: str) -> ContentError:
    place = ".".join([*([where] if where else []), *(str(part) for part in fault["loc"])]) or "file"
    what = fault["msg"][0].lower() + fault["msg"][1:]
    if fault["type"] != "missing":
        what += f", saw {fault['input']!r}"
    allowed = listed(_known_keys(model, fault["loc"][:-1])) if fault["type"] == "extra_forbidden" else ""
    return ContentError(path, place, what, allowed)


def _known_keys(model: type[Model], way: tuple[Any, ...]) -> set[str]:
    """Return the keys that the table at `way` may have, from the model's JSON schema."""
    schema = model.model_json_schema()
    here = schema
    for part in way:
        by_pattern = next(iter(here.get("patternProperties", {}).values()), None)
        here = here.get("properties", {}).get(part) or by_pattern or here.get("items") or {}
        if "$ref" in here:
            here = schema["$defs"][here["$ref"].rsplit("/", 1)[1]]
    return set(here.get("properties", {}))
