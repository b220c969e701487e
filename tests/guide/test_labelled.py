"""The names of buttons in a sentence are marked."""

from guide.templatetags.labelled import labelled


def test_marks_each_name_in_corner_brackets() -> None:
    assert labelled("Tap 「Me」, then 「Set up」.").count('<b class="label">') == 2


def test_marks_nothing_that_holds_a_tag() -> None:
    assert labelled("「<b>Me</b>」") == "「<b>Me</b>」"
