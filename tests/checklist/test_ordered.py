"""What is numbered by hand becomes a list."""

from checklist.templatetags.ordered import ordered


def test_makes_a_list_of_the_numbered_lines_and_paragraphs_of_the_others() -> None:
    made = ordered('First <a href="/x/">look</a>:<br>\n①One.<br>\n②Two.<br>\nThen rest.')
    assert made == (
        '<p>First <a href="/x/">look</a>:</p><ol class="actions-list"><li>One.</li><li>Two.</li></ol><p>Then rest.</p>'
    )


def test_keeps_a_text_without_numbers_in_one_paragraph() -> None:
    assert ordered("Look at ① twice.") == "<p>Look at ① twice.</p>"
