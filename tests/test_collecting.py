"""`for_each` reports every failing item, passes fixtures on, and fails without items."""

import pytest

from tests.collecting import for_each


def failure(items: list[object], check: object) -> str:
    with pytest.raises(pytest.fail.Exception) as failed:
        for_each(items)(check)()  # type: ignore[arg-type]
    return str(failed.value)


def test_names_every_item_that_failed_with_its_error() -> None:
    def small(number: int) -> None:
        assert number < 3

    said = failure([1, 3, 2, 4], small)
    assert said.startswith("2 of 4 failed:")
    assert "  3: line" in said
    assert "  4: line" in said
    assert "3 < 3" in said
    assert "  1:" not in said


def test_reports_errors_that_are_not_assertions() -> None:
    assert "KeyError" in failure(["a"], lambda item: {}[item])


def test_fails_where_there_is_nothing_to_check() -> None:
    with pytest.raises(AssertionError, match="nothing to check"):
        for_each([])(lambda item: None)()


@for_each([1, 2])
def test_passes_fixtures_on(number: int, tmp_path: object) -> None:
    assert tmp_path
