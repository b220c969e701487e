"""Hold the content of an app, loaded at the first call and replaceable in tests."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

Content = TypeVar("Content")
#: Every store, in the order in which their modules were imported.
stores: list[Callable[[], object]] = []


def load_all() -> None:
    """Load the content of every store. Raise ContentError or ContentErrors if any is invalid."""
    for store in stores:
        store()


class ContentStore(Generic[Content]):
    """Call `load` once and return its result from then on; `using` replaces it for a test."""

    def __init__(self, load: Callable[[], Content]) -> None:
        self._load = load
        self._content: Content | None = None
        stores.append(self)

    def __call__(self) -> Content:
        if self._content is None:
            self._content = self._load()
        return self._content

    @contextmanager
    def using(self, content: Content) -> Iterator[Content]:
        before, self._content = self._content, content
        try:
            yield content
        finally:
            self._content = before
