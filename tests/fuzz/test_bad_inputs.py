"""The table of bad inputs in docs/fuzz.md is what the site answers."""

import pytest

from tests.fuzz.bad_inputs import INPUTS, table, written
from tools.fuzz.site import site


@pytest.mark.django_db
def test_the_table_in_the_docs_is_what_the_site_answers() -> None:
    with site() as asked:
        assert table(asked) == written(), "python -m tools.fuzz table --write"


def test_it_names_each_input_once() -> None:
    names = [name for name, _ in INPUTS]
    assert len(set(names)) == len(names)
    assert not [name for name in names if "|" in name]
