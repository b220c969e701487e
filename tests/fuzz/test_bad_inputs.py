"""The table of bad inputs is what the site answers."""

import pytest

from tests.fuzz.bad_inputs import INPUTS, TABLE, table
from tools.fuzz.site import site


@pytest.mark.django_db
def test_the_table_is_what_the_site_answers() -> None:
    with site() as asked:
        assert table(asked) == TABLE.read_text(encoding="utf-8"), "python -m tools.fuzz table --write"


def test_names_each_input_once() -> None:
    names = [name for name, _ in INPUTS]
    assert len(set(names)) == len(names)
    assert not [name for name in names if "|" in name]
