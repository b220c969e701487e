"""Titles break after a comma, and are escaped."""

from checklist.templatetags.commas import at_commas


def test_keeps_each_part_of_a_title_with_the_comma_that_ends_it() -> None:
    assert at_commas("打110，<请>他们") == (
        '<span class="line-word">打110，</span><span class="line-word">&lt;请&gt;他们</span>'
    )


def test_leaves_a_title_without_a_comma_alone() -> None:
    assert at_commas("打110") == "打110"
