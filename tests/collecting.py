"""Check one property of many pages, files or ids in a single test that reports every failure."""

import inspect
import traceback
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, TypeVar

import pytest

Item = TypeVar("Item")
#: How many failing items a report shows; the rest is counted.
SHOWN = 20


def for_each(items: Iterable[Item]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Run a test for every item and fail once, naming each item that failed.

    The first argument of the test takes the item; any others are fixtures. Use this instead of
    `parametrize` where the items are pages or files: an item of pytest costs 3 ms, a subtest under
    pytest-xdist 5 ms, and the checks themselves far less.
    """

    def decorate(check: Callable[..., None]) -> Callable[..., None]:
        signature = inspect.signature(check)

        @wraps(check)
        def test(**fixtures: Any) -> None:
            known = list(items)
            assert known, "there is nothing to check"
            failures = [said for item in known if (said := _failure(check, item, fixtures))]
            if failures:
                more = [f"and {len(failures) - SHOWN} more"] if len(failures) > SHOWN else []
                summary = f"{len(failures)} of {len(known)} failed:"
                pytest.fail("\n".join([summary, *failures[:SHOWN], *more]), pytrace=False)

        parameters = list(signature.parameters.values())[1:]
        test.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
        return test

    return decorate


def _failure(check: Callable[..., None], item: Any, fixtures: dict[str, Any]) -> str:
    """Return the name of the item with its error and line, or nothing if the check passes."""
    try:
        check(item, **fixtures)
    except Exception as error:
        line = traceback.extract_tb(error.__traceback__)[-1].lineno
        said = "\n".join(f"    {part}" for part in str(error).splitlines()[:8])
        name = str(getattr(item, "id", item))[:100]
        return f"  {name}: line {line}: {type(error).__name__}\n{said}"
    return ""
