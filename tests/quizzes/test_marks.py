"""Marks of signs in messages: one for each sign, lettered in order."""

from quizzes.marks import Piece, cut


def marked(pieces: tuple[tuple[Piece, ...], ...]) -> list[tuple[str, str]]:
    return [(piece.letter, piece.text) for message in pieces for piece in message if piece.cue]


def test_letters_the_marks_in_the_order_in_which_they_appear() -> None:
    pieces, order = cut(["石头和歌"], {"songs": [(0, (3, 4))], "stones": [(0, (0, 2))]})
    assert marked(pieces) == [("甲", "石头"), ("乙", "歌")]
    assert order == ["stones", "songs"]


def test_marks_a_sign_once_where_most_of_it_stands() -> None:
    pieces, _ = cut(["石头，一块石头给我。石头"], {"stones": [(0, (0, 2)), (0, (5, 9)), (0, (10, 12))]})
    assert marked(pieces) == [("甲", "石头，一块石头给我")]


def test_joins_no_places_over_the_end_of_a_sentence() -> None:
    pieces, _ = cut(["石头。给我石"], {"stones": [(0, (0, 2)), (0, (3, 6))]})
    assert marked(pieces) == [("甲", "给我石")]


def test_marks_no_word_that_tells_nothing() -> None:
    pieces, order = cut(["您的石头，您好"], {"stones": [(0, (0, 2)), (0, (2, 4))], "x": [(0, (5, 7))]})
    assert (marked(pieces), order) == ([("甲", "您的石头")], ["stones"])


def test_marks_the_second_of_two_signs_in_one_place_elsewhere_or_not_at_all() -> None:
    pieces, order = cut(
        ["卖石头，卖歌"], {"stones": [(0, (0, 3))], "songs": [(0, (1, 3)), (0, (5, 6))], "x": [(0, (0, 2))]}
    )
    assert marked(pieces) == [("甲", "卖石头"), ("乙", "歌")]
    assert order == ["stones", "songs"]
